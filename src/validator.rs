//! The content validator: may this file be published, and for which sensors?
//!
//! [`Validator::judge`] takes the bytes of a channel file and gives a [`Report`]: everything that it found, not the first
//! alone. It shares the reader and the interpreter with the sensor, so what it accepts for a [`SensorManifest`], that sensor
//! loads. Nothing is trusted that was not exercised: for every criterion of every instance events are made that meet it and
//! that just miss it, and the interpreter's verdict must change. What each finding means, `docs/FINDINGS.md` says.

mod code;
mod difference;
mod examples;
mod exercise;
mod finding;
mod load;
mod manifest;
mod novelty;
mod report;
mod schema;
mod search;
mod sense;
mod traffic;
mod waivers;
mod wording;

use alloc::vec::Vec;

use self::exercise::Runner;
use self::load::Loader;
use self::novelty::Earlier;
use self::waivers::Waivers;
use crate::channel_file::view::InstanceView;
use crate::channel_file::{ChannelFile, OwnTypes};
use crate::counted::counted;
use crate::interpreter::Budget;
use crate::limits::Limits;
use crate::template::{SensorType, SensorTypes};
use crate::wire::count;

pub use self::code::{FindingCode, Layer, Level};
pub use self::difference::{
    Change, ChangeCounts, ChangeSummary, Changes, Comparer, Concern, CriterionChange, Difference, FieldChange,
    FleetDifference, InstanceChange, InstanceName, ReleaseDifference, Replaced, RuleChange, TypeChange, Unjudged,
    WordsChange,
};
pub use self::exercise::witness;
pub use self::finding::{Finding, Place, Witness};
pub use self::manifest::{FormatVersion, ManifestField, ManifestType, ManifestTypes, SensorManifest};
pub use self::novelty::History;
pub use self::report::{
    ContentSummary, ExampleSummary, ExerciseSummary, FieldCoverage, LoadCost, ReleaseVerdict, Report, Tally,
};
pub use self::traffic::{InstanceTraffic, RuleTraffic, Traffic, TrafficLimits, TrafficSummary, WorstEvent};
pub use self::waivers::Waiver;

/// Judges channel files. See the [module](self).
///
/// Takes at most 256 bytes of memory for each byte of the file, 128 MiB for values and for searching them, and for the content's own
/// types and each release what [`Interpreter::load`](crate::interpreter::Interpreter::load) takes under its budget. Content for which
/// that is not enough, or which takes too long to try, is not accepted.
///
/// ```
/// # use channel_file::validator::{Report, SensorManifest, Validator};
/// fn may_be_published(bytes: &[u8], supported: &[SensorManifest]) -> bool {
///     let report: Report = Validator::new().manifests(supported).judge(bytes);
///     for finding in &report.findings {
///         println!("{finding}");
///     }
///     report.is_accepted()
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Validator<'v> {
    manifests: &'v [SensorManifest],
    waivers: &'v [Waiver],
    history: Option<&'v History>,
    limits: Limits,
    budget: Budget,
}

/// How far the validator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Instances that have been exercised.
    pub done: u32,
    /// Instances in all.
    pub total: u32,
}

impl Default for Validator<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'v> Validator<'v> {
    /// Judges by the content's own types, under the default limits and budget, until it is told of manifests.
    #[must_use]
    pub const fn new() -> Self {
        Self { manifests: &[], waivers: &[], history: None, limits: Limits::DEFAULT, budget: Budget::DEFAULT }
    }

    /// The releases that are in the field. Content has to be right for each of them.
    #[must_use]
    pub const fn manifests(self, manifests: &'v [SensorManifest]) -> Self {
        Self { manifests, ..self }
    }

    /// What the sources waive. Only judgements can be waived: [`FindingCode::is_waivable`].
    #[must_use]
    pub const fn waivers(self, waivers: &'v [Waiver]) -> Self {
        Self { waivers, ..self }
    }

    /// Earlier contents: what this one does for the first time is found too.
    #[must_use]
    pub const fn history(self, history: &'v History) -> Self {
        Self { history: Some(history), ..self }
    }

    /// The limits under which the file is opened, those of the releases apart.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The budget under which the content is loaded, those of the releases apart.
    #[must_use]
    pub const fn budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// Judges a file.
    #[must_use]
    pub fn judge(&self, bytes: &[u8]) -> Report {
        self.judge_watched(bytes, |_| {})
    }

    /// Judges a file, and says now and then how far it is.
    #[must_use]
    pub fn judge_watched(&self, bytes: &[u8], mut watch: impl FnMut(Progress)) -> Report {
        let mut report = Report::default();
        let mut findings = Vec::new();
        match ChannelFile::open_with(bytes, &self.limits) {
            Ok(file) => self.judge_file(&file, &mut report, &mut findings, &mut watch),
            Err(error) => {
                let message = alloc::format!("{}", ChannelFile::explain(error, bytes));
                findings.push(Finding::new(FindingCode::Unreadable, Place::default(), message).because(error));
            }
        }
        report.add(findings);
        report
    }

    fn judge_file(
        &self,
        file: &ChannelFile<'_>,
        report: &mut Report,
        findings: &mut Vec<Finding>,
        watch: &mut dyn FnMut(Progress),
    ) {
        report.content = Some(ContentSummary::of(file));
        sense::judge(file, findings);
        let own = OwnTypes::of(file);
        let own = own.sensor_types();
        let own_types = SensorTypes::new(&own);
        let loader = Loader { release: None, budget: &self.budget };
        let own_interpreter = loader.load(file, &own_types, false, findings);
        let borrowed: Vec<ManifestTypes<'_>> = self.manifests.iter().map(ManifestTypes::of).collect();
        let sensors: Vec<Vec<SensorType<'_>>> = borrowed.iter().map(ManifestTypes::sensor_types).collect();
        let types: Vec<SensorTypes<'_>> = sensors.iter().map(|types| SensorTypes::new(types)).collect();
        let mut interpreters = Vec::with_capacity(types.len());
        for (number, (manifest, types)) in counted(0_usize, self.manifests.iter().zip(&types)) {
            schema::judge_manifest(number, types.types(), findings);
            let unsupported = schema::judge(file, number, manifest, types.types(), findings);
            let loader = Loader { release: Some((number, &manifest.release)), budget: &manifest.budget };
            interpreters.push((loader.load(file, types, !unsupported.is_empty(), findings), unsupported));
        }
        if let Some(history) = self.history {
            // What a release does not supply of it, the schema layer has found.
            let (novel, _) = novelty::novelties(file, &Earlier { old: None, history: Some(history) }, &[]);
            findings.extend(novel.into_iter().map(|novel| novel.finding));
        }
        let mut waivers = Waivers::new(self.waivers);
        let mut evaluated = alloc::vec![0_u64; self.manifests.len()];
        if let Some(interpreter) = &own_interpreter {
            report.examples = examples::judge(file, &own_types, interpreter, findings);
            let mut runners = alloc::vec![Runner::new(None, interpreter, &own_types)];
            for (number, ((loaded, _), types)) in counted(0_usize, interpreters.iter().zip(&types)) {
                runners.extend(loaded.as_ref().map(|loaded| Runner::new(Some(number), loaded, types)));
            }
            if let Some(own) = runners.first_mut() {
                sense::breadth(file, own, findings);
            }
            let patterns = report.content.map_or(0, |content| content.patterns);
            let exercised = exercise::exercise(file, &mut runners, patterns, &mut waivers, findings, watch);
            (report.exercise, report.coverage) = (exercised.summary, exercised.coverage);
            for runner in &runners {
                if let Some(own) = runner.release.and_then(|release| evaluated.get_mut(release)) {
                    *own = runner.evaluated;
                }
            }
            exercise::not_run(file, &own_types, interpreter, &types, findings);
        }
        waivers.apply(file, findings);
        for (number, (manifest, (loaded, unsupported))) in counted(0_usize, self.manifests.iter().zip(&interpreters)) {
            let is_on = |instance: &InstanceView<'_>| unsupported.contains(&instance.template_type().index());
            let of_release = |finding: &Finding| finding.release.is_none_or(|release| release == number);
            report.releases.push(ReleaseVerdict {
                release: manifest.release.clone(),
                is_accepted: loaded.is_some()
                    && !findings.iter().any(|finding| of_release(finding) && finding.refuses()),
                cost: loaded.as_ref().map(|loaded| LoadCost { memory: loaded.memory(), work: loaded.work() }),
                evaluated: evaluated.get(number).copied().unwrap_or_default(),
                unsupported: count(file.instances().filter(is_on).count()),
            });
        }
    }
}

impl ContentSummary {
    fn of(file: &ChannelFile<'_>) -> Self {
        let (mut criteria, mut patterns) = (0_u64, 0_u64);
        for instance in file.instances() {
            for criterion in instance.criteria() {
                criteria = criteria.saturating_add(1);
                patterns = patterns.saturating_add(count(criterion.patterns().len()));
            }
        }
        Self {
            channel: file.channel(),
            content_version: file.content_version(),
            rules: count(file.rules().len()),
            instances: count(file.instances().len()),
            criteria,
            patterns,
        }
    }
}
