//! Template types and their fields.

use super::super::row;
use super::{ChannelFile, View, Views};
use crate::template::{FieldKind, OperatorSet, TypeKey};

/// A template type that instances of the file were written against.
#[derive(Clone, Copy)]
pub struct TypeView<'a> {
    file: &'a ChannelFile<'a>,
    index: u32,
    row: row::Type,
    first_field: u32,
}

impl<'a> ChannelFile<'a> {
    /// The template types, by id and version.
    #[must_use]
    pub fn types(&'a self) -> Views<'a, TypeView<'a>> {
        Views::new(self, 0, self.types.len_u32())
    }

    /// The template type with this key.
    #[must_use]
    pub fn template_type(&'a self, key: TypeKey) -> Option<TypeView<'a>> {
        let key_of = |bytes: &[u8; row::TYPE_BYTES]| {
            let row = row::Type::read(bytes);
            TypeKey { id: row.id, version: row.version }
        };
        let index = self.types.rows.binary_search_by_key(&key, key_of).ok()?;
        u32::try_from(index).ok().map(|index| TypeView::at(self, index))
    }
}

impl<'a> View<'a> for TypeView<'a> {
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self {
        let row = |index| file.types.get(index).map(row::Type::read);
        let first_field = index.checked_sub(1).and_then(row).map_or(0, |before| before.fields_end);
        Self { file, index, row: row(index).unwrap_or_default(), first_field }
    }
}

impl<'a> TypeView<'a> {
    /// Index within the file.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// What names the type.
    #[must_use]
    pub const fn key(&self) -> TypeKey {
        TypeKey { id: self.row.id, version: self.row.version }
    }

    /// The name that people use.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.file.text(self.index.saturating_add(self.first_field))
    }

    /// How many fields there are.
    #[must_use]
    pub fn field_count(&self) -> u16 {
        u16::try_from(self.row.fields_end.saturating_sub(self.first_field)).unwrap_or(u16::MAX)
    }

    /// The fields, in the order of the sensor's inputs.
    #[must_use]
    pub fn fields(&self) -> Views<'a, FieldView<'a>> {
        Views::new(self.file, self.first_field, self.row.fields_end)
    }

    /// The field with this index within the type.
    #[must_use]
    pub fn field(&self, index: u16) -> Option<FieldView<'a>> {
        self.fields().get(u32::from(index))
    }

    /// The index of the field with this name. Takes time in the logarithm of the number of fields.
    #[must_use]
    pub fn field_named(&self, name: &str) -> Option<u16> {
        let fields = self.fields();
        let (mut low, mut high) = (0_u16, self.field_count());
        while low < high {
            let middle = low.midpoint(high);
            let index = fields.get(u32::from(middle))?.row.by_name;
            match self.field_name(index).cmp(name) {
                core::cmp::Ordering::Less => low = middle.saturating_add(1),
                core::cmp::Ordering::Equal => return Some(index),
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Where the fields end among those of all types.
    pub(in super::super) const fn fields_end(&self) -> u32 {
        self.row.fields_end
    }

    /// Types before this one, this one's own name, and the fields before this field: as many texts come first.
    pub(in super::super) fn field_name(&self, index: u16) -> &'a str {
        let field = self.first_field.saturating_add(u32::from(index));
        self.file.text(self.index.saturating_add(1).saturating_add(field))
    }
}

impl core::fmt::Debug for TypeView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TypeView")
            .field("key", &self.key())
            .field("name", &self.name())
            .field("field_count", &self.field_count())
            .finish()
    }
}

/// One field of a template type.
#[derive(Clone, Copy)]
pub struct FieldView<'a> {
    file: &'a ChannelFile<'a>,
    /// Among the fields of all types.
    index: u32,
    row: row::Field,
}

impl<'a> View<'a> for FieldView<'a> {
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self {
        Self { file, index, row: file.fields.get(index).map(row::Field::read).unwrap_or_default() }
    }
}

impl<'a> FieldView<'a> {
    /// The name, unique within the type. Takes time in the logarithm of the number of types.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let ends_before = |bytes: &[u8; row::TYPE_BYTES]| row::Type::read(bytes).fields_end <= self.index;
        let template_type = self.file.types.rows.partition_point(ends_before);
        let names = u32::try_from(template_type).unwrap_or(u32::MAX).saturating_add(1);
        self.file.text(names.saturating_add(self.index))
    }

    /// What the values are.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        self.row.kind()
    }

    /// The operators that content may use on the field.
    #[must_use]
    pub const fn operators(&self) -> OperatorSet {
        self.row.operators()
    }
}

impl core::fmt::Debug for FieldView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FieldView").field("name", &self.name()).field("kind", &self.kind()).finish_non_exhaustive()
    }
}
