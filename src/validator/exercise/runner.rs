//! Evaluating events that were made for content, as each release would.

use alloc::vec::Vec;

use crate::interpreter::{Event, Interpreter, Scratch};
use crate::template::{SensorTypes, Value};

/// Loaded content, and what it was loaded for.
pub(in super::super) struct Runner<'r> {
    /// Index of the release; `None` for the content's own types.
    pub(in super::super) release: Option<usize>,
    pub(in super::super) interpreter: &'r Interpreter<'r>,
    pub(in super::super) types: &'r SensorTypes<'r>,
    pub(in super::super) scratch: Scratch,
    /// How many events were evaluated.
    pub(in super::super) evaluated: u64,
}

impl<'r> Runner<'r> {
    pub(in super::super) fn new(
        release: Option<usize>,
        interpreter: &'r Interpreter<'r>,
        types: &'r SensorTypes<'r>,
    ) -> Self {
        Self { release, interpreter, types, scratch: interpreter.scratch(), evaluated: 0 }
    }

    /// Whether the instance is among those that an event matches; `None` if the event is none for this release.
    ///
    /// Values that the release has no fields for are cut off: the instance does not speak of them. Values of further fields are
    /// absent.
    pub(super) fn matches(&mut self, template_type: u32, values: &[Value<'_>], instance: u32) -> Option<bool> {
        let declared = self.types.get(template_type)?.declared();
        let mut own: Vec<Value<'_>>;
        let values = if values.len() == declared.fields.len() {
            values
        } else {
            own = values.to_vec();
            own.resize(declared.fields.len(), Value::Absent);
            &own
        };
        let event = Event::new(declared, values).ok()?;
        self.evaluated = self.evaluated.saturating_add(1);
        Some(self.interpreter.evaluate(&event, &mut self.scratch).any(|found| found.instance == instance))
    }

    /// The instances that an event matches, ascending.
    pub(in super::super) fn matching(&mut self, template_type: u32, values: &[Value<'_>]) -> Vec<u32> {
        let Some(sensor_type) = self.types.get(template_type) else { return Vec::new() };
        match Event::new(sensor_type.declared(), values) {
            Ok(event) => self.interpreter.evaluate(&event, &mut self.scratch).map(|found| found.instance).collect(),
            Err(_) => Vec::new(),
        }
    }
}
