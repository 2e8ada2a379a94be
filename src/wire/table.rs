//! The section table: which sections there are, where they lie, and whether their bytes are the ones that were written.

use nom::Parser;

use super::input::{self, Input};
use super::{HEADER_BYTES, Header, SectionKind, checksum::crc32c, count};
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;

/// Bytes of an entry: kind `u8`, length `u64`, checksum `u32`.
pub(crate) const ENTRY_BYTES: u64 = 13;

const KINDS: usize = SectionKind::ALL.len();

/// The bytes of one section, and where in the file they begin. A section that is not there has no bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Section<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) offset: u64,
}

/// The sections of a file, each checked against its checksum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sections<'a>([Section<'a>; KINDS]);

impl<'a> Sections<'a> {
    /// No sections yet.
    pub(crate) const NONE: Self = Self([Section { bytes: &[], offset: 0 }; KINDS]);

    /// Checks header, table and checksums, so that every byte of the file is accounted for.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<(Header, Self)> {
        let header = Header::peek(bytes)?;
        let length = count(bytes.len());
        limits.file_bytes(length).map_err(|error| error.at(24))?;
        if header.length != length {
            return Err(Error::new(ErrorCode::Length, header.length, length).at(24));
        }
        let most = count(KINDS);
        if header.sections == 0 || u64::from(header.sections) > most {
            return Err(Error::new(ErrorCode::SectionCount, most, u64::from(header.sections)).at(32));
        }
        let table_bytes = u64::from(header.sections).saturating_mul(ENTRY_BYTES);
        let heads = HEADER_BYTES.saturating_add(table_bytes);
        let split = usize::try_from(heads).ok().and_then(|heads| bytes.split_at_checked(heads));
        let Some((heads, body)) = split else {
            return Err(Error::new(ErrorCode::Truncated, heads, length).at(length));
        };
        let table = usize::try_from(HEADER_BYTES).ok().and_then(|header| heads.get(header..)).unwrap_or_default();
        let actual = crc32c(table);
        if actual != header.table_checksum {
            let written = u64::from(header.table_checksum);
            return Err(Error::new(ErrorCode::TableChecksum, written, u64::from(actual)).at(HEADER_BYTES));
        }
        Ok((header, Self::cut(table, body)?))
    }

    /// Cuts the body as the table says.
    fn cut(table: &[u8], body: &'a [u8]) -> Result<Self> {
        let mut sections = Self::NONE;
        let mut entries = Input { rest: table, offset: HEADER_BYTES };
        let mut rest = body;
        let mut offset = HEADER_BYTES.saturating_add(count(table.len()));
        let mut lowest = 1_u8;
        while !entries.rest.is_empty() {
            let at = entries.offset;
            let (further, (code, length, checksum)) = (input::byte, input::u64, input::u32).parse(entries)?;
            entries = further;
            let Some(kind) = SectionKind::from_code(code) else {
                return Err(Error::new(ErrorCode::SectionUnknown, 0, u64::from(code)).at(at));
            };
            let fault = |code, expected, found, at| {
                Err(Error::new(code, expected, found).at(at).within(Path::section(kind.code())))
            };
            if code < lowest {
                return fault(ErrorCode::SectionOrder, u64::from(lowest), u64::from(code), at);
            }
            lowest = code.saturating_add(1);
            let length_at = at.saturating_add(1);
            if length == 0 {
                return fault(ErrorCode::SectionEmpty, kind.row_bytes(), 0, length_at);
            }
            if length.checked_rem(kind.row_bytes()) != Some(0) {
                return fault(ErrorCode::SectionRagged, kind.row_bytes(), length, length_at);
            }
            let split = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
            let Some((bytes, further)) = split else {
                return fault(ErrorCode::SectionLengths, length, count(rest.len()), length_at);
            };
            rest = further;
            let actual = crc32c(bytes);
            if actual != checksum {
                return fault(ErrorCode::SectionChecksum, u64::from(checksum), u64::from(actual), offset);
            }
            sections.put(kind, Section { bytes, offset });
            offset = offset.saturating_add(length);
        }
        if !rest.is_empty() {
            return Err(Error::new(ErrorCode::SectionLengths, 0, count(rest.len())).at(offset));
        }
        Ok(sections)
    }

    /// The bytes of a section; none if the file lacks it.
    pub(crate) fn get(&self, kind: SectionKind) -> Section<'a> {
        self.0.get(slot(kind)).copied().unwrap_or_default()
    }

    pub(crate) fn put(&mut self, kind: SectionKind, section: Section<'a>) {
        if let Some(place) = self.0.get_mut(slot(kind)) {
            *place = section;
        }
    }
}

/// Codes count from 1.
fn slot(kind: SectionKind) -> usize {
    usize::from(kind.code().saturating_sub(1))
}
