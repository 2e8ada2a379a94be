//! Errors name the first place that is at fault, not one like it; and what only the last bytes of a value tell apart is told
//! apart.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod damaged;
mod few_words;
mod limit_cases;
mod repair;

use std::net::{IpAddr, Ipv6Addr};

use channel_file::template::{Example, Expectation, FieldKind, Operator, OwnedValue, Pattern};
use channel_file::{ChannelFile, ErrorCode, Limits, SectionKind, decode, encode};
use damaged::with;
use few_words::{any_of, content, equals, instance, rule, template_type};
use limit_cases::place;

fn words<const N: usize>(words: [u64; N]) -> Vec<u8> {
    words.into_iter().flat_map(u64::to_le_bytes).collect()
}

/// The neighbour before is as long as the limit allows.
#[test]
fn the_text_that_is_too_long_is_named() {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Bytes]);
    let text = instance(&of, [any_of(0, [equals("ninebytes"), equals("ten bytes.")])]);
    let binary = instance(&of, [any_of(1, [bytes("ninebytes"), bytes("ten bytes.")])]);
    let values = [OwnedValue::Text(b"ninebytes".to_vec()), OwnedValue::Bytes(b"ten bytes.".to_vec())];
    let example = Example::new(&of, Expectation::Match, values).expect("two values");
    let titled = rule("r", [instance(&of, [any_of(0, [equals("p")])])]).title("ninebytes").author("ten bytes.");
    let names = |limit| Limits { name_bytes: limit, ..Limits::DEFAULT };
    let patterns = |limit| Limits { pattern_bytes: limit, ..Limits::DEFAULT };
    let examples = |limit| Limits { example_bytes: limit, ..Limits::DEFAULT };
    let short = || instance(&of, [any_of(1, [bytes("p")])]);
    // Before the texts of patterns stand the names of the type and its fields.
    for (rule, limits, kind, row) in [
        (titled, names(9), SectionKind::TextEnds, 3 + 1 + 2),
        (rule("r", [text]), patterns(9), SectionKind::TextEnds, 3 + 1),
        (rule("r", [binary]), patterns(9), SectionKind::ByteEnds, 1),
        (rule("r", [short()]).example(example), examples(9), SectionKind::ByteEnds, 1 + 1),
    ] {
        let bytes = encode(&content([of.clone()], [rule])).expect("the default limits take it");
        let error = ChannelFile::open_with(&bytes, &limits).expect_err("ten bytes");
        assert_eq!((error.found(), error.offset()), (Some(10), Some(place(&bytes, kind, 4 * row))), "{error}");
    }
}

/// A rule without title and author: three ends are alike before the one that falls back.
#[test]
fn the_end_that_falls_back_is_named() {
    let of = template_type(1, &[FieldKind::Text]);
    let rules = [rule("a", [instance(&of, [any_of(0, [equals("p")])])]).reference("x")];
    let (offset, error) = with(&content([of], rules), SectionKind::TextEnds, 4 * 6, &[0; 4]);
    assert_eq!((error.code(), error.offset()), (ErrorCode::TextEnds, Some(offset)), "{error}");
    assert_eq!((error.expected(), error.found()), (Some(4), Some(0)));
}

#[test]
fn the_field_of_an_unknown_kind_is_named_with_its_type() {
    let types = [(1, 2), (2, 3), (3, 1)].map(|(id, fields)| template_type(id, &vec![FieldKind::Text; fields]));
    let instances: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [equals("p")])])).collect();
    let content = content(types, [rule("r", instances)]);
    for (row, template_type, field) in [(0, 0, 0), (1, 0, 1), (2, 1, 0), (4, 1, 2), (5, 2, 0)] {
        let (offset, error) = with(&content, SectionKind::Fields, 5 * row, &[0xFF]);
        assert_eq!((error.code(), error.offset()), (ErrorCode::FieldKindUnknown, Some(offset)));
        let path = error.path();
        assert_eq!((path.template_type_index(), path.field_index()), (Some(template_type), Some(field)), "row {row}");
    }
}

/// Patterns count within their criterion, over its slots.
#[test]
fn the_pattern_out_of_order_is_named_within_its_criterion() {
    let of = template_type(1, &[FieldKind::Unsigned; 2]);
    let range = |low| Pattern::unsigned_range(low, 100).expect("a range");
    let both = |field| any_of(field, [5, 6, 7].map(Pattern::unsigned).into_iter().chain([range(1), range(2)]));
    let content = content([of.clone()], [rule("r", [instance(&of, [both(0), both(1)])])]);
    // Each criterion has three numbers and two ranges, of a word and of two.
    for (word, field, pattern) in [(1, 0, 1), (5, 0, 4), (7 + 1, 1, 1), (7 + 2, 1, 2), (7 + 5, 1, 4)] {
        let (offset, error) = with(&content, SectionKind::Words, 8 * word, &words([0]));
        assert_eq!((error.code(), error.offset()), (ErrorCode::PatternOrder, Some(offset)), "word {word}");
        let path = error.path();
        assert_eq!((path.field_index(), path.pattern_index()), (Some(field), Some(pattern)), "word {word}");
    }
}

#[test]
fn a_version_of_the_format_is_told_in_both_its_numbers() {
    let of = template_type(1, &[FieldKind::Text]);
    let bytes = encode(&content([of.clone()], [rule("r", [instance(&of, [any_of(0, [equals("p")])])])]));
    let mut bytes = bytes.expect("it is small");
    bytes[8..12].copy_from_slice(&[3, 0, 5, 1]);
    let error = ChannelFile::peek(&bytes).expect_err("there is no such version");
    assert_eq!((error.code(), error.offset()), (ErrorCode::FormatVersion, Some(8)));
    assert_eq!((error.expected(), error.found()), (Some(0x1_0000), Some(0x3_0105)));
    bytes[8..12].copy_from_slice(&[3, 0, 3, 0]);
    assert_eq!(ChannelFile::peek(&bytes).expect_err("nor such").found(), Some(0x3_0003));
}

/// The same address twice, and a higher one next: what follows a value must not tell it from the one before.
#[test]
fn a_value_of_two_words_is_not_told_apart_by_the_third() {
    let of = template_type(1, &[FieldKind::IpAddress]);
    let address = |low: u128| Pattern::address(IpAddr::V6(Ipv6Addr::from_bits((1 << 64) | low)));
    let instance = instance(&of, [any_of(0, [1, 2, 3].map(address))]);
    let content = content([of], [rule("r", [instance])]);
    let (offset, error) = with(&content, SectionKind::Words, 0, &words([1, 2, 1, 2, 7, 7]));
    assert_eq!((error.code(), error.offset()), (ErrorCode::PatternOrder, Some(offset + 16)), "{error}");
}

#[test]
fn a_range_whose_ends_are_one_is_refused_whatever_its_sign() {
    let of = template_type(1, &[FieldKind::Signed]);
    let range = Pattern::signed_range(-5, 5).expect("a range");
    let content = content([of.clone()], [rule("r", [instance(&of, [any_of(0, [range])])])]);
    let (offset, error) = with(&content, SectionKind::Words, 8, &words([(-5_i64).cast_unsigned()]));
    assert_eq!((error.code(), error.offset()), (ErrorCode::RangeOrder, Some(offset - 8)), "{error}");
}

/// Criteria on one field and with the same slots are told apart by their second values, where the first are the same.
#[test]
fn twin_criteria_ascend_in_their_second_values() {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Bytes, FieldKind::Unsigned]);
    let twins: [(u16, [Pattern; 2], [Pattern; 2], SectionKind); 3] = [
        (0, ["b", "d"].map(equals), ["b", "c"].map(equals), SectionKind::TextHeap),
        (1, ["b", "d"].map(bytes), ["b", "c"].map(bytes), SectionKind::ByteHeap),
        (2, [1, 3].map(Pattern::unsigned), [1, 2].map(Pattern::unsigned), SectionKind::Words),
    ];
    for (field, high, low, store) in twins {
        let criteria = [any_of(field, high), any_of(field, low)];
        let content = content([of.clone()], [rule("r", [instance(&of, criteria)])]);
        let encoded = encode(&content).expect("it is small");
        assert_eq!(decode(&encoded).as_ref(), Ok(&content), "field {field}");
        let (within, swapped) = match store {
            SectionKind::TextHeap => (4, b"bdbc".to_vec()),
            SectionKind::ByteHeap => (0, b"bdbc".to_vec()),
            _ => (0, words([1, 3, 1, 2])),
        };
        let (_, error) = with(&content, store, within, &swapped);
        assert_eq!((error.code(), error.path().field_index()), (ErrorCode::CriterionOrder, Some(field)), "{error}");
    }
}

fn bytes(text: &str) -> Pattern {
    Pattern::bytes(Operator::Contains, text.as_bytes()).expect("a byte string")
}
