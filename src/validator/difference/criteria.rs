//! What is different between two versions of one instance.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::changes::{Change, CriterionChange, InstanceChange, InstanceName, Replaced};
use super::merge::{Side, merge};
use crate::channel_file::view::{CriterionView, InstanceView};
use crate::template::{Pattern, PatternRef, Sense};

/// Whether two instances ask for the same on the same version of the same type.
pub(super) fn ask_the_same(old: &InstanceView<'_>, new: &InstanceView<'_>) -> bool {
    let (old_criteria, new_criteria) = (old.criteria(), new.criteria());
    old.template_type().key() == new.template_type().key()
        && old_criteria.len() == new_criteria.len()
        && old_criteria.zip(new_criteria).all(|(old, new)| is_same_criterion(&old, &new))
}

/// Whether two instances are the same in all that they say.
pub(super) fn are_the_same(old: &InstanceView<'_>, new: &InstanceView<'_>) -> bool {
    old.severity() == new.severity() && old.disposition() == new.disposition() && ask_the_same(old, new)
}

fn is_same_criterion(old: &CriterionView<'_>, new: &CriterionView<'_>) -> bool {
    old.field() == new.field() && old.sense() == new.sense() && old.patterns().eq(new.patterns())
}

/// An instance that only one content has.
pub(super) fn alone(change: Change, instance: &InstanceView<'_>, ordinal: u32) -> InstanceChange {
    let name = Some(InstanceName { id: instance.id(), ordinal });
    let template_type = instance.template_type();
    InstanceChange {
        change,
        old: name.filter(|_| change == Change::Removed),
        new: name.filter(|_| change == Change::Added),
        template_type: template_type.key(),
        type_name: template_type.name().into(),
        version: None,
        severity: None,
        disposition: None,
        criteria: Vec::new(),
    }
}

/// What is different between two instances that are taken for one; `None` if nothing is.
pub(super) fn between(old: (&InstanceView<'_>, u32), new: (&InstanceView<'_>, u32)) -> Option<InstanceChange> {
    let ((old, old_ordinal), (new, new_ordinal)) = (old, new);
    let template_type = new.template_type();
    let change = InstanceChange {
        change: Change::Changed,
        old: Some(InstanceName { id: old.id(), ordinal: old_ordinal }),
        new: Some(InstanceName { id: new.id(), ordinal: new_ordinal }),
        template_type: template_type.key(),
        type_name: template_type.name().into(),
        version: Replaced::of(old.template_type().key().version, template_type.key().version),
        severity: Replaced::of(old.severity(), new.severity()),
        disposition: Replaced::of(old.disposition(), new.disposition()),
        criteria: criteria(old, new),
    };
    let is_changed = change.version.is_some()
        || change.severity.is_some()
        || change.disposition.is_some()
        || !change.criteria.is_empty();
    is_changed.then_some(change)
}

/// A criterion, with its patterns at hand.
struct Own<'c> {
    field: u16,
    sense: Sense,
    patterns: Vec<PatternRef<'c>>,
    name: &'c str,
}

impl<'c> Own<'c> {
    fn all(instance: &InstanceView<'c>) -> Vec<Self> {
        let template_type = instance.template_type();
        let own = instance.criteria().map(|criterion| Self {
            field: criterion.field(),
            sense: criterion.sense(),
            patterns: criterion.patterns().collect(),
            name: template_type.field(criterion.field()).map_or("", |field| field.name()),
        });
        let mut all: Vec<Self> = own.collect();
        all.sort_by(Self::compare);
        all
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.compare_place(other).then_with(|| self.patterns.cmp(&other.patterns))
    }

    fn compare_place(&self, other: &Self) -> Ordering {
        (self.field, self.sense).cmp(&(other.field, other.sense))
    }

    fn alone(&self, change: Change) -> CriterionChange {
        let patterns: Vec<Pattern> = self.patterns.iter().map(|pattern| Pattern::from(*pattern)).collect();
        let (added, removed) = if change == Change::Added { (patterns, Vec::new()) } else { (Vec::new(), patterns) };
        self.change(change, added, removed)
    }

    fn change(&self, change: Change, added: Vec<Pattern>, removed: Vec<Pattern>) -> CriterionChange {
        let field_name: String = self.name.into();
        CriterionChange { change, field: self.field, field_name, sense: self.sense, added, removed }
    }
}

/// Criteria that both have are left out; of the others, those on one field and of one sense are taken for one, in order.
fn criteria(old: &InstanceView<'_>, new: &InstanceView<'_>) -> Vec<CriterionChange> {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for side in merge(Own::all(old), Own::all(new), Own::compare) {
        match side {
            Side::Old(old) => removed.push(old),
            Side::New(new) => added.push(new),
            Side::Both(..) => {}
        }
    }
    let changes = merge(removed, added, Own::compare_place).map(|side| match side {
        Side::Old(old) => old.alone(Change::Removed),
        Side::New(new) => new.alone(Change::Added),
        Side::Both(old, new) => patterns(&old, &new),
    });
    changes.collect()
}

fn patterns(old: &Own<'_>, new: &Own<'_>) -> CriterionChange {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for side in merge(&old.patterns, &new.patterns, |one, two| one.cmp(two)) {
        match side {
            Side::Old(pattern) => removed.push(Pattern::from(*pattern)),
            Side::New(pattern) => added.push(Pattern::from(*pattern)),
            Side::Both(..) => {}
        }
    }
    new.change(Change::Changed, added, removed)
}
