//! Where the parts of a file lie, as far as its own header and section table can be believed.

use std::ops::Range;

use channel_file::SectionKind;

/// Bytes of the header.
pub(crate) const HEADER: usize = 44;
/// Bytes of an entry of the section table.
pub(crate) const ENTRY: usize = 13;
/// What every file begins with: magic and format version.
pub(crate) const BEGIN: [u8; 12] = [0xC7, b'C', b'H', b'N', b'\r', b'\n', 0x1A, b'\n', 1, 0, 0, 0];
/// Where the header has the version of the content, the length of the file, the number of sections, and its two
/// checksums.
pub(crate) const VERSION: usize = 16;
pub(crate) const LENGTH: usize = 24;
pub(crate) const COUNT: usize = 32;
pub(crate) const TABLE_CHECKSUM: usize = 36;
pub(crate) const HEADER_CHECKSUM: usize = 40;

/// One section: where its entry and its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// `None` if the code means nothing.
    pub(crate) kind: Option<SectionKind>,
    /// Where the entry begins.
    pub(crate) entry: usize,
    /// Where the bytes are; it ends where the file does, whatever the entry says.
    pub(crate) bytes: Range<usize>,
}

impl Place {
    /// Bytes of a row, at least 1.
    pub(crate) fn row(&self) -> usize {
        let row = self.kind.map_or(1, SectionKind::row_bytes);
        usize::try_from(row).unwrap_or(1).max(1)
    }

    /// How many whole rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.bytes.len().checked_div(self.row()).unwrap_or_default()
    }
}

/// The sections that a file's table lists, as many as the file has room for.
pub(crate) fn sections(file: &[u8]) -> Vec<Place> {
    let listed = number::<4>(file, COUNT).and_then(|count| usize::try_from(u32::from_le_bytes(count)).ok());
    let room = file.len().saturating_sub(HEADER).checked_div(ENTRY).unwrap_or_default();
    let count = listed.unwrap_or_default().min(room);
    let mut start = HEADER.saturating_add(count.saturating_mul(ENTRY));
    let count = count.min(MOST);
    let mut places = Vec::with_capacity(count);
    for index in 0..count {
        let entry = HEADER.saturating_add(index.saturating_mul(ENTRY));
        let kind = file.get(entry).and_then(|code| SectionKind::from_code(*code));
        let length = number::<8>(file, entry.saturating_add(1)).map_or(0, u64::from_le_bytes);
        let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(file.len());
        places.push(Place { kind, entry, bytes: start..end });
        start = end;
    }
    places
}

/// No file has more sections than there are kinds; a few more are looked at.
const MOST: usize = 32;

/// The bytes at an offset, if they are there.
pub(crate) fn number<const N: usize>(file: &[u8], offset: usize) -> Option<[u8; N]> {
    file.get(offset..)?.first_chunk().copied()
}

/// Writes over the bytes at an offset, if they are there.
#[expect(
    clippy::disallowed_methods,
    reason = "the end is made of the length: both are equally long; a loop takes ten times as long"
)]
pub(crate) fn put(file: &mut [u8], offset: usize, bytes: &[u8]) {
    let end = offset.saturating_add(bytes.len());
    if let Some(old) = file.get_mut(offset..end) {
        old.copy_from_slice(bytes);
    }
}
