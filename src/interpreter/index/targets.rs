//! What is told when a pattern of an index is met: that it is, and the conditions that are to be known of at once.

use alloc::vec::Vec;

use super::{Comparison, StoredText, size_of_all};
use crate::wire::index;

/// A condition that is met, or that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Target {
    pub(in super::super) condition: u32,
    /// Whether the condition is met, and not only may be because a text that an expression needs was found.
    pub(in super::super) is_certain: bool,
}

/// A text to be looked for, as part of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) comparison: Comparison,
    pub(super) text: StoredText,
    /// The pattern that is met where the text is found; `None` for a text that an expression needs.
    pub(super) pattern: Option<u32>,
    pub(super) target: Option<Target>,
}

/// What one text, or another thing that is found, leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The number by which the text is known as found.
    pub(super) mark: u32,
    start: u32,
    end: u32,
}

/// No text: nothing asks later whether it was found.
pub(in super::super) const NO_MARK: u32 = u32::MAX;

/// The targets of all groups of an index.
#[derive(Debug, Default)]
pub(super) struct Targets(Vec<Target>);

/// The numbers by which texts are known as found.
#[derive(Debug, Default)]
pub(in super::super) struct Marks {
    /// For each pattern that of its text; [`NO_MARK`] for others.
    pub(in super::super) of_patterns: Vec<u32>,
    /// How many there are.
    pub(in super::super) count: u32,
}

impl Targets {
    /// A group without a text.
    pub(super) fn add(&mut self, targets: impl IntoIterator<Item = Target>) -> Group {
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = place(self.0.len());
        self.0.extend(targets);
        Group { mark: NO_MARK, start, end: place(self.0.len()) }
    }

    /// The group of entries that have the same text.
    pub(super) fn add_text(&mut self, entries: &[Entry], marks: &mut Marks) -> Group {
        let mark = marks.count;
        marks.count = mark.saturating_add(1);
        for pattern in entries.iter().filter_map(|entry| entry.pattern) {
            if let Some(of_pattern) = marks.of_patterns.get_mut(index(pattern)) {
                *of_pattern = mark;
            }
        }
        Group { mark, ..self.add(entries.iter().filter_map(|entry| entry.target)) }
    }

    #[inline]
    pub(super) fn of(&self, group: Group) -> &[Target] {
        self.0.get(index(group.start)..index(group.end)).unwrap_or_default()
    }

    pub(super) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(super) fn memory(&self) -> usize {
        size_of_all(&self.0)
    }
}
