//! What a shape has in common with the one before is taken from there only where it is the same, and what holds of a shape is looked at in each
//! of its instances.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod damaged;
mod few_words;
mod limit_cases;
mod repair;

use channel_file::template::{FieldKind, Operator, Pattern, TemplateInstance, TemplateType};
use channel_file::{ChannelFile, ErrorCode, SectionKind, decode, encode};
use damaged::with;
use few_words::{any_of, content, equals, instance, rule, template_type};
use limit_cases::place;

const SLOT_BYTES: u64 = 9;

fn texts(fields: usize) -> TemplateType {
    template_type(1, &vec![FieldKind::Text; fields])
}

/// An instance that asks one text of each of these fields.
fn of_fields(of: &TemplateType, fields: &[u16]) -> TemplateInstance {
    instance(of, fields.iter().map(|field| any_of(*field, [equals("p")])))
}

#[test]
fn slots_that_suit_a_type_are_looked_at_again_for_the_next() {
    let types = [1, 2].map(|id| template_type(id, &[FieldKind::Text]));
    let instances: Vec<_> = types.iter().map(|of| of_fields(of, &[0])).collect();
    let content = content(types, [rule("r", instances)]);
    // The field of the second type is one of numbers.
    let [low, high] = FieldKind::Unsigned.operators().bits().to_le_bytes();
    let (_, error) = with(&content, SectionKind::Fields, 5, &[FieldKind::Unsigned.code(), low, high]);
    assert_eq!((error.code(), error.path().template_type_index()), (ErrorCode::OperatorForKind, Some(1)), "{error}");
}

#[test]
fn the_first_slot_that_differs_from_the_shape_before_is_looked_at() {
    let of = texts(2);
    let contains =
        Pattern::text(Operator::Contains, "p", channel_file::template::Case::Sensitive).expect("a character");
    let one = of_fields(&of, &[0]);
    let two = of_fields(&of, &[0, 1]);
    let three = instance(&of, [any_of(0, [equals("p")]), any_of(1, [contains])]);
    let content = content([of], [rule("r", [one, two, three])]);
    // The shapes have one slot, two, and two: the second slot of the second and of the third is new.
    for row in [2, 4] {
        let (offset, error) = with(&content, SectionKind::Slots, SLOT_BYTES * row + 3, &[99]);
        assert_eq!((error.code(), error.offset()), (ErrorCode::OperatorUnknown, Some(offset)), "row {row}");
    }
}

#[test]
fn criteria_ascend_before_the_last_and_after_what_is_shared() {
    let of = texts(4);
    let content = content([of.clone()], [rule("r", [of_fields(&of, &[0, 1]), of_fields(&of, &[0, 1, 2, 3])])]);
    // The second shape has rows 2 to 5; which of them stands before a lower field, and which is named.
    for (row, fields, named) in [(3, [2, 1], 4), (4, [3, 2], 5)] {
        let [first, second] = fields;
        let mut other = Vec::from(u16::to_le_bytes(first));
        other.extend([0, 2, 1, 1, 0, 0, 0]);
        other.extend(u16::to_le_bytes(second));
        let (_, error) = with(&content, SectionKind::Slots, SLOT_BYTES * row, &other);
        let bytes = encode(&content).expect("it is small");
        let offset = place(&bytes, SectionKind::Slots, SLOT_BYTES * named);
        assert_eq!((error.code(), error.offset()), (ErrorCode::CriterionOrder, Some(offset)), "row {row}: {error}");
    }
}

/// By their bytes alone they would ascend.
#[test]
fn a_shorter_text_after_a_longer_one_is_refused() {
    let of = texts(1);
    let content = content([of.clone()], [rule("r", [instance(&of, [any_of(0, [equals("a"), equals("ab")])])])]);
    // After the names of the type and its field: "aab", as "aa" and "b".
    let (offset, error) = with(&content, SectionKind::TextEnds, 4 * 2, &4_u32.to_le_bytes());
    assert_eq!((error.code(), error.offset()), (ErrorCode::PatternOrder, Some(offset + 4)), "{error}");
}

#[test]
fn the_highest_address_is_one_among_others_too() {
    let of = template_type(1, &[FieldKind::IpAddress]);
    let addresses = [[10, 0, 0, 1], [255; 4]].map(|octets| Pattern::address(octets.into()));
    let content = content([of.clone()], [rule("r", [instance(&of, [any_of(0, addresses)])])]);
    let bytes = encode(&content).expect("it is small");
    assert_eq!(decode(&bytes).as_ref(), Ok(&content));
}

#[test]
fn codes_far_beyond_the_known_ones_are_refused() {
    let of = texts(1);
    let content = content([of.clone()], [rule("r", [of_fields(&of, &[0])])]);
    for (kind, code) in [
        (SectionKind::Severities, ErrorCode::SeverityUnknown),
        (SectionKind::Dispositions, ErrorCode::DispositionUnknown),
    ] {
        let (offset, error) = with(&content, kind, 0, &[u8::MAX]);
        assert_eq!((error.code(), error.offset()), (code, Some(offset)), "{error}");
    }
}

#[test]
fn an_instance_that_is_asked_for_by_its_id_has_its_own_values() {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Unsigned]);
    let instances = (0..3_u64).map(|number| {
        let texts = [equals(&format!("a{number}")), equals(&format!("b{number}"))];
        instance(&of, [any_of(0, texts), any_of(1, [Pattern::unsigned(number)])])
    });
    let instances: Vec<_> = instances.collect();
    let bytes = encode(&content([of.clone()], [rule("r", instances.clone())])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it was written");
    assert_eq!(file.shapes().len(), 1);
    for (id, model) in (0..).zip(&instances) {
        let view = file.instance(id).expect("it is there");
        let found: Vec<Pattern> = view.criteria().flat_map(|own| own.patterns()).map(Pattern::from).collect();
        let wanted: Vec<Pattern> = model.criteria().iter().flat_map(|own| own.patterns()).cloned().collect();
        assert_eq!(found, wanted, "instance {id}");
    }
}
