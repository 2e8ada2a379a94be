//! What is generated: taken by the library, the same again, various, and alike where its choices are.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    FieldKind, Operator, OwnedValue, PatternValue, Rule, Sense, SensorType, SensorTypes, Value,
};
use channel_file::{ChannelFile, decode};
use channel_file_smith::{Aim, Choices, Declared, Generated};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_input_makes_a_valid_file(input in vec(any::<u8>(), 0..2000)) {
        let generated = Generated::new(&mut Choices::of(&input)).expect("valid");
        let bytes = generated.bytes().expect("valid");
        prop_assert_eq!(decode(&bytes).expect("valid"), generated.content.clone());
        prop_assert_eq!(Generated::new(&mut Choices::of(&input)).expect("valid").content, generated.content);
    }
}

#[test]
fn an_empty_input_makes_little() {
    let generated = Generated::new(&mut Choices::of(&[])).expect("valid");
    assert_eq!((generated.types.len(), generated.content.rules().len()), (1, 1));
}

/// Everything that a content can say is said by some.
#[test]
fn chance_leaves_nothing_out() {
    let mut seen = BTreeSet::new();
    let mut instances = BTreeSet::new();
    for seed in 0..400 {
        let generated = Generated::new(&mut Choices::seeded(seed)).expect("valid");
        for field in generated.content.types().iter().flat_map(|own| own.fields().iter()) {
            seen.insert(format!("field {}", field.kind()));
        }
        let rules = generated.content.rules();
        instances.insert(rules.iter().map(|rule| rule.instances().len()).sum::<usize>());
        for rule in rules {
            seen.extend(rule.examples().iter().map(|example| format!("example {}", example.expectation())));
            seen.extend((!rule.title().is_empty()).then(|| "title".to_owned()));
            seen.extend((!rule.references().is_empty()).then(|| "reference".to_owned()));
        }
        for criterion in rules.iter().flat_map(Rule::instances).flat_map(|instance| instance.criteria()) {
            seen.insert(if criterion.sense() == Sense::AnyOf { "any-of" } else { "none-of" }.to_owned());
            seen.extend(criterion.patterns().iter().map(|pattern| format!("{}", pattern.as_ref().operator())));
        }
    }
    let kinds = FieldKind::ALL.iter().map(|kind| format!("field {kind}"));
    let operators = Operator::ALL.iter().map(ToString::to_string);
    let others = ["title", "reference", "any-of", "none-of", "example match", "example no-match"].map(str::to_owned);
    let missing: Vec<_> = kinds.chain(operators).chain(others).filter(|feature| !seen.contains(feature)).collect();
    assert!(missing.is_empty(), "never made: {missing:?}");
    assert!(instances.len() > 20 && instances.last().is_some_and(|most| *most > 30), "{instances:?}");
}

/// Whatever chance makes of an expression, it compiles in either case.
#[test]
fn every_expression_compiles() {
    let mut expressions = BTreeSet::new();
    for seed in 0..1_500 {
        let generated = Generated::new(&mut Choices::seeded(seed)).expect("valid");
        let instances = generated.content.rules().iter().flat_map(Rule::instances);
        for pattern in instances.flat_map(|instance| instance.criteria()).flat_map(|criterion| criterion.patterns()) {
            if let (Operator::Regex, PatternValue::Text(text, _)) =
                (pattern.as_ref().operator(), pattern.as_ref().value())
            {
                expressions.insert(text.to_owned());
            }
        }
    }
    assert!(expressions.len() > 1_000, "{}", expressions.len());
    for text in expressions {
        for ignores_case in [true, false] {
            let mut parser = regex_syntax::ParserBuilder::new().utf8(false).case_insensitive(ignores_case).build();
            assert!(parser.parse(&text).is_ok(), "{text}");
        }
    }
}

/// A change in the choices of one instance leaves the others as they are.
#[test]
fn a_small_change_is_a_small_change() {
    let whole = |input: &[u8]| {
        let content = Generated::new(&mut Choices::of(input)).expect("valid").content;
        content.rules().iter().flat_map(|rule| rule.instances().to_vec()).collect::<Vec<_>>()
    };
    let input = |seed| -> Vec<u8> {
        let mut chance = Choices::seeded(seed);
        (0..3000).map(|_| u8::try_from(chance.below(256)).unwrap()).collect()
    };
    let input = (0..100).map(input).find(|input| whole(input).len() > 10).expect("some have much");
    let before = whole(&input);
    let changes = (184..input.len()).step_by(13).map(|at| {
        let mut changed = input.clone();
        changed[at] ^= 0x15;
        let after = whole(&changed);
        assert_eq!(after.len(), before.len());
        after.iter().filter(|instance| !before.contains(instance)).count()
    });
    let changes: Vec<usize> = changes.collect();
    // An instance that others share criteria with may take a few along.
    let small = changes.iter().filter(|changed| **changed <= 3).count();
    assert!(small * 100 > changes.len() * 80, "{small} of {} changes are small: {changes:?}", changes.len());
    assert!(changes.iter().any(|changed| *changed > 0));
}

/// Most events that are to meet an instance do; an attack is longer.
#[test]
fn events_reach_what_they_are_made_for() {
    let (mut met, mut nearly, mut events, mut longest) = (0_u32, 0_u32, 0_u32, 0);
    for seed in 0..200 {
        let mut choices = Choices::seeded(seed);
        let generated = Generated::new(&mut choices).expect("valid");
        let bytes = generated.bytes().expect("valid");
        let file = ChannelFile::open(&bytes).expect("valid");
        let types: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is small");
        let mut scratch = interpreter.scratch();
        for declared in &generated.types {
            let source = generated.events(declared);
            let mut matches = |aim, choices: &mut Choices<'_>| {
                let values = source.aimed(choices, aim);
                let length = |value: &OwnedValue| match value {
                    OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => bytes.len(),
                    _ => 0,
                };
                longest = longest.max(values.iter().map(length).max().unwrap_or(0));
                let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
                let declaration = declared.declaration();
                let event = Event::new(&declaration, &borrowed).expect("values fit their fields");
                u32::from(interpreter.evaluate(&event, &mut scratch).next().is_some())
            };
            for _ in 0..20 {
                events += 1;
                met += matches(Aim::Meet, &mut choices);
                nearly += matches(Aim::NearlyMeet, &mut choices);
                matches(Aim::Attack, &mut choices);
            }
        }
    }
    assert!(met * 100 > events * 40, "{met} of {events} meet something");
    assert!(nearly < met && nearly * 100 > events * 20, "{nearly} of {events}, {met} without a change");
    assert!(longest > 2000, "{longest}");
}

channel_file::template_type! {
    struct Connection = "connection", id 40, version 2 {
        image: text = "Image",
        port: unsigned = "Port" [equals, range],
        address: ip_address = "Address",
        same: boolean = "Same" [field_reference],
        user: text = "User" since 2,
    }
}

#[test]
fn content_for_the_types_of_a_sensor_binds_to_it() {
    let types = [SensorType::of::<Connection<'_>>()];
    let mut versions = BTreeSet::new();
    for seed in 0..100 {
        let generated = Generated::for_types(&mut Choices::seeded(seed), &[Connection::TYPE]).expect("valid");
        let bytes = generated.bytes().expect("valid");
        let file = ChannelFile::open(&bytes).expect("valid");
        file.bind(&SensorTypes::new(&types)).expect("it is for this sensor");
        versions.extend(file.types().map(|own| own.key().version));
    }
    assert_eq!(versions, BTreeSet::from([1, 2]));
}

#[test]
fn arbitrary_makes_the_same() {
    use arbitrary::{Arbitrary, Unstructured};
    let input: Vec<u8> = (0..=255).collect();
    let made = Generated::arbitrary_take_rest(Unstructured::new(&input)).expect("valid");
    assert_eq!(made.content, Generated::new(&mut Choices::of(&input)).expect("valid").content);
}
