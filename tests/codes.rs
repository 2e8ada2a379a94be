//! Every code of an error is met by a test that knows the code and the offset.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::panic_in_result_fn,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;
mod files;
#[cfg(feature = "interpreter")]
mod interpreter_cases;
mod limit_cases;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use channel_file::template::{
    Case, Comparison, Content, Criterion, DeclaredField, DeclaredType, Example, Expectation, FieldKind, FieldReference,
    IpNetwork, Operator, OperatorSet, OwnedValue, Pattern, Rule, Sense, SensorType, SensorTypes, TemplateInstance,
    TemplateType,
};
use channel_file::{ChannelFile, Error, ErrorCode, Limits, encode, encode_into};
use few_words::{any_of, content, equals, instance, rule, template_type};

/// The committed files meet their codes and offsets in `corpus.rs`, limits in `limits.rs`, models and calls below. What only the
/// interpreter refuses is met where there is one.
#[test]
fn every_code_is_met() {
    let of_files = files::invalid().into_iter().map(|file| file.code);
    let of_limits = limit_cases::cases().into_iter().map(|case| case.code.as_str().to_owned());
    let of_models = models().into_iter().map(|(code, _)| code.as_str().to_owned());
    let met: BTreeSet<String> = of_files.chain(of_limits).chain(of_models).collect();
    let has_interpreter = cfg!(feature = "interpreter");
    let can_be_met = |code: &&ErrorCode| has_interpreter || !is_of_interpreter(**code);
    let missing: Vec<_> =
        ErrorCode::ALL.iter().filter(can_be_met).filter(|code| !met.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "no test meets {missing:?}");
}

#[test]
fn models_and_calls_know_no_offset() {
    for (code, error) in models() {
        assert_eq!((error.code(), error.offset()), (code, None), "{error}");
        let text = error.to_string();
        assert!(text.starts_with(code.as_str()) && text.contains(code.message()), "{text}");
    }
}

#[test]
fn paths_say_where_in_the_model() {
    let text = template_type(1, &[FieldKind::Text, FieldKind::Unsigned]);
    let criterion = any_of(1, [Pattern::unsigned(1), equals("text")]);
    let error = TemplateInstance::builder(&text).criterion(criterion).build().expect_err("text on a number");
    assert_eq!((error.path().field_index(), error.path().pattern_index()), (Some(1), Some(0)), "{error}");
    let error = TemplateType::builder(1, 1, "t").field("a", FieldKind::Text).field("a", FieldKind::Text).build();
    assert_eq!(error.expect_err("a name twice").path().field_index(), Some(1));
}

fn is_of_interpreter(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::EventValues | ErrorCode::EventValue) || code.number() / 100 == 9
}

/// What builders, the writer, binding and the interpreter refuse.
fn models() -> Vec<(ErrorCode, Error)> {
    let mut models = patterns();
    models.extend(criteria());
    models.extend(types());
    models.extend(contents());
    models.extend(bindings());
    #[cfg(feature = "interpreter")]
    models.extend(interpreter_cases::cases());
    models
}

fn err<T: std::fmt::Debug>(result: Result<T, Error>) -> Error {
    result.expect_err("it is refused")
}

fn patterns() -> Vec<(ErrorCode, Error)> {
    let text = |operator, text: &str| err(Pattern::text(operator, text, Case::Sensitive));
    let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let single = IpNetwork::new(address, 32).expect("a prefix of 32");
    vec![
        (ErrorCode::PatternEmpty, text(Operator::Equals, "")),
        (ErrorCode::PatternEmpty, text(Operator::Glob, "")),
        (ErrorCode::PatternEmpty, err(Pattern::bytes(Operator::Contains, []))),
        (ErrorCode::OperatorForKind, text(Operator::Range, "x")),
        (ErrorCode::OperatorForKind, err(Pattern::bytes(Operator::Glob, [1]))),
        (ErrorCode::GlobSimpler, text(Operator::Glob, "x*")),
        (ErrorCode::GlobForm, text(Operator::Glob, "x**y")),
        (ErrorCode::NetworkPrefix, err(Pattern::network(single))),
        (ErrorCode::RangeOrder, err(Pattern::unsigned_range(5, 5))),
        (ErrorCode::RangeOrder, err(Pattern::signed_range(5, -5))),
        (ErrorCode::CriterionWithoutPatterns, err(Criterion::new(0, Sense::AnyOf, []))),
    ]
}

fn criteria() -> Vec<(ErrorCode, Error)> {
    let build =
        |kind, criterion| err(TemplateInstance::builder(&template_type(1, &[kind, kind])).criterion(criterion).build());
    let reference = |field, comparison, case| any_of(0, [Pattern::field(FieldReference { field, comparison, case })]);
    let whole = Pattern::unsigned_range(0, u64::MAX).expect("a range");
    let restricted = TemplateType::builder(1, 1, "t")
        .field_with("a", FieldKind::Text, OperatorSet::of(&[Operator::Glob]))
        .build()
        .expect("a type");
    vec![
        (ErrorCode::SlotField, build(FieldKind::Text, any_of(2, [equals("x")]))),
        (ErrorCode::OperatorForKind, build(FieldKind::Boolean, any_of(0, [equals("x")]))),
        (
            ErrorCode::OperatorNotAllowed,
            err(TemplateInstance::builder(&restricted).criterion(any_of(0, [equals("x")])).build()),
        ),
        (ErrorCode::RangeWhole, build(FieldKind::Unsigned, any_of(0, [whole]))),
        (ErrorCode::SignedOnText, build(FieldKind::Text, any_of(0, [Pattern::signed(0)]))),
        (ErrorCode::FieldReferenceTarget, build(FieldKind::Text, reference(0, Comparison::Equals, Case::Sensitive))),
        (ErrorCode::FieldReferenceForm, build(FieldKind::Signed, reference(1, Comparison::Contains, Case::Sensitive))),
        (
            ErrorCode::InstanceWithoutCriteria,
            err(TemplateInstance::builder(&template_type(1, &[FieldKind::Text])).build()),
        ),
    ]
}

fn types() -> Vec<(ErrorCode, Error)> {
    let builder = || TemplateType::builder(1, 1, "t");
    let named = |name: &str| err(TemplateType::builder(1, 1, name).field("a", FieldKind::Text).build());
    let no_operator = builder().field_with("a", FieldKind::Text, OperatorSet::of(&[]));
    let glob = builder().field_with("a", FieldKind::Boolean, OperatorSet::of(&[Operator::Glob]));
    vec![
        (ErrorCode::TypeVersion, err(TemplateType::builder(1, 0, "t").field("a", FieldKind::Text).build())),
        (ErrorCode::TypeWithoutFields, err(builder().build())),
        (ErrorCode::NameEmpty, named("")),
        (ErrorCode::NameControl, named("two\nlines")),
        (ErrorCode::NameEmpty, err(builder().field("", FieldKind::Text).build())),
        (ErrorCode::FieldNames, err(builder().field("a", FieldKind::Text).field("a", FieldKind::Bytes).build())),
        (ErrorCode::FieldOperators, err(no_operator.build())),
        (ErrorCode::FieldOperators, err(glob.build())),
    ]
}

fn contents() -> Vec<(ErrorCode, Error)> {
    let text = template_type(1, &[FieldKind::Text]);
    let criterion = any_of(0, [equals("x")]);
    let one = instance(&text, [criterion.clone()]);
    let rule_of = |id: &str| rule(id, [one.clone()]).build().expect("a rule");
    let builder = || Content::builder(291, 1).template_type(text.clone());
    // The same id and version, other fields.
    let of_two = template_type(1, &[FieldKind::Text, FieldKind::Text]);
    let other_kind = template_type(1, &[FieldKind::Boolean]);
    let later = TemplateType::builder(1, 2, "renamed").field("a", FieldKind::Text).field("b", FieldKind::Text);
    let with_two = rule("r", [instance(&of_two, [criterion.clone()])]).build().expect("a rule");
    let values = |values| err(Example::new(&text, Expectation::Match, values));
    let small = content([text.clone()], [rule("r", [one.clone()])]);
    let mut buffer = [0; 100];
    let example = |of, value| Example::new(of, Expectation::Match, [value]).expect("one value");
    let unused = template_type(2, &[FieldKind::Text]);
    let of_unused = rule("r", [one.clone()]).example(example(&unused, OwnedValue::Absent)).build().expect("a rule");
    let of_boolean = rule("r", [one.clone()]).example(example(&other_kind, OwnedValue::Boolean(true)));
    vec![
        (
            ErrorCode::ContentVersion,
            err(Content::builder(291, 0).template_type(text.clone()).rule(rule_of("r")).build()),
        ),
        (ErrorCode::ContentEmpty, err(builder().build())),
        (ErrorCode::TypeTwice, err(builder().template_type(text.clone()).rule(rule_of("r")).build())),
        (
            ErrorCode::TypeNotExtended,
            err(builder().template_type(later.build().expect("a type")).rule(rule_of("r")).build()),
        ),
        (ErrorCode::RuleTwice, err(builder().rule(rule_of("r")).rule(rule_of("r")).build())),
        (ErrorCode::NoTemplateType, err(Content::builder(291, 1).rule(rule_of("r")).build())),
        (ErrorCode::NoTemplateType, err(builder().template_type(unused).rule(of_unused).build())),
        (ErrorCode::FieldCount, err(builder().rule(with_two).build())),
        (ErrorCode::ExampleValue, err(builder().rule(of_boolean.build().expect("a rule")).build())),
        (ErrorCode::RuleWithoutInstances, err(Rule::builder("r").build())),
        (ErrorCode::NameEmpty, err(rule("", [one.clone()]).build())),
        (ErrorCode::NameEmpty, err(rule("r", [one.clone()]).reference("").build())),
        (ErrorCode::NameControl, err(rule("r", [one.clone()]).title("bell\u{7}").build())),
        (ErrorCode::NameControl, err(rule("r", [one]).author("\u{7F}").build())),
        (ErrorCode::ExampleValues, values(Vec::new())),
        (ErrorCode::ExampleValues, values(vec![OwnedValue::Absent; 2])),
        (ErrorCode::ExampleValue, values(vec![OwnedValue::Unsigned(1)])),
        (ErrorCode::BufferTooSmall, err(encode_into(&small, &Limits::DEFAULT, &mut &mut buffer[..]))),
    ]
}

const FIELD: DeclaredField<'_> =
    DeclaredField { name: "a", kind: FieldKind::Text, operators: FieldKind::Text.operators(), since: 1 };

fn bindings() -> Vec<(ErrorCode, Error)> {
    let text = template_type(1, &[FieldKind::Text]);
    let one = instance(&text, [any_of(0, [equals("x")])]);
    let bytes = encode(&content([text], [rule("r", [one])])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let declared = |fields| DeclaredType { id: 1, version: 1, name: "t", fields };
    let bind = |of: SensorType<'_>| err(file.bind(&SensorTypes::new(&[of])));
    let later = DeclaredType { version: 2, ..declared(const { &[DeclaredField { since: 2, ..FIELD }] }) };
    let two = declared(const { &[FIELD, DeclaredField { name: "b", ..FIELD }] });
    let renamed = declared(const { &[DeclaredField { name: "b", ..FIELD }] });
    vec![
        (ErrorCode::SensorLacksType, err(file.bind(&SensorTypes::new(&[])))),
        (ErrorCode::SensorLacksVersion, bind(SensorType::supplying(later, 1))),
        (ErrorCode::SensorFieldCount, bind(SensorType::supplying(two, 2))),
        (ErrorCode::SensorFieldsDiffer, bind(SensorType::supplying(renamed, 1))),
        (ErrorCode::SensorInputs, bind(SensorType::supplying(declared(&[FIELD]), 0))),
    ]
}
