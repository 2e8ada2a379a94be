//! Which rules can be content together.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{Rule, TypeKey};

use super::{Candidate, Faults};
use crate::Refused;

/// Refuses rules that share an id, all of them, and those with an example of a type that no instance of an accepted rule
/// uses; gives the others.
pub(super) fn accept(candidates: Vec<Candidate>, faults: &mut Faults) -> Vec<Candidate> {
    without_unused_types(without_repeated_ids(candidates, faults), faults)
}

fn without_repeated_ids(mut candidates: Vec<Candidate>, faults: &mut Faults) -> Vec<Candidate> {
    // Stable, so that the order of sources and lines stays among rules of one id.
    candidates.sort_by(|one, two| one.rule.id().cmp(two.rule.id()));
    let mut unique = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(first) = candidates.next() {
        let mut elsewhere = None;
        while let Some(further) = candidates.next_if(|next| next.rule.id() == first.rule.id()) {
            refuse(&further, format!("the id of the rule is taken: {}", first.written.origin()), faults);
            elsewhere.get_or_insert(further.written.origin());
        }
        match elsewhere {
            None => unique.push(first),
            Some(elsewhere) => refuse(&first, format!("the id of the rule is taken: {elsewhere}"), faults),
        }
    }
    unique
}

fn refuse(candidate: &Candidate, message: String, faults: &mut Faults) {
    let (id, title) = (candidate.rule.id().to_owned(), candidate.rule.title().to_owned());
    let diagnostics = vec![candidate.written.origin().diagnostic(&id, message, "")];
    faults.refused.push(Refused { id, title, diagnostics });
}

/// The content has a type only if an instance uses it. Refusing a rule can leave a type without use, and so another
/// rule's example without a type; each rule and each type is looked at as often as it loses something.
fn without_unused_types(candidates: Vec<Candidate>, faults: &mut Faults) -> Vec<Candidate> {
    let mut users: BTreeMap<TypeKey, usize> = BTreeMap::new();
    let mut shown_by: BTreeMap<TypeKey, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        for key in used(&candidate.rule) {
            let count = users.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        let shown: BTreeSet<_> = candidate.rule.examples().iter().map(|example| example.template_type()).collect();
        for key in shown {
            shown_by.entry(key).or_default().push(index);
        }
    }
    let mut candidates: Vec<_> = candidates.into_iter().map(Some).collect();
    let mut lost: Vec<TypeKey> = shown_by.keys().filter(|key| !users.contains_key(key)).copied().collect();
    while let Some(key) = lost.pop() {
        for index in shown_by.remove(&key).unwrap_or_default() {
            let Some(candidate) = candidates.get_mut(index).and_then(Option::take) else {
                continue;
            };
            let message = format!("an example is of template type {key}, which no instance uses");
            refuse(&candidate, message, faults);
            for key in used(&candidate.rule) {
                let count = users.entry(key).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    lost.push(key);
                }
            }
        }
    }
    candidates.into_iter().flatten().collect()
}

fn used(rule: &Rule) -> BTreeSet<TypeKey> {
    rule.instances().iter().map(|instance| instance.template_type()).collect()
}
