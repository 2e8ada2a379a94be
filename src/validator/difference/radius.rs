//! What a change does to each release.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::code::{FindingCode, Layer};
use super::super::finding::Finding;
use super::super::load::Loader;
use super::super::novelty::{Novel, Release, concerns, lacking};
use super::super::report::LoadCost;
use super::super::schema;
use super::changes::Changes;
use crate::channel_file::{ChannelFile, OwnTypes};
use crate::counted::counted;
use crate::interpreter::Budget;
use crate::template::{SensorTypes, TypeKey};

/// What a change does to one release.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleaseDifference {
    /// Name of the release.
    pub release: String,
    /// The types that it has and that instances were added to, removed from or changed on; by key.
    pub touched: Vec<TypeKey>,
    /// Whether it would load the old content.
    pub loads_old: bool,
    /// Whether it would load the new content.
    pub loads_new: bool,
    /// What the old content costs there, if it loads.
    pub old_cost: Option<LoadCost>,
    /// What the new content costs there, if it loads.
    pub new_cost: Option<LoadCost>,
    /// What is wrong with the new content there, and was not with the old one.
    pub findings: Vec<Finding>,
    /// What is wrong with the new content there as it was with the old one: no news, but it refuses all the same.
    pub known: Vec<Finding>,
    /// The novelties that it has to do with.
    pub concerns: Vec<Concern>,
}

/// A novelty that a release has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concern {
    /// Index into [`Difference::novelties`](super::Difference::novelties).
    pub novelty: usize,
    /// Why the release does not supply it, as what follows its name; `None` if it does.
    pub lacking: Option<String>,
}

impl ReleaseDifference {
    /// Whether the change reaches what machines with this release do.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        !self.touched.is_empty() || self.loads_old != self.loads_new
    }
}

/// What one release makes of a change.
pub(super) fn release(
    number: usize,
    release: &Release<'_>,
    (old, new): (&ChannelFile<'_>, &ChannelFile<'_>),
    changes: &Changes,
    novel: &[Novel],
) -> ReleaseDifference {
    let (before, after) = (judge(number, release, old), judge(number, release, new));
    let (findings, known) = newly_found(after.findings, &before.findings);
    let has = |key: &&TypeKey| release.types.iter().any(|own| own.declared().id == key.id);
    let concerns = counted(0_usize, novel).filter(|(_, own)| concerns(&own.fact, release));
    ReleaseDifference {
        release: release.manifest.release.clone(),
        touched: changes.touched.iter().filter(has).copied().collect(),
        loads_old: before.loads,
        loads_new: after.loads,
        old_cost: before.cost,
        new_cost: after.cost,
        findings,
        known,
        concerns: concerns.map(|(novelty, own)| Concern { novelty, lacking: lacking(&own.fact, release) }).collect(),
    }
}

/// What is wrong with the new content whatever the sensor, and was not with the old one.
pub(super) fn whatever_the_sensor(old: &ChannelFile<'_>, new: &ChannelFile<'_>, budget: &Budget) -> Vec<Finding> {
    let load = |file: &ChannelFile<'_>| {
        let mut findings = Vec::new();
        let own = OwnTypes::of(file);
        let types = own.sensor_types();
        Loader { release: None, budget }.load(file, &SensorTypes::new(&types), false, &mut findings);
        findings
    };
    let findings = load(new);
    if findings.is_empty() { findings } else { newly_found(findings, &load(old)).0 }
}

/// What a release makes of one content.
struct Judged {
    loads: bool,
    cost: Option<LoadCost>,
    findings: Vec<Finding>,
}

fn judge(number: usize, release: &Release<'_>, file: &ChannelFile<'_>) -> Judged {
    let Release { manifest, types } = release;
    let mut findings = Vec::new();
    schema::judge_manifest(number, types, &mut findings);
    let unsupported = schema::judge(file, number, manifest, types, &mut findings);
    let loader = Loader { release: Some((number, &manifest.release)), budget: &manifest.budget };
    let loaded = loader.load(file, &SensorTypes::new(types), !unsupported.is_empty(), &mut findings);
    let cost = loaded.map(|loaded| LoadCost { memory: loaded.memory(), work: loaded.work() });
    Judged { loads: cost.is_some() && !findings.iter().any(Finding::refuses), cost, findings }
}

/// What was not found before, and what was. Ids of instances move, so that findings are known by what they are about.
fn newly_found(findings: Vec<Finding>, before: &[Finding]) -> (Vec<Finding>, Vec<Finding>) {
    let is_new: Vec<bool> = {
        let known: BTreeSet<_> = before.iter().map(subject).collect();
        findings.iter().map(|finding| !known.contains(&subject(finding))).collect()
    };
    let (new, known): (Vec<_>, Vec<_>) = findings.into_iter().zip(is_new).partition(|(_, is_new)| *is_new);
    let findings = |pairs: Vec<(Finding, bool)>| pairs.into_iter().map(|(finding, _)| finding).collect();
    (findings(new), findings(known))
}

fn subject(finding: &Finding) -> impl Ord + use<'_> {
    let place = &finding.place;
    let is_of_rule = finding.code.layer() == Layer::Load;
    let is_worded = matches!(finding.code, FindingCode::LacksOperator | FindingCode::InputsDifferUnused);
    (
        finding.code,
        place.template_type.filter(|_| !is_worded),
        place.field.filter(|_| !is_worded),
        place.rule.as_deref().filter(|_| is_of_rule),
        is_worded.then_some(finding.message.as_str()),
    )
}
