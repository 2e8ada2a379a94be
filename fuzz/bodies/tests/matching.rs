//! What patterns mean, case by case: `docs/MATCHING.md` with the expected result written by hand, held against the interpreter
//! and against the reference.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/cases/mod.rs"]
mod cases;

use std::collections::BTreeSet;

use channel_file::template::{
    Case, Content, Criterion, DeclaredField, FieldKind, Operator, OwnedValue, Pattern, Rule, Sense, SensorType,
    TemplateInstance, Value, ValueKind,
};

use channel_file_fuzz_bodies::pair::{BOUNDLESS, Pair};
use channel_file_smith::Declared;

use self::cases::{Row, all};

const NAMES: [&str; 12] = ["t", "t2", "b", "b2", "u", "u2", "s", "s2", "o", "o2", "i", "i2"];

/// Two fields of each kind.
fn every_kind() -> Declared<'static> {
    let kinds = FieldKind::ALL.iter().flat_map(|kind| [*kind, *kind]);
    let field = |(name, kind): (&'static &'static str, FieldKind)| DeclaredField {
        name,
        kind,
        operators: kind.operators(),
        since: 1,
    };
    Declared { id: 1, version: 1, name: "every kind", fields: NAMES.iter().zip(kinds).map(field).collect() }
}

/// Any of the pattern, and none of it.
fn content(declared: &Declared<'_>, field: u16, pattern: &Pattern) -> Content {
    let template_type = declared.template_type(1).unwrap();
    let rule = |id: &str, sense| {
        let criterion = Criterion::new(field, sense, [pattern.clone()]).unwrap();
        let instance = TemplateInstance::builder(&template_type).criterion(criterion).build().unwrap();
        Rule::builder(id).instance(instance).build().unwrap()
    };
    let content = Content::builder(1, 1).rule(rule("any", Sense::AnyOf)).rule(rule("none", Sense::NoneOf));
    content.template_type(template_type).build().unwrap()
}

/// Each value against interpreter, reference and expectation; with it the absent value, which meets `absent` alone.
fn hold(rows: Vec<Row>) {
    let declared = every_kind();
    for Row { kind, pattern, other, mut met, mut not_met } in rows {
        let field = usize::from(kind.code()) * 2;
        let content = content(&declared, u16::try_from(field).unwrap(), &pattern);
        let sensor: [SensorType<'_>; 1] = [declared.supplied()];
        let pair = Pair::load(&content, &sensor, &BOUNDLESS).unwrap();
        let mut scratch = pair.interpreter.scratch();
        let is_absent = pattern.as_ref().operator() == Operator::Absent;
        if is_absent { &mut met } else { &mut not_met }.push(Value::Absent);
        for (value, expected) in met.iter().map(|value| (value, "any")).chain(not_met.iter().map(|v| (v, "none"))) {
            let mut values = vec![OwnedValue::Absent; declared.fields.len()];
            values[field] = OwnedValue::from(*value);
            values[field + 1] = OwnedValue::from(other);
            let found = pair.compare(&declared, &values, &mut scratch);
            let found = found.unwrap_or_else(|error| panic!("{pattern:?} on {value:?}: {error}"));
            let rules: Vec<_> = found.iter().map(|found| found.rule.as_str()).collect();
            assert_eq!(rules, [expected], "{pattern:?} on {value:?} beside {other:?}");
            pair.compare_explanations(&declared, &values, &mut scratch).unwrap();
        }
    }
}

macro_rules! chapters {
    ($($module:ident $chapter:ident,)+) => { $(
        #[test]
        fn $chapter() {
            hold(cases::$module::$chapter());
        }
    )+ };
}

chapters! {
    texts presence,
    texts comparisons,
    texts folding,
    texts stray_bytes,
    texts bytes,
    numbers numbers,
    numbers numbers_in_text,
    numbers addresses,
    numbers addresses_in_text,
    searches globs,
    searches expressions,
    references references,
}

#[test]
fn every_pattern_on_every_kind_has_cases() {
    let mut expected = BTreeSet::new();
    for kind in FieldKind::ALL {
        for operator in Operator::ALL {
            let takes = |value: &&ValueKind| kind.takes(*operator, **value);
            expected.extend(ValueKind::ALL.iter().filter(takes).map(|value| (*kind, *operator, *value)));
        }
    }
    let found: BTreeSet<_> = all()
        .iter()
        .map(|row| (row.kind, row.pattern.as_ref().operator(), row.pattern.as_ref().value_kind()))
        .collect();
    assert_eq!(found, expected);
}

/// Each character that has a case, against itself in every case: `fold` of the reference, written out again.
#[test]
fn every_letter_folds_to_one_of_its_length() {
    let declared = every_kind();
    let with_case = |letter: &char| letter.to_lowercase().ne([*letter]) || letter.to_uppercase().ne([*letter]);
    let letters: Vec<char> = ('\0'..=char::MAX).filter(with_case).collect();
    assert!(letters.len() > 2_800);
    let template_type = declared.template_type(1).unwrap();
    let mut content = Content::builder(1, 1).template_type(template_type.clone());
    let mut ids = Vec::new();
    for letter in &letters {
        let pattern = Pattern::text(Operator::Equals, letter.to_string(), Case::Ignored).unwrap();
        let criterion = Criterion::new(0, Sense::AnyOf, [pattern]).unwrap();
        let instance = TemplateInstance::builder(&template_type).criterion(criterion).build().unwrap();
        ids.push(format!("{:06x}", u32::from(*letter)));
        content = content.rule(Rule::builder(ids.last().unwrap()).instance(instance).build().unwrap());
    }
    let content = content.build().unwrap();
    let sensor = [declared.supplied()];
    let pair = Pair::load(&content, &sensor, &BOUNDLESS).unwrap();
    let mut scratch = pair.interpreter.scratch();
    let folded = |letter: char| {
        let lower = letter.to_lowercase().to_string();
        if lower.len() == letter.len_utf8() && lower.chars().count() == 1 { lower } else { letter.to_string() }
    };
    for letter in &letters {
        let text = letter.to_string();
        let values: Vec<Value<'_>> = declared
            .fields
            .iter()
            .enumerate()
            .map(|(index, _)| if index == 0 { Value::Text(text.as_bytes()) } else { Value::Absent })
            .collect();
        let found = pair.evaluate(&declared, &values, &mut scratch).unwrap();
        let found: BTreeSet<_> = found.into_iter().map(|(_, rule)| rule).collect();
        let alike = letters.iter().zip(&ids).filter(|(other, _)| folded(**other) == folded(*letter));
        assert_eq!(found, alike.map(|(_, id)| id.clone()).collect(), "{letter}");
        assert!(alike_across_ascii(&found, *letter), "{letter}");
    }
}

fn alike_across_ascii(found: &BTreeSet<String>, letter: char) -> bool {
    found.iter().all(|id| (u32::from_str_radix(id, 16).unwrap() < 0x80) == letter.is_ascii())
}
