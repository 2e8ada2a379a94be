//! Criteria of an instance.

use core::iter::{self, FusedIterator};

use super::super::row::{RawSlot, SLOT_BYTES};
use super::pattern::{Cursor, NOTHING};
use super::{ChannelFile, Patterns};
use crate::template::{Sense, Slot, SlotRole};

/// The criteria of an instance, in canonical order.
#[derive(Clone)]
pub struct Criteria<'a> {
    file: &'a ChannelFile<'a>,
    slots: &'a [[u8; SLOT_BYTES]],
    values: Cursor,
}

impl<'a> Criteria<'a> {
    #[inline]
    pub(super) const fn new(file: &'a ChannelFile<'a>, slots: &'a [[u8; SLOT_BYTES]], values: Cursor) -> Self {
        Self { file, slots, values }
    }
}

impl<'a> Iterator for Criteria<'a> {
    type Item = CriterionView<'a>;

    #[inline]
    fn next(&mut self) -> Option<CriterionView<'a>> {
        let (first, others) = self.slots.split_first()?;
        let (first, values) = (RawSlot::read(first).decode().unwrap_or(NOTHING), self.values);
        self.values.skip(&first);
        let mut rest = others;
        while let [next, after @ ..] = rest
            && RawSlot::read(next).role == SlotRole::Continues.code()
        {
            self.values.skip(&RawSlot::read(next).decode().unwrap_or(NOTHING));
            rest = after;
        }
        let further = others.get(..others.len().saturating_sub(rest.len())).unwrap_or_default();
        self.slots = rest;
        Some(CriterionView { file: self.file, first, further, values })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl ExactSizeIterator for Criteria<'_> {
    /// Takes time in the number of slots that are left.
    fn len(&self) -> usize {
        let begins = |bytes: &&[u8; SLOT_BYTES]| RawSlot::read(bytes).role != SlotRole::Continues.code();
        self.slots.iter().filter(begins).fold(0_usize, |count, _| count.saturating_add(1))
    }
}

impl FusedIterator for Criteria<'_> {}

impl core::fmt::Debug for Criteria<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Criteria").field("remaining", &self.len()).finish_non_exhaustive()
    }
}

/// One condition on one field: any of a set of patterns, or none of it.
#[derive(Clone, Copy)]
pub struct CriterionView<'a> {
    file: &'a ChannelFile<'a>,
    first: Slot,
    further: &'a [[u8; SLOT_BYTES]],
    values: Cursor,
}

impl<'a> CriterionView<'a> {
    /// Index of the field within the template type.
    #[must_use]
    pub const fn field(&self) -> u16 {
        self.first.field
    }

    /// How the patterns are read.
    #[must_use]
    pub const fn sense(&self) -> Sense {
        match self.first.role {
            SlotRole::NoneOf => Sense::NoneOf,
            SlotRole::AnyOf | SlotRole::Continues => Sense::AnyOf,
        }
    }

    /// The slots: runs of patterns that are alike in operator and value kind.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + Clone + use<'a> {
        iter::once(self.first).chain(self.further.iter().filter_map(|bytes| RawSlot::read(bytes).decode()))
    }

    /// The patterns, ascending.
    #[must_use]
    #[inline]
    pub const fn patterns(&self) -> Patterns<'a> {
        Patterns::new(self.file, self.first, self.further, self.values)
    }
}

impl core::fmt::Debug for CriterionView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CriterionView")
            .field("field", &self.field())
            .field("sense", &self.sense())
            .finish_non_exhaustive()
    }
}
