//! What a stage and an extra are, and how they end.

use crate::project::Project;

/// A chore of the gate.
pub(crate) struct Stage {
    /// What people type.
    pub(crate) name: &'static str,
    /// One line of the help.
    pub(crate) summary: &'static str,
    /// Runs it.
    pub(crate) run: fn(&Project) -> Outcome,
}

/// A chore beside the gate: it takes long, needs tools that a machine may lack, or takes arguments.
pub(crate) struct Extra {
    /// What people type.
    pub(crate) name: &'static str,
    /// What may follow the name.
    pub(crate) arguments: &'static str,
    /// One line of the help.
    pub(crate) summary: &'static str,
    /// What its own help says besides; may be nothing.
    pub(crate) details: &'static str,
    /// Runs it with what follows its name.
    pub(crate) run: Run,
}

/// How an extra runs.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// It ends with one line, as a stage does.
    Reported(fn(&Project, &[&str]) -> Outcome),
    /// It tells by itself how it goes. An error means that it could not be done.
    Telling(fn(&Project, &[&str]) -> Result<Promises, Failure>),
}

/// What an extra found that tells by itself how it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promises {
    /// Nothing is broken.
    Kept,
    /// The project does not do what it says.
    Broken,
}

/// In a few words what was found in order, or why the stage failed.
pub(crate) type Outcome = Result<String, Failure>;

/// Why a stage failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// One sentence that says what is wrong and, where it is known, what to do.
    pub(crate) reason: String,
    /// What the failing command printed last.
    pub(crate) output: Option<String>,
    /// Whether something was judged at all. Without the tools nothing is; that is neither in order nor a defect.
    pub(crate) is_judged: bool,
}

impl Failure {
    /// A failure that its reason explains alone.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), output: None, is_judged: true }
    }

    /// Nothing could be judged, and why.
    pub(crate) fn unjudged(reason: impl Into<String>) -> Self {
        Self { is_judged: false, ..Self::new(reason) }
    }

    /// Adds a text to read in full.
    pub(crate) fn with_details(self, details: String) -> Self {
        Self { output: Some(details), ..self }
    }

    /// Adds the end of what a command printed.
    pub(crate) fn with_output(self, output: &str) -> Self {
        Self { output: Some(last_lines(output)), ..self }
    }
}

/// Enough for one compiler error with its notes, or for a handful of failed tests.
const SHOWN_LINES: usize = 80;

fn last_lines(output: &str) -> String {
    let mut lines: Vec<&str> = output.trim_end().lines().rev().take(SHOWN_LINES).collect();
    lines.reverse();
    lines.join("\n")
}
