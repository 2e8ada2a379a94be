//! Chapter 12: limits.

use crate::refusal::{Chapter, Refusal};

const CHAPTER: Chapter = Chapter("12. Limits");

/// How much of everything is accepted; the default is the preset `default`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the limits of the document")]
pub struct Limits {
    pub file_bytes: u64,
    pub types: u64,
    pub fields: u64,
    pub instances: u64,
    pub criteria: u64,
    pub patterns: u64,
    pub total_patterns: u64,
    pub pattern_bytes: u64,
    pub name_bytes: u64,
    pub rules: u64,
    pub references: u64,
    pub examples: u64,
    pub example_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 268_435_456,
            types: 1024,
            fields: 256,
            instances: 1_048_576,
            criteria: 128,
            patterns: 16_384,
            total_patterns: 16_777_216,
            pattern_bytes: 8192,
            name_bytes: 2048,
            rules: 1_048_576,
            references: 256,
            examples: 1_048_576,
            example_bytes: 65_536,
        }
    }
}

/// What is at the limit is accepted.
pub(crate) fn keep(limit: u64, count: u64, reason: &'static str) -> Result<(), Refusal> {
    CHAPTER.demand(count <= limit, reason)
}
