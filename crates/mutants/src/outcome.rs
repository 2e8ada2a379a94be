//! What became of each mutant, as it is kept in a file.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Result;

/// What became of a mutant.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) enum Outcome {
    /// A test failed.
    Caught,
    /// Tests took far longer than they do.
    Late,
    /// Every test that reaches it passed.
    Missed,
    /// No test reaches it.
    Unreached,
    DoesNotCompile,
    /// No condition can choose it at run time.
    NotChosen,
    /// It has not been run.
    Waiting,
}

/// A mutant with what became of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Record {
    /// As `cargo mutants` calls it.
    pub(crate) name: String,
    pub(crate) function: String,
    pub(crate) what: String,
    pub(crate) file: String,
    pub(crate) outcome: Outcome,
    /// The program of tests that caught it, or why it could not be chosen.
    pub(crate) by: Option<String>,
}

/// All of them, with the tests that had no say.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Outcomes {
    pub(crate) modules: Vec<String>,
    pub(crate) records: Vec<Record>,
    pub(crate) left_out_tests: Vec<String>,
}

impl Outcomes {
    /// Reads them.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Writes them.
    pub(crate) fn write(&self, path: &Path) -> Result {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(fs::write(path, text)?)
    }
}
