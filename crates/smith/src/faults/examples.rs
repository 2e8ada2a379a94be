//! Examples and their values.

use channel_file::template::FieldKind;
use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, Example, bytes_of, narrow, put};
use super::strings::replace_byte_string;
use crate::choices::Choices;
use crate::frame::Frame;

// Bytes into a row.
const RULE: usize = 0;
const TYPE: usize = 4;
const EXPECTATION: usize = 8;
const VALUES_END: usize = 9;

pub(super) fn rule_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = any(chart, choices)?;
    let rule = choices.pick(&[chart.rules.len(), usize::MAX]);
    put(frame, SectionKind::Examples, row, RULE, &narrow(rule).to_le_bytes())?;
    Some(ErrorCode::ExampleRule)
}

/// An example of a rule before that of the example before.
pub(super) fn rules_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let later = pairs(chart, |one, _| one.rule > 0);
    let before = *choices.one_of(&later)?;
    let rule = choices.below(chart.examples.get(before)?.rule);
    put(frame, SectionKind::Examples, before.saturating_add(1), RULE, &narrow(rule).to_le_bytes())?;
    Some(ErrorCode::ExampleRule)
}

pub(super) fn type_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = any(chart, choices)?;
    let index = choices.pick(&[chart.types.len(), usize::MAX]);
    put(frame, SectionKind::Examples, row, TYPE, &narrow(index).to_le_bytes())?;
    Some(ErrorCode::ExampleType)
}

/// A type with another number of fields than the example has values.
pub(super) fn other_type(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, example) = any(chart, choices)?;
    let types = chart.types.iter().enumerate();
    let others: Vec<usize> = types
        .filter(|(_, own)| own.fields.len() != chart.fields_of(example.template_type).len())
        .map(|(index, _)| index)
        .collect();
    put(frame, SectionKind::Examples, row, TYPE, &narrow(*choices.one_of(&others)?).to_le_bytes())?;
    Some(ErrorCode::ExampleValues)
}

pub(super) fn expectation_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = any(chart, choices)?;
    let code = u8::try_from(choices.within(2, 255)).ok()?;
    put(frame, SectionKind::Examples, row, EXPECTATION, &[code])?;
    Some(ErrorCode::ExampleExpectation)
}

/// An example to match after one not to, of one rule.
pub(super) fn expectations_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let same = pairs(chart, |one, two| one.rule == two.rule);
    let first = *choices.one_of(&same)?;
    put(frame, SectionKind::Examples, first, EXPECTATION, &[1])?;
    put(frame, SectionKind::Examples, first.saturating_add(1), EXPECTATION, &[0])?;
    Some(ErrorCode::ExampleExpectation)
}

/// A value more or less than the type has fields.
pub(super) fn values_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, example) = any(chart, choices)?;
    let end = example.values.end;
    let other = choices.pick(&[end.saturating_add(1), end.saturating_sub(1), usize::MAX]);
    put(frame, SectionKind::Examples, row, VALUES_END, &narrow(other).to_le_bytes())?;
    // The last end says how many rows other columns have.
    let is_last = row.saturating_add(1) == chart.examples.len();
    Some(if is_last { ErrorCode::SectionRows } else { ErrorCode::ExampleValues })
}

pub(super) fn presence_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = chart.examples.last()?.values.end;
    let code = u8::try_from(choices.within(2, 255)).ok()?;
    put(frame, SectionKind::Presences, choices.below(values), 0, &[code])?;
    Some(ErrorCode::ExamplePresence)
}

pub(super) fn absent_with_bytes(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let with_bytes = values(chart, |_, bytes, _| !bytes.is_empty());
    put(frame, SectionKind::Presences, *choices.one_of(&with_bytes)?, 0, &[0])?;
    Some(ErrorCode::ExamplePresence)
}

/// A number, truth value or address that is there, but without bytes.
pub(super) fn present_without_bytes(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let of_a_size = |kind| !matches!(kind, FieldKind::Text | FieldKind::Bytes);
    let absent = values(chart, |kind, _, present| of_a_size(kind) && !present);
    put(frame, SectionKind::Presences, *choices.one_of(&absent)?, 0, &[1])?;
    Some(ErrorCode::ExampleValue)
}

/// A byte too many, or a truth value of 2.
pub(super) fn value_of_another_form(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let of_a_size = |kind| !matches!(kind, FieldKind::Text | FieldKind::Bytes);
    let present = values(chart, |kind, _, present| of_a_size(kind) && present);
    let string = chart.string_of_value(*choices.one_of(&present)?);
    let old = chart.byte_string(string);
    let new = if old.len() == 1 && choices.percent(50) { vec![2] } else { [old, &[0]].concat() };
    replace_byte_string(frame, string, &new)?;
    Some(ErrorCode::ExampleValue)
}

fn any<'c>(chart: &'c Chart, choices: &mut Choices<'_>) -> Option<(usize, &'c Example)> {
    let row = choices.below(chart.examples.len());
    chart.examples.get(row).map(|example| (row, example))
}

/// The first of each two neighbours that this is true of.
fn pairs(chart: &Chart, suits: impl Fn(&Example, &Example) -> bool) -> Vec<usize> {
    let pairs = chart.examples.array_windows().enumerate();
    pairs.filter(|(_, [one, two])| suits(one, two)).map(|(row, _)| row).collect()
}

/// The values of all examples that this is true of: field kind, bytes, and whether they are present.
fn values(chart: &Chart, suits: impl Fn(FieldKind, &[u8], bool) -> bool) -> Vec<usize> {
    let presences = bytes_of(&chart.frame, SectionKind::Presences);
    let of = |example: &Example| example.values.clone().zip(chart.fields_of(example.template_type)).collect::<Vec<_>>();
    let all = chart.examples.iter().flat_map(of);
    let suiting = all.filter(|(value, field)| {
        let present = presences.get(*value).is_some_and(|presence| *presence == 1);
        suits(field.kind, chart.byte_string(chart.string_of_value(*value)), present)
    });
    suiting.map(|(value, _)| value).collect()
}
