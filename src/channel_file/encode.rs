//! From the owned model to canonical bytes.

mod columns;
mod order;

use alloc::vec::Vec;

use bytes::BufMut;

use self::columns::Columns;
use crate::error::{Error, ErrorCode, Result};
use crate::limits::Limits;
use crate::template::Content;
use crate::wire::{ENTRY_BYTES, HEADER_BYTES, Header, SectionKind, count, crc32c};

/// The channel file that says this content: the only one there is. Whatever this accepts, the reader accepts. Takes at most
/// 48 bytes of memory for each byte of the file, and 4 KiB.
///
/// # Errors
///
/// A limit of [`Limits::DEFAULT`] that the content exceeds.
pub fn encode(content: &Content) -> Result<Vec<u8>> {
    encode_with(content, &Limits::DEFAULT)
}

/// [`encode`], under limits of the caller's; a reader with the same limits accepts the file.
///
/// # Errors
///
/// A limit that the content exceeds: of the caller's, or the format's own 32-bit ends ([`LimitFileBytes`](ErrorCode::LimitFileBytes))
/// and patterns a byte ([`LimitPatternsPerByte`](ErrorCode::LimitPatternsPerByte)).
pub fn encode_with(content: &Content, limits: &Limits) -> Result<Vec<u8>> {
    let encoded = Encoded::new(content, limits)?;
    let mut bytes = Vec::with_capacity(usize::try_from(encoded.header.length).unwrap_or_default());
    encoded.write(&mut bytes);
    Ok(bytes)
}

/// [`encode_with`], into a buffer of the caller's; gives the number of bytes written. The size is known before the first
/// byte is written.
///
/// # Errors
///
/// A limit that the content exceeds; [`BufferTooSmall`](ErrorCode::BufferTooSmall). Then nothing is written.
pub fn encode_into(content: &Content, limits: &Limits, buffer: &mut impl BufMut) -> Result<u64> {
    let encoded = Encoded::new(content, limits)?;
    let (needed, room) = (encoded.header.length, count(buffer.remaining_mut()));
    if needed > room {
        return Err(Error::new(ErrorCode::BufferTooSmall, needed, room));
    }
    encoded.write(buffer);
    Ok(needed)
}

/// All parts of the file, ready to be written one after the other.
struct Encoded {
    header: Header,
    table: Vec<u8>,
    columns: Columns,
}

impl Encoded {
    fn new(content: &Content, limits: &Limits) -> Result<Self> {
        let columns = Columns::new(content, limits)?;
        let (mut table, mut sections, mut body) = (Vec::new(), 0_u32, 0_u64);
        for kind in SectionKind::ALL {
            let column = columns.get(*kind);
            if !column.is_empty() {
                table.put_u8(kind.code());
                table.put_u64_le(count(column.len()));
                table.put_u32_le(crc32c(column));
                sections = sections.saturating_add(1);
                body = body.saturating_add(count(column.len()));
            }
        }
        let heads = u64::from(sections).saturating_mul(ENTRY_BYTES).saturating_add(HEADER_BYTES);
        let header = Header {
            channel: content.channel(),
            content_version: content.content_version(),
            length: heads.saturating_add(body),
            sections,
            table_checksum: crc32c(&table),
        };
        limits.file_bytes(header.length)?;
        Limits::patterns_per_byte(columns.patterns, header.length)?;
        Ok(Self { header, table, columns })
    }

    fn write(&self, buffer: &mut impl BufMut) {
        buffer.put_slice(&self.header.to_bytes());
        buffer.put_slice(&self.table);
        for kind in SectionKind::ALL {
            buffer.put_slice(self.columns.get(*kind));
        }
    }
}
