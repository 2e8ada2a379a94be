//! What was counted of content, and what releases would do with it.

use channel_file::validator::{ContentSummary, ExampleSummary, ExerciseSummary, FieldCoverage, ReleaseVerdict, Tally};
use serde::Serialize;

use super::found::Type;
use crate::verdict::Verdict;

/// What content is.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Content {
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
    pub(crate) rules: u64,
    pub(crate) instances: u64,
    /// Counted with each instance.
    pub(crate) criteria: u64,
    /// Counted with each instance.
    pub(crate) patterns: u64,
}

/// What one release would do with the content.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Release {
    pub(crate) release: String,
    /// Whether the content may be published to it: it loads it, and nothing that was found, for the release or for all, is an
    /// error.
    pub(crate) status: Verdict,
    /// Bytes of memory that the loaded content takes; left out where it does not load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) memory: Option<u64>,
    /// Work that a byte of an event can make at the most; left out as above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) work: Option<u64>,
    /// Events made for the content that were evaluated as the release would.
    pub(crate) evaluated: u64,
    /// Instances on types that the release does not supply as the content expects.
    pub(crate) unsupported: u64,
}

/// What was exercised of a field.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Coverage {
    pub(crate) template_type: Type,
    pub(crate) type_name: String,
    /// Index of the field within its type.
    pub(crate) field: u16,
    /// The same, from 1.
    pub(crate) field_number: u32,
    pub(crate) field_name: String,
    pub(crate) criteria: Counted,
    pub(crate) patterns: Counted,
}

/// How many there are, and what came of them: `present` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Counted {
    pub(crate) present: u64,
    /// Changing this alone changed the interpreter's verdict.
    pub(crate) exercised: u64,
    /// Others imply it, so that nothing shows it alone; a finding names it.
    pub(crate) implied: u64,
    /// Not exercised, and waived.
    pub(crate) waived: u64,
    /// Not exercised; a finding names it.
    pub(crate) missed: u64,
}

/// What was done to exercise content.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Exercise {
    /// Events made that meet an instance.
    pub(crate) witnesses: u64,
    /// Events made that fail one criterion and meet all others.
    pub(crate) near_misses: u64,
}

/// The examples that come with content.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Examples {
    pub(crate) count: u64,
    /// How many say something else than their rule does.
    pub(crate) failed: u64,
}

impl From<ContentSummary> for Content {
    fn from(content: ContentSummary) -> Self {
        Self {
            channel: content.channel,
            content_version: content.content_version,
            rules: content.rules,
            instances: content.instances,
            criteria: content.criteria,
            patterns: content.patterns,
        }
    }
}

impl From<&ReleaseVerdict> for Release {
    fn from(release: &ReleaseVerdict) -> Self {
        Self {
            release: release.release.clone(),
            status: if release.is_accepted { Verdict::Accepted } else { Verdict::Refused },
            memory: release.cost.map(|cost| cost.memory),
            work: release.cost.map(|cost| cost.work),
            evaluated: release.evaluated,
            unsupported: release.unsupported,
        }
    }
}

impl From<&FieldCoverage> for Coverage {
    fn from(coverage: &FieldCoverage) -> Self {
        Self {
            template_type: Type::of(coverage.template_type),
            type_name: coverage.type_name.clone(),
            field: coverage.field,
            field_number: u32::from(coverage.field).saturating_add(1),
            field_name: coverage.field_name.clone(),
            criteria: coverage.criteria.into(),
            patterns: coverage.patterns.into(),
        }
    }
}

impl From<Tally> for Counted {
    fn from(tally: Tally) -> Self {
        Self {
            present: tally.present,
            exercised: tally.exercised,
            implied: tally.implied,
            waived: tally.waived,
            missed: tally.missed,
        }
    }
}

impl From<ExerciseSummary> for Exercise {
    fn from(exercise: ExerciseSummary) -> Self {
        Self { witnesses: exercise.witnesses, near_misses: exercise.near_misses }
    }
}

impl From<ExampleSummary> for Examples {
    fn from(examples: ExampleSummary) -> Self {
        Self { count: examples.count, failed: examples.failed }
    }
}
