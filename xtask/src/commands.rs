//! Chores that are no stages of the gate: they take arguments, and may run for long.

use crate::outcome::Failure;
use crate::project::Project;
use crate::{campaign, crash};

/// One such chore.
pub(crate) struct Extra {
    /// What people type.
    pub(crate) name: &'static str,
    /// What may follow it.
    pub(crate) arguments: &'static str,
    /// One line of the help.
    pub(crate) summary: &'static str,
    /// Runs it. An error means that it could not be done.
    pub(crate) run: fn(&Project, &[&str]) -> Result<Promises, Failure>,
}

/// What a chore found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promises {
    /// Nothing is broken.
    Kept,
    /// The project does not do what it says.
    Broken,
}

/// Every one of them.
pub(crate) const COMMANDS: &[Extra] = &[campaign::EXTRA, crash::EXTRA];
