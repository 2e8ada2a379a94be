//! What recorded events did, as it is reported.

use channel_file::validator::{RuleTraffic, TrafficSummary};
use serde::Serialize;

/// What recorded events did.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TrafficReport {
    /// The files, in the order in which they were read.
    pub(crate) files: Vec<String>,
    pub(crate) events: u64,
    /// Events of types that the content has nothing to say on.
    pub(crate) not_evaluated: u64,
    /// Lines of which no event could be made.
    pub(crate) not_judged: u64,
    /// Events that some instance matches.
    pub(crate) matching_events: u64,
    pub(crate) work: TrafficWork,
    /// The instances that matched or made work of their own, by id.
    pub(crate) instances: Vec<InstanceTraffic>,
    /// What the baseline did with the same events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<BaselineTraffic>,
}

/// Work of events, in about the time that a byte takes to look at.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TrafficWork {
    pub(crate) mean: u64,
    pub(crate) most: u64,
    /// The file of the event that made the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) most_file: Option<String>,
    /// Its line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) most_line: Option<u64>,
}

/// What one instance did.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct InstanceTraffic {
    pub(crate) instance: u32,
    pub(crate) rule: String,
    /// Events of its type.
    pub(crate) events: u64,
    pub(crate) matches: u64,
    /// Work that it made after an index had found it.
    pub(crate) work: u64,
}

/// What the baseline did with the same events.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct BaselineTraffic {
    pub(crate) file: String,
    pub(crate) events: u64,
    pub(crate) matching_events: u64,
    /// The mean.
    pub(crate) work: u64,
    /// The rules that match more events, or fewer, than before.
    pub(crate) changes: Vec<Change>,
}

/// A rule that matches more events, or fewer, than before.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Change {
    pub(crate) rule: String,
    pub(crate) before: u64,
    pub(crate) after: u64,
}

impl TrafficReport {
    pub(crate) fn of(summary: TrafficSummary, files: Vec<String>, worst: Option<(String, u64)>) -> Self {
        let (most_file, most_line) = worst.unzip();
        let is_of_interest = |own: &channel_file::validator::InstanceTraffic| own.matches > 0 || own.work > 0;
        let instances = summary.instances.into_iter().filter(is_of_interest).map(|own| InstanceTraffic {
            instance: own.instance,
            rule: own.rule,
            events: own.events,
            matches: own.matches,
            work: own.work,
        });
        Self {
            files,
            events: summary.events,
            not_evaluated: summary.not_evaluated,
            not_judged: 0,
            matching_events: summary.matching_events,
            work: TrafficWork {
                mean: summary.work.checked_div(summary.events).unwrap_or_default(),
                most: summary.worst.map_or(0, |worst| worst.work),
                most_file,
                most_line,
            },
            instances: instances.collect(),
            baseline: None,
        }
    }
}

impl BaselineTraffic {
    pub(crate) fn of(file: &str, summary: &TrafficSummary, changes: Vec<RuleTraffic>) -> Self {
        let changes = changes.into_iter().map(|RuleTraffic { rule, before, after, .. }| Change { rule, before, after });
        Self {
            file: file.to_owned(),
            events: summary.events,
            matching_events: summary.matching_events,
            work: summary.work.checked_div(summary.events).unwrap_or_default(),
            changes: changes.collect(),
        }
    }
}
