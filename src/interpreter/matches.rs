//! What matched.

use core::iter::FusedIterator;

use super::{Interpreter, Scratch};
use crate::template::{Disposition, Severity};
use crate::wire::index;

/// An instance that an event matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'s> {
    /// The instance's id: its index in the file.
    pub instance: u32,
    /// The id of its rule.
    pub rule: &'s str,
    /// The rule's index in the file.
    pub rule_index: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What the sensor does about it.
    pub disposition: Disposition,
}

/// Whether an event was evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was.
    Evaluated,
    /// The content has no instance on events of its type.
    NoContent,
    /// The content was loaded for another declaration of a type with the same id, so nothing can be said. A sensor that makes
    /// its events from the types that it loads content with never sees it.
    OtherType,
}

/// The instances that an event matches, by their ids.
#[derive(Clone, Debug)]
pub struct Matches<'s> {
    interpreter: &'s Interpreter<'s>,
    instances: core::slice::Iter<'s, u32>,
    outcome: Outcome,
}

impl<'s> Matches<'s> {
    pub(super) fn new(interpreter: &'s Interpreter<'s>, scratch: &'s Scratch, outcome: Outcome) -> Self {
        Self { interpreter, instances: scratch.matching.iter(), outcome }
    }

    /// Whether the event was evaluated.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// What the sensor does about all of them together: the most that one of them asks for.
    #[must_use]
    pub fn disposition(&self) -> Option<Disposition> {
        self.clone().map(|found| found.disposition).max()
    }
}

impl<'s> Iterator for Matches<'s> {
    type Item = Match<'s>;

    fn next(&mut self) -> Option<Match<'s>> {
        let id = *self.instances.next()?;
        let instance = self.interpreter.instances.get(index(id))?;
        Some(Match {
            instance: id,
            rule: self.interpreter.rule_id(instance.rule),
            rule_index: instance.rule,
            severity: instance.severity,
            disposition: instance.disposition,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.instances.size_hint()
    }
}

impl ExactSizeIterator for Matches<'_> {}

impl FusedIterator for Matches<'_> {}
