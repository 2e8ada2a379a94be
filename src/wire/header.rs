//! The fixed-size header.

use nom::Parser;

use super::input::{self, Input};
use super::{checksum::crc32c, count};
use crate::error::{Error, ErrorCode, Result};

/// A byte that no 7-bit transfer keeps, the name, both line ends and the byte that ends a text file on some systems: what
/// mangles text mangles the magic.
pub(crate) const MAGIC: [u8; 8] = [0xC7, b'C', b'H', b'N', b'\r', b'\n', 0x1A, b'\n'];

/// Bytes of the header.
pub(crate) const HEADER_BYTES: u64 = 44;

/// Bytes that the header's checksum covers: those before it.
const COVERED_BYTES: usize = 40;

/// The only version of the format there is.
pub(crate) const FORMAT_VERSION: (u16, u16) = (1, 0);

/// What the first 44 bytes of a channel file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
    pub(crate) length: u64,
    pub(crate) sections: u32,
    pub(crate) table_checksum: u32,
}

impl Header {
    /// Reads the header at the start of a file and checks it, without a look at what follows: for tools that sort files.
    /// `bytes` may be the whole file or any beginning of it that holds the header's 44 bytes.
    ///
    /// # Errors
    ///
    /// [`AllZero`](ErrorCode::AllZero), [`Magic`](ErrorCode::Magic), [`Truncated`](ErrorCode::Truncated),
    /// [`FormatVersion`](ErrorCode::FormatVersion), [`HeaderChecksum`](ErrorCode::HeaderChecksum),
    /// [`ContentVersion`](ErrorCode::ContentVersion).
    pub fn peek(bytes: &[u8]) -> Result<Self> {
        refuse_zeros(bytes)?;
        let magic = bytes.get(..MAGIC.len()).unwrap_or(bytes);
        if !MAGIC.starts_with(magic) {
            return Err(Error::new(ErrorCode::Magic, 0, 0).at(0));
        }
        let start = Input { rest: bytes, offset: 0 };
        let (_, (_, major, minor)) = (input::array::<8>, input::u16, input::u16).parse(start)?;
        if (major, minor) != FORMAT_VERSION {
            let number = |(major, minor): (u16, u16)| u64::from(major).wrapping_shl(16) | u64::from(minor);
            let (known, found) = (number(FORMAT_VERSION), number((major, minor)));
            return Err(Error::new(ErrorCode::FormatVersion, known, found).at(8));
        }
        let numbers = (input::u32, input::u64, input::u64, input::u32, input::u32, input::u32);
        let (_, (_, (channel, content_version, length, sections, table_checksum, checksum))) =
            (input::array::<12>, numbers).parse(start)?;
        let actual = crc32c(bytes.get(..COVERED_BYTES).unwrap_or_default());
        if actual != checksum {
            return Err(Error::new(ErrorCode::HeaderChecksum, u64::from(checksum), u64::from(actual)).at(40));
        }
        if content_version == 0 {
            return Err(Error::new(ErrorCode::ContentVersion, 1, 0).at(16));
        }
        Ok(Self { channel, content_version, length, sections, table_checksum })
    }

    /// The numbered stream that the file belongs to.
    #[must_use]
    pub const fn channel(&self) -> u32 {
        self.channel
    }

    /// Which in the stream it is; counts from 1.
    #[must_use]
    pub const fn content_version(&self) -> u64 {
        self.content_version
    }

    /// Bytes of the whole file.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Major and minor version of the format.
    #[must_use]
    pub const fn format_version(&self) -> (u16, u16) {
        FORMAT_VERSION
    }

    /// The header's bytes, checksum included.
    #[cfg(feature = "alloc")]
    pub(crate) fn to_bytes(self) -> [u8; 44] {
        use bytes::BufMut;
        let mut bytes = [0; 44];
        let mut rest = &mut bytes[..];
        let (major, minor) = FORMAT_VERSION;
        rest.put_slice(&MAGIC);
        rest.put_u16_le(major);
        rest.put_u16_le(minor);
        rest.put_u32_le(self.channel);
        rest.put_u64_le(self.content_version);
        rest.put_u64_le(self.length);
        rest.put_u32_le(self.sections);
        rest.put_u32_le(self.table_checksum);
        let checksum = crc32c(bytes.get(..COVERED_BYTES).unwrap_or_default());
        if let Some(last) = bytes.last_chunk_mut() {
            *last = checksum.to_le_bytes();
        }
        bytes
    }
}

/// A file whose blocks never reached the disk reads as zeros: say so rather than "wrong magic".
fn refuse_zeros(bytes: &[u8]) -> Result<()> {
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Err(Error::new(ErrorCode::AllZero, 0, count(bytes.len())).at(0));
    }
    Ok(())
}
