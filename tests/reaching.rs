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
    Case, Comparison, Criterion, FieldKind, FieldReference, IpNetwork, Operator, Pattern, Sense, SensorTypes, Value,
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

/// Neither a text that very many conditions look for, nor an expression of which a text is missing: what an index did not find
/// is not there, however long the value.
#[test]
fn what_an_index_did_not_find_is_not_looked_for_again() {
    const MORE_THAN_POPULAR: u32 = 100;
    const LITTLE: u64 = 20;
    let of = template_type(1, &[FieldKind::Text, FieldKind::IpAddress]);
    let text = |operator, text: String| Pattern::text(operator, text, Case::Sensitive).expect("not empty");
    let popular = || text(Operator::Contains, "popular".to_owned());
    let own = |number| text(Operator::Contains, format!("own {number}"));
    let expression = |number| text(Operator::Regex, format!("own {number}[ab]"));
    let long = ["x".repeat(5_000), "x".repeat(4_000) + " popular"];
    let ways: [(_, &dyn Fn(u32) -> Pattern); 2] = [("texts", &own), ("expressions", &expression)];
    for (name, further) in ways {
        for sense in [Sense::AnyOf, Sense::NoneOf] {
            let instances = (0..MORE_THAN_POPULAR).map(|number| {
                let asks = Criterion::new(0, sense, [popular(), further(number)]).expect("two patterns");
                instance(&of, [asks, any_of(1, [Pattern::address(HERE)])])
            });
            let bytes = encode(&content([of.clone()], [rule("r", instances)])).expect("it is small");
            let file = ChannelFile::open(&bytes).expect("it is valid");
            let own = OwnTypes::of(&file);
            let types = own.sensor_types();
            let interpreter =
                Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is within the budget");
            for value in &long {
                let values = [Value::Text(value.as_bytes()), Value::IpAddress(HERE)];
                let event = Event::new(types[0].declared(), &values).expect("it fits");
                let mut scratch = interpreter.measuring_scratch();
                let matches = interpreter.evaluate(&event, &mut scratch).count();
                let is_met = value.ends_with("popular") == (sense == Sense::AnyOf);
                assert_eq!(matches, if is_met { 100 } else { 0 }, "{name} {sense:?}");
                let work = scratch.instance_work().expect("it measures");
                assert!(work.iter().all(|work| (1..LITTLE).contains(work)), "{name} {sense:?}: {work:?}");
            }
        }
    }
}

/// How many instances, each of which asks for a pattern, match a text, and the work that it made.
fn matches_and_work(patterns: &[Pattern], value: &str) -> (usize, u64) {
    of_criteria(patterns.iter().map(|pattern| vec![any_of(0, [pattern.clone()])]), value, &Budget::DEFAULT)
}

/// The same of instances that may ask for more, and for an address that is not the event's.
fn of_criteria(criteria: impl Iterator<Item = Vec<Criterion>>, value: &str, budget: &Budget) -> (usize, u64) {
    let of = template_type(1, &[FieldKind::Text, FieldKind::IpAddress]);
    let bytes = encode(&content([of.clone()], [rule("r", criteria.map(|own| instance(&of, own)))])).expect("small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), budget).expect("it is within the budget");
    let mut scratch = interpreter.scratch();
    let values = [Value::Text(value.as_bytes()), Value::IpAddress(ELSEWHERE)];
    let event = Event::new(types[0].declared(), &values).expect("it fits");
    let matches = interpreter.evaluate(&event, &mut scratch).count();
    (matches, scratch.work())
}

/// A letter outside ASCII has no other case within it.
#[test]
fn what_is_no_ascii_is_not_looked_for_in_ascii() {
    let text = [Pattern::text(Operator::Contains, "äb", Case::Ignored).expect("not empty")];
    for (start, expected, work) in [("", 0, 0..10), ("é", 0, 5_000..500_000), ("ÄB", 1, 5_000..500_000)] {
        let (matches, took) = matches_and_work(&text, &(start.to_owned() + &"x".repeat(5_000)));
        assert!(matches == expected && work.contains(&took), "{start}: {matches}, {took}");
    }
}

/// Once for long texts and once for short ones, however many there are.
#[test]
fn a_value_without_the_texts_is_read_once() {
    let contains = |text: String| Pattern::text(Operator::Contains, text, Case::Sensitive).expect("not empty");
    let long: Vec<_> = (0..100).map(|number| contains(format!("long {number}"))).collect();
    let short: Vec<_> = (10..99).map(|number| contains(number.to_string())).collect();
    for (texts, times) in [(long.clone(), 1), (short.clone(), 1), ([long, short].concat(), 2)] {
        let (matches, work) = matches_and_work(&texts, &"x".repeat(5_000));
        assert!(matches == 0 && (times * 5_000..times * 5_000 + 50).contains(&work), "{work}");
    }
}

/// Who looks for what very many look for asks when it has to know; a condition of very many patterns, which would have to ask about
/// each of them, is told.
#[test]
fn very_many_conditions_are_not_told_one_by_one() {
    let contains = |text: String| Pattern::text(Operator::Contains, text, Case::Sensitive).expect("not empty");
    let work = |conditions: u32, patterns: u32| {
        let criteria = (0..conditions).map(|number| {
            let own = (1..patterns).map(|further| contains(format!("own {number} {further}")));
            let asks = any_of(0, own.chain([contains("popular".to_owned())]));
            vec![asks, any_of(1, [Pattern::address(HERE)])]
        });
        of_criteria(criteria, "popular", &Budget::DEFAULT).1
    };
    assert!((10..30).contains(&work(10, 2)), "few are told: {}", work(10, 2));
    assert!((1..30).contains(&work(200, 2)), "many are not: {}", work(200, 2));
    assert!((200..300).contains(&work(200, 100)), "but for those of many patterns: {}", work(200, 100));
}

#[test]
fn an_expression_is_not_evaluated_where_it_cannot_be_met() {
    let expression = |text: &str| {
        let pattern = Pattern::text(Operator::Regex, text, Case::Sensitive).expect("not empty");
        std::iter::once(vec![any_of(0, [pattern])])
    };
    let (matches, work) = of_criteria(expression("[ab][cd]{50}"), &"ac".repeat(25), &Budget::DEFAULT);
    assert!(matches == 0 && work < 20, "a byte is missing: {work}");
    // By sets of states, of which many are carried along.
    let budget = Budget { automaton_bytes: 0, ..Budget::DEFAULT };
    let (matches, work) = of_criteria(expression("abc.{0,20}.*def"), &("abc".to_owned() + &"x".repeat(5_000)), &budget);
    assert!(matches == 0 && work < 20_000, "a text is missing: {work}");
}

/// By whichever condition asks first.
#[test]
fn an_expression_is_evaluated_once_an_event() {
    let text = |operator, text: &str| Pattern::text(operator, text, Case::Sensitive).expect("not empty");
    let bare = || text(Operator::Regex, "[ab][cd]");
    let asks = || [vec![bare()], vec![bare(), text(Operator::Equals, "y")], vec![bare(), text(Operator::Equals, "z")]];
    for (end, expected) in [("x", 0), ("ac", 3)] {
        let value = "x".repeat(5_000) + end;
        let criteria = asks().into_iter().map(|patterns| vec![any_of(0, patterns)]);
        let (matches, work) = of_criteria(criteria, &value, &Budget::DEFAULT);
        assert!(matches == expected && (5_000..5_100).contains(&work), "{end}: {matches}, {work}");
    }
}
