//! Chapter 12: the limits of the preset `default`.

use crate::refusal::{Chapter, Refusal};

const CHAPTER: Chapter = Chapter("12. Limits");

pub(crate) struct Limit {
    most: u64,
    reason: &'static str,
}

impl Limit {
    /// What is at the limit is accepted.
    pub(crate) fn keep(&self, count: u64) -> Result<(), Refusal> {
        CHAPTER.demand(count <= self.most, self.reason)
    }
}

/// Whatever the limits, patterns are in proportion to bytes.
pub(crate) fn keep_proportion(patterns: u64, file_bytes: u64) -> Result<(), Refusal> {
    CHAPTER.demand(patterns <= file_bytes, "more patterns than bytes")
}

pub(crate) const FILE_BYTES: Limit = Limit { most: 268_435_456, reason: "file bytes" };
pub(crate) const TYPES: Limit = Limit { most: 1024, reason: "types" };
pub(crate) const FIELDS: Limit = Limit { most: 256, reason: "fields" };
pub(crate) const INSTANCES: Limit = Limit { most: 1_048_576, reason: "instances" };
pub(crate) const CRITERIA: Limit = Limit { most: 128, reason: "criteria" };
pub(crate) const PATTERNS: Limit = Limit { most: 16_384, reason: "patterns" };
pub(crate) const TOTAL_PATTERNS: Limit = Limit { most: 16_777_216, reason: "total patterns" };
pub(crate) const PATTERN_BYTES: Limit = Limit { most: 8192, reason: "pattern bytes" };
pub(crate) const NAME_BYTES: Limit = Limit { most: 2048, reason: "name bytes" };
pub(crate) const RULES: Limit = Limit { most: 1_048_576, reason: "rules" };
pub(crate) const REFERENCES: Limit = Limit { most: 256, reason: "references" };
pub(crate) const EXAMPLES: Limit = Limit { most: 1_048_576, reason: "examples" };
pub(crate) const EXAMPLE_BYTES: Limit = Limit { most: 65_536, reason: "example bytes" };
