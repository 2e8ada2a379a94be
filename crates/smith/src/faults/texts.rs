//! The two heaps, their ends, and names.

use std::ops::Range;

use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, narrow, put};
use super::strings::{replace_byte_string, replace_text};
use crate::choices::Choices;
use crate::frame::Frame;

/// A byte that no UTF-8 has.
pub(super) fn not_utf8(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let heap = chart.texts.last()?.end;
    let byte = *choices.one_of(&[0xFF_u8, 0xC0, 0xC1, 0xF5, 0xFE])?;
    put(frame, SectionKind::TextHeap, choices.below(heap), 0, &[byte])?;
    Some(ErrorCode::TextUtf8)
}

pub(super) fn text_ends_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    descend(frame, SectionKind::TextEnds, &chart.texts, choices)?;
    Some(ErrorCode::TextEnds)
}

pub(super) fn byte_ends_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    descend(frame, SectionKind::ByteEnds, &chart.byte_strings, choices)?;
    Some(ErrorCode::ByteEnds)
}

pub(super) fn last_text_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    move_last(frame, SectionKind::TextEnds, &chart.texts, choices)?;
    Some(ErrorCode::TextHeap)
}

pub(super) fn last_byte_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    move_last(frame, SectionKind::ByteEnds, &chart.byte_strings, choices)?;
    Some(ErrorCode::ByteHeap)
}

/// The last byte of a text becomes the first of the next.
pub(super) fn within_a_character(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let last = chart.texts.len().checked_sub(1)?;
    let multiple = |text: &usize| chart.text(*text).last().is_some_and(|byte| !byte.is_ascii());
    let found: Vec<usize> = (0..last).filter(multiple).collect();
    let text = *choices.one_of(&found)?;
    let end = chart.texts.get(text)?.end.saturating_sub(1);
    put(frame, SectionKind::TextEnds, text, 0, &narrow(end).to_le_bytes())?;
    Some(ErrorCode::TextBoundary)
}

pub(super) fn empty_text_pattern(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let texts = patterns(chart)?;
    replace_text(frame, texts.start.saturating_add(choices.below(texts.len())), b"").filter(|()| !texts.is_empty())?;
    Some(ErrorCode::PatternEmpty)
}

pub(super) fn empty_byte_pattern(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let strings = chart.string_of_value(0);
    replace_byte_string(frame, choices.below(strings), b"").filter(|()| strings > 0)?;
    Some(ErrorCode::PatternEmpty)
}

pub(super) fn empty_type_name(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    replace_text(frame, choices.one_of(&chart.types)?.name, b"")?;
    Some(ErrorCode::NameEmpty)
}

pub(super) fn empty_field_name(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let own = choices.one_of(&chart.types)?;
    let field = own.name.saturating_add(1).saturating_add(choices.below(own.fields.len()));
    replace_text(frame, field, b"")?;
    Some(ErrorCode::NameEmpty)
}

pub(super) fn empty_rule_id(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    replace_text(frame, choices.one_of(&chart.rules)?.texts.start, b"")?;
    Some(ErrorCode::NameEmpty)
}

pub(super) fn empty_reference(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let references = chart.rules.iter().flat_map(|rule| rule.texts.clone().skip(3));
    let references: Vec<usize> = references.collect();
    replace_text(frame, *choices.one_of(&references)?, b"")?;
    Some(ErrorCode::NameEmpty)
}

pub(super) fn control_in_type(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    control(chart, frame, 0..patterns(chart)?.start, choices)
}

pub(super) fn control_in_rule(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    control(chart, frame, patterns(chart)?.end..chart.texts.len(), choices)
}

/// A control character in the place of a character of one byte.
fn control(chart: &Chart, frame: &mut Frame, texts: Range<usize>, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let heap = texts.filter_map(|text| chart.texts.get(text).cloned().zip(Some(chart.text(text))));
    let places = heap.flat_map(|(range, text)| range.zip(text)).filter(|(_, byte)| byte.is_ascii());
    let places: Vec<usize> = places.map(|(place, _)| place).collect();
    let control = *choices.one_of(&[0_u8, b'\t', b'\n', 0x1B, 0x1F, 0x7F])?;
    put(frame, SectionKind::TextHeap, *choices.one_of(&places)?, 0, &[control])?;
    Some(ErrorCode::NameControl)
}

/// The texts of patterns, which lie between the names of types and those of rules.
fn patterns(chart: &Chart) -> Option<Range<usize>> {
    Some(chart.shapes.first()?.texts.start..chart.shapes.last()?.texts.end)
}

/// One ends before it begins, or after the next one does.
fn descend(frame: &mut Frame, kind: SectionKind, ranges: &[Range<usize>], choices: &mut Choices<'_>) -> Option<()> {
    let starts_late: Vec<usize> =
        (1..ranges.len()).filter(|row| ranges.get(*row).is_some_and(|own| own.start > 0)).collect();
    let row = *choices.one_of(&starts_late)?;
    let start = ranges.get(row)?.start;
    let (row, end) = if choices.percent(50) {
        (row, choices.below(start))
    } else {
        (row.saturating_sub(1), ranges.get(row)?.end.saturating_add(1))
    };
    put(frame, kind, row, 0, &narrow(end).to_le_bytes())
}

/// The last end a byte off.
fn move_last(frame: &mut Frame, kind: SectionKind, ranges: &[Range<usize>], choices: &mut Choices<'_>) -> Option<()> {
    let last = ranges.last()?;
    let end = match last.end.checked_sub(1) {
        Some(less) if less >= last.start && choices.percent(50) => less,
        _ => last.end.saturating_add(1),
    };
    put(frame, kind, ranges.len().saturating_sub(1), 0, &narrow(end).to_le_bytes())
}
