//! A checked file that owns its bytes.

use bytes::Bytes;
use bytestring::ByteString;

use super::ChannelFile;
use crate::error::Result;
use crate::limits::Limits;
use crate::wire::{Header, Section, SectionKind, Sections};

/// A checked channel file that owns its bytes: cheap to clone, to share between threads and to keep. Clones share the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedChannelFile {
    bytes: Bytes,
    header: Header,
    /// Offset and length of each section, in the order of [`SectionKind::ALL`].
    sections: [(u64, usize); SectionKind::ALL.len()],
    /// The text heap once more, sharing the bytes: a type that remembers that they are UTF-8.
    text_heap: ByteString,
}

impl SharedChannelFile {
    /// Checks the bytes as [`ChannelFile::open`] does and keeps them. Copies nothing.
    ///
    /// # Errors
    ///
    /// Those of [`ChannelFile::open`].
    pub fn open(bytes: impl Into<Bytes>) -> Result<Self> {
        Self::open_with(bytes, &Limits::DEFAULT)
    }

    /// Checks the bytes as [`ChannelFile::open_with`] does and keeps them. Copies nothing.
    ///
    /// # Errors
    ///
    /// Those of [`ChannelFile::open_with`].
    pub fn open_with(bytes: impl Into<Bytes>, limits: &Limits) -> Result<Self> {
        let bytes = bytes.into();
        let file = ChannelFile::open_with(&bytes, limits)?;
        let header = *file.header();
        let mut sections = [(0, 0); SectionKind::ALL.len()];
        for (place, kind) in sections.iter_mut().zip(SectionKind::ALL) {
            let section = file.section(*kind);
            *place = (section.offset, section.bytes.len());
        }
        let text_heap = bytes.slice_ref(file.text_heap.as_bytes());
        let text_heap = ByteString::try_from(text_heap).unwrap_or_default();
        Ok(Self { bytes, header, sections, text_heap })
    }

    /// The checked view. Nothing is checked again; takes constant time.
    #[must_use]
    pub fn view(&self) -> ChannelFile<'_> {
        let mut sections = Sections::NONE;
        for ((offset, length), kind) in self.sections.iter().zip(SectionKind::ALL) {
            let start = usize::try_from(*offset).unwrap_or(usize::MAX);
            let bytes = self.bytes.get(start..start.saturating_add(*length)).unwrap_or_default();
            sections.put(*kind, Section { bytes, offset: *offset });
        }
        ChannelFile::lay_out(&self.bytes, self.header, &sections, &self.text_heap)
    }

    /// All the bytes, shared.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl core::fmt::Debug for SharedChannelFile {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SharedChannelFile").field("header", &self.header).finish_non_exhaustive()
    }
}
