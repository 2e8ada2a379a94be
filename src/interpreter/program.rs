//! What the content on one template type is turned into.

use alloc::vec::Vec;
use core::ops::Range;

use super::index::{FieldIndex, Marks};
use super::patterns::{Patterns, size_of_all};
use crate::template::DeclaredType;
use crate::wire::index;

/// All instances on one template type, in whatever versions of it they were written against.
///
/// Conditions are shared: a set of patterns on a field that many instances ask for is evaluated once an event. Each instance
/// is reached through one of its conditions, the one that events are least likely to meet.
#[derive(Debug)]
pub(super) struct Program<'t> {
    pub(super) declared: DeclaredType<'t>,
    pub(super) patterns: Patterns,
    pub(super) conditions: Vec<Condition>,
    /// For each condition where the instances that are reached through it end, in `reached`.
    pub(super) reached_ends: Vec<u32>,
    /// Instances by the condition that they are reached through; indices into `instances`.
    pub(super) reached: Vec<u32>,
    /// Instances that no index reaches: looked at for each event.
    pub(super) unreached: Vec<u32>,
    pub(super) instances: Vec<Instance>,
    /// What instances ask, that first which costs little and is likely to decide.
    pub(super) clauses: Vec<Clause>,
    /// The conditions that instances are reached through.
    pub(super) indices: Vec<FieldIndex>,
    /// By which numbers texts are known as found.
    pub(super) marks: Marks,
}

/// A set of patterns on a field, met when one of them is.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) field: u16,
    pub(super) finding: Finding,
    pub(super) patterns: Range<u32>,
}

/// How it is found out whether a condition is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Finding {
    /// An index tells when it is met: it is not met if nothing was told.
    Posted,
    /// An index tells which of its texts were found, and which expressions are worth evaluating.
    Marked,
    /// By evaluating its patterns: there is one that no index finds.
    ByItself,
}

/// What an instance asks of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Clause {
    pub(super) condition: u32,
    /// Whether the condition must be met; else it must not.
    pub(super) met: bool,
    /// How the condition is found out.
    pub(super) finding: Finding,
    /// Which of the instance's criteria asks for it.
    pub(super) criterion: u16,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Instance {
    /// The id in the file.
    pub(super) id: u32,
    /// Where its clauses end; they begin where those of the one before end.
    pub(super) clauses_end: u32,
}

impl Program<'_> {
    /// Whether events of this declaration are those that the content was loaded for.
    #[inline]
    pub(super) fn is_on(&self, declared: &DeclaredType<'_>) -> bool {
        let own = &self.declared;
        // Nearly always both are the same constant.
        let same = core::ptr::eq(own.fields.as_ptr().cast::<u8>(), declared.fields.as_ptr().cast())
            && own.fields.len() == declared.fields.len()
            && own.version == declared.version
            && own.id == declared.id;
        same || own == declared
    }

    /// The instances that are reached through a condition.
    #[inline]
    pub(super) fn reached_through(&self, condition: u32) -> &[u32] {
        let end = |at: u32| self.reached_ends.get(index(at)).copied().unwrap_or_default();
        let start = condition.checked_sub(1).map_or(0, end);
        self.reached.get(index(start)..index(end(condition))).unwrap_or_default()
    }

    /// An instance, and its clauses.
    #[inline]
    pub(super) fn instance(&self, at: u32) -> Option<(&Instance, &[Clause])> {
        let instance = self.instances.get(index(at))?;
        let start = at.checked_sub(1).and_then(|before| self.instances.get(index(before)));
        let start = start.map_or(0, |before| before.clauses_end);
        Some((instance, self.clauses.get(index(start)..index(instance.clauses_end))?))
    }

    pub(super) fn memory(&self) -> usize {
        let indices = self.indices.iter().map(FieldIndex::memory).fold(0, usize::saturating_add);
        [
            self.patterns.memory(),
            size_of_all(&self.conditions),
            size_of_all(&self.reached_ends),
            size_of_all(&self.reached),
            size_of_all(&self.unreached),
            size_of_all(&self.instances),
            size_of_all(&self.clauses),
            size_of_all(&self.marks.of_patterns),
            indices,
        ]
        .into_iter()
        .fold(size_of::<Self>(), usize::saturating_add)
    }
}
