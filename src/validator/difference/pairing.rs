//! Which instance of the old content became which of the new one, within a rule.
//!
//! Rule id and ordinal name an instance across versions. But an alternative that is put in shifts the ordinals of all that
//! follow, so instances that are the same are found first, then those that are close. Each step takes time in proportion to
//! the criteria that are left.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use super::changes::{Change, InstanceChange};
use super::criteria::{alone, are_the_same, between};
use super::digest::{digest, of_criterion};
use crate::channel_file::view::InstanceView;
use crate::counted::counted;

/// What became of the instances of one rule.
pub(super) struct Paired {
    /// By ordinal.
    pub(super) changes: Vec<InstanceChange>,
    /// How many are the same.
    pub(super) unchanged: u64,
    /// Whether those that are the same come in another order.
    pub(super) is_reordered: bool,
}

/// Compares the instances of a rule, each run in the order of ordinals.
pub(super) fn pair(old: &[InstanceView<'_>], new: &[InstanceView<'_>]) -> Paired {
    // What is the same at the start and at the end needs no digest: mostly that is everything.
    let same = |(old, new): &(&InstanceView<'_>, &InstanceView<'_>)| are_the_same(old, new);
    let before = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (old.get(before..).unwrap_or_default(), new.get(before..).unwrap_or_default());
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let mut pairing = Pairing {
        old: candidates(old_rest, before, after),
        new: candidates(new_rest, before, after),
        pairs: Vec::new(),
        unchanged: before.saturating_add(after),
    };
    pairing.run();
    pairing.finish()
}

/// An instance that is not known to be in both.
struct Candidate<'c> {
    view: InstanceView<'c>,
    ordinal: u32,
    is_paired: bool,
    /// Digest of the id of the type, which all others have in them.
    of_type: u64,
    /// Digests of the criteria.
    criteria: Vec<u64>,
    /// Digest of the fields and senses of the criteria.
    fields: u64,
}

fn candidates<'c>(rest: &[InstanceView<'c>], before: usize, after: usize) -> Vec<Candidate<'c>> {
    let between = rest.get(..rest.len().saturating_sub(after)).unwrap_or_default();
    let first = u32::try_from(before).unwrap_or(u32::MAX);
    counted(first, between).map(|(ordinal, view)| Candidate::of(*view, ordinal)).collect()
}

impl<'c> Candidate<'c> {
    fn of(view: InstanceView<'c>, ordinal: u32) -> Self {
        let of_type = digest(&view.template_type().key().id);
        let places = view.criteria().map(|criterion| digest(&(criterion.field(), criterion.sense())));
        Self {
            view,
            ordinal,
            is_paired: false,
            of_type,
            criteria: view.criteria().map(|criterion| of_criterion(&criterion)).collect(),
            fields: digest(&(of_type, places.fold(0, u64::wrapping_add))),
        }
    }

    /// Digest of all criteria. It is a sum, so that it is known without one of them too.
    fn total(&self) -> u64 {
        self.criteria.iter().copied().fold(self.of_type, u64::wrapping_add)
    }
}

struct Pairing<'c> {
    old: Vec<Candidate<'c>>,
    new: Vec<Candidate<'c>>,
    /// Indices of what belongs together, and whether it is the same.
    pairs: Vec<(usize, usize, bool)>,
    unchanged: usize,
}

impl Pairing<'_> {
    /// From what is the same to what is merely at the same place.
    fn run(&mut self) {
        self.step(true, |own, keys| keys.push(own.total()));
        self.step(false, |own, keys| keys.push(own.total()));
        self.step(false, |own, keys| {
            // All criteria but one, whichever it is: one was added, removed or changed.
            keys.push(own.total());
            if own.criteria.len() > 1 {
                keys.extend(own.criteria.iter().map(|criterion| own.total().wrapping_sub(*criterion)));
            }
        });
        self.step(false, |own, keys| keys.push(own.fields));
        self.step(false, |own, keys| keys.extend(own.criteria.iter().map(|one| own.of_type.wrapping_add(*one))));
        self.step(false, |own, keys| keys.push(digest(&(own.of_type, own.ordinal))));
    }

    /// Takes instances for one that have a key in common and were not taken before, in order.
    fn step(&mut self, must_be_same: bool, keys_of: impl Fn(&Candidate<'_>, &mut Vec<u64>)) {
        let mut by_key: BTreeMap<u64, VecDeque<usize>> = BTreeMap::new();
        let mut keys = Vec::new();
        for (index, old) in counted(0_usize, &self.old).filter(|(_, old)| !old.is_paired) {
            keys.clear();
            keys_of(old, &mut keys);
            keys.iter().for_each(|key| by_key.entry(*key).or_default().push_back(index));
        }
        if by_key.is_empty() {
            return;
        }
        for (index, new) in counted(0_usize, &mut self.new).filter(|(_, new)| !new.is_paired) {
            keys.clear();
            keys_of(new, &mut keys);
            let found = keys.iter().find_map(|key| {
                let waiting = by_key.get_mut(key)?;
                while waiting.front().is_some_and(|old| self.old.get(*old).is_none_or(|old| old.is_paired)) {
                    waiting.pop_front();
                }
                waiting.front().copied()
            });
            let Some(found) = found else { continue };
            let Some(old) = self.old.get_mut(found) else { continue };
            if must_be_same && !are_the_same(&old.view, &new.view) {
                continue;
            }
            (old.is_paired, new.is_paired) = (true, true);
            self.pairs.push((found, index, must_be_same));
        }
    }

    fn finish(mut self) -> Paired {
        self.pairs.sort_unstable_by_key(|(_, new, _)| *new);
        let mut changes = Vec::new();
        let (mut is_reordered, mut latest) = (false, 0);
        for (old, new, are_same) in &self.pairs {
            let (Some(old), Some(new)) = (self.old.get(*old), self.new.get(*new)) else { continue };
            let change = if *are_same { None } else { between((&old.view, old.ordinal), (&new.view, new.ordinal)) };
            match change {
                Some(change) => changes.push((new.ordinal, change)),
                None => {
                    self.unchanged = self.unchanged.saturating_add(1);
                    is_reordered |= old.ordinal < latest;
                    latest = old.ordinal;
                }
            }
        }
        let unpaired = |candidate: &&Candidate<'_>| !candidate.is_paired;
        let lone = |change, own: &Candidate<'_>| (own.ordinal, alone(change, &own.view, own.ordinal));
        changes.extend(self.old.iter().filter(unpaired).map(|own| lone(Change::Removed, own)));
        changes.extend(self.new.iter().filter(unpaired).map(|own| lone(Change::Added, own)));
        changes.sort_by_key(|(ordinal, _)| *ordinal);
        Paired {
            changes: changes.into_iter().map(|(_, change)| change).collect(),
            unchanged: crate::wire::count(self.unchanged),
            is_reordered,
        }
    }
}
