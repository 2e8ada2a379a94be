//! The valid files that defects are put into.

use channel_file::template::{Criterion, Example, Expectation, FieldKind, Operator, OwnedValue, Pattern, Rule};

use crate::sketch::{any_of, file, file_of, instance, pipe, rule, template_type, text};
use crate::{Frame, Result};

/// A type with two fields of the kind, `a` and `b`, a third of another kind, and one any-of criterion on `a`.
pub(super) fn single(kind: FieldKind, patterns: impl IntoIterator<Item = Pattern>) -> Result<Frame> {
    let third = if kind == FieldKind::Boolean { FieldKind::Bytes } else { FieldKind::Boolean };
    let fields = [("a", kind), ("b", kind), ("c", third)];
    Ok(Frame::cut(&file_of(template_type(1, 1, "t", &fields)?, [any_of(0, patterns)?])?)?)
}

/// Index of the first pattern's text in [`single`]: after the names of the type and its fields.
pub(super) const FIRST_TEXT: usize = 4;

/// The same type with these criteria.
pub(super) fn with_criteria(kind: FieldKind, criteria: impl IntoIterator<Item = Criterion>) -> Result<Frame> {
    let fields = [("a", kind), ("b", kind)];
    Ok(Frame::cut(&file_of(template_type(1, 1, "t", &fields)?, criteria)?)?)
}

/// One text pattern under an operator.
pub(super) fn single_text(operator: Operator, pattern: &str) -> Result<Frame> {
    single(FieldKind::Text, [text(operator, pattern)?])
}

/// Two types of one field, an instance of each, of one rule.
pub(super) fn two_types() -> Result<Frame> {
    let one = template_type(1, 1, "one", &[("field", FieldKind::Text)])?;
    let two = template_type(2, 1, "two", &[("field", FieldKind::Text)])?;
    let of_one = instance(&one, [any_of(0, [text(Operator::Equals, "a")?])?])?;
    let of_two = instance(&two, [any_of(0, [text(Operator::StartsWith, "b")?])?])?;
    Ok(Frame::cut(&file([one, two], [rule("r", [of_one, of_two])?])?)?)
}

/// Rules `a` and `b`. Instances: one of `a` and two of `b`, alike in shape; then one of `b`.
pub(super) fn two_rules() -> Result<Frame> {
    let pipe = pipe()?;
    let of = |operator, value| instance(&pipe, [any_of(0, [text(operator, value)?])?]);
    let a = rule("a", [of(Operator::Equals, "p")?])?;
    let b = rule("b", [of(Operator::Equals, "q")?, of(Operator::Equals, "r")?, of(Operator::Contains, "s")?])?;
    Ok(Frame::cut(&file([pipe], [a, b])?)?)
}

/// Rules `a` and `b`, each with an example to match and one not to; values of every kind, the first absent.
pub(super) fn with_examples() -> Result<Frame> {
    let fields = [
        ("text", FieldKind::Text),
        ("unsigned", FieldKind::Unsigned),
        ("boolean", FieldKind::Boolean),
        ("address", FieldKind::IpAddress),
    ];
    let sample = template_type(1, 1, "t", &fields)?;
    let example = |expectation| {
        let values = [
            OwnedValue::Absent,
            OwnedValue::Unsigned(1),
            OwnedValue::Boolean(true),
            OwnedValue::IpAddress(std::net::Ipv4Addr::LOCALHOST.into()),
        ];
        Example::new(&sample, expectation, values)
    };
    let criterion = any_of(1, [Pattern::unsigned(1)])?;
    let of = |id| -> Result<Rule> {
        let builder = Rule::builder(id).instance(instance(&sample, [criterion.clone()])?);
        Ok(builder.example(example(Expectation::Match)?).example(example(Expectation::NoMatch)?).build()?)
    };
    Ok(Frame::cut(&file([sample.clone()], [of("a")?, of("b")?])?)?)
}
