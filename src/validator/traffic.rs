//! Recorded events: how often does content match them, and how much work does it make?

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::code::{FindingCode, Level};
use super::finding::{Finding, Place};
use super::waivers::{Waiver, Waivers};
use super::wording::Listed;
use crate::channel_file::ChannelFile;
use crate::counted::counted;
use crate::interpreter::{Event, Interpreter, Outcome, Scratch};
use crate::template::Disposition;
use crate::wire::index;

/// How many of the instances that make most work are named.
const NAMED: usize = 5;

/// What content does with recorded events. Observing allocates nothing.
///
/// ```
/// # use channel_file::ChannelFile;
/// # use channel_file::interpreter::{Event, Interpreter};
/// # use channel_file::validator::{Report, Traffic, TrafficLimits};
/// fn hold<'e>(file: &ChannelFile<'_>, loaded: &Interpreter<'_>, recorded: &[Event<'e>], report: &mut Report) {
///     let mut traffic = Traffic::new(file, loaded);
///     for event in recorded {
///         traffic.observe(event);
///     }
///     report.add(traffic.findings(&TrafficLimits::DEFAULT, &[], None));
/// }
/// ```
#[derive(Debug)]
pub struct Traffic<'i> {
    file: ChannelFile<'i>,
    interpreter: &'i Interpreter<'i>,
    scratch: Scratch,
    /// Ids of types, ascending, each with the number of events.
    types: Vec<(u32, u64)>,
    /// Matches, by the instance's id.
    matches: Vec<u64>,
    /// By the rule's index: how many events it matched, and the number of the last of them.
    rules: Vec<(u64, u64)>,
    events: u64,
    not_evaluated: u64,
    matching_events: u64,
    work: u64,
    worst: Option<WorstEvent>,
}

/// What traffic may show before it is a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrafficLimits {
    /// How many of a million events of its type an instance may match. Default 10,000, which is 1 %: a machine makes some
    /// hundred thousand events a day, and nobody reads a thousand detections.
    pub per_million: u32,
    /// So many matches are always taken. Default 10: of a hundred events one proves nothing.
    pub matches: u64,
    /// So much work per event is always taken, however much less the baseline makes. Default 256: looking twice at each byte
    /// of a short event.
    pub work: u64,
}

/// The event that made the most work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorstEvent {
    /// Its number among those that were evaluated, from 1.
    pub event: u64,
    /// The work that it made.
    pub work: u64,
}

/// What was observed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrafficSummary {
    /// Events that were evaluated.
    pub events: u64,
    /// Events that the content has nothing to say on.
    pub not_evaluated: u64,
    /// Events that some instance matched.
    pub matching_events: u64,
    /// Work of all events; the unit is that of [`Scratch::work`].
    pub work: u64,
    /// The event that made the most; `None` if no event made any.
    pub worst: Option<WorstEvent>,
    /// What each instance did, by id.
    pub instances: Vec<InstanceTraffic>,
}

/// What one instance did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InstanceTraffic {
    /// Id of the instance.
    pub instance: u32,
    /// Id of its rule.
    pub rule: String,
    /// Events of its type.
    pub events: u64,
    /// Those of them that it matched.
    pub matches: u64,
    /// Work that it made after an index had found it: see [`Scratch::instance_work`].
    pub work: u64,
}

/// A rule that matches more events, or fewer, than before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleTraffic {
    /// Id of the rule.
    pub rule: String,
    /// Events that it matched with the baseline.
    pub before: u64,
    /// Events that it matches now.
    pub after: u64,
}

impl TrafficLimits {
    /// Reasons are with each field.
    pub const DEFAULT: Self = Self { per_million: 10_000, matches: 10, work: 256 };
}

impl Default for TrafficLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl<'i> Traffic<'i> {
    /// Observes for a file, and the interpreter that has been loaded from it.
    #[must_use]
    pub fn new(file: &ChannelFile<'i>, interpreter: &'i Interpreter<'i>) -> Self {
        let mut types: Vec<(u32, u64)> = file.types().map(|template_type| (template_type.key().id, 0)).collect();
        types.dedup();
        Self {
            file: *file,
            interpreter,
            scratch: interpreter.measuring_scratch(),
            types,
            matches: alloc::vec![0; file.instances().len()],
            rules: alloc::vec![(0, 0); file.rules().len()],
            events: 0,
            not_evaluated: 0,
            matching_events: 0,
            work: 0,
            worst: None,
        }
    }

    /// Evaluates an event and counts what comes of it.
    pub fn observe(&mut self, event: &Event<'_>) {
        let matches = self.interpreter.evaluate(event, &mut self.scratch);
        if matches.outcome() != Outcome::Evaluated {
            self.not_evaluated = self.not_evaluated.saturating_add(1);
            return;
        }
        self.events = self.events.saturating_add(1);
        let id = event.declared().id;
        if let Ok(at) = self.types.binary_search_by_key(&id, |(id, _)| *id) {
            increase(self.types.get_mut(at).map(|(_, events)| events));
        }
        let mut is_matched = false;
        for found in matches {
            is_matched = true;
            increase(self.matches.get_mut(index(found.instance)));
            if let Some((events, last)) = self.rules.get_mut(index(found.rule_index))
                && *last != self.events
            {
                *last = self.events;
                increase(Some(events));
            }
        }
        if is_matched {
            self.matching_events = self.matching_events.saturating_add(1);
        }
        let work = self.scratch.work();
        self.work = self.work.saturating_add(work);
        if work > self.worst.map_or(0, |worst| worst.work) {
            self.worst = Some(WorstEvent { event: self.events, work });
        }
    }

    /// How many events have been evaluated.
    #[must_use]
    pub const fn events(&self) -> u64 {
        self.events
    }

    /// The event so far that made the most work.
    #[must_use]
    pub const fn worst(&self) -> Option<WorstEvent> {
        self.worst
    }

    /// What has been observed.
    #[must_use]
    pub fn summary(&self) -> TrafficSummary {
        let work = self.scratch.instance_work().unwrap_or_default();
        let instances = self.file.instances().zip(&self.matches).map(|(instance, matches)| InstanceTraffic {
            instance: instance.id(),
            rule: instance.rule().id().into(),
            events: self.events_of(instance.template_type().key().id),
            matches: *matches,
            work: work.get(index(instance.id())).copied().unwrap_or_default(),
        });
        TrafficSummary {
            events: self.events,
            not_evaluated: self.not_evaluated,
            matching_events: self.matching_events,
            work: self.work,
            worst: self.worst,
            instances: instances.collect(),
        }
    }

    /// The rules that match more events, or fewer, than with a baseline that observed the same ones; by their ids.
    #[must_use]
    pub fn changes(&self, baseline: &Traffic<'_>) -> Vec<RuleTraffic> {
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (rule, (before, _)) in baseline.file.rules().zip(&baseline.rules) {
            counts.entry(rule.id()).or_default().0 = *before;
        }
        for (rule, (after, _)) in self.file.rules().zip(&self.rules) {
            counts.entry(rule.id()).or_default().1 = *after;
        }
        let changed = counts.into_iter().filter(|(_, (before, after))| before != after);
        changed.map(|(rule, (before, after))| RuleTraffic { rule: rule.into(), before, after }).collect()
    }

    /// What is wrong with it: instances that match often, and work that is more than twice that of a baseline which observed the
    /// same events. A waiver for either that waives nothing is a finding too; other waivers are left to the validator.
    #[must_use]
    pub fn findings(&self, limits: &TrafficLimits, waivers: &[Waiver], baseline: Option<&Traffic<'_>>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .file
            .instances()
            .zip(&self.matches)
            .filter_map(|(instance, matches)| {
                let events = self.events_of(instance.template_type().key().id);
                let share = per_million(*matches, events);
                if *matches < limits.matches || share <= u64::from(limits.per_million) {
                    return None;
                }
                let message = format!(
                    "instance {} of rule {} matches {matches} of {events} events, {}, and more than {} is not expected",
                    instance.id(),
                    instance.rule().id(),
                    Percent(share),
                    Percent(u64::from(limits.per_million)),
                );
                let finding = Finding::new(FindingCode::MatchesOften, Place::of_instance(&instance), message);
                // What is prevented breaks whatever did it.
                let is_harmful = instance.disposition() == Disposition::Prevent;
                Some(if is_harmful { Finding { level: Level::Error, ..finding } } else { finding })
            })
            .collect();
        findings.extend(baseline.and_then(|baseline| self.cost(limits, baseline)));
        Waivers::new(waivers).apply_to_traffic(&mut findings);
        findings
    }

    fn cost(&self, limits: &TrafficLimits, baseline: &Traffic<'_>) -> Option<Finding> {
        let mean = self.work.checked_div(self.events)?;
        let before = baseline.work.checked_div(baseline.events)?;
        if mean <= limits.work || mean <= before.saturating_mul(2) {
            return None;
        }
        let message = format!("an event makes work {mean} in the mean, and with the baseline {before}");
        let mut finding = Finding::new(FindingCode::CostsMore, Place::default(), message);
        let work = self.scratch.instance_work().unwrap_or_default();
        let mut costs: Vec<(u64, u32)> = counted(0_u32, work).map(|(instance, work)| (*work, instance)).collect();
        costs.sort_by_key(|(work, instance)| (core::cmp::Reverse(*work), *instance));
        let named: Vec<String> = costs
            .iter()
            .take(NAMED)
            .filter_map(|(work, instance)| {
                let rule = self.file.instance(*instance)?.rule();
                Some(format!("instance {instance} of rule {} (work {work})", rule.id()))
            })
            .collect();
        if !named.is_empty() {
            finding.help = format!("what makes most: {}", Listed(&named));
        }
        Some(finding)
    }

    /// How many events of the type with this id were evaluated.
    fn events_of(&self, id: u32) -> u64 {
        let at = self.types.binary_search_by_key(&id, |(id, _)| *id).ok();
        at.and_then(|at| self.types.get(at)).map_or(0, |(_, events)| *events)
    }
}

fn increase(count: Option<&mut u64>) {
    if let Some(count) = count {
        *count = count.saturating_add(1);
    }
}

/// How many of a million, rounded up: a share that is a little more than allowed is more.
fn per_million(part: u64, whole: u64) -> u64 {
    let millionths = u128::from(part).saturating_mul(1_000_000);
    let share =
        millionths.checked_add(u128::from(whole).saturating_sub(1)).and_then(|sum| sum.checked_div(u128::from(whole)));
    share.and_then(|share| u64::try_from(share).ok()).unwrap_or_default()
}

/// Displays millionths as a percentage: `1 %`, `0.05 %`.
struct Percent(u64);

impl core::fmt::Display for Percent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let whole = self.0.checked_div(10_000).unwrap_or_default();
        let rest = self.0.checked_rem(10_000).unwrap_or_default();
        if rest == 0 {
            return write!(f, "{whole} %");
        }
        let digits = format!("{rest:04}").to_string();
        // Two digits say enough, unless they are both zero.
        let digits = match digits.trim_end_matches('0') {
            digits if digits.starts_with("00") => digits,
            digits => digits.get(..2).unwrap_or(digits),
        };
        write!(f, "{whole}.{digits} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_up_and_shown_short() {
        assert_eq!(per_million(0, 0), 0);
        assert_eq!(per_million(1, 100), 10_000);
        assert_eq!(per_million(1, 3), 333_334);
        assert_eq!(per_million(u64::MAX, u64::MAX), 1_000_000);
        for (share, text) in
            [(10_000, "1 %"), (333_334, "33.33 %"), (500, "0.05 %"), (15_000, "1.5 %"), (1, "0.0001 %"), (0, "0 %")]
        {
            assert_eq!(Percent(share).to_string(), text);
        }
    }
}
