//! What is new in content is what its model says, read without any of the library's own code for it.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod strategies;

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{Content, Operator, PatternValue, Rule};
use channel_file::validator::{Comparer, FindingCode, History};
use channel_file::{ChannelFile, encode};
use proptest::prelude::*;

/// Code, id and version of the type, field, operator: what there is of them.
type Used = (FindingCode, u32, u32, Option<u16>, Option<Operator>);

/// What content uses, read from the model.
fn used(content: &Content) -> BTreeSet<Used> {
    let mut used = BTreeSet::new();
    for instance in content.rules().iter().flat_map(Rule::instances) {
        let key = instance.template_type();
        used.insert((FindingCode::FirstUseOfType, key.id, 0, None, None));
        used.insert((FindingCode::FirstUseOfVersion, key.id, key.version, None, None));
        for criterion in instance.criteria() {
            used.insert((FindingCode::FirstUseOfField, key.id, 0, Some(criterion.field()), None));
            for pattern in criterion.patterns() {
                let operator = pattern.as_ref().operator();
                used.insert((FindingCode::FirstUseOfOperator, key.id, 0, Some(criterion.field()), Some(operator)));
                if let PatternValue::Field(reference) = pattern.as_ref().value() {
                    used.insert((FindingCode::FirstUseOfField, key.id, 0, Some(reference.field), None));
                }
            }
        }
    }
    used
}

/// What is new, read from the model.
fn expected(before: &[Content], new: &Content) -> BTreeMap<(FindingCode, u32, Option<u16>), usize> {
    let before: BTreeSet<_> = before.iter().flat_map(used).collect();
    let mut expected = BTreeMap::new();
    for fact in used(new).difference(&before) {
        let (code, id, _, field, _) = *fact;
        let is_known = |code, field| before.contains(&(code, id, 0, field, None));
        let is_told = match code {
            FindingCode::FirstUseOfType => true,
            FindingCode::FirstUseOfOperator => is_known(FindingCode::FirstUseOfField, field),
            _ => is_known(FindingCode::FirstUseOfType, None),
        };
        if is_told {
            *expected.entry((code, id, field)).or_default() += 1;
        }
    }
    expected
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_new_is_what_the_model_says(content in strategies::content(), parts in prop::collection::vec(0..3_u8, 1..40)) {
        // The rules of one content are dealt to three versions, so that they share types and fields.
        let deal = |own: u8| {
            let part = |index: usize| parts[index % parts.len()];
            let rules = content.rules().iter().enumerate().filter(|(index, _)| part(*index) == own);
            let rules = rules.map(|(_, rule)| without_examples(rule));
            let builder = Content::builder(7, u64::from(own) + 1);
            let builder = content.types().iter().fold(builder, |all, own| all.template_type(own.clone()));
            rules.fold(builder, |all, own| all.rule(own)).build()
        };
        let (Ok(first), Ok(second), Ok(third)) = (deal(0), deal(1), deal(2)) else { return Ok(()) };
        let bytes = [&first, &second, &third].map(|own| encode(own).expect("within the limits"));
        let [first_file, old, new] = bytes.each_ref().map(|own| ChannelFile::open(own).expect("it opens"));
        let mut history = History::new();
        history.add(&first_file);
        let difference = Comparer::new().history(&history).compare(&old, &new);
        let mut found = BTreeMap::new();
        for finding in difference.novelties.iter().filter(|own| own.code <= FindingCode::FirstUseOfOperator) {
            let id = finding.place.template_type.expect("it is of a type").id;
            *found.entry((finding.code, id, finding.place.field)).or_default() += 1_usize;
        }
        prop_assert_eq!(found, expected(&[first, second], &third));
    }
}

fn without_examples(rule: &Rule) -> Rule {
    let builder = Rule::builder(rule.id());
    rule.instances().iter().fold(builder, |all, own| all.instance(own.clone())).build().expect("a rule")
}
