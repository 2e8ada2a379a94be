//! What could not be exercised, told once for each rule: a rule's alternatives repeat what they have in common.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::plan::Criterion;
use crate::channel_file::ChannelFile;
use crate::channel_file::view::InstanceView;
use crate::validator::code::FindingCode;
use crate::validator::finding::{Finding, Place};
use crate::validator::report::Tally;
use crate::validator::wording;
use crate::wire::index;

/// What came of a criterion or a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Exercised,
    /// Others say it already.
    Implied,
    /// Nothing was found that fails it and meets the others, which proves nothing.
    Unfailed,
    /// Nothing that meets all else meets it, so it keeps nothing out.
    Idle,
    Waived,
    Missed,
}

impl Outcome {
    pub(super) fn count(self, tally: &mut Tally) {
        let Tally { present, exercised, implied, waived, missed } = tally;
        *present = present.saturating_add(1);
        let own = match self {
            Self::Exercised => exercised,
            Self::Implied | Self::Unfailed | Self::Idle => implied,
            Self::Waived => waived,
            Self::Missed => missed,
        };
        *own = own.saturating_add(1);
    }
}

/// Rule, condition, sense and pattern; without a pattern it is the criterion as a whole.
type Key = (u32, u32, bool, Option<u32>);

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Whether it was exercised in one of the rule's instances.
    is_exercised: bool,
    /// The worst that came of it.
    worst: Outcome,
    /// Where that was first.
    instance: u32,
    criterion: u16,
}

/// What came of each criterion and pattern of each rule.
#[derive(Debug, Default)]
pub(super) struct Gaps(BTreeMap<Key, Entry>);

impl Gaps {
    pub(super) fn add(
        &mut self,
        rule: u32,
        criterion: &Criterion<'_>,
        pattern: Option<u32>,
        outcome: Outcome,
        instance: u32,
        number: u16,
    ) {
        let key = (rule, criterion.condition, criterion.is_any_of, pattern);
        let is_exercised = outcome == Outcome::Exercised;
        let entry = self.0.entry(key).or_insert(Entry { is_exercised, worst: outcome, instance, criterion: number });
        entry.is_exercised |= is_exercised;
        if outcome.weight() > entry.worst.weight() {
            *entry = Entry { worst: outcome, instance, criterion: number, ..*entry };
        }
    }

    /// Findings for all that no instance of its rule exercised.
    pub(super) fn tell(self, file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
        let redundant = |rule, condition, is_any_of| {
            self.0.get(&(rule, condition, is_any_of, None)).is_some_and(|entry| !entry.is_exercised)
        };
        for ((rule, condition, is_any_of, pattern), entry) in &self.0 {
            if entry.is_exercised {
                continue;
            }
            let Some(instance) = file.instance(entry.instance) else { continue };
            let Some(criterion) = instance.criteria().nth(usize::from(entry.criterion)) else { continue };
            let code = match (entry.worst, pattern) {
                (Outcome::Exercised, _) => continue,
                (Outcome::Missed | Outcome::Waived, _) => FindingCode::NoWitness,
                (_, None) => FindingCode::Redundant,
                // The criterion as a whole is told of.
                (Outcome::Idle, Some(_)) if redundant(*rule, *condition, *is_any_of) => continue,
                (_, Some(_)) => FindingCode::PatternImplied,
            };
            let field = u32::from(criterion.field()).saturating_add(1);
            let name = |field: u16| instance.template_type().field(field).map_or("", |field| field.name());
            let shown = pattern.and_then(|pattern| criterion.patterns().nth(index(pattern)));
            let shown = shown.map(|pattern| format!("{}", wording::Pattern { pattern, field_name: name }));
            let own = wording::Criterion { instance: &instance, criterion };
            let message = match (code, shown) {
                (FindingCode::NoWitness, Some(pattern)) => format!(
                    "no event was found in which the pattern {pattern} on field {field} {} alone decides about instance {}: nothing exercises it",
                    name(criterion.field()),
                    instance.id()
                ),
                (FindingCode::NoWitness, None) => format!(
                    "no event was found that meets the other criteria of instance {} and not {own}: nothing exercises it",
                    instance.id()
                ),
                (FindingCode::PatternImplied, Some(pattern)) if entry.worst == Outcome::Idle => format!(
                    "the pattern {pattern} on field {field} {} keeps nothing out that the other criteria let through",
                    name(criterion.field())
                ),
                (FindingCode::PatternImplied, Some(pattern)) => format!(
                    "the pattern {pattern} on field {field} {} adds nothing: what meets it meets another of {own}",
                    name(criterion.field())
                ),
                _ if entry.worst == Outcome::Unfailed => {
                    format!("no event was found that fails {own} and meets the other criteria of the instance")
                }
                _ if *is_any_of => format!("everything that meets the other criteria of the instance meets {own} too"),
                _ => format!("nothing that meets the other criteria of the instance is kept out by {own}"),
            };
            findings.push(Finding::new(code, place(&instance, entry.criterion, *pattern), message));
        }
    }
}

impl Outcome {
    const fn weight(self) -> u8 {
        match self {
            Self::Exercised => 0,
            Self::Implied => 1,
            Self::Unfailed => 2,
            Self::Idle => 3,
            Self::Waived => 4,
            Self::Missed => 5,
        }
    }
}

/// Where a criterion or a pattern is.
pub(super) fn place(instance: &InstanceView<'_>, criterion: u16, pattern: Option<u32>) -> Place {
    let field = instance.criteria().nth(usize::from(criterion)).map_or(0, |criterion| criterion.field());
    Place { criterion: Some(criterion), pattern, ..Place::of_field(instance, field) }
}
