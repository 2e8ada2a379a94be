//! A channel file taken apart, for defects to be put into it, and put together again.

use std::fmt;

use channel_file::{ChannelFile, SectionKind};

/// Bytes of the header.
const HEADER_BYTES: usize = 44;
/// Bytes of an entry of the section table.
const ENTRY_BYTES: usize = 13;

/// A channel file as header and sections. Whatever is done to the sections, [`bytes`](Self::bytes) writes lengths and
/// checksums that fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The numbered stream.
    pub channel: u32,
    /// Which in the stream it is.
    pub content_version: u64,
    /// The sections, in the order of the file.
    pub sections: Vec<Section>,
}

/// A section as the table lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The kind's code, which may mean nothing.
    pub code: u8,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A byte of a section: so many bytes into a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    kind: SectionKind,
    row: usize,
    within: usize,
}

impl Place {
    /// This byte of this row.
    #[must_use]
    pub const fn new(kind: SectionKind, row: usize, within: usize) -> Self {
        Self { kind, row, within }
    }

    /// So many bytes further on.
    #[must_use]
    pub const fn further(self, bytes: usize) -> Self {
        Self { within: self.within.saturating_add(bytes), ..self }
    }

    fn position(self) -> usize {
        let row = usize::try_from(self.kind.row_bytes()).unwrap_or(usize::MAX);
        self.row.saturating_mul(row).saturating_add(self.within)
    }

    fn missing(self) -> NoSuchPlace {
        NoSuchPlace(format!("byte {} in row {} of {}", self.within, self.row, self.kind.name()))
    }
}

/// An edit names a place that the file does not have: this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchPlace(pub String);

impl fmt::Display for NoSuchPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file has no {}", self.0)
    }
}

impl std::error::Error for NoSuchPlace {}

impl Frame {
    /// Takes a valid file apart.
    ///
    /// # Errors
    ///
    /// Those of [`ChannelFile::open`].
    pub fn cut(bytes: &[u8]) -> channel_file::Result<Self> {
        let file = ChannelFile::open(bytes)?;
        let section = |(kind, _, bytes): (SectionKind, u64, &[u8])| Section { code: kind.code(), bytes: bytes.into() };
        let sections = file.sections().map(section).collect();
        Ok(Self { channel: file.channel(), content_version: file.content_version(), sections })
    }

    /// The file, with lengths and checksums that fit.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let body: usize = self.sections.iter().map(|section| section.bytes.len()).fold(0, usize::saturating_add);
        let mut bytes = Vec::new();
        bytes.extend([0xC7, b'C', b'H', b'N', b'\r', b'\n', 0x1A, b'\n', 1, 0, 0, 0]);
        bytes.extend(self.channel.to_le_bytes());
        bytes.extend(self.content_version.to_le_bytes());
        bytes.extend(length(self.heads().saturating_add(body)).to_le_bytes());
        bytes.extend(u32::try_from(self.sections.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend([0; 8]);
        for section in &self.sections {
            bytes.push(section.code);
            bytes.extend(length(section.bytes.len()).to_le_bytes());
            bytes.extend(crc_fast::crc32_iscsi(&section.bytes).to_le_bytes());
        }
        seal_table(&mut bytes, self.sections.len());
        for section in &self.sections {
            bytes.extend(&section.bytes);
        }
        bytes
    }

    /// Where in the file a place is.
    ///
    /// # Errors
    ///
    /// If there is no such section.
    pub fn offset(&self, place: Place) -> Result<u64, NoSuchPlace> {
        let section = self.index(place)?;
        let before = self.sections.iter().take(section).map(|section| section.bytes.len());
        let start = before.fold(self.heads(), usize::saturating_add);
        Ok(length(start.saturating_add(place.position())))
    }

    /// Where in the file an entry of the section table is.
    #[must_use]
    pub fn entry_offset(&self, entry: usize) -> usize {
        HEADER_BYTES.saturating_add(entry.saturating_mul(ENTRY_BYTES))
    }

    /// The section of this kind.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn section(&mut self, kind: SectionKind) -> Result<&mut Section, NoSuchPlace> {
        let found = self.sections.iter_mut().find(|section| section.code == kind.code());
        found.ok_or_else(|| NoSuchPlace(format!("section {}", kind.name())))
    }

    /// Writes other bytes over those at a place.
    ///
    /// # Errors
    ///
    /// If the section does not reach so far.
    pub fn put(&mut self, place: Place, bytes: &[u8]) -> Result<(), NoSuchPlace> {
        let position = place.position();
        put(&mut self.section(place.kind)?.bytes, position, bytes).map_err(|_| place.missing())
    }

    /// Takes the byte at a place out.
    ///
    /// # Errors
    ///
    /// If the section does not reach so far.
    pub fn remove_byte(&mut self, place: Place) -> Result<(), NoSuchPlace> {
        let bytes = &mut self.section(place.kind)?.bytes;
        if place.position() >= bytes.len() {
            return Err(place.missing());
        }
        bytes.remove(place.position());
        Ok(())
    }

    /// The row that a place is in.
    ///
    /// # Errors
    ///
    /// If the section does not reach so far.
    pub fn row(&self, place: Place) -> Result<Vec<u8>, NoSuchPlace> {
        let row = usize::try_from(place.kind.row_bytes()).unwrap_or(usize::MAX);
        let section = self.sections.get(self.index(place)?);
        let bytes =
            section.and_then(|section| section.bytes.get(Place { within: 0, ..place }.position()..)?.get(..row));
        bytes.map(<[u8]>::to_vec).ok_or_else(|| place.missing())
    }

    /// The four bytes at a place, as a number.
    ///
    /// # Errors
    ///
    /// If the section does not reach so far.
    pub fn number(&self, place: Place) -> Result<u32, NoSuchPlace> {
        let section = self.sections.get(self.index(place)?);
        let bytes = section.and_then(|section| section.bytes.get(place.position()..)?.first_chunk());
        bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(|| place.missing())
    }

    /// Where in the text heap a text begins.
    ///
    /// # Errors
    ///
    /// If there is no such text.
    pub fn text(&self, text: usize) -> Result<Place, NoSuchPlace> {
        self.start(SectionKind::TextEnds, SectionKind::TextHeap, text)
    }

    /// Where in the text heap a text begins, as a number that an end can be.
    ///
    /// # Errors
    ///
    /// If there is no such text.
    pub fn number_of_text_start(&self, text: usize) -> Result<u32, NoSuchPlace> {
        Ok(u32::try_from(self.text(text)?.row).unwrap_or(u32::MAX))
    }

    /// Where in the byte heap a byte string begins.
    ///
    /// # Errors
    ///
    /// If there is no such byte string.
    pub fn byte_string(&self, string: usize) -> Result<Place, NoSuchPlace> {
        self.start(SectionKind::ByteEnds, SectionKind::ByteHeap, string)
    }

    fn start(&self, ends: SectionKind, heap: SectionKind, row: usize) -> Result<Place, NoSuchPlace> {
        let start = match row.checked_sub(1) {
            None => 0,
            Some(before) => self.number(Place::new(ends, before, 0))?,
        };
        Ok(Place::new(heap, usize::try_from(start).unwrap_or(usize::MAX), 0))
    }

    /// Bytes of header and section table.
    fn heads(&self) -> usize {
        self.entry_offset(self.sections.len())
    }

    fn index(&self, place: Place) -> Result<usize, NoSuchPlace> {
        self.sections.iter().position(|section| section.code == place.kind.code()).ok_or_else(|| place.missing())
    }
}

/// Writes other bytes over those at an offset.
///
/// # Errors
///
/// If there are not as many.
pub fn put(bytes: &mut [u8], offset: usize, new: &[u8]) -> Result<(), NoSuchPlace> {
    let end = offset.saturating_add(new.len());
    let old = bytes.get_mut(offset..end).ok_or_else(|| NoSuchPlace(format!("bytes {offset} to {end}")))?;
    old.iter_mut().zip(new).for_each(|(old, new)| *old = *new);
    Ok(())
}

/// Makes the header's checksum fit again.
pub fn seal_header(bytes: &mut [u8]) {
    if let Some((header, rest)) = bytes.split_first_chunk_mut::<40>()
        && let Some(checksum) = rest.first_chunk_mut()
    {
        *checksum = crc_fast::crc32_iscsi(header).to_le_bytes();
    }
}

/// Makes the checksum of the section table, of so many entries, and then the header's fit again.
pub fn seal_table(bytes: &mut [u8], entries: usize) {
    let end = HEADER_BYTES.saturating_add(entries.saturating_mul(ENTRY_BYTES));
    if let Some(table) = bytes.get(HEADER_BYTES..end)
        && let checksum = crc_fast::crc32_iscsi(table).to_le_bytes()
        && let Some(place) = bytes.get_mut(36..).and_then(<[u8]>::first_chunk_mut)
    {
        *place = checksum;
    }
    seal_header(bytes);
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
