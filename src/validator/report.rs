//! What the validator found, all of it.

use alloc::string::String;
use alloc::vec::Vec;

use super::code::{Layer, Level};
use super::finding::Finding;
use crate::template::TypeKey;

/// What the validator found, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What the file is; `None` if it does not open.
    pub content: Option<ContentSummary>,
    /// The verdict for each release, in the order of the manifests.
    pub releases: Vec<ReleaseVerdict>,
    /// What was exercised of each field that the content asks something of, by type and field.
    pub coverage: Vec<FieldCoverage>,
    /// What was done to exercise it.
    pub exercise: ExerciseSummary,
    /// The examples that came with the content.
    pub examples: ExampleSummary,
    /// What was found, the most important first.
    pub findings: Vec<Finding>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContentSummary {
    /// The numbered stream that it belongs to.
    pub channel: u32,
    /// Which in the stream it is.
    pub content_version: u64,
    /// How many rules it has.
    pub rules: u64,
    /// How many instances.
    pub instances: u64,
    /// How many criteria, counted with each instance.
    pub criteria: u64,
    /// How many patterns, counted with each instance.
    pub patterns: u64,
}

/// What one release would do with the content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleaseVerdict {
    /// Name of the release.
    pub release: String,
    /// Whether it would load all of the content, and nothing else that was found for it is an error.
    pub is_accepted: bool,
    /// What the content costs when it is loaded; `None` if it does not load.
    pub cost: Option<LoadCost>,
    /// How many events that were made for the content were evaluated as this release would.
    pub evaluated: u64,
    /// How many instances are on types that the release does not supply as the content expects.
    pub unsupported: u64,
}

/// What loaded content costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadCost {
    /// Bytes of memory.
    pub memory: u64,
    /// Work that a byte of an event can make at the most.
    pub work: u64,
}

/// What was exercised of a field. Criteria and patterns are counted with each instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldCoverage {
    /// Name of the type.
    pub type_name: String,
    /// The type, in the version that the instances were written against.
    pub template_type: TypeKey,
    /// Index of the field.
    pub field: u16,
    /// Name of the field.
    pub field_name: String,
    /// Criteria on the field.
    pub criteria: Tally,
    /// Patterns of those criteria.
    pub patterns: Tally,
}

/// How many there are, and what came of them: `present` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// How many there are.
    pub present: u64,
    /// Exercised: changing this alone changed the interpreter's verdict.
    pub exercised: u64,
    /// Named by a finding: others imply it, so that nothing shows it alone.
    pub implied: u64,
    /// Not exercised, and waived by the source.
    pub waived: u64,
    /// Not exercised: each has an error.
    pub missed: u64,
}

/// What was done to exercise content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExerciseSummary {
    /// Events made that meet an instance.
    pub witnesses: u64,
    /// Events made that fail one criterion and meet all others.
    pub near_misses: u64,
}

/// The examples that came with content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExampleSummary {
    /// How many there are.
    pub count: u64,
    /// How many say something else than their rule does.
    pub failed: u64,
}

impl Report {
    /// Whether the content may be published: nothing that was found refuses it.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        !self.findings.iter().any(Finding::refuses)
    }

    /// The findings of one layer.
    pub fn of_layer(&self, layer: Layer) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.code.layer() == layer)
    }

    /// Adds what was found elsewhere, such as by [`Traffic`](super::Traffic).
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        self.findings.sort_by(|one, two| one.rank().cmp(&two.rank()));
    }
}

impl Finding {
    /// What refuses comes first; then by layer in the order in which people need to know; then by place.
    fn rank(&self) -> impl Ord + use<'_> {
        let layer = match self.code.layer() {
            Layer::Structure => 0,
            Layer::Novelty => 1,
            Layer::Schema => 2,
            Layer::Manifest => 3,
            Layer::Load => 4,
            Layer::Sense => 5,
            Layer::Exercise => 6,
            Layer::Examples => 7,
            Layer::Traffic => 8_u8,
        };
        let level = match (self.level, self.waived.is_some()) {
            (Level::Error, false) => 0,
            (Level::Warning, false) => 1,
            (Level::Note, false) => 2,
            (_, true) => 3_u8,
        };
        // What is new is in the order of its importance already.
        let place = Some(&self.place).filter(|_| self.code.layer() != Layer::Novelty);
        (level, layer, self.code, self.release, place)
    }
}
