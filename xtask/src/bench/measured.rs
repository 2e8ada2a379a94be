//! What `measure` of `crates/scenarios` says in a line.

use serde::{Deserialize, Serialize};

use crate::figures::real;

/// One operation on one set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) operation: String,
    pub(crate) set: String,
    /// What a run works through, and how much of it.
    pub(crate) units: String,
    pub(crate) count: u64,
    pub(crate) instances: u64,
    /// The median of the runs.
    pub(crate) nanoseconds: f64,
    pub(crate) lower_quartile_nanoseconds: f64,
    pub(crate) upper_quartile_nanoseconds: f64,
    pub(crate) runs: u64,
    pub(crate) allocations: u64,
    pub(crate) peak_bytes: u64,
}

impl Row {
    /// The kind of set: `rules` of `rules/1000`.
    pub(crate) fn kind(&self) -> &str {
        self.set.split_once('/').map_or(self.set.as_str(), |(kind, _)| kind)
    }

    /// What grows: the bytes of the file, or instances.
    pub(crate) fn size(&self) -> (u64, &'static str) {
        if self.units == "bytes" { (self.count, "bytes") } else { (self.instances, "instances") }
    }

    pub(crate) fn nanoseconds_a_unit(&self) -> f64 {
        self.nanoseconds / real(self.count).max(1.0)
    }
}
