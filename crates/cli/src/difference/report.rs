//! What `diff` reports, as the JSON has it.

use std::collections::BTreeMap;

use channel_file::ChannelFile;
use channel_file::template::TypeKey;
use channel_file::validator::{ChangeCounts, ChangeSummary, ContentSummary, Difference, Level, LoadCost};
use serde::Serialize;

use super::changed::{ChangedRule, ChangedType};
use super::contents::{Contents, Side, SideKind};
use super::found::Found;
use crate::finding::Finding;
use crate::number::{count, sha256};
use crate::verdict::Verdict;

/// The JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    command: &'static str,
    pub(crate) status: Verdict,
    pub(super) old: Content,
    pub(super) new: Content,
    /// Whether both say the same, whatever channel and content version.
    pub(super) identical: bool,
    pub(super) content_versions: u64,
    pub(super) history: HistoryRead,
    pub(super) novelties: Vec<Found>,
    pub(super) findings: Vec<Found>,
    pub(super) releases: Vec<Release>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fleet: Option<Fleet>,
    pub(super) summary: Summary,
    pub(super) types: Vec<ChangedType>,
    pub(super) rules: Vec<ChangedRule>,
    pub(super) errors: Vec<Finding>,
    /// Whether a warning refuses as well.
    #[serde(skip)]
    pub(super) denies_warnings: bool,
}

/// One of the two contents.
#[derive(Debug, Serialize)]
pub(super) struct Content {
    pub(super) file: String,
    pub(super) kind: SideKind,
    pub(super) channel: u32,
    pub(super) content_version: u64,
    pub(super) rules: u64,
    pub(super) instances: u64,
    bytes: u64,
    sha256: String,
}

/// What came before.
#[derive(Debug, Serialize)]
pub(super) struct HistoryRead {
    pub(super) files: u64,
    /// Content versions of the new content's channel that came before it.
    pub(super) earlier: u64,
}

/// What the change does to a release.
#[derive(Debug, Serialize)]
pub(super) struct Release {
    pub(super) release: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) machines: Option<u64>,
    pub(super) touched: bool,
    pub(super) touched_types: Vec<Type>,
    pub(super) loads_old: bool,
    pub(super) loads_new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) old_cost: Option<Cost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_cost: Option<Cost>,
    pub(super) findings: Vec<Found>,
    /// What was found for the old content already.
    pub(super) known_findings: Vec<Found>,
    pub(super) novelties: Vec<Concern>,
}

/// A novelty that a release has to do with.
#[derive(Debug, Serialize)]
pub(super) struct Concern {
    /// Index into the novelties.
    pub(super) novelty: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lacking: Option<String>,
}

/// Id and version of a template type.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Type {
    pub(super) id: u32,
    pub(super) version: u32,
}

/// What loaded content costs.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Cost {
    pub(super) memory: u64,
    pub(super) work: u64,
}

/// How many machines the change reaches.
#[derive(Debug, Serialize)]
pub(super) struct Fleet {
    pub(super) machines: u64,
    pub(super) touched: u64,
    pub(super) refusing: u64,
    pub(super) unjudged: Vec<Unjudged>,
}

/// Machines of which nothing can be said.
#[derive(Debug, Serialize)]
pub(super) struct Unjudged {
    pub(super) release: String,
    pub(super) machines: u64,
}

/// How much is different.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    pub(super) types: Counts,
    pub(super) rules: Counts,
    pub(super) instances: Counts,
    pub(super) criteria: Counts,
    pub(super) examples: Counts,
}

/// How many were added, removed and changed.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Counts {
    pub(super) added: u64,
    pub(super) removed: u64,
    pub(super) changed: u64,
}

impl Report {
    /// The report on a difference. A release that machines have and of which there is no manifest could not be judged.
    pub(crate) fn of(
        contents: &Contents,
        files: (&ChannelFile<'_>, &ChannelFile<'_>),
        difference: &Difference,
        fleet: Option<&BTreeMap<String, u64>>,
        denies_warnings: bool,
    ) -> Self {
        let found = |finding| Found::of(finding);
        let earlier = contents.history.versions(difference.new.channel);
        let earlier = earlier.take_while(|version| *version < difference.new.content_version).count();
        let fleet_difference = fleet.map(|fleet| Fleet::of(difference, fleet));
        let errors: Vec<Finding> =
            fleet_difference.iter().flat_map(|fleet| &fleet.unjudged).map(Unjudged::finding).collect();
        let is_denied = |finding: &channel_file::validator::Finding| {
            denies_warnings && finding.level == Level::Warning && finding.waived.is_none()
        };
        let is_good = difference.is_accepted() && !difference.all_findings().any(is_denied);
        let judged = if is_good { Verdict::Accepted } else { Verdict::Refused };
        Self {
            command: "diff",
            status: errors.iter().map(Finding::verdict).fold(judged, Verdict::and),
            old: Content::of(&contents.old, &difference.old),
            new: Content::of(&contents.new, &difference.new),
            identical: difference.changes.is_empty(),
            content_versions: difference.content_versions,
            history: HistoryRead { files: count(contents.history_files), earlier: count(earlier) },
            novelties: difference.novelties.iter().map(found).collect(),
            findings: difference.findings.iter().map(found).collect(),
            releases: difference.releases.iter().map(|release| Release::of(release, fleet)).collect(),
            fleet: fleet_difference,
            summary: Summary::of(&difference.changes.summary),
            types: difference.changes.types.iter().map(ChangedType::of).collect(),
            rules: difference.changes.rules.iter().map(|rule| ChangedRule::of(rule, files)).collect(),
            errors,
            denies_warnings,
        }
    }
}

impl Content {
    fn of(side: &Side, summary: &ContentSummary) -> Self {
        Self {
            file: side.name.clone(),
            kind: side.kind,
            channel: summary.channel,
            content_version: summary.content_version,
            rules: summary.rules,
            instances: summary.instances,
            bytes: count(side.bytes.len()),
            sha256: sha256(&side.bytes),
        }
    }
}

impl Release {
    fn of(release: &channel_file::validator::ReleaseDifference, fleet: Option<&BTreeMap<String, u64>>) -> Self {
        let concern = |own: &channel_file::validator::Concern| Concern {
            novelty: count(own.novelty),
            lacking: own.lacking.clone(),
        };
        Self {
            release: release.release.clone(),
            machines: fleet.map(|fleet| fleet.get(&release.release).copied().unwrap_or_default()),
            touched: release.is_touched(),
            touched_types: release.touched.iter().copied().map(Type::from).collect(),
            loads_old: release.loads_old,
            loads_new: release.loads_new,
            old_cost: release.old_cost.map(Cost::from),
            new_cost: release.new_cost.map(Cost::from),
            findings: release.findings.iter().map(Found::of).collect(),
            known_findings: release.known.iter().map(Found::of).collect(),
            novelties: release.concerns.iter().map(concern).collect(),
        }
    }
}

impl Fleet {
    fn of(difference: &Difference, fleet: &BTreeMap<String, u64>) -> Self {
        let counted = difference.fleet(fleet);
        let unjudged = counted.unjudged.into_iter();
        Self {
            machines: counted.machines,
            touched: counted.touched,
            refusing: counted.refusing,
            unjudged: unjudged.map(|own| Unjudged { release: own.release, machines: own.machines }).collect(),
        }
    }
}

impl Unjudged {
    fn finding(&self) -> Finding {
        let message = format!("release {} cannot be judged: there is no manifest of it", self.release);
        let help = "give it with `--manifest`, or take the release out of the fleet".to_owned();
        Finding { help, ..Finding::of_usage(&message) }
    }
}

impl Summary {
    fn of(summary: &ChangeSummary) -> Self {
        Self {
            types: summary.types.into(),
            rules: summary.rules.into(),
            instances: summary.instances.into(),
            criteria: summary.criteria.into(),
            examples: summary.examples.into(),
        }
    }
}

impl From<ChangeCounts> for Counts {
    fn from(counts: ChangeCounts) -> Self {
        Self { added: counts.added, removed: counts.removed, changed: counts.changed }
    }
}

impl From<TypeKey> for Type {
    fn from(TypeKey { id, version }: TypeKey) -> Self {
        Self { id, version }
    }
}

impl From<LoadCost> for Cost {
    fn from(cost: LoadCost) -> Self {
        Self { memory: cost.memory, work: cost.work }
    }
}
