//! An instance is looked at where the rarest of what it asks for is found, and nowhere else. What is rare is guessed; the order
//! of the guesses is this.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;

use std::net::{IpAddr, Ipv4Addr};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    Case, Comparison, FieldKind, FieldReference, IpNetwork, Operator, Pattern, SensorTypes, Value,
};
use channel_file::{ChannelFile, OwnTypes, encode};
use few_words::{any_of, content, equals, instance, rule, template_type};

/// Something to ask for, a value that meets it and one that does not.
struct Ask {
    kind: FieldKind,
    patterns: Vec<Pattern>,
    met: Value<'static>,
    other: Value<'static>,
}

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 0));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 0));

fn text(operator: Operator, text: &'static str) -> Ask {
    let patterns = vec![Pattern::text(operator, text, Case::Sensitive).expect("not empty")];
    Ask { kind: FieldKind::Text, patterns, met: Value::Text(text.as_bytes()), other: Value::Text(b"another") }
}

fn numbers(patterns: Vec<Pattern>) -> Ask {
    Ask { kind: FieldKind::Unsigned, patterns, met: Value::Unsigned(7), other: Value::Unsigned(999) }
}

fn addresses(pattern: Pattern) -> Ask {
    let (met, other) = (Value::IpAddress(HERE), Value::IpAddress(ELSEWHERE));
    Ask { kind: FieldKind::IpAddress, patterns: vec![pattern], met, other }
}

/// From the rarest on; those of one line are taken to be equally common.
fn by_rarity() -> Vec<Vec<Ask>> {
    let network = IpNetwork::new(HERE, 24).expect("a prefix of 24");
    let range = Pattern::unsigned_range(1, 9).expect("a range");
    let empty = Ask { met: Value::Text(b""), patterns: vec![Pattern::empty()], ..text(Operator::Equals, "x") };
    let absent = Ask { met: Value::Absent, patterns: vec![Pattern::absent()], ..text(Operator::Equals, "x") };
    let boolean = Ask {
        kind: FieldKind::Boolean,
        patterns: vec![Pattern::boolean(true)],
        met: Value::Boolean(true),
        other: Value::Boolean(false),
    };
    vec![
        vec![addresses(Pattern::address(HERE))],
        vec![numbers(vec![Pattern::unsigned(7)])],
        vec![numbers(vec![Pattern::unsigned(7), Pattern::unsigned(8)])],
        vec![empty],
        vec![
            addresses(Pattern::network(network).expect("a network")),
            numbers(vec![range]),
            absent,
            text(Operator::Equals, "exactly"),
        ],
        vec![boolean, text(Operator::EndsWith, "tail")],
        vec![text(Operator::StartsWith, "head"), text(Operator::Contains, "middle")],
    ]
}

/// Whether an instance that asks for both is looked at by an event that meets the first alone.
fn is_reached_through(first: &Ask, second: &Ask, swapped: bool) -> bool {
    let mut asks = [(first, first.met), (second, second.other)];
    if swapped {
        asks.reverse();
    }
    let of = template_type(1, &asks.map(|(ask, _)| ask.kind));
    let criteria = (0_u16..).zip(asks).map(|(field, (ask, _))| any_of(field, ask.patterns.clone()));
    let bytes = encode(&content([of.clone()], [rule("r", [instance(&of, criteria)])])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let interpreter =
        Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is within the budget");
    let values = asks.map(|(_, value)| value);
    let event = Event::new(types[0].declared(), &values).expect("it fits");
    let mut scratch = interpreter.measuring_scratch();
    assert_eq!(interpreter.evaluate(&event, &mut scratch).count(), 0, "both are asked for");
    scratch.instance_work().expect("it measures") != [0]
}

#[test]
fn an_instance_is_reached_through_the_rarest() {
    let lines = by_rarity();
    for (place, line) in lines.iter().enumerate() {
        for (rare, common) in line.iter().flat_map(|rare| lines[place + 1..].iter().flatten().map(move |of| (rare, of)))
        {
            for swapped in [false, true] {
                let pair = (&rare.patterns, &common.patterns, swapped);
                assert!(is_reached_through(rare, common, swapped), "{pair:?}");
                assert!(!is_reached_through(common, rare, swapped), "{pair:?}");
            }
        }
    }
}

/// Equally common: the first field's.
#[test]
fn what_is_equally_common_is_taken_in_the_order_of_the_fields() {
    for line in by_rarity() {
        for (at, one) in line.iter().enumerate() {
            for other in line.iter().skip(at + 1) {
                let pair = (&one.patterns, &other.patterns);
                assert!(is_reached_through(one, other, false) && is_reached_through(other, one, false), "{pair:?}");
                assert!(!is_reached_through(one, other, true) && !is_reached_through(other, one, true), "{pair:?}");
            }
        }
    }
}

/// Of what an instance asks for that is looked at first which costs least; where that is not met the rest is left alone.
#[test]
fn what_costs_least_is_looked_at_first() {
    let costly = || vec![Pattern::text(Operator::Regex, "[ab][cd]", Case::Sensitive).expect("not empty")];
    let reference =
        || vec![Pattern::field(FieldReference { field: 2, comparison: Comparison::Equals, case: Case::Sensitive })];
    // An index tells of them, be they ever so many; and of a rarer one, through which the instance is reached.
    let told = || [equals("exactly")].into_iter().chain((0..100).map(Pattern::unsigned)).collect::<Vec<_>>();
    let long = [b'x'; 5_000];
    let (long, short) = (Value::Text(&long), Value::Text(b"y"));
    for (patterns, values, name) in [
        ([costly(), reference()], [long, short], "before an expression, another field"),
        ([reference(), costly()], [short, long], "whatever their order"),
        ([costly(), told()], [long, short], "before an expression, what an index tells"),
        ([told(), costly()], [short, long], "whatever their order"),
    ] {
        let of = template_type(1, &[FieldKind::Text, FieldKind::Text, FieldKind::Text, FieldKind::IpAddress]);
        let rare = any_of(3, [Pattern::address(HERE)]);
        let criteria = (0_u16..).zip(patterns).map(|(field, patterns)| any_of(field, patterns)).chain([rare]);
        let bytes = encode(&content([of.clone()], [rule("r", [instance(&of, criteria)])])).expect("it is small");
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let own = OwnTypes::of(&file);
        let types = own.sensor_types();
        let interpreter =
            Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is within the budget");
        let values = [values[0], values[1], Value::Text(b"z"), Value::IpAddress(HERE)];
        let event = Event::new(types[0].declared(), &values).expect("it fits");
        let mut scratch = interpreter.measuring_scratch();
        assert_eq!(interpreter.evaluate(&event, &mut scratch).count(), 0);
        let work = scratch.instance_work().expect("it measures")[0];
        assert!((1..100).contains(&work), "{name}: {work}");
    }
}
