//! Words, and texts and byte strings with their ends: what each is, and whom it belongs to.

use std::io;

use channel_file::{ChannelFile, SectionKind};

use super::Sheet;
use super::numbers::Numbers;
use super::owners::{self, Owner, Word};
use crate::number::Grouped;

/// Bytes of an end and of a word.
const END: usize = 4;
const WORD: usize = 8;

/// Explains the words.
pub(super) fn words(sheet: &mut Sheet<'_, '_>, file: &ChannelFile<'_>) -> io::Result<()> {
    for (index, (word, place)) in owners::words(file).enumerate() {
        if sheet.is_over() {
            break;
        }
        sheet.row(8, format_args!("word {index}: {}", Word(word, &place)))?;
    }
    Ok(())
}

/// Explains the ends of texts or byte strings.
pub(super) fn ends<'a>(
    sheet: &mut Sheet<'_, '_>,
    noun: &str,
    owners: impl Iterator<Item = Owner<'a>>,
) -> io::Result<()> {
    for (index, owner) in owners.enumerate() {
        if sheet.is_over() {
            break;
        }
        let end = Numbers::of(sheet.ahead(END)).u32();
        sheet.row(4, format_args!("{noun} {index} ends at {end}: {owner}"))?;
    }
    Ok(())
}

/// Explains texts or byte strings, whose ends are in another section.
pub(super) fn heap<'a>(
    sheet: &mut Sheet<'_, '_>,
    noun: &str,
    ends: &[u8],
    owners: impl Iterator<Item = Owner<'a>>,
) -> io::Result<()> {
    let (ends, _) = ends.as_chunks::<END>();
    let mut begin = 0;
    for (index, (end, owner)) in ends.iter().zip(owners).enumerate() {
        if sheet.is_over() {
            break;
        }
        let end = u32::from_le_bytes(*end);
        sheet.heap(u64::from(end.saturating_sub(begin)), format_args!("{noun} {index}: {owner}"))?;
        begin = end;
    }
    Ok(())
}

/// The bytes of a section of a file that opened.
pub(super) fn section<'a>(file: &ChannelFile<'a>, kind: SectionKind) -> &'a [u8] {
    file.sections().find(|(found, ..)| *found == kind).map_or(&[], |(_, _, bytes)| bytes)
}

/// Explains words, ends and heaps of a file that does not open, by themselves.
pub(super) fn alone(sheet: &mut Sheet<'_, '_>, kind: SectionKind, length: u64) -> io::Result<()> {
    let noun = match kind {
        SectionKind::Words => "word",
        SectionKind::ByteEnds => "byte string",
        SectionKind::TextEnds => "text",
        SectionKind::ByteHeap => return sheet.heap(length, format_args!("byte strings")),
        _ => return sheet.heap(length, format_args!("texts")),
    };
    let rows = length.checked_div(kind.row_bytes()).unwrap_or_default();
    for index in 0..rows {
        if sheet.left() == 0 || sheet.is_over() {
            break;
        }
        match kind {
            SectionKind::Words => {
                let word = Grouped(Numbers::of(sheet.ahead(WORD)).u64());
                sheet.row(kind.row_bytes(), format_args!("{noun} {index}: {word}"))?;
            }
            _ => {
                let end = Numbers::of(sheet.ahead(END)).u32();
                sheet.row(kind.row_bytes(), format_args!("{noun} {index} ends at {end}"))?;
            }
        }
    }
    sheet.unexplained(length.checked_rem(kind.row_bytes()).unwrap_or_default(), format_args!("part of a row"))
}
