//! What is told when a pattern of an index is met: the conditions that it is part of.

use alloc::vec::Vec;

/// A condition that is met, or that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Target {
    pub(in super::super) condition: u32,
    /// Whether the condition is met, and not only may be because a text that an expression needs was found.
    pub(in super::super) is_certain: bool,
}

/// The targets of one pattern.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    start: u32,
    end: u32,
}

/// The targets of all patterns of an index.
#[derive(Debug, Default)]
pub(super) struct Targets(Vec<Target>);

impl Targets {
    pub(super) fn add(&mut self, targets: impl IntoIterator<Item = Target>) -> Group {
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = place(self.0.len());
        self.0.extend(targets);
        Group { start, end: place(self.0.len()) }
    }

    #[inline]
    pub(super) fn of(&self, group: Group) -> &[Target] {
        self.0.get(crate::wire::index(group.start)..crate::wire::index(group.end)).unwrap_or_default()
    }

    pub(super) fn memory(&self) -> usize {
        super::size_of_all(&self.0)
    }
}
