//! The two heaps and the ends of what lies in them.

use super::super::ChannelFile;
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::wire::{Ends, Lengths, Section, SectionKind, count};

/// The text heap as text: one check for all texts, instead of one each.
pub(in super::super) fn utf8(section: Section<'_>) -> Result<&str> {
    core::str::from_utf8(section.bytes).map_err(|error| {
        Error::new(ErrorCode::TextUtf8, 0, 0)
            .at(section.offset.saturating_add(count(error.valid_up_to())))
            .within(Path::section(SectionKind::TextHeap.code()))
    })
}

/// The ends of the texts: they ascend, fall between characters, and the last is the end of the heap.
pub(super) fn ends(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    let column = &file.text_ends;
    let (patterns, rules, end) = (file.first_pattern_text(), file.first_rule_text(), column.len_u32());
    let path = Path::section(SectionKind::TextEnds.code());
    ascend(column, ErrorCode::TextEnds, path)?;
    let heap = file.text_heap;
    let last = end.checked_sub(1).and_then(|last| column.end(last)).unwrap_or_default();
    if u64::from(last) != count(heap.len()) {
        return Err(Error::new(ErrorCode::TextHeap, u64::from(last), count(heap.len()))
            .at(file.text_heap_offset)
            .within(Path::section(SectionKind::TextHeap.code())));
    }
    if !heap.is_ascii() {
        for (text, bytes) in counted(0_u32, column.rows) {
            let position = u32::from_le_bytes(*bytes);
            if !heap.is_char_boundary(crate::wire::index(position)) {
                let error = Error::new(ErrorCode::TextBoundary, 0, u64::from(position));
                return Err(error.at(column.offset_of(text)).within(path));
            }
        }
    }
    let names = |first, end| {
        let longest = u64::from(column.lengths(first, end).longest);
        limits
            .name_bytes(longest)
            .map_err(|error| located(error, column, first, end, |length| length > limits.name_bytes))
    };
    names(0, patterns)?;
    names(rules, end)?;
    pattern_lengths(column, column.lengths(patterns, rules), patterns, rules, limits)
}

/// The ends of the byte strings, first those of patterns, then those of examples.
pub(super) fn byte_ends(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    let column = &file.byte_ends;
    let (examples, end) = (file.totals().byte_strings, column.len_u32());
    ascend(column, ErrorCode::ByteEnds, Path::section(SectionKind::ByteEnds.code()))?;
    let last = end.checked_sub(1).and_then(|last| column.end(last)).unwrap_or_default();
    let heap = count(file.byte_heap.bytes.len());
    if u64::from(last) != heap {
        return Err(Error::new(ErrorCode::ByteHeap, u64::from(last), heap)
            .at(super::offset_of(file.byte_heap))
            .within(Path::section(SectionKind::ByteHeap.code())));
    }
    pattern_lengths(column, column.lengths(0, examples), 0, examples, limits)?;
    let longest = u64::from(column.lengths(examples, end).longest);
    limits
        .example_bytes(longest)
        .map_err(|error| located(error, column, examples, end, |length| length > limits.example_bytes))
}

fn ascend(column: &Ends<'_>, code: ErrorCode, path: Path) -> Result<()> {
    if column.lengths(0, column.len_u32()).ascending {
        return Ok(());
    }
    let mut before = 0;
    for (row, bytes) in counted(0_u32, column.rows) {
        let end = u32::from_le_bytes(*bytes);
        if end < before {
            return Err(Error::new(code, u64::from(before), u64::from(end)).at(column.offset_of(row)).within(path));
        }
        before = end;
    }
    Ok(())
}

/// A pattern has at least one byte, and no more than the limit.
fn pattern_lengths(column: &Ends<'_>, lengths: Lengths, first: u32, end: u32, limits: &Limits) -> Result<()> {
    if lengths.shortest == 0 {
        let error = Error::new(ErrorCode::PatternEmpty, 1, 0);
        return Err(located(error, column, first, end, |length| length == 0));
    }
    limits
        .pattern_bytes(u64::from(lengths.longest))
        .map_err(|error| located(error, column, first, end, |length| length > limits.pattern_bytes))
}

/// Finds the first entry whose length is at fault.
#[cold]
fn located(error: Error, column: &Ends<'_>, first: u32, end: u32, at_fault: impl Fn(u64) -> bool) -> Error {
    let length = |row: u32| {
        let (start, end) = (column.start(row).unwrap_or_default(), column.end(row).unwrap_or_default());
        u64::from(end.saturating_sub(start))
    };
    match (first..end).find(|row| at_fault(length(*row))) {
        Some(row) => error.at(column.offset_of(row)),
        None => error,
    }
}
