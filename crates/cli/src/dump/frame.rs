//! Header and section table, be they whole or not.

use std::io;

use channel_file::SectionKind;

use super::Sheet;
use super::numbers::Numbers;
use crate::number::{Counted, count};

const MAGIC: [u8; 8] = *b"\xC7CHN\r\n\x1A\n";
/// The only version that this explains.
const FORMAT_VERSION: (u16, u16) = (1, 0);
const ENTRY_BYTES: usize = 13;

/// An entry of the section table.
pub(super) struct Entry {
    pub(super) code: u8,
    /// `None` where the code is unknown.
    pub(super) kind: Option<SectionKind>,
    pub(super) length: u64,
}

/// Explains header and section table; gives the sections that the table lists.
pub(super) fn explain(sheet: &mut Sheet<'_, '_>) -> io::Result<Vec<Entry>> {
    if !sheet.ahead(MAGIC.len()).starts_with(&MAGIC) {
        // Without the magic no number would mean anything.
        return Ok(Vec::new());
    }
    let sections = header(sheet)?;
    sections.map_or(Ok(Vec::new()), |sections| table(sheet, sections))
}

/// Gives the number of sections; `None` where the format version is another, and so everything may mean something else.
fn header(sheet: &mut Sheet<'_, '_>) -> io::Result<Option<u32>> {
    sheet.heading("header", format_args!("44 bytes"))?;
    sheet.row(8, format_args!("magic"))?;
    let mut numbers = Numbers::of(sheet.ahead(36));
    let version = (numbers.u16(), numbers.u16());
    sheet.row(4, format_args!("format version {}.{}", version.0, version.1))?;
    if version != FORMAT_VERSION {
        return Ok(None);
    }
    sheet.row(4, format_args!("channel {}", numbers.u32()))?;
    sheet.row(8, format_args!("content version {}", numbers.u64()))?;
    sheet.row(8, format_args!("length of the file: {}", Counted(numbers.u64(), "byte")))?;
    let sections = numbers.u32();
    sheet.row(4, format_args!("{}", Counted(u64::from(sections), "section")))?;
    sheet.row(4, format_args!("checksum of the section table: {:#010x}", numbers.u32()))?;
    sheet.row(4, format_args!("checksum of the header: {:#010x}", numbers.u32()))?;
    Ok(Some(sections))
}

fn table(sheet: &mut Sheet<'_, '_>, sections: u32) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let sections = usize::try_from(sections).unwrap_or(usize::MAX);
    if sections > SectionKind::ALL.len() || sheet.left() == 0 {
        return Ok(entries);
    }
    sheet.heading("section-table", format_args!("{sections} entries of {ENTRY_BYTES} bytes"))?;
    for _ in 0..sections {
        let row = sheet.ahead(ENTRY_BYTES);
        let is_whole = row.len() == ENTRY_BYTES;
        let mut numbers = Numbers::of(row);
        let (code, length, checksum) = (numbers.u8(), numbers.u64(), numbers.u32());
        let kind = SectionKind::from_code(code);
        let name = kind.map_or("unknown", SectionKind::name);
        let length_text = Counted(length, "byte");
        sheet
            .row(count(ENTRY_BYTES), format_args!("section {code} {name}: {length_text}, checksum {checksum:#010x}"))?;
        if !is_whole {
            break;
        }
        entries.push(Entry { code, kind, length });
    }
    Ok(entries)
}
