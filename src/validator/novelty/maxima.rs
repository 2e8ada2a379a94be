//! More of something than any earlier content had.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::code::FindingCode;
use super::super::finding::Finding;
use super::Novel;
use super::facts::{Fact, Maximum};
use super::uses::{Most, pattern_bytes};
use super::wording::{Told, field_shown, place};
use crate::channel_file::view::{CriterionView, InstanceView};
use crate::wire::count;

impl Maximum {
    const ALL: [Self; 6] =
        [Self::Instances, Self::Criteria, Self::Patterns, Self::PatternBytes, Self::Memory, Self::Work];

    const fn of(self, most: &Most) -> u64 {
        match self {
            Self::Instances => most.instances,
            Self::Criteria => most.criteria,
            Self::Patterns => most.patterns,
            Self::PatternBytes => most.pattern_bytes,
            Self::Memory => most.memory,
            Self::Work => most.work,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Instances => "instances",
            Self::Criteria => "criteria of an instance",
            Self::Patterns => "patterns of a criterion",
            Self::PatternBytes => "bytes of a pattern",
            Self::Memory => "bytes of memory once loaded",
            Self::Work => "work that a byte of an event can make",
        }
    }
}

/// What there is more of. What was not measured, because no earlier content loads, has no maximum.
pub(super) fn maxima(told: &Told<'_>, before: &Most) -> Vec<Novel> {
    let grown = Maximum::ALL.into_iter().filter_map(|maximum| {
        let (found, most) = (maximum.of(&told.uses.most), maximum.of(before));
        (found > most && (most > 0 || maximum == Maximum::PatternBytes)).then(|| novel(told, maximum, found, most))
    });
    grown.collect()
}

fn novel(told: &Told<'_>, maximum: Maximum, found: u64, most: u64) -> Novel {
    let (instance, field, shown) = whose(told, maximum, found);
    let message = format!("most {} in {}: {found}, at most {most} before{shown}", maximum.noun(), told.versions());
    let finding = Finding::new(FindingCode::NewMaximum, place(told.file, instance, field), message);
    Novel { finding, fact: Fact::Maximum(maximum, found), first: None }
}

/// The first instance that has as many, with the field that it is about.
fn whose(told: &Told<'_>, maximum: Maximum, found: u64) -> (Option<u32>, Option<u16>, String) {
    let of_criterion = |measure: fn(&CriterionView<'_>) -> u64| {
        let fitting = move |own: &InstanceView<'_>| {
            own.criteria().find(|criterion| measure(criterion) == found).map(|criterion| criterion.field())
        };
        told.file.instances().find_map(|own| fitting(&own).map(|field| (own, Some(field))))
    };
    let owner = match maximum {
        Maximum::Criteria => {
            told.file.instances().find(|own| count(own.criteria().len()) == found).map(|own| (own, None))
        }
        Maximum::Patterns => of_criterion(|criterion| count(criterion.patterns().len())),
        Maximum::PatternBytes => of_criterion(pattern_bytes),
        Maximum::Instances | Maximum::Memory | Maximum::Work => None,
    };
    let Some((instance, field)) = owner else { return (None, None, String::new()) };
    let (id, rule) = (instance.id(), instance.rule().id());
    let on =
        field.map_or_else(String::new, |field| format!(", {}", field_shown(Some(&instance.template_type()), field)));
    (Some(id), field, format!(" (instance {id}, rule {rule}{on})"))
}
