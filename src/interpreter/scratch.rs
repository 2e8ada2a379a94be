//! Memory that evaluation works in.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Interpreter;
use super::memo::Memo;
use super::patterns::Workspace;
use super::program::Program;
use super::regex::StateSets;
use crate::wire::index;

/// Memory to evaluate events in: made once, by [`Interpreter::scratch`], and used for one event after the other. Each thread
/// has its own.
///
/// All the memory that an evaluation can need is there from the start, so evaluating allocates nothing. A scratch that was
/// made for another interpreter is made anew when it is first used, which does.
#[derive(Debug)]
pub struct Scratch {
    /// Whose it is: the same for no two interpreters that are there at the same time, and kept alive by this.
    of: Arc<()>,
    pub(super) conditions: Memo,
    /// Texts that indices found.
    pub(super) texts: Memo,
    /// Conditions that indices found.
    pub(super) found: Vec<u32>,
    /// Instances that match, by index within their program, then by id.
    pub(super) matching: Vec<u32>,
    pub(super) space: Workspace,
    /// Work done for each instance since the scratch was made, where that is kept.
    pub(super) instance_work: Option<Vec<u64>>,
}

impl Scratch {
    pub(super) fn new(interpreter: &Interpreter<'_>, keeps_instance_work: bool) -> Self {
        let most = |of: fn(&Program<'_>) -> usize| interpreter.programs.iter().map(of).max().unwrap_or_default();
        let conditions = most(|program| program.conditions.len());
        Self {
            of: Arc::clone(&interpreter.identity),
            conditions: Memo::new(conditions),
            texts: Memo::new(most(|program| index(program.marks.count))),
            found: Vec::with_capacity(conditions),
            matching: Vec::with_capacity(most(|program| program.instances.len())),
            space: Workspace {
                expressions: Memo::new(most(|program| program.patterns.expression_count())),
                sets: StateSets::new(most(|program| program.patterns.most_states())),
                work: 0,
            },
            instance_work: keeps_instance_work.then(|| alloc::vec![0; interpreter.instances.len()]),
        }
    }

    /// Makes it the interpreter's, and forgets the event before.
    pub(super) fn begin(&mut self, interpreter: &Interpreter<'_>) {
        if !Arc::ptr_eq(&self.of, &interpreter.identity) {
            *self = Self::new(interpreter, self.instance_work.is_some());
        }
        self.conditions.forget();
        self.texts.forget();
        self.space.expressions.forget();
        self.space.work = 0;
        self.found.clear();
        self.matching.clear();
    }

    /// How much work the last event made. The unit is about that of looking at one byte.
    #[must_use]
    pub const fn work(&self) -> u64 {
        self.space.work
    }

    /// How much work each instance made after an index had found it, since the scratch was made for its interpreter; by the
    /// instance's id. What several instances ask for is counted with the first that asked. `None` unless the scratch is one of
    /// [`Interpreter::measuring_scratch`].
    #[must_use]
    pub fn instance_work(&self) -> Option<&[u64]> {
        self.instance_work.as_deref()
    }
}
