//! Order is kept to the end of every run, however long it is: the two readers agree where neighbours change places, rows and single
//! numbers of rows.
//!
//! Other tests have runs of a few rows, in which a check that looks at the first of many alone finds everything.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/few_words/mod.rs"]
mod few_words;
#[path = "../../../tests/repair/mod.rs"]
mod repair;

use std::net::{IpAddr, Ipv6Addr};

use channel_file::template::{
    Content, Example, Expectation, FieldKind, IpNetwork, Operator, OperatorSet, OwnedValue, Pattern, TemplateType,
    TemplateTypeBuilder, Value,
};
use channel_file::{ChannelFile, SectionKind, encode};
use few_words::{any_of, content, equals, instance, rule};

/// More than any step in which a reader might go through rows.
const MANY: u32 = 150;

#[test]
fn neighbours_that_change_places_are_judged_alike() {
    let (mut accepted, mut refused) = (0, 0);
    for (name, content) in contents() {
        let valid = encode(&content).expect("it is within the limits");
        assert!(agree(&valid, name), "{name} is refused");
        let kinds: Vec<_> = ChannelFile::open(&valid).expect("it is valid").sections().map(|(kind, ..)| kind).collect();
        for (kind, section) in kinds.into_iter().zip(repair::sections(&valid)) {
            let numbers = numbers(kind);
            let width: usize = numbers.iter().sum();
            for start in (section.start..section.end).step_by(width).filter(|start| start + 2 * width <= section.end) {
                for (from, to) in parts(numbers) {
                    let mut bytes = valid.clone();
                    let (one, other) = bytes[start..start + 2 * width].split_at_mut(width);
                    one[from..to].swap_with_slice(&mut other[from..to]);
                    if bytes == valid {
                        continue;
                    }
                    repair::checksums(&mut bytes);
                    let what =
                        format!("{name}: {kind:?}, bytes {from} to {to} of what stands at {start} and next to it");
                    *(if agree(&bytes, &what) { &mut accepted } else { &mut refused }) += 1;
                }
            }
        }
    }
    assert!(accepted > 400 && refused > 10_000, "only {accepted} accepted, {refused} refused");
}

/// The widths of the numbers in a row; whole texts and byte strings of the heaps.
const fn numbers(kind: SectionKind) -> &'static [usize] {
    match kind {
        SectionKind::Types => &[4, 4, 4],
        SectionKind::Fields => &[1, 2, 2],
        SectionKind::Shapes => &[4, 2, 4, 4, 4, 4, 4],
        SectionKind::Slots => &[2, 1, 1, 1, 4],
        SectionKind::Severities | SectionKind::Dispositions | SectionKind::Presences => &[1],
        SectionKind::InstanceRules | SectionKind::ByteEnds | SectionKind::TextEnds => &[4],
        SectionKind::Rules => &[4, 4],
        SectionKind::Examples => &[4, 4, 1, 4],
        SectionKind::Words => &[8],
        SectionKind::TextHeap | SectionKind::ByteHeap => &[4],
    }
}

/// Each number of a row, and all of it.
fn parts(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut parts = vec![(0, numbers.iter().sum())];
    let mut from = 0;
    for width in numbers {
        parts.push((from, from + width));
        from += width;
    }
    if numbers.len() == 1 {
        parts.pop();
    }
    parts
}

/// Whether both accept; demands that both do, or both refuse.
fn agree(bytes: &[u8], what: &str) -> bool {
    match (ChannelFile::open(bytes), channel_file_second_reader::read(bytes)) {
        (Ok(_), Ok(_)) => true,
        (Err(_), Err(_)) => false,
        (Ok(_), Err(refusal)) => panic!("{what}: the library accepts, the second reader says: {refusal}"),
        (Err(error), Ok(_)) => panic!("{what}: the second reader accepts, the library says: {error}"),
    }
}

/// In each something else is many; texts stand at multiples of their width, so that whole ones change places.
fn contents() -> Vec<(&'static str, Content)> {
    let of = template_type(1, &[FieldKind::Text]);
    let letter = |number: u32| instance(&of, [any_of(0, [text(number)])]);
    let on = |kind, patterns: &dyn Fn(u32) -> Pattern| {
        let of = template_type(1, &[kind]);
        let instance = instance(&of, [any_of(0, (1..=MANY).map(patterns))]);
        content([of], [rule("rule", [instance])])
    };
    let address = |number: u32| IpAddr::V6(Ipv6Addr::from_bits(u128::from(number) << 16));
    let network = |number| Pattern::network(IpNetwork::new(address(number), 112).expect("no host bits")).expect("one");
    let wide = template_type(1, &[FieldKind::Text; 150]);
    let on_field = |field| instance(&wide, [any_of(field, [equals("word")])]);
    let example = |number: u32| {
        let expectation = if number < MANY / 2 { Expectation::Match } else { Expectation::NoMatch };
        Example::new(&of, expectation, [OwnedValue::from(Value::Text(b"word"))]).expect("one value")
    };
    let examples = |rule| (0..MANY).map(example).fold(rule, channel_file::template::RuleBuilder::example);
    let names = |number: u32| rule(&format!("{number:04}"), [letter(0)]).title("rule").author("from");
    let types: Vec<_> = (0..MANY).map(|id| template_type(id, &[FieldKind::Text; 2])).collect();
    let of_types: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [equals("word")])])).collect();
    let on_fields = instance(&wide, (0..150).step_by(2).map(|field| any_of(field, [equals("word")])));
    let first = instance(&of, [any_of(0, [Pattern::absent()])]);
    vec![
        ("texts", on(FieldKind::Text, &text)),
        ("byte strings", on(FieldKind::Bytes, &|number| bytes(number))),
        ("numbers", on(FieldKind::Unsigned, &|number| Pattern::unsigned(number.into()))),
        ("addresses", on(FieldKind::IpAddress, &|number| Pattern::address(address(number)))),
        ("networks", on(FieldKind::IpAddress, &network)),
        ("shapes", content([wide.clone()], [rule("rule", (0..150).map(on_field))])),
        (
            "criteria",
            content([of.clone()], [rule("rule", [instance(&of, (0..60).map(|other| any_of(0, [text(other)])))])]),
        ),
        ("rules", content([of.clone()], (0..MANY).map(names))),
        // Not the first shape.
        (
            "rules of a later shape",
            content(
                [of.clone()],
                (0..MANY).map(|number| {
                    rule(&format!("{number:04}"), [first.clone(), letter(0)]).title("rule").author("from")
                }),
            ),
        ),
        ("examples", content([of.clone()], [examples(rule("here", [letter(0)])), examples(rule("last", [letter(1)]))])),
        ("types", content(types, [rule("rule", of_types)])),
        ("fields", content([wide], [rule("rule", [on_fields])])),
        ("fields of two versions", two_versions()),
    ]
}

/// Neighbours allow different operators.
fn two_versions() -> Content {
    let all: Vec<_> = FieldKind::Text.operators().iter().collect();
    let allowed = [OperatorSet::of(&all), OperatorSet::of(&all[1..])];
    let version = |version, fields: u32| {
        let builder = TemplateType::builder(1, version, "type");
        let field = |builder: TemplateTypeBuilder, number: u32| {
            let operators = if number.is_multiple_of(2) { allowed[0] } else { allowed[1] };
            builder.field_with(format!("{number:04}"), FieldKind::Text, operators)
        };
        (0..fields).fold(builder, field).build().expect("a type")
    };
    let versions = [version(1, MANY), version(2, MANY + 1)];
    let instances: Vec<_> = versions.iter().map(|of| instance(of, [any_of(0, [equals("word")])])).collect();
    content(versions, [rule("rule", instances)])
}

fn text(number: u32) -> Pattern {
    equals(&format!("{number:04}"))
}

fn bytes(number: u32) -> Pattern {
    Pattern::bytes(Operator::Equals, number.to_be_bytes()).expect("four bytes")
}

fn template_type(id: u32, kinds: &[FieldKind]) -> TemplateType {
    let builder = TemplateType::builder(id, 1, "type");
    let named = (0_u32..).map(|number| format!("{number:04}")).zip(kinds);
    named.fold(builder, |builder, (name, kind)| builder.field(name, *kind)).build().expect("a type")
}
