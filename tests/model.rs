//! The model gives back what its builders took, refuses what a later version must not be, and orders as it says.
#![cfg(feature = "alloc")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod few_words;

use channel_file::ErrorCode;
use channel_file::template::{
    Content, Criterion, DeclaredField, DeclaredType, FieldKind, Operator, OperatorSet, Pattern, TemplateType, is_name,
};
use few_words::{any_of, equals, instance, rule, template_type};

#[test]
fn a_rule_gives_its_words() {
    let of = template_type(1, &[FieldKind::Text]);
    let one = || instance(&of, [any_of(0, [equals("p")])]);
    let bare = rule("bare", [one()]).build().expect("a rule");
    assert_eq!((bare.id(), bare.title(), bare.author()), ("bare", "", ""));
    assert!(bare.references().is_empty());
    let full = rule("full", [one()]).title("one").author("two").reference("b").reference("a").build().expect("a rule");
    assert_eq!((full.id(), full.title(), full.author()), ("full", "one", "two"));
    assert_eq!(full.references(), ["b", "a"], "in the author's order");
}

#[test]
fn a_type_finds_its_fields_by_name() {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Signed]);
    let found = of.field("b").map(|(index, field)| (index, field.name(), field.kind()));
    assert_eq!(found, Some((1, "b", FieldKind::Signed)));
    assert_eq!(of.field("c"), None);
}

/// A later version that appends nothing, or changes what was there, is another type under the same id.
#[test]
fn a_later_version_appends_fields() {
    let version = |number, name: &str, fields: &[(&str, FieldKind)]| {
        let builder = TemplateType::builder(1, number, name);
        fields.iter().fold(builder, |builder, (name, kind)| builder.field(*name, *kind)).build().expect("a type")
    };
    let (a, b) = (("a", FieldKind::Text), ("b", FieldKind::Text));
    let first = version(1, "t", &[a]);
    let build = |later: TemplateType| {
        let [one, two] = [&first, &later].map(|of| instance(of, [any_of(0, [equals("p")])]));
        let rule = rule("r", [one, two]).build().expect("a rule");
        Content::builder(1, 1).template_type(first.clone()).template_type(later).rule(rule).build()
    };
    assert!(build(version(2, "t", &[a, b])).is_ok());
    for (why, later) in [
        ("nothing is appended", version(2, "t", &[a])),
        ("another field is first", version(2, "t", &[b, a])),
        ("another name", version(2, "u", &[a, b])),
    ] {
        assert_eq!(build(later).expect_err(why).code(), ErrorCode::TypeNotExtended, "{why}");
    }
}

#[test]
fn names_have_no_control_character_however_many() {
    for text in ["\n\n", "a\tb\tc", "\u{1B}[2J\u{1B}", "\0", "tail\u{7F}"] {
        assert!(!is_name(text), "{text:?}");
    }
    assert!(is_name("") && is_name("two words, ümlaut \u{80}"));
}

#[test]
fn declarations_are_well_formed_or_not() {
    let field = |name: &'static str, since| DeclaredField {
        name,
        kind: FieldKind::Text,
        operators: FieldKind::Text.operators(),
        since,
    };
    let declared =
        |version, name, fields: &[DeclaredField<'_>]| DeclaredType { id: 1, version, name, fields }.is_well_formed();
    let (a, b, c) = (field("a", 1), field("b", 2), field("c", 3));
    assert!(declared(1, "t", &[a]) && declared(2, "t", &[a, b]) && declared(3, "t", &[a, b, c]));
    for (why, is_well_formed) in [
        ("no field", declared(1, "t", &[])),
        ("no field of version 1", declared(2, "t", &[b])),
        ("the newest version appends nothing", declared(2, "t", &[a])),
        ("a field is newer than the newest version", declared(1, "t", &[a, b])),
        ("versions descend", declared(2, "t", &[a, b, field("c", 1), field("d", 2)])),
        ("versions go beyond the newest and back", declared(2, "t", &[a, c, field("d", 2)])),
        ("no name", declared(1, "", &[a])),
        ("a name of control characters", declared(1, "t\n", &[a])),
        ("a field without a name", declared(1, "t", &[field("", 1)])),
        ("a field's name of control characters", declared(1, "t", &[a, field("\n\n", 1)])),
        ("a name twice", declared(1, "t", &[a, field("b", 1), field("a", 1)])),
        ("no operator", declared(1, "t", &[DeclaredField { operators: OperatorSet::of(&[]), ..a }])),
        ("operators of another kind", declared(1, "t", &[DeclaredField { kind: FieldKind::Boolean, ..a }])),
    ] {
        assert!(!is_well_formed, "{why}");
    }
    // Neither is one name the other's beginning, nor do the first or last characters decide.
    assert!(declared(1, "t", &[field("ab", 1), field("a", 1), field("abc", 1), field("bb", 1), field("aa", 1)]));
}

#[test]
fn criteria_order_one_way() {
    let mut criteria: Vec<Criterion> = [(1, 5), (0, 7), (1, 4), (0, 6)]
        .map(|(field, number)| any_of(field, [Pattern::unsigned(number)]))
        .into_iter()
        .chain([any_of(0, [equals("p")])])
        .collect();
    criteria.sort();
    assert!(criteria.is_sorted_by(|one, two| one < two), "{criteria:?}");
    let fields: Vec<_> = criteria.iter().map(Criterion::field).collect();
    assert_eq!(fields, [0, 0, 0, 1, 1]);
}

#[test]
fn a_set_of_operators_takes_one_more() {
    let equals = OperatorSet::of(&[Operator::Equals]);
    let both = equals.with(Operator::Contains);
    assert_eq!(both, OperatorSet::of(&[Operator::Contains, Operator::Equals]));
    assert_eq!(both.with(Operator::Equals), both, "it has it already");
}

#[test]
fn content_gives_its_types() {
    let types = [template_type(1, &[FieldKind::Text]), template_type(2, &[FieldKind::Text])];
    let rules = types.each_ref().map(|of| rule(&of.key().id.to_string(), [instance(of, [any_of(0, [equals("p")])])]));
    let content = few_words::content(types.clone(), rules);
    assert_eq!(content.types(), types);
}
