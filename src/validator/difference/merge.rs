//! Two sorted runs side by side.

use core::cmp::Ordering;
use core::iter::Peekable;

/// Where an item is.
pub(super) enum Side<T> {
    Old(T),
    New(T),
    Both(T, T),
}

/// Walks two runs that ascend by `compare`. Equal items meet one by one; what is left over stands alone.
pub(super) fn merge<T, O, N, C>(old: O, new: N, compare: C) -> Merge<O::IntoIter, N::IntoIter, C>
where
    O: IntoIterator<Item = T>,
    N: IntoIterator<Item = T>,
    C: FnMut(&T, &T) -> Ordering,
{
    Merge { old: old.into_iter().peekable(), new: new.into_iter().peekable(), compare }
}

pub(super) struct Merge<O: Iterator, N: Iterator, C> {
    old: Peekable<O>,
    new: Peekable<N>,
    compare: C,
}

impl<T, O, N, C> Iterator for Merge<O, N, C>
where
    O: Iterator<Item = T>,
    N: Iterator<Item = T>,
    C: FnMut(&T, &T) -> Ordering,
{
    type Item = Side<T>;

    fn next(&mut self) -> Option<Side<T>> {
        let order = match (self.old.peek(), self.new.peek()) {
            (Some(old), Some(new)) => (self.compare)(old, new),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match order {
            Ordering::Less => self.old.next().map(Side::Old),
            Ordering::Greater => self.new.next().map(Side::New),
            Ordering::Equal => Some(Side::Both(self.old.next()?, self.new.next()?)),
        }
    }
}
