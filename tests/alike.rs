//! Very many texts that are alike at their ends, some the beginning of others: each is found where it is and nowhere else.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod few_words;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{Case, FieldKind, Operator, Pattern, SensorTypes, Value};
use channel_file::{ChannelFile, OwnTypes, encode};
use few_words::{any_of, content, instance, rule, template_type};

/// More bytes than an index looks at to tell texts apart.
const COMMON: &str = "the same for all of them";

/// Every text of up to five of two letters: 63 with the empty one.
fn letters() -> Vec<String> {
    let mut all = vec![String::new()];
    for length in 0..5 {
        let longest: Vec<_> = all.iter().filter(|text| text.len() == length).cloned().collect();
        all.extend(longest.iter().flat_map(|text| ["a", "B"].map(|letter| format!("{text}{letter}"))));
    }
    all
}

/// The ids of the instances that match, each of which asks for one text with one operator; ids are by operator, then as given.
fn matching(values: &[String], asked: &[(Operator, String)], case: Case) -> Vec<Vec<u32>> {
    let of = template_type(1, &[FieldKind::Text]);
    let instances = asked.iter().map(|(operator, text)| {
        instance(&of, [any_of(0, [Pattern::text(*operator, text.as_str(), case).expect("not empty")])])
    });
    let bytes = encode(&content([of.clone()], [rule("r", instances)])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let interpreter =
        Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is within the budget");
    let mut scratch = interpreter.scratch();
    let mut matching = |value: &String| {
        let values = [Value::Text(value.as_bytes())];
        let event = Event::new(types[0].declared(), &values).expect("it fits");
        interpreter.evaluate(&event, &mut scratch).map(|found| found.instance).collect()
    };
    values.iter().map(&mut matching).collect()
}

#[test]
fn texts_alike_at_an_end_are_told_apart() {
    for (operators, at_start) in
        [([Operator::Equals, Operator::StartsWith], true), ([Operator::Equals, Operator::EndsWith], false)]
    {
        let whole = |part: &String| if at_start { format!("{COMMON}{part}") } else { format!("{part}{COMMON}") };
        let texts: Vec<String> = letters().iter().map(whole).collect();
        let asked: Vec<(Operator, String)> =
            operators.iter().flat_map(|operator| texts.iter().map(|text| (*operator, text.clone()))).collect();
        let longer = letters().into_iter().map(|part| whole(&format!("b{part}A")));
        let values: Vec<String> =
            texts.iter().cloned().chain(longer).chain([COMMON.to_uppercase(), COMMON.replace("all", "one")]).collect();
        for case in [Case::Sensitive, Case::Ignored] {
            let folded = |text: &str| if case == Case::Ignored { text.to_lowercase() } else { text.to_owned() };
            let meets = |value: &str, (operator, text): &(Operator, String)| match operator {
                Operator::Equals => folded(value) == folded(text),
                Operator::StartsWith => folded(value).starts_with(&folded(text)),
                _ => folded(value).ends_with(&folded(text)),
            };
            for (value, found) in values.iter().zip(matching(&values, &asked, case)) {
                let expected: Vec<u32> =
                    (0..).zip(&asked).filter(|(_, asked)| meets(value, asked)).map(|(id, _)| id).collect();
                assert_eq!(found, expected, "{value}");
            }
        }
    }
}
