//! Chapters 2 and 3: header, section table, and the sections cut out.

use crate::bytes::{Cursor, count, crc32c};
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};

const LAYOUT: Chapter = Chapter("2. Layout of a file");
const SECTIONS: Chapter = Chapter("3. Sections");

const MAGIC: &[u8] = b"\xc7CHN\r\n\x1a\n";

pub(crate) struct Header {
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
}

/// The bytes of each section; none for one that is not there.
#[derive(Default)]
pub(crate) struct Sections<'a> {
    pub(crate) types: &'a [u8],
    pub(crate) fields: &'a [u8],
    pub(crate) shapes: &'a [u8],
    pub(crate) slots: &'a [u8],
    pub(crate) severities: &'a [u8],
    pub(crate) dispositions: &'a [u8],
    pub(crate) instance_rules: &'a [u8],
    pub(crate) rules: &'a [u8],
    pub(crate) examples: &'a [u8],
    pub(crate) presences: &'a [u8],
    pub(crate) words: &'a [u8],
    pub(crate) byte_ends: &'a [u8],
    pub(crate) byte_heap: &'a [u8],
    pub(crate) text_ends: &'a [u8],
    pub(crate) text_heap: &'a [u8],
}

impl<'a> Sections<'a> {
    /// The place of a kind, and the bytes of its rows.
    fn place(&mut self, kind: u8) -> Option<(&mut &'a [u8], u64)> {
        Some(match kind {
            1 => (&mut self.types, 12),
            2 => (&mut self.fields, 5),
            3 => (&mut self.shapes, 26),
            4 => (&mut self.slots, 9),
            5 => (&mut self.severities, 1),
            6 => (&mut self.dispositions, 1),
            7 => (&mut self.instance_rules, 4),
            8 => (&mut self.rules, 8),
            9 => (&mut self.examples, 13),
            10 => (&mut self.presences, 1),
            11 => (&mut self.words, 8),
            12 => (&mut self.byte_ends, 4),
            13 => (&mut self.byte_heap, 1),
            14 => (&mut self.text_ends, 4),
            15 => (&mut self.text_heap, 1),
            _ => return None,
        })
    }

    /// Since no section is empty, one without bytes is missing.
    fn has_all_required(&self) -> bool {
        [self.types, self.fields, self.shapes, self.slots].iter().all(|section| !section.is_empty())
            && [self.severities, self.dispositions, self.instance_rules].iter().all(|section| !section.is_empty())
            && [self.rules, self.text_ends, self.text_heap].iter().all(|section| !section.is_empty())
    }
}

pub(crate) fn read<'a>(file: &'a [u8], limits: &Limits) -> Result<(Header, Sections<'a>), Refusal> {
    limits::keep(limits.file_bytes, count(file.len()), "too many file bytes")?;
    LAYOUT.demand(file.is_empty() || file.iter().any(|byte| *byte != 0), "nothing but zero bytes")?;
    let mut cursor = Cursor(file);
    let head = LAYOUT.some(cursor.take(44), "no room for a header")?;
    let (header, sections) = read_header(head, count(file.len()))?;
    Ok((header, read_sections(&mut cursor, sections)?))
}

/// What number of sections, and checksum of their table, a header declares.
struct Table {
    sections: u32,
    checksum: u32,
}

fn read_header(head: &[u8], file_bytes: u64) -> Result<(Header, Table), Refusal> {
    let mut cursor = Cursor(head);
    let short = LAYOUT.refusal("no room for a header");
    LAYOUT.demand(cursor.take(8) == Some(MAGIC), "another magic")?;
    let version = (cursor.u16().ok_or(short)?, cursor.u16().ok_or(short)?);
    LAYOUT.demand(version == (1, 0), "another format version")?;
    let channel = cursor.u32().ok_or(short)?;
    let content_version = cursor.u64().ok_or(short)?;
    let length = cursor.u64().ok_or(short)?;
    let sections = cursor.u32().ok_or(short)?;
    let checksum = cursor.u32().ok_or(short)?;
    let own_checksum = cursor.u32().ok_or(short)?;
    let covered = Cursor(head).take(40).ok_or(short)?;
    LAYOUT.demand(own_checksum == crc32c(covered), "the header's checksum")?;
    LAYOUT.demand(content_version >= 1, "content version 0")?;
    LAYOUT.demand(length == file_bytes, "another length than the header's")?;
    LAYOUT.demand((10..=15).contains(&sections), "an impossible number of sections")?;
    Ok((Header { channel, content_version }, Table { sections, checksum }))
}

fn read_sections<'a>(cursor: &mut Cursor<'a>, table: Table) -> Result<Sections<'a>, Refusal> {
    let bytes = LAYOUT.some(cursor.take(u64::from(table.sections).saturating_mul(13)), "no room for the table")?;
    LAYOUT.demand(table.checksum == crc32c(bytes), "the table's checksum")?;
    let entries = Cursor::rows(bytes, |entry| Some((entry.u8()?, entry.u64()?, entry.u32()?)));
    let ascend = entries.array_windows().all(|[(before, ..), (after, ..)]| before < after);
    LAYOUT.demand(ascend, "sections out of order or repeated")?;

    let mut sections = Sections::default();
    for (kind, length, checksum) in entries {
        let (place, row) = LAYOUT.some(sections.place(kind), "an unknown section")?;
        LAYOUT.demand(length > 0, "a section without rows")?;
        LAYOUT.demand(length.checked_rem(row) == Some(0), "no whole rows")?;
        let bytes = LAYOUT.some(cursor.take(length), "a section longer than the file")?;
        LAYOUT.demand(checksum == crc32c(bytes), "a section's checksum")?;
        let rows = length.checked_div(row).unwrap_or_default();
        SECTIONS.demand(kind == 13 || kind == 15 || u32::try_from(rows).is_ok(), "too many rows")?;
        *place = bytes;
    }
    LAYOUT.demand(cursor.0.is_empty(), "bytes after the last section")?;
    SECTIONS.demand(sections.has_all_required(), "a required section is missing")?;
    Ok(sections)
}
