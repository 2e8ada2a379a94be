//! What `diff` reports, as the JSON has it.

use std::collections::BTreeMap;

use channel_file::ChannelFile;
use channel_file::validator::{
    self, ChangeCounts, ChangeSummary, ContentSummary, Difference, Level, LoadCost, ReleaseDifference, SensorManifest,
};
use serde::Serialize;

use super::changed::{ChangedRule, ChangedType};
use super::contents::{Contents, Side};
use crate::finding::Finding;
use crate::number::{count, sha256};
use crate::report::found::{Found, Type};
use crate::report::{Counts as FindingCounts, InputKind, ManifestFile, Subject};
use crate::sources::Refused;
use crate::verdict::Verdict;

/// All that `diff` has to say.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Report {
    command: &'static str,
    pub(crate) status: Verdict,
    /// Whether warnings refuse too.
    pub(super) denies_warnings: bool,
    /// The manifests, in the order in which they were given; findings refer to them by index.
    manifests: Vec<ManifestFile>,
    pub(super) old: Content,
    pub(super) new: Content,
    /// Whether both say the same, whatever channel and content version.
    pub(super) identical: bool,
    /// How many content versions were looked at: old, new, and all of the history before the new one.
    pub(super) content_versions: u64,
    pub(super) history: HistoryRead,
    /// How many findings there are, those of all releases included.
    pub(super) counts: FindingCounts,
    /// What no content before did.
    pub(super) novelties: Vec<Found>,
    /// Why the new content would not load whatever the sensor, unless the old one did not for the same reason.
    pub(super) findings: Vec<Found>,
    /// What the change does to each release, in the order of the manifests.
    pub(super) releases: Vec<Release>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fleet: Option<Fleet>,
    pub(super) summary: Summary,
    pub(super) types: Vec<ChangedType>,
    pub(super) rules: Vec<ChangedRule>,
    /// What kept anything from being judged.
    pub(crate) errors: Vec<Finding>,
}

/// What content is judged by, beside what came before.
pub(crate) struct JudgedBy<'j> {
    pub(crate) manifests: &'j [SensorManifest],
    pub(crate) files: Vec<ManifestFile>,
    pub(crate) fleet: Option<&'j BTreeMap<String, u64>>,
    pub(crate) denies_warnings: bool,
}

/// One of the two contents.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Content {
    /// The path as given.
    pub(super) file: String,
    pub(super) kind: InputKind,
    pub(super) channel: u32,
    pub(super) content_version: u64,
    pub(super) rules: u64,
    pub(super) instances: u64,
    bytes: u64,
    sha256: String,
    /// The rules of sources that were left out, and why: with `--skip-refused`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) refused: Vec<Refused>,
}

/// What came before.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct HistoryRead {
    pub(super) files: u64,
    /// Content versions of the new content's channel that came before it.
    pub(super) earlier: u64,
}

/// What the change does to a release.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Release {
    pub(super) release: String,
    /// How many machines have it; left out where no fleet was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) machines: Option<u64>,
    /// Whether the change reaches what machines with the release do.
    pub(super) touched: bool,
    /// The types by which it does.
    pub(super) touched_types: Vec<Type>,
    pub(super) loads_old: bool,
    pub(super) loads_new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) old_cost: Option<Cost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_cost: Option<Cost>,
    /// What is wrong with the new content there, and was not with the old one.
    pub(super) findings: Vec<Found>,
    /// What was found for the old content already.
    pub(super) known_findings: Vec<Found>,
    pub(super) novelties: Vec<Concern>,
}

/// A novelty that a release has to do with.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Concern {
    /// Index into the novelties.
    pub(super) novelty: u64,
    /// Why the release does not supply it, as what follows its name; left out if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lacking: Option<String>,
}

/// What loaded content costs.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Cost {
    /// Bytes.
    pub(super) memory: u64,
    /// Work that a byte of an event can make at the most.
    pub(super) work: u64,
}

/// How many machines the change reaches.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Fleet {
    pub(super) machines: u64,
    pub(super) touched: u64,
    pub(super) refusing: u64,
    pub(super) unjudged: Vec<Unjudged>,
}

/// Machines of which nothing can be said.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Unjudged {
    pub(super) release: String,
    pub(super) machines: u64,
}

/// How much is different.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Summary {
    pub(super) types: Counts,
    pub(super) rules: Counts,
    pub(super) instances: Counts,
    pub(super) criteria: Counts,
    pub(super) examples: Counts,
}

/// How many were added, removed and changed.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ChangeCounts"))]
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
        by: JudgedBy<'_>,
    ) -> Self {
        let positions = contents.new.positions(files.1);
        let found = |finding: &validator::Finding| {
            Found::of(finding, by.manifests, positions.as_ref().and_then(|positions| positions.of(finding)))
        };
        let all_found = |findings: &[validator::Finding]| findings.iter().map(found).collect::<Vec<Found>>();
        let earlier = contents.history.versions(difference.new.channel);
        let earlier = earlier.take_while(|version| *version < difference.new.content_version).count();
        let fleet_difference = by.fleet.map(|fleet| Fleet::of(difference, fleet));
        let errors: Vec<Finding> =
            fleet_difference.iter().flat_map(|fleet| &fleet.unjudged).map(Unjudged::finding).collect();
        let is_denied = |finding: &validator::Finding| {
            by.denies_warnings && finding.level == Level::Warning && finding.waived.is_none()
        };
        let is_good = difference.is_accepted() && !difference.all_findings().any(is_denied);
        let judged = if is_good { Verdict::Accepted } else { Verdict::Refused };
        let mut report = Self {
            command: "diff",
            status: errors.iter().map(Finding::verdict).fold(judged, Verdict::and),
            denies_warnings: by.denies_warnings,
            old: Content::of(&contents.old, &difference.old),
            new: Content::of(&contents.new, &difference.new),
            identical: difference.changes.is_empty(),
            content_versions: difference.content_versions,
            history: HistoryRead { files: count(contents.history_files), earlier: count(earlier) },
            counts: FindingCounts::default(),
            novelties: all_found(&difference.novelties),
            findings: all_found(&difference.findings),
            releases: (difference.releases.iter())
                .map(|own| Release::of(own, by.fleet, all_found(&own.findings), all_found(&own.known)))
                .collect(),
            fleet: fleet_difference,
            summary: Summary::of(&difference.changes.summary),
            types: difference.changes.types.iter().map(ChangedType::of).collect(),
            rules: difference.changes.rules.iter().map(|rule| ChangedRule::of(rule, files)).collect(),
            manifests: by.files,
            errors,
        };
        report.counts = FindingCounts::of(report.all_findings().map(|(finding, _)| finding));
        report
    }

    /// What was found, and whether it is news.
    fn all_findings(&self) -> impl Iterator<Item = (&Found, bool)> {
        let new = self.novelties.iter().chain(&self.findings);
        let new = new.chain(self.releases.iter().flat_map(|release| &release.findings));
        let known = self.releases.iter().flat_map(|release| &release.known_findings);
        new.map(|finding| (finding, true)).chain(known.map(|finding| (finding, false)))
    }

    /// What programs are told that show findings beside sources.
    pub(crate) fn subject(&self) -> Subject<'_> {
        let state = |is_new| Some(if is_new { "new" } else { "unchanged" });
        Subject {
            kind: self.new.kind,
            file: Some(&*self.new.file).filter(|_| self.new.kind == InputKind::ChannelFile),
            source_errors: self.new.refused.iter().flat_map(|refused| &refused.errors).collect(),
            left_out: true,
            findings: self.all_findings().map(|(finding, is_new)| (finding, state(is_new))).collect(),
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
            refused: side.refused.clone(),
        }
    }
}

impl Release {
    fn of(
        release: &ReleaseDifference,
        fleet: Option<&BTreeMap<String, u64>>,
        findings: Vec<Found>,
        known_findings: Vec<Found>,
    ) -> Self {
        let concern = |own: &validator::Concern| Concern { novelty: count(own.novelty), lacking: own.lacking.clone() };
        Self {
            release: release.release.clone(),
            machines: fleet.map(|fleet| fleet.get(&release.release).copied().unwrap_or_default()),
            touched: release.is_touched(),
            touched_types: release.touched.iter().copied().map(Type::of).collect(),
            loads_old: release.loads_old,
            loads_new: release.loads_new,
            old_cost: release.old_cost.map(Cost::from),
            new_cost: release.new_cost.map(Cost::from),
            findings,
            known_findings,
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

impl From<LoadCost> for Cost {
    fn from(cost: LoadCost) -> Self {
        Self { memory: cost.memory, work: cost.work }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::FailureReport;

    /// All that `diff --format json` writes: the report, or why there is none.
    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only its schema is of interest")]
    enum Written {
        Report(Box<Report>),
        Failure(FailureReport),
    }

    #[test]
    fn the_schema_is_that_of_the_report() {
        crate::schema::assert_kept::<Written>("diff", "difference.schema.json");
    }
}
