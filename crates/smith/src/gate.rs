//! How far into the reader a file gets.

use core::fmt;

use channel_file::{ChannelFile, Error, ErrorCode, ErrorKind};

/// The gates of the reader, in the order in which a file meets them. A fuzzer whose inputs all stop at the first tests nothing
/// behind it; so the share of inputs that pass each gate says more than their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// None: what is refused before the magic is found.
    Entrance,
    /// The magic is there.
    Magic,
    /// Format version, the header's checksum, content version and length are right.
    Header,
    /// The section table and every checksum are right, and no section is missing.
    Checksums,
    /// Nothing contradicts itself; if the file is refused, then because the same content has another encoding, or for its size.
    Schema,
    /// All is well: the file is accepted.
    Canonical,
}

impl Gate {
    /// All that a file can pass, in order.
    pub const ALL: &'static [Self] = &[Self::Magic, Self::Header, Self::Checksums, Self::Schema, Self::Canonical];

    /// The last gate that a file has passed, from what [`ChannelFile::open`] says of it.
    #[must_use]
    pub fn reached(opened: &Result<ChannelFile<'_>, Error>) -> Self {
        match opened {
            Ok(_) => Self::Canonical,
            Err(error) => Self::refused_with(error.code()),
        }
    }

    fn refused_with(code: ErrorCode) -> Self {
        use ErrorCode as E;
        match code {
            E::Truncated | E::AllZero | E::Magic => Self::Entrance,
            E::FormatVersion | E::HeaderChecksum | E::ContentVersion | E::Length => Self::Magic,
            E::SectionCount
            | E::TableChecksum
            | E::SectionUnknown
            | E::SectionOrder
            | E::SectionMissing
            | E::SectionEmpty
            | E::SectionRagged
            | E::SectionLengths
            | E::SectionChecksum => Self::Header,
            other if matches!(other.kind(), ErrorKind::NotCanonical | ErrorKind::Limit) => Self::Schema,
            _ => Self::Checksums,
        }
    }

    /// The name that reports use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::Magic => "magic",
            Self::Header => "header",
            Self::Checksums => "checksums",
            Self::Schema => "schema",
            Self::Canonical => "canonical",
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
