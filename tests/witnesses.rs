//! The validator finds events for whatever can be met, and says so of what cannot.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cases;
mod few_words;
mod judged;
mod witness_cases;

use std::time::{Duration, Instant};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{Criterion, FieldKind, Operator, Pattern, Sense, SensorTypes, Value};
use channel_file::validator::FindingCode;
use channel_file::{ChannelFile, OwnTypes, encode};

use self::few_words::any_of;
use self::judged::{
    contains, ends, glob, has, ignoring, judged, judged_instance, judged_text, none_of, not_exercised, one_instance,
    regex, starts, told,
};
use self::witness_cases::{impossible, met, references, sound};

/// Longer than any search may take, whatever the machine is busy with.
const LONG: Duration = Duration::from_secs(30);

/// Runs all, and fails with all that failed.
fn all(failures: impl IntoIterator<Item = String>) {
    let failures: Vec<String> = failures.into_iter().collect();
    assert!(failures.is_empty(), "{} failed\n{}", failures.len(), failures.join("\n"));
}

/// Two fields of each kind, as the cases have them.
fn pairs_of_kinds() -> Vec<FieldKind> {
    FieldKind::ALL.iter().flat_map(|kind| [*kind, *kind]).collect()
}

#[test]
fn every_pattern_of_the_cases_is_exercised_in_both_senses() {
    let kinds = pairs_of_kinds();
    let mut failures = Vec::new();
    for row in cases::all() {
        for sense in [Sense::AnyOf, Sense::NoneOf] {
            let field = u16::from(row.kind.code()) * 2;
            let criterion = Criterion::new(field, sense, [row.pattern.clone()]).unwrap();
            let report = judged_instance(&kinds, &[criterion]);
            failures.extend(
                not_exercised(&report).map(|gap| format!("{sense:?} {:?} on {}: {gap}", row.pattern, row.kind)),
            );
        }
    }
    all(failures);
}

/// Patterns of text that can be met together, and apart.
fn compatible() -> Vec<Pattern> {
    vec![
        starts("ab"),
        ignoring(Operator::StartsWith, "ABra"),
        ends("yz"),
        ignoring(Operator::EndsWith, "Éxyz"),
        contains("mno"),
        ignoring(Operator::Contains, "Администратор"),
        contains("日本"),
        glob("*q?r*"),
        ignoring(Operator::Glob, "*Ä??Ö*"),
        regex(r"\d{3}"),
        ignoring(Operator::Regex, r"k(ey|ing)s?"),
        regex(r"[0-9][a-f]{2}"),
        regex(r"\bword\b"),
        regex(r"(?-u:\xFF)"),
    ]
}

#[test]
fn patterns_of_text_are_exercised_beside_each_other() {
    let patterns = compatible();
    let mut failures = Vec::new();
    let mut check = |criteria: &[Criterion]| {
        let report = judged_text(criteria);
        failures.extend(not_exercised(&report).map(|gap| format!("{criteria:?}: {gap}")));
    };
    for (number, one) in patterns.iter().enumerate() {
        for two in &patterns[number + 1..] {
            // `ABra` begins with `ab`, and `Éxyz` ends with `yz`.
            let implies = |a: &Pattern, b: &Pattern| {
                *a == patterns[0] && *b == patterns[1] || *a == patterns[2] && *b == patterns[3]
            };
            check(&[any_of(0, [one.clone(), two.clone()])]);
            check(&[any_of(0, [one.clone()]), any_of(0, [two.clone()])]);
            check(&[any_of(0, [one.clone()]), none_of(0, [two.clone()])]);
            if !implies(one, two) {
                check(&[none_of(0, [one.clone()]), any_of(0, [two.clone()])]);
            }
            check(&[none_of(0, [one.clone(), two.clone(), Pattern::absent(), Pattern::empty()])]);
        }
    }
    all(failures);
}

#[test]
fn criteria_by_hand_are_exercised() {
    all(met::cases().into_iter().filter_map(|(kinds, criteria)| {
        let report = judged_instance(&kinds, &criteria);
        not_exercised(&report).map(|gap| format!("{criteria:?}: {gap}"))
    }));
}

#[test]
fn expressions_are_exercised_alone_and_beside_others() {
    let mut failures = Vec::new();
    for text in met::EXPRESSIONS {
        let begin = Instant::now();
        for criteria in [
            vec![any_of(0, [regex(text)])],
            vec![none_of(0, [regex(text)])],
            vec![any_of(0, [regex(text), Pattern::absent()])],
            vec![any_of(0, [regex(text)]), none_of(1, [regex(text), contains("¿¿")])],
        ] {
            let report = judged_text(&criteria);
            failures.extend(not_exercised(&report).map(|gap| format!("{criteria:?}: {gap}")));
        }
        if begin.elapsed() > LONG {
            failures.push(format!("{text} took {:?}", begin.elapsed()));
        }
    }
    all(failures);
}

#[test]
fn references_are_exercised() {
    all(references::cases().into_iter().filter_map(|(kinds, criteria)| {
        let report = judged_instance(&kinds, &criteria);
        not_exercised(&report).map(|gap| format!("{criteria:?}: {gap}"))
    }));
}

#[test]
fn references_that_are_entangled_are_exercised() {
    all(references::entangled().into_iter().filter_map(|(kinds, criteria)| {
        let report = judged_instance(&kinds, &criteria);
        not_exercised(&report).map(|gap| format!("{criteria:?}: {gap}"))
    }));
}

/// The value meets the criteria, as the interpreter says; so whatever is told of them is no proof that nothing does.
#[test]
fn what_something_meets_is_not_proved_impossible() {
    all(sound::cases().into_iter().filter_map(|(criteria, value)| {
        let content = one_instance(&[FieldKind::Text; 3], &criteria);
        let bytes = encode(&content).unwrap();
        let file = ChannelFile::open(&bytes).unwrap();
        let own = OwnTypes::of(&file);
        let own = own.sensor_types();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&own), &Budget::DEFAULT).unwrap();
        let values = [Value::Text(value), Value::Absent, Value::Absent];
        let event = Event::new(own[0].declared(), &values).unwrap();
        let is_met = interpreter.evaluate(&event, &mut interpreter.scratch()).count() == 1;
        if !is_met {
            return Some(format!("{criteria:?} is not met by {value:?}"));
        }
        let report = judged(&content);
        let is_whole = not_exercised(&report).is_none();
        println!("{}: {criteria:?}", if is_whole { "whole" } else { "gaps" });
        has(&report, FindingCode::NeverMatches).then(|| format!("{criteria:?} is met by {value:?}: {}", told(&report)))
    }));
}

#[test]
fn what_nothing_meets_is_refused_soon() {
    all(impossible::cases().into_iter().filter_map(|(kinds, criteria, is_proved)| {
        let begin = Instant::now();
        let report = judged_instance(&kinds, &criteria);
        let elapsed = begin.elapsed();
        let found = if is_proved {
            has(&report, FindingCode::NeverMatches)
        } else {
            has(&report, FindingCode::NeverMatches) || has(&report, FindingCode::NoWitness)
        };
        let is_right = found && !report.is_accepted() && elapsed < LONG;
        (!is_right).then(|| format!("{criteria:?} after {elapsed:?}: {}", told(&report)))
    }));
}
