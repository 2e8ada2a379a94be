//! Shapes and their columns: the quickest way to every value of a file.

use core::iter::FusedIterator;
use core::ops::Range;

use super::super::row::{self, RawSlot, SLOT_BYTES};
use super::column::ColumnView;
use super::pattern::Cursor;
use super::{ChannelFile, InstanceView, TypeView, View, Views};
use crate::wire::index;

/// The instances of one template type that have the same slots. They stand together, so what they have in common is looked up once, and the
/// values of a slot can be walked through all of them.
///
/// ```
/// # use channel_file::{ChannelFile, Result};
/// use channel_file::template::PatternValue;
///
/// /// How much text there is in all patterns.
/// fn text_bytes(bytes: &[u8]) -> Result<usize> {
///     let file = ChannelFile::open(bytes)?;
///     let values = file.shapes().flat_map(|shape| shape.columns()).flat_map(|column| column.values());
///     Ok(values.fold(0, |sum, value| match value {
///         PatternValue::Text(text, _) => sum + text.len(),
///         _ => sum,
///     }))
/// }
/// # assert!(text_bytes(&[]).is_err());
/// ```
#[derive(Clone, Copy)]
pub struct ShapeView<'a> {
    file: &'a ChannelFile<'a>,
    index: u32,
    row: row::Shape,
    before: row::Ends,
}

impl<'a> ChannelFile<'a> {
    /// The shapes, by template type and then by their slots.
    #[must_use]
    pub fn shapes(&'a self) -> Views<'a, ShapeView<'a>> {
        Views::new(self, 0, self.shapes.len_u32())
    }
}

impl<'a> View<'a> for ShapeView<'a> {
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self {
        let row = |index| file.shapes.get(index).map(row::Shape::read);
        let before = index.checked_sub(1).and_then(row).map(|before| before.ends).unwrap_or_default();
        Self { file, index, row: row(index).unwrap_or_default(), before }
    }
}

impl<'a> ShapeView<'a> {
    /// Index within the file.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// The type that the instances were written against.
    #[must_use]
    pub fn template_type(&self) -> TypeView<'a> {
        TypeView::at(self.file, self.row.template_type)
    }

    /// How many fields that type has.
    #[must_use]
    pub const fn field_count(&self) -> u16 {
        self.row.field_count
    }

    /// The ids of the instances; never empty.
    #[must_use]
    pub const fn ids(&self) -> Range<u32> {
        self.before.instances..self.row.ends.instances
    }

    /// The instances, in the order of their ids.
    #[must_use]
    pub const fn instances(&self) -> Views<'a, InstanceView<'a>> {
        Views::new(self.file, self.before.instances, self.row.ends.instances)
    }

    /// The slots, each with its values in all the instances; never empty.
    #[must_use]
    pub fn columns(&self) -> Columns<'a> {
        let slots = index(self.before.slots)..index(self.row.ends.slots);
        let slots = self.file.slots.rows.get(slots).unwrap_or_default();
        let instances = self.row.ends.instances.saturating_sub(self.before.instances);
        let (each, first) = (Cursor::stride(&self.before, &self.row.ends), Cursor::behind(self.file, &self.before));
        Columns { file: self.file, slots, instances, first, each }
    }
}

impl core::fmt::Debug for ShapeView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ShapeView").field("index", &self.index).field("ids", &self.ids()).finish_non_exhaustive()
    }
}

/// The columns of a shape, in the order of its slots.
#[derive(Clone)]
pub struct Columns<'a> {
    file: &'a ChannelFile<'a>,
    slots: &'a [[u8; SLOT_BYTES]],
    instances: u32,
    /// What an instance takes of each store.
    each: Cursor,
    /// Where the next column's values of the first instance are.
    first: Cursor,
}

impl<'a> Iterator for Columns<'a> {
    type Item = ColumnView<'a>;

    fn next(&mut self) -> Option<ColumnView<'a>> {
        let (bytes, rest) = self.slots.split_first()?;
        self.slots = rest;
        let slot = RawSlot::read(bytes).decode()?;
        let column = ColumnView::new(self.file, slot, self.instances, self.first, self.each);
        self.first.skip(&slot);
        Some(column)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl ExactSizeIterator for Columns<'_> {
    fn len(&self) -> usize {
        self.slots.len()
    }
}

impl FusedIterator for Columns<'_> {}

impl core::fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Columns").field("remaining", &self.slots.len()).finish_non_exhaustive()
    }
}
