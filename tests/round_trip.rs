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

mod strategies;

use channel_file::template::{Content, Criterion, FieldKind, Pattern, Rule, Sense, TemplateInstance, TemplateType};
use channel_file::{ChannelFile, Limits, SharedChannelFile, decode, decode_with, encode, encode_into, encode_with};
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
