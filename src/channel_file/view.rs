//! Views on the parts of an open [`ChannelFile`](crate::ChannelFile). Each borrows the [`ChannelFile`]; none can fail.

mod column;
mod criterion;
mod example;
mod instance;
mod pattern;
mod rule;
mod shape;
mod template_type;

use core::iter::FusedIterator;

use super::ChannelFile;

pub(super) use self::example::value_of;
pub(super) use self::pattern::{Cursor, ipv4, ipv6, pattern_at};
pub(super) use self::rule::FIXED_TEXTS;

pub use self::column::{ColumnValues, ColumnView};
pub use self::criterion::{Criteria, CriterionView};
pub use self::example::{ExampleView, Values};
pub use self::instance::InstanceView;
pub use self::pattern::Patterns;
pub use self::rule::{References, RuleView};
pub use self::shape::{Columns, ShapeView};
pub use self::template_type::{FieldView, TypeView};

/// A run of alike parts of a file: counted, walked from either end, cloned to start again.
pub struct Views<'a, V> {
    file: &'a ChannelFile<'a>,
    next: u32,
    end: u32,
    /// The view before the next, if that was given: from there the next may be quicker to find.
    before: Option<V>,
}

/// What a part of a file is made from: its index.
pub trait View<'a>: sealed::Sealed + Copy {
    #[doc(hidden)]
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self;

    /// The view at this index, which is the one after this.
    #[doc(hidden)]
    #[inline]
    fn following(&self, file: &'a ChannelFile<'a>, index: u32) -> Self
    where
        Self: Sized,
    {
        Self::at(file, index)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::TypeView<'_> {}
    impl Sealed for super::FieldView<'_> {}
    impl Sealed for super::ShapeView<'_> {}
    impl Sealed for super::InstanceView<'_> {}
    impl Sealed for super::RuleView<'_> {}
    impl Sealed for super::ExampleView<'_> {}
}

impl<'a, V: View<'a>> Views<'a, V> {
    pub(super) const fn new(file: &'a ChannelFile<'a>, next: u32, end: u32) -> Self {
        Self { file, next, end, before: None }
    }

    /// The view at this place from the start of what is left of the run.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<V> {
        let index = self.next.checked_add(index).filter(|index| *index < self.end)?;
        Some(V::at(self.file, index))
    }

    fn remaining(&self) -> usize {
        super::index(self.end.saturating_sub(self.next))
    }
}

impl<'a, V: View<'a>> Iterator for Views<'a, V> {
    type Item = V;

    #[inline]
    fn next(&mut self) -> Option<V> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next = index.saturating_add(1);
        let view = match &self.before {
            Some(before) => before.following(self.file, index),
            None => V::at(self.file, index),
        };
        self.before = Some(view);
        Some(view)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining(), Some(self.remaining()))
    }

    fn nth(&mut self, n: usize) -> Option<V> {
        let skipped = u32::try_from(n).unwrap_or(u32::MAX);
        if skipped > 0 {
            self.before = None;
        }
        self.next = self.next.saturating_add(skipped).min(self.end);
        self.next()
    }
}

impl<'a, V: View<'a>> DoubleEndedIterator for Views<'a, V> {
    fn next_back(&mut self) -> Option<V> {
        if self.next >= self.end {
            return None;
        }
        self.end = self.end.saturating_sub(1);
        Some(V::at(self.file, self.end))
    }
}

impl<'a, V: View<'a>> ExactSizeIterator for Views<'a, V> {
    fn len(&self) -> usize {
        self.remaining()
    }
}

impl<'a, V: View<'a>> FusedIterator for Views<'a, V> {}

impl<V: Copy> Clone for Views<'_, V> {
    fn clone(&self) -> Self {
        Self { file: self.file, next: self.next, end: self.end, before: self.before }
    }
}

impl<V> core::fmt::Debug for Views<'_, V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Views").field("next", &self.next).field("end", &self.end).finish()
    }
}
