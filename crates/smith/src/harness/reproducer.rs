//! What was found, with all that is needed to see it again.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use channel_file::template::{OwnedValue, SensorType, Value};

use super::failure::Failure;
use super::listing::{EventListing, FileListing, indented};
use super::recorded;
use super::scenario::RecordedEvent;
use crate::json_line::JsonLine;

/// A small case on which a sensor's code fails. It needs neither the seed nor the generator.
#[derive(Clone, Debug)]
pub struct Reproducer<'t> {
    pub(super) types: &'t [SensorType<'t>],
    pub(super) failure: Failure,
    /// What led here, in words.
    pub(super) found_by: String,
    pub(super) file: Vec<u8>,
    pub(super) events: Vec<RecordedEvent>,
}

/// Where a reproducer was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The channel file.
    pub file: PathBuf,
    /// The events, JSON Lines, for `channel-file match FILE EVENTS --type-field template_type`.
    pub events: PathBuf,
    /// All of it as one input: for the fuzz target, and for `HARNESS_INPUT`.
    pub input: PathBuf,
}

impl Reproducer<'_> {
    /// How the code fails.
    #[must_use]
    pub const fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The channel file.
    #[must_use]
    pub fn file(&self) -> &[u8] {
        &self.file
    }

    /// The events: place of the type among those of the sensor, and values, one a field.
    pub fn events(&self) -> impl ExactSizeIterator<Item = (usize, &[OwnedValue])> {
        self.events.iter().map(|event| (event.of, event.values.as_slice()))
    }

    /// All of it as one input.
    #[must_use]
    pub fn input(&self) -> Vec<u8> {
        recorded::write(&self.file, &self.events)
    }

    /// Writes `case.chan`, `case.events.jsonl` and `case.input` to a folder, which is made if there is none.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn write(&self, folder: &Path) -> io::Result<Written> {
        fs::create_dir_all(folder)?;
        let place = |name: &str| folder.join(name);
        let written =
            Written { file: place("case.chan"), events: place("case.events.jsonl"), input: place("case.input") };
        fs::write(&written.file, &self.file)?;
        fs::write(&written.events, self.json_lines())?;
        fs::write(&written.input, self.input())?;
        Ok(written)
    }

    fn json_lines(&self) -> String {
        let line = |event: &RecordedEvent| {
            let declared = self.types.get(event.of)?.declared();
            let values: Vec<Value<'_>> = event.values.iter().map(OwnedValue::as_ref).collect();
            Some(format!("{}\n", JsonLine { type_key: "template_type", declared, values: &values }))
        };
        self.events.iter().filter_map(line).collect()
    }
}

impl fmt::Display for Reproducer<'_> {
    /// What failed, and the case in words: types, instances with their criteria, events by the names of their fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the code fails: {}", self.failure)?;
        writeln!(f, "found by {}", self.found_by)?;
        writeln!(f, "content:\n{}", indented(&FileListing(&self.file)).trim_end())?;
        for event in &self.events {
            write!(f, "{}", EventListing { types: self.types, event })?;
        }
        Ok(())
    }
}
