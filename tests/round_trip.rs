//! One content, one encoding: what the writer makes the reader takes, and both lead back.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;
mod strategies;

use channel_file::template::{
    Content, Criterion, Example, Expectation, FieldKind, OwnedValue, Pattern, Rule, RuleBuilder, Sense,
    TemplateInstance, TemplateType,
};
use channel_file::{ChannelFile, Limits, SharedChannelFile, decode, decode_with, encode, encode_into, encode_with};
use few_words::{any_of, content, instance, rule, template_type};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 256 }))]

    #[test]
    fn content_comes_back(content in strategies::content()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let decoded = decode(&bytes);
        prop_assert_eq!(decoded.as_ref(), Ok(&content), "{:?}", decoded.as_ref().err().map(|e| ChannelFile::explain(*e, &bytes)));
        prop_assert_eq!(encode(&decoded.expect("it was accepted")), Ok(bytes));
    }

    #[test]
    fn rule_and_ordinal_name_the_instance(content in strategies::content()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let file = ChannelFile::open(&bytes).expect("what the writer makes is accepted");
        for rule in file.rules() {
            let model = content.rule(rule.id()).expect("the same rules");
            prop_assert_eq!(rule.instances().count(), model.instances().len());
            for (ordinal, (view, instance)) in (0_u32..).zip(rule.instances().zip(model.instances())) {
                prop_assert_eq!((view.ordinal(), view.rule().id()), (ordinal, rule.id()));
                prop_assert_eq!((view.severity(), view.criteria().len()), (instance.severity(), instance.criteria().len()));
            }
        }
    }

    #[test]
    fn a_shared_file_gives_the_same_view(content in strategies::content()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let shared = SharedChannelFile::open(bytes.clone()).expect("what the writer makes is accepted");
        prop_assert_eq!(shared.clone().view().to_content(), content);
        prop_assert_eq!(shared.view().bytes(), &bytes[..]);
    }

    #[test]
    fn a_buffer_with_too_little_room_is_left_alone(content in strategies::content(), room in any::<prop::sample::Index>()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let mut exact = vec![0; bytes.len()];
        prop_assert_eq!(encode_into(&content, &Limits::DEFAULT, &mut &mut exact[..]), Ok(u64::try_from(bytes.len()).expect("it fits")));
        prop_assert_eq!(&exact, &bytes);
        let mut short = vec![0; room.index(bytes.len())];
        let error = encode_into(&content, &Limits::DEFAULT, &mut &mut short[..]).expect_err("there is no room");
        prop_assert_eq!(error.code(), channel_file::ErrorCode::BufferTooSmall);
        prop_assert!(short.iter().all(|byte| *byte == 0));
    }
}

/// What a rule says in one shape stands as its author has it, be it much, and mixed with other shapes and rules.
#[test]
fn the_order_of_an_author_is_kept() {
    let of = template_type(1, &[FieldKind::Text; 3]);
    let numbers = |rule: u64| (0..100).map(move |number| (number * 5 % 3, (number + rule) * 7_919 % 1_009));
    let numbered = |(field, number): (u64, u64)| {
        let field = u16::try_from(field).expect("a field");
        instance(&of, [any_of(field, [Pattern::unsigned(number)])])
    };
    let expectation = |number: u64| if number.is_multiple_of(3) { Expectation::Match } else { Expectation::NoMatch };
    let example = |number: u64| {
        let values = [OwnedValue::Text(number.to_string().into()), OwnedValue::Absent, OwnedValue::Absent];
        Example::new(&of, expectation(number), values).expect("three values")
    };
    let rules = (0..5_u64).map(|own| {
        (0..100).map(example).fold(rule(&own.to_string(), numbers(own).map(numbered)), RuleBuilder::example)
    });
    let content = content([of.clone()], rules);
    let decoded = decode(&encode(&content).expect("it is small")).expect("it was written");
    for (own, rule) in (0..).zip(decoded.rules()) {
        for field in 0..3 {
            let criteria = rule.instances().iter().flat_map(TemplateInstance::criteria);
            let on_field: Vec<_> = criteria
                .filter(|criterion| u64::from(criterion.field()) == field)
                .flat_map(Criterion::patterns)
                .collect();
            let expected = numbers(own).filter(|(of, _)| *of == field).map(|(_, number)| Pattern::unsigned(number));
            assert!(on_field.len() > 30 && on_field.into_iter().cloned().eq(expected), "rule {own}, field {field}");
        }
        for (of, least) in [(Expectation::Match, 30), (Expectation::NoMatch, 60)] {
            let shown: Vec<_> = rule.examples().iter().filter(|example| example.expectation() == of).cloned().collect();
            let expected = (0..100).filter(|number| expectation(*number) == of).map(example);
            assert!(shown.len() > least && shown.into_iter().eq(expected), "rule {own}, examples to {of}");
        }
    }
}

/// Counting along the fields must not count past the last number that there is.
#[test]
#[cfg_attr(miri, ignore = "65,535 fields are too many to interpret")]
fn a_type_may_have_as_many_fields_as_the_format_can_say() {
    let builder =
        (0..u16::MAX).fold(TemplateType::builder(1, 1, "wide"), |b, n| b.field(n.to_string(), FieldKind::Text));
    let wide = builder.build().expect("65,535 fields");
    let last = Criterion::new(u16::MAX - 1, Sense::AnyOf, [Pattern::empty()]).expect("a pattern");
    let instance = TemplateInstance::builder(&wide).criterion(last).build().expect("the field exists");
    let rule = Rule::builder("r").instance(instance).build().expect("a rule");
    let content = Content::builder(1, 1).template_type(wide).rule(rule).build().expect("content");
    let bytes = encode_with(&content, &Limits::FORMAT).expect("the format can say it");
    assert_eq!(decode_with(&bytes, &Limits::FORMAT), Ok(content));
}
