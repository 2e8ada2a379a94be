//! Template instances.

use super::super::row;
use super::pattern::Cursor;
use super::{ChannelFile, Criteria, RuleView, TypeView, View, Views};
use crate::template::{Disposition, Severity};
use crate::wire::index;

/// Content written against one template type: the criteria that an event must meet, all of them.
#[derive(Clone, Copy)]
pub struct InstanceView<'a> {
    file: &'a ChannelFile<'a>,
    id: u32,
    /// Which shape of the file it has.
    shape_index: u32,
    shape: row::Shape,
    slots: &'a [[u8; row::SLOT_BYTES]],
    /// How far apart the values of instances of the shape are.
    stride: Cursor,
    /// Where those of this one begin.
    values: Cursor,
}

impl<'a> ChannelFile<'a> {
    /// The instances, in the order of their ids.
    #[must_use]
    pub fn instances(&'a self) -> Views<'a, InstanceView<'a>> {
        Views::new(self, 0, self.instance_count())
    }

    /// The instance with this id. Takes time in the logarithm of the number of shapes.
    #[must_use]
    pub fn instance(&'a self, id: u32) -> Option<InstanceView<'a>> {
        self.instances().get(id)
    }
}

impl<'a> View<'a> for InstanceView<'a> {
    fn at(file: &'a ChannelFile<'a>, id: u32) -> Self {
        let ends_before = |bytes: &[u8; row::SHAPE_BYTES]| row::Shape::read(bytes).ends.instances <= id;
        let shape = u32::try_from(file.shapes.rows.partition_point(ends_before)).unwrap_or(u32::MAX);
        let row = |shape: u32| file.shapes.get(shape).map(row::Shape::read);
        let before = shape.checked_sub(1).and_then(row).map(|before| before.ends).unwrap_or_default();
        let first = Self::first_of(file, shape, before);
        let rank = id.saturating_sub(before.instances);
        Self { id, values: first.values.after(first.stride, rank), ..first }
    }

    #[inline]
    fn following(&self, file: &'a ChannelFile<'a>, id: u32) -> Self {
        if id < self.shape.ends.instances {
            return Self { id, values: self.values.further(self.stride), ..*self };
        }
        Self::first_of(file, self.shape_index.saturating_add(1), self.shape.ends)
    }
}

impl<'a> InstanceView<'a> {
    /// The first instance of a shape; its slots, instances and values begin where those of the shape before end.
    fn first_of(file: &'a ChannelFile<'a>, shape_index: u32, before: row::Ends) -> Self {
        let shape = file.shapes.get(shape_index).map(row::Shape::read).unwrap_or_default();
        let slots = file.slots.rows.get(index(before.slots)..index(shape.ends.slots)).unwrap_or_default();
        let (stride, values) = (Cursor::stride(&before, &shape.ends), Cursor::behind(file, &before));
        Self { file, id: before.instances, shape_index, shape, slots, stride, values }
    }

    /// The id: the index within the file.
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Another instance of the same file.
    #[cfg(feature = "validator")]
    pub(crate) fn sibling(&self, id: u32) -> Option<Self> {
        self.file.instance(id)
    }

    /// The type that the instance was written against.
    #[must_use]
    pub fn template_type(&self) -> TypeView<'a> {
        TypeView::at(self.file, self.shape.template_type)
    }

    /// How many fields that type has.
    #[must_use]
    pub const fn field_count(&self) -> u16 {
        self.shape.field_count
    }

    /// The rule that the instance belongs to.
    #[must_use]
    pub fn rule(&self) -> RuleView<'a> {
        RuleView::at(self.file, self.rule_index())
    }

    pub(super) fn rule_index(&self) -> u32 {
        self.file.instance_rules.get(self.id).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// The place among the instances of the rule, from 0: rule id and ordinal name the instance across versions of the
    /// content. Looks at the rule of every instance from the rule's first on.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        let before = self.rule().instances().take_while(|other| other.id < self.id);
        before.fold(0, |ordinal: u32, _| ordinal.saturating_add(1))
    }

    /// How bad a match is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::from_code(ChannelFile::code_at(self.file.severities, self.id)).unwrap_or(Severity::Informational)
    }

    /// What the sensor does about a match.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        Disposition::from_code(ChannelFile::code_at(self.file.dispositions, self.id)).unwrap_or(Disposition::Observe)
    }

    /// The criteria, in canonical order.
    #[must_use]
    #[inline]
    pub fn criteria(&self) -> Criteria<'a> {
        Criteria::new(self.file, self.slots, self.values)
    }
}

impl core::fmt::Debug for InstanceView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("InstanceView").field("id", &self.id).finish_non_exhaustive()
    }
}
