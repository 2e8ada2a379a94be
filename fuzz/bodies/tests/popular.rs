//! Texts that very many conditions look for, and conditions of very many patterns: the interpreter keeps other books of them than of
//! what is rare, and must find the same.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, RuleBuilder, Sense, SensorTypes, TemplateInstance,
    TemplateType, Value,
};
use channel_file::{ChannelFile, OwnTypes, encode};
use channel_file_fuzz_bodies::reference::{self, Reference};
use channel_file_smith::Choices;

/// More conditions than any text may have before it is popular.
const INSTANCES: u64 = 1_200;

/// Few popular words, many rare ones.
fn word(choices: &mut Choices<'_>) -> String {
    let number = if choices.below(3) > 0 { choices.below(4) } else { 4 + choices.below(400) };
    format!("w{number:03}")
}

fn pattern(choices: &mut Choices<'_>) -> Pattern {
    let word = word(choices);
    let case = if choices.below(2) == 0 { Case::Ignored } else { Case::Sensitive };
    let (operator, text) = match choices.below(12) {
        0 | 1 => (Operator::Equals, word),
        2 | 3 => (Operator::StartsWith, word),
        4 | 5 => (Operator::EndsWith, word),
        6..=8 => (Operator::Contains, word),
        9 => (Operator::Glob, format!("*{word}?-*")),
        10 => (Operator::Regex, format!("{word}.?-|-{word}$")),
        _ => return if choices.below(2) == 0 { Pattern::absent() } else { Pattern::empty() },
    };
    Pattern::text(operator, text, case).expect("not empty")
}

fn criterion(choices: &mut Choices<'_>, field: u16) -> Criterion {
    let count = match choices.below(20) {
        0 => 65 + choices.below(60),
        1..=3 => 20 + choices.below(40),
        _ => 1 + choices.below(4),
    };
    let sense = if choices.below(3) == 0 { Sense::NoneOf } else { Sense::AnyOf };
    let patterns: Vec<_> = (0..count).map(|_| pattern(choices)).collect();
    Criterion::new(field, sense, patterns).expect("it has patterns")
}

fn popular(seed: u64) -> Content {
    let of = ["a", "b", "c"]
        .into_iter()
        .fold(TemplateType::builder(1, 1, "t"), |builder, name| builder.field(name, FieldKind::Text));
    let of = of.build().expect("a type");
    let mut choices = Choices::seeded(seed);
    let instances = (0..INSTANCES).map(|_| {
        let count = 1 + choices.below(4);
        let criteria: Vec<_> =
            (0..count).map(|number| criterion(&mut choices, u16::try_from(number % 3).expect("small"))).collect();
        TemplateInstance::builder(&of).criteria(criteria).build().expect("an instance")
    });
    let rule = instances.fold(Rule::builder("r"), RuleBuilder::instance).build().expect("a rule");
    Content::builder(291, 1).template_type(of.clone()).rule(rule).build().expect("content")
}

fn value(choices: &mut Choices<'_>) -> Option<String> {
    match choices.below(10) {
        0 => None,
        1 => Some(String::new()),
        _ => {
            let words: Vec<_> = (0..1 + choices.below(3)).map(|_| word(choices)).collect();
            let text = words.join(if choices.below(2) == 0 { "-" } else { "x-" });
            Some(if choices.below(3) == 0 { text.to_uppercase() } else { text })
        }
    }
}

#[test]
fn popular_texts_and_long_lists_are_found_all_the_same() {
    let mut matches = 0;
    for seed in 0..2 {
        let content = popular(seed);
        let reference = Reference::new(&content);
        let bytes = encode(&content).expect("it is within the limits");
        let file = ChannelFile::open(&bytes).expect("it was written");
        let own = OwnTypes::of(&file);
        let types = own.sensor_types();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is cheap");
        let mut scratch = interpreter.scratch();
        let mut choices = Choices::seeded(1_000 + seed);
        for _ in 0..100 {
            let texts: Vec<_> = (0..3).map(|_| value(&mut choices)).collect();
            let values: Vec<Value<'_>> = texts
                .iter()
                .map(|text| text.as_ref().map_or(Value::Absent, |text| Value::Text(text.as_bytes())))
                .collect();
            let event = Event::new(types[0].declared(), &values).expect("three values");
            let found: Vec<u32> = interpreter.evaluate(&event, &mut scratch).map(|found| found.instance).collect();
            let expected = reference.matches(1, &reference::Event::new(values.iter().copied()));
            let expected: Vec<u32> = expected.into_iter().map(|found| found.instance).collect();
            assert_eq!(found, expected, "seed {seed}, {texts:?}");
            matches += found.len();
        }
    }
    assert!(matches > 3_000, "{matches}");
}
