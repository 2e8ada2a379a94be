//! Whether inputs meet criteria: a part of what the library can do, in a loop of our own.

use channel_file::template::{Case, Operator, PatternRef, PatternValue, Sense, Value};
use channel_file::view::CriterionView;

/// Whether the input of the criterion's field meets it.
pub(crate) fn is_met(criterion: &CriterionView<'_>, input: Value<'_>) -> bool {
    let any = criterion.patterns().any(|pattern| meets(input, &pattern));
    any == (criterion.sense() == Sense::AnyOf)
}

/// Operators that this sensor does not know are met by nothing.
fn meets(input: Value<'_>, pattern: &PatternRef<'_>) -> bool {
    match (pattern.operator(), input, pattern.value()) {
        (Operator::Absent, input, _) => input == Value::Absent,
        (Operator::Empty, Value::Text(text), _) => text.is_empty(),
        (Operator::Equals, Value::Unsigned(number), PatternValue::Unsigned(other)) => number == other,
        (operator, Value::Text(text), PatternValue::Text(wanted, case)) => {
            let (text, wanted) = match case {
                Case::Sensitive => (text.to_vec(), wanted.as_bytes().to_vec()),
                Case::Ignored => (text.to_ascii_lowercase(), wanted.as_bytes().to_ascii_lowercase()),
            };
            match operator {
                Operator::Equals => text == wanted,
                Operator::StartsWith => text.starts_with(&wanted),
                Operator::EndsWith => text.ends_with(&wanted),
                Operator::Contains => {
                    (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(&wanted)))
                }
                _ => false,
            }
        }
        _ => false,
    }
}
