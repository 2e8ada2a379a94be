//! The two heaps and the ends of what lies in them.

use core::ops::Range;

use super::super::ChannelFile;
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::wire::{Ends, Lengths, Section, SectionKind, count, index};

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
    let runs = [0..patterns, patterns..rules, rules..end].map(|run| Run::of(column, run));
    ascend(column, &runs, ErrorCode::TextEnds, path)?;
    let heap = file.text_heap;
    let last = end.checked_sub(1).and_then(|last| column.end(last)).unwrap_or_default();
    if u64::from(last) != count(heap.len()) {
        return Err(Error::new(ErrorCode::TextHeap, u64::from(last), count(heap.len()))
            .at(file.text_heap_offset)
            .within(Path::section(SectionKind::TextHeap.code())));
    }
    // The end of the heap is a boundary, and there is nothing to look at.
    let continues =
        |end: &[u8; 4]| heap.as_bytes().get(index(u32::from_le_bytes(*end))).is_some_and(|byte| byte & 0xC0 == 0x80);
    if !heap.is_ascii()
        && column.rows.iter().any(continues)
        && let Some((text, end)) = counted(0_u32, column.rows).find(|(_, end)| continues(end))
    {
        let error = Error::new(ErrorCode::TextBoundary, 0, u64::from(u32::from_le_bytes(*end)));
        return Err(error.at(column.offset_of(text)).within(path));
    }
    let [names, patterns, names_of_rules] = &runs;
    for names in [names, names_of_rules] {
        limits
            .name_bytes(names.longest(limits.name_bytes))
            .map_err(|error| names.locate(error, |length| length > limits.name_bytes))?;
    }
    pattern_lengths(patterns, limits)
}

/// The ends of the byte strings, first those of patterns, then those of examples.
pub(super) fn byte_ends(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    let column = &file.byte_ends;
    let (examples, end) = (file.totals().byte_strings, column.len_u32());
    let runs = [0..examples, examples..end].map(|run| Run::of(column, run));
    ascend(column, &runs, ErrorCode::ByteEnds, Path::section(SectionKind::ByteEnds.code()))?;
    let last = end.checked_sub(1).and_then(|last| column.end(last)).unwrap_or_default();
    let heap = count(file.byte_heap.bytes.len());
    if u64::from(last) != heap {
        return Err(Error::new(ErrorCode::ByteHeap, u64::from(last), heap)
            .at(super::offset_of(file.byte_heap))
            .within(Path::section(SectionKind::ByteHeap.code())));
    }
    let [patterns, examples] = &runs;
    pattern_lengths(patterns, limits)?;
    limits
        .example_bytes(examples.longest(limits.example_bytes))
        .map_err(|error| examples.locate(error, |length| length > limits.example_bytes))
}

/// Entries of one sort that stand together in a column of ends, with what is known of their lengths.
struct Run<'c, 'a> {
    column: &'c Ends<'a>,
    entries: Range<u32>,
    lengths: Lengths,
}

impl<'c, 'a> Run<'c, 'a> {
    fn of(column: &'c Ends<'a>, entries: Range<u32>) -> Self {
        let lengths = column.lengths(entries.start, entries.end);
        Self { column, entries, lengths }
    }

    /// How long the longest is, or at most is if that is within the limit.
    fn longest(&self, limit: u64) -> u64 {
        let bits = u64::from(self.lengths.bits);
        if bits <= limit { bits } else { u64::from(self.column.longest(self.entries.start, self.entries.end)) }
    }

    /// Puts the place of the first entry whose length is at fault on the error.
    #[cold]
    fn locate(&self, error: Error, at_fault: impl Fn(u64) -> bool) -> Error {
        let column = self.column;
        let length = |row: u32| {
            let (start, end) = (column.start(row).unwrap_or_default(), column.end(row).unwrap_or_default());
            u64::from(end.saturating_sub(start))
        };
        match self.entries.clone().find(|row| at_fault(length(*row))) {
            Some(row) => error.at(column.offset_of(row)),
            None => error,
        }
    }
}

/// The runs, which are all of the column, ascend.
fn ascend(column: &Ends<'_>, runs: &[Run<'_, '_>], code: ErrorCode, path: Path) -> Result<()> {
    if runs.iter().all(|run| run.lengths.ascending) {
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
fn pattern_lengths(patterns: &Run<'_, '_>, limits: &Limits) -> Result<()> {
    if patterns.lengths.any_empty {
        let error = Error::new(ErrorCode::PatternEmpty, 1, 0);
        return Err(patterns.locate(error, |length| length == 0));
    }
    limits
        .pattern_bytes(patterns.longest(limits.pattern_bytes))
        .map_err(|error| patterns.locate(error, |length| length > limits.pattern_bytes))
}
