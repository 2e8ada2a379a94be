//! Channel files: where the model and the bytes meet.
//!
//! [`ChannelFile::open`] checks bytes once, all of them, and gives a view that borrows them; after that every accessor is
//! total. With the feature `alloc`, [`decode`] makes an owned [`Content`](crate::template::Content) and [`encode`] writes
//! one; [`SharedChannelFile`] owns and shares the bytes.

mod bind;
mod check;
#[cfg(feature = "alloc")]
mod decode;
#[cfg(feature = "alloc")]
mod encode;
mod explain;
#[cfg(feature = "alloc")]
mod own_types;
mod row;
#[cfg(feature = "alloc")]
mod shared;
pub mod view;

use crate::error::Result;
use crate::limits::Limits;
use crate::wire::{Column, Ends, Header, Section, SectionKind, Sections, index};

#[cfg(feature = "alloc")]
pub use self::decode::{decode, decode_with};
#[cfg(feature = "alloc")]
pub use self::encode::{encode, encode_into, encode_with};
pub use self::explain::Explanation;
#[cfg(feature = "alloc")]
pub use self::own_types::OwnTypes;
use self::row::SLOT_BYTES;
#[cfg(feature = "alloc")]
pub use self::shared::SharedChannelFile;

/// A channel file whose every byte has been checked: a view that borrows the bytes, copies nothing and allocates nothing.
///
/// Accessors cannot fail. An index beyond the end gives `None`.
#[derive(Clone, Copy)]
pub struct ChannelFile<'a> {
    bytes: &'a [u8],
    header: Header,
    types: Column<'a, { row::TYPE_BYTES }>,
    fields: Column<'a, { row::FIELD_BYTES }>,
    shapes: Column<'a, { row::SHAPE_BYTES }>,
    slots: Column<'a, { row::SLOT_BYTES }>,
    severities: Section<'a>,
    dispositions: Section<'a>,
    instance_rules: Column<'a, 4>,
    rules: Column<'a, { row::RULE_BYTES }>,
    examples: Column<'a, { row::EXAMPLE_BYTES }>,
    presences: Section<'a>,
    words: Column<'a, 8>,
    byte_ends: Ends<'a>,
    byte_heap: Section<'a>,
    text_ends: Ends<'a>,
    text_heap: &'a str,
    text_heap_offset: u64,
}

impl<'a> ChannelFile<'a> {
    /// Checks the bytes of a channel file under [`Limits::DEFAULT`]. Linear in their number; nothing is allocated.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong: see [`ErrorCode`](crate::ErrorCode).
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        Self::open_with(bytes, &Limits::DEFAULT)
    }

    /// Checks the bytes of a channel file under limits of the caller's.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong: see [`ErrorCode`](crate::ErrorCode).
    pub fn open_with(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        let (header, sections) = Sections::open(bytes, limits)?;
        check::required(&sections)?;
        let text_heap = check::utf8(sections.get(SectionKind::TextHeap))?;
        let file = Self::lay_out(bytes, header, &sections, text_heap);
        check::all(&file, limits)?;
        Ok(file)
    }

    /// Reads and checks the header alone: for tools that sort files. See [`Header::peek`].
    ///
    /// # Errors
    ///
    /// Those of [`Header::peek`].
    pub fn peek(bytes: &[u8]) -> Result<Header> {
        Header::peek(bytes)
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The numbered stream that the file belongs to.
    #[must_use]
    pub const fn channel(&self) -> u32 {
        self.header.channel
    }

    /// Which in the stream it is; counts from 1.
    #[must_use]
    pub const fn content_version(&self) -> u64 {
        self.header.content_version
    }

    /// All the bytes. Their digest is the identity of the content.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The sections, in the order of the file: kind, offset and bytes. Sections that the file lacks are left out.
    pub fn sections(&self) -> impl Iterator<Item = (SectionKind, u64, &'a [u8])> + use<'a> {
        let file = *self;
        SectionKind::ALL.iter().filter_map(move |kind| {
            let section = file.section(*kind);
            (!section.bytes.is_empty()).then_some((*kind, section.offset, section.bytes))
        })
    }

    /// Lays columns over sections whose text heap is known to be UTF-8.
    fn lay_out(bytes: &'a [u8], header: Header, sections: &Sections<'a>, text_heap: &'a str) -> Self {
        use SectionKind as Kind;
        Self {
            bytes,
            header,
            types: Column::new(sections.get(Kind::Types)),
            fields: Column::new(sections.get(Kind::Fields)),
            shapes: Column::new(sections.get(Kind::Shapes)),
            slots: Column::new(sections.get(Kind::Slots)),
            severities: sections.get(Kind::Severities),
            dispositions: sections.get(Kind::Dispositions),
            instance_rules: Column::new(sections.get(Kind::InstanceRules)),
            rules: Column::new(sections.get(Kind::Rules)),
            examples: Column::new(sections.get(Kind::Examples)),
            presences: sections.get(Kind::Presences),
            words: Column::new(sections.get(Kind::Words)),
            byte_ends: Column::new(sections.get(Kind::ByteEnds)),
            byte_heap: sections.get(Kind::ByteHeap),
            text_ends: Column::new(sections.get(Kind::TextEnds)),
            text_heap,
            text_heap_offset: sections.get(Kind::TextHeap).offset,
        }
    }

    fn section(&self, kind: SectionKind) -> Section<'a> {
        fn of<'a, const N: usize>(column: &Column<'a, N>) -> Section<'a> {
            Section { bytes: column.rows.as_flattened(), offset: column.offset }
        }
        match kind {
            SectionKind::Types => of(&self.types),
            SectionKind::Fields => of(&self.fields),
            SectionKind::Shapes => of(&self.shapes),
            SectionKind::Slots => of(&self.slots),
            SectionKind::Severities => self.severities,
            SectionKind::Dispositions => self.dispositions,
            SectionKind::InstanceRules => of(&self.instance_rules),
            SectionKind::Rules => of(&self.rules),
            SectionKind::Examples => of(&self.examples),
            SectionKind::Presences => self.presences,
            SectionKind::Words => of(&self.words),
            SectionKind::ByteEnds => of(&self.byte_ends),
            SectionKind::ByteHeap => self.byte_heap,
            SectionKind::TextEnds => of(&self.text_ends),
            SectionKind::TextHeap => Section { bytes: self.text_heap.as_bytes(), offset: self.text_heap_offset },
        }
    }

    /// The text with this index; empty beyond the end.
    #[inline]
    fn text(&self, text: u32) -> &'a str {
        self.text_ends.range(text).and_then(|range| self.text_heap.get(range)).unwrap_or_default()
    }

    /// The byte string with this index; empty beyond the end.
    #[inline]
    fn byte_string(&self, string: u32) -> &'a [u8] {
        self.byte_ends.range(string).and_then(|range| self.byte_heap.bytes.get(range)).unwrap_or_default()
    }

    #[inline]
    fn word(&self, word: u32) -> u64 {
        self.words.get(word).map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// Index of the first pattern's text: after the names of types and fields.
    fn first_pattern_text(&self) -> u32 {
        self.types.len_u32().saturating_add(self.fields.len_u32())
    }

    /// Index of the first rule's first text: after the patterns.
    fn first_rule_text(&self) -> u32 {
        self.first_pattern_text().saturating_add(self.totals().texts)
    }

    /// What the last shape ends with: how many there are of everything that shapes count.
    fn totals(&self) -> row::Ends {
        self.shapes.rows.last().map(|bytes| row::Shape::read(bytes).ends).unwrap_or_default()
    }

    fn instance_count(&self) -> u32 {
        u32::try_from(self.severities.bytes.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    fn code_at(section: Section<'a>, row: u32) -> u8 {
        section.bytes.get(index(row)).copied().unwrap_or_default()
    }
}

impl core::fmt::Debug for ChannelFile<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ChannelFile").field("header", &self.header).finish_non_exhaustive()
    }
}
