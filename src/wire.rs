//! Bytes: primitives, header, section table, columns, checksums. Knows no templates.

mod checksum;
mod column;
mod header;
mod input;
mod section;
mod table;

#[cfg(feature = "alloc")]
pub(crate) use self::checksum::crc32c;
pub(crate) use self::column::{Column, Ends, Lengths};
pub use self::header::Header;
pub use self::section::SectionKind;
pub(crate) use self::table::{Section, Sections};

#[cfg(feature = "validator")]
pub(crate) use self::header::FORMAT_VERSION;
pub(crate) use self::header::HEADER_BYTES;
#[cfg(feature = "alloc")]
pub(crate) use self::table::ENTRY_BYTES;

/// A length or index as the 64-bit number that errors and limits speak of.
pub(crate) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// An index of the format as an index of this machine; past every slice where it does not fit.
pub(crate) fn index(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
