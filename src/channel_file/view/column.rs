//! Columns: the values of one slot in every instance of a shape.

use core::iter::FusedIterator;

use super::ChannelFile;
use super::pattern::{Cursor, ipv4, pattern_at};
use crate::template::{Case, Operator, PatternValue, Slot, ValueKind};
use crate::wire::index;

/// One slot of a shape, with its values in every instance.
#[derive(Clone, Copy)]
pub struct ColumnView<'a> {
    file: &'a ChannelFile<'a>,
    slot: Slot,
    instances: u32,
    first: Cursor,
    /// What an instance takes of each store.
    each: Cursor,
}

impl<'a> ColumnView<'a> {
    pub(super) const fn new(
        file: &'a ChannelFile<'a>,
        slot: Slot,
        instances: u32,
        first: Cursor,
        each: Cursor,
    ) -> Self {
        Self { file, slot, instances, first, each }
    }

    /// Field, role, operator and kind of the values, and how many of them each instance has.
    #[must_use]
    pub const fn slot(&self) -> Slot {
        self.slot
    }

    /// How many instances there are.
    #[must_use]
    pub const fn instances(&self) -> u32 {
        self.instances
    }

    /// The values of the first instance, then those of the second, and so on: of each as many as the slot's `count`.
    ///
    /// What can be asked of all at once, through `fold` and what rests on it (`for_each`, `sum`, `max`), takes a fraction of what a loop takes
    /// that asks for each: which kind of value they are is then decided once.
    #[must_use]
    pub const fn values(&self) -> ColumnValues<'a> {
        ColumnValues::new(*self)
    }
}

impl core::fmt::Debug for ColumnView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ColumnView")
            .field("slot", &self.slot)
            .field("instances", &self.instances)
            .finish_non_exhaustive()
    }
}

/// The values of a column.
#[derive(Clone)]
pub struct ColumnValues<'a> {
    column: ColumnView<'a>,
    /// Instances that are not finished.
    instances: u32,
    /// Where this slot's values of the first of them begin.
    begin: Cursor,
    /// Where the next value is, and how many of the slot's come before it in its instance.
    next: Cursor,
    pattern: u32,
}

impl<'a> ColumnValues<'a> {
    const fn new(column: ColumnView<'a>) -> Self {
        Self { column, instances: column.instances, begin: column.first, next: column.first, pattern: 0 }
    }

    /// Folds the texts of all instances; none of them is begun.
    #[inline]
    fn fold_texts<B>(&self, init: B, mut f: impl FnMut(B, &'a str) -> B) -> B {
        let ColumnView { file, each, .. } = self.column;
        let (ends, heap) = (file.text_ends.rows, file.text_heap);
        // The names of types stand before all patterns: where a text begins, another ends.
        self.fold_places(index(self.begin.text).wrapping_sub(1), each.text, init, |folded, before| {
            let text = match (ends.get(before), ends.get(before.wrapping_add(1))) {
                (Some(start), Some(end)) => {
                    heap.get(index(u32::from_le_bytes(*start))..index(u32::from_le_bytes(*end))).unwrap_or_default()
                }
                _ => "",
            };
            f(folded, text)
        })
    }

    /// Folds the values of all instances, where each is one word; none of them is begun.
    #[inline]
    fn fold_words<B>(&self, init: B, mut f: impl FnMut(B, u64) -> B) -> B {
        let ColumnView { file, each, .. } = self.column;
        let words = file.words.rows;
        self.fold_places(index(self.begin.word), each.word, init, |folded, place| {
            f(folded, words.get(place).map_or(0, |word| u64::from_le_bytes(*word)))
        })
    }

    /// Folds the places of all values in a store of which each instance has so many.
    #[inline]
    fn fold_places<B>(&self, first: usize, each: u32, init: B, mut f: impl FnMut(B, usize) -> B) -> B {
        let (count, stride) = (index(self.column.slot.count), index(each));
        let (mut folded, mut begin) = (init, first);
        if count == 1 {
            for _ in 0..self.instances {
                folded = f(folded, begin);
                begin = begin.wrapping_add(stride);
            }
            return folded;
        }
        for _ in 0..self.instances {
            for place in begin..begin.wrapping_add(count) {
                folded = f(folded, place);
            }
            begin = begin.wrapping_add(stride);
        }
        folded
    }
}

impl<'a> Iterator for ColumnValues<'a> {
    type Item = PatternValue<'a>;

    #[inline]
    fn next(&mut self) -> Option<PatternValue<'a>> {
        if self.instances == 0 {
            return None;
        }
        let ColumnView { file, slot, each, .. } = &self.column;
        let value = pattern_at(file, slot, self.next).value;
        self.pattern = self.pattern.wrapping_add(1);
        if self.pattern < slot.count {
            self.next.skip(&Slot { count: 1, ..*slot });
        } else {
            self.instances = self.instances.wrapping_sub(1);
            self.begin = self.begin.further(*each);
            (self.next, self.pattern) = (self.begin, 0);
        }
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, init: B, mut f: F) -> B {
        let mut folded = init;
        while self.pattern > 0
            && let Some(value) = self.next()
        {
            folded = f(folded, value);
        }
        let Slot { operator, value_kind, .. } = self.column.slot;
        match (value_kind, operator) {
            (ValueKind::Text, _) => {
                self.fold_texts(folded, |folded, text| f(folded, PatternValue::Text(text, Case::Sensitive)))
            }
            (ValueKind::TextIgnoringCase, _) => {
                self.fold_texts(folded, |folded, text| f(folded, PatternValue::Text(text, Case::Ignored)))
            }
            (ValueKind::Unsigned, Operator::Equals) => {
                self.fold_words(folded, |folded, word| f(folded, PatternValue::Unsigned(word)))
            }
            (ValueKind::Signed, Operator::Equals) => {
                self.fold_words(folded, |folded, word| f(folded, PatternValue::Signed(word.cast_signed())))
            }
            (ValueKind::Ipv4, Operator::Equals) => {
                self.fold_words(folded, |folded, word| f(folded, PatternValue::Address(ipv4(word))))
            }
            _ => {
                for value in self {
                    folded = f(folded, value);
                }
                folded
            }
        }
    }
}

impl ExactSizeIterator for ColumnValues<'_> {
    fn len(&self) -> usize {
        let left = index(self.instances).saturating_mul(index(self.column.slot.count));
        left.saturating_sub(index(self.pattern))
    }
}

impl FusedIterator for ColumnValues<'_> {}

impl core::fmt::Debug for ColumnValues<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ColumnValues").field("remaining", &self.len()).finish_non_exhaustive()
    }
}
