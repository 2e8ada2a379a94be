//! How far into the reader inputs got, as the bodies write it down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::figures::real;

/// The variable that names the file; the process number is added to it.
pub(crate) const VARIABLE: &str = "CHANNEL_FILE_GATES";

/// What the reader lets through, in order. The names are those of the bodies.
pub(crate) const NAMES: &[&str] = &["magic", "header", "checksums", "schema", "canonical"];

/// Inputs, and how many of them passed each gate.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Gates {
    pub(crate) inputs: u64,
    pub(crate) passed: BTreeMap<String, u64>,
}

impl Gates {
    /// Adds what another process has counted.
    pub(crate) fn add(&mut self, other: &Self) {
        self.inputs = self.inputs.saturating_add(other.inputs);
        for (name, count) in &other.passed {
            let sum = self.passed.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*count);
        }
    }

    /// Reads what a process wrote; nothing if it wrote nothing, or half of it just now.
    pub(crate) fn read(file: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(file).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut gates = Self::default();
        for line in text.lines() {
            let (name, count) = line.split_once(' ')?;
            let count = count.parse().ok()?;
            match name {
                "inputs" => gates.inputs = count,
                _ => drop(gates.passed.insert(name.to_owned(), count)),
            }
        }
        NAMES.iter().all(|name| gates.passed.contains_key(*name)).then_some(gates)
    }

    /// Whether every file passed every gate: where generators make nothing else, their shares say nothing.
    pub(crate) fn are_all_valid(&self) -> bool {
        self.inputs > 0 && self.passed.values().all(|passed| *passed == self.inputs)
    }

    /// The share of inputs that passed a gate, in percent.
    pub(crate) fn percent(&self, name: &str) -> f64 {
        let passed = self.passed.get(name).copied().unwrap_or_default();
        if self.inputs == 0 { 0.0 } else { 100.0 * real(passed) / real(self.inputs) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_all_inputs() {
        let text = "inputs 200\nmagic 190\nheader 180\nchecksums 150\nschema 60\ncanonical 50\n";
        let mut gates = Gates::parse(text).unwrap_or_default();
        assert!((gates.percent("checksums") - 75.0).abs() < 1e-9);
        let other = gates.clone();
        gates.add(&other);
        assert_eq!(gates.inputs, 400);
        assert!((gates.percent("canonical") - 25.0).abs() < 1e-9);
        assert_eq!(Gates::parse("inputs 200\nmagic 190\n"), None);
    }
}
