//! Recorded events, held against content and against what came before.

use std::path::{Path, PathBuf};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{SensorTypes, Value};
use channel_file::validator::{self, Traffic, TrafficLimits, Waiver};
use channel_file::{ChannelFile, Limits, OwnTypes};

use crate::finding::{Failure, Finding};
use crate::input::Input;
use crate::loading;
use crate::matching::lines::Batches;
use crate::matching::object::{Fault, Object};
use crate::matching::types::{EventTypes, Kind};
use crate::matching::values::FieldValue;
use crate::matching::worker::{bind, parse};
use crate::progress::Progress;
use crate::report::traffic::{BaselineTraffic, TrafficReport};

/// How many lines that are no events are reported: as many as somebody reads.
const MOST_FINDINGS: usize = 100;

/// Recorded events, and what to hold them against.
pub(crate) struct Recorded<'r> {
    /// Files of JSON Lines.
    pub(crate) events: &'r [PathBuf],
    /// The type that all events are of.
    pub(crate) type_name: Option<&'r str>,
    /// The key that names the type of each.
    pub(crate) type_field: Option<&'r str>,
    pub(crate) limits: TrafficLimits,
    /// The content that came before.
    pub(crate) baseline: Option<&'r Path>,
}

/// What events did.
pub(crate) struct Held {
    pub(crate) report: TrafficReport,
    pub(crate) findings: Vec<validator::Finding>,
    /// Lines that are no events.
    pub(crate) errors: Vec<Finding>,
}

impl Recorded<'_> {
    /// Holds the events against a file; nothing if it does not load, which the validator has said.
    pub(crate) fn hold(
        &self,
        file: &ChannelFile<'_>,
        limits: &Limits,
        budget: &Budget,
        waivers: &[Waiver],
        progress: &Progress,
    ) -> Result<Option<Held>, Failure> {
        let own = OwnTypes::of(file);
        let own = own.sensor_types();
        let Ok(interpreter) = Interpreter::load(file, &SensorTypes::new(&own), budget) else { return Ok(None) };
        let types = EventTypes::choose(&own, self.type_name, self.type_field)?;
        let mut subject = Subject { types: &types, traffic: Traffic::new(file, &interpreter) };
        let Some(path) = self.baseline else {
            return Ok(Some(self.observe(&mut subject, None, progress)?.held(self, &subject, waivers, None)));
        };
        let input = Input::read(path, limits.file_bytes)?;
        let earlier = ChannelFile::open_with(&input.bytes, limits)
            .map_err(|error| unfit(Finding::of_bytes(&input.name, error, &input.bytes)))?;
        let earlier_own = OwnTypes::of(&earlier);
        let earlier_own = earlier_own.sensor_types();
        let earlier_loaded =
            loading::load(&input.name, &earlier, &earlier_own, budget).map_err(|finding| unfit(*finding))?;
        let only = types.only().filter(|_| self.type_field.is_none());
        let earlier_types = EventTypes::choose(&earlier_own, self.type_name.or(only), self.type_field)
            .map_err(|finding| Finding { file: input.name.clone(), ..*finding })?;
        let mut baseline = Subject { types: &earlier_types, traffic: Traffic::new(&earlier, &earlier_loaded) };
        let observed = self.observe(&mut subject, Some(&mut baseline), progress)?;
        Ok(Some(observed.held(self, &subject, waivers, Some((&input.name, &baseline.traffic)))))
    }

    fn observe(
        &self,
        subject: &mut Subject<'_>,
        mut baseline: Option<&mut Subject<'_>>,
        progress: &Progress,
    ) -> Result<Observed, Failure> {
        let mut observed = Observed::default();
        for path in self.events {
            let name = path.to_string_lossy();
            for batch in Batches::open(path)? {
                let batch = batch.map_err(|error| Finding::of_access(path, "read", &error))?;
                for (number, line) in batch.lines() {
                    progress.count(1);
                    let before = subject.traffic.worst();
                    if let Err(Fault { column, message }) = observed.line(number, line, subject, &mut baseline) {
                        observed.not_judged = observed.not_judged.saturating_add(1);
                        if observed.errors.len() < MOST_FINDINGS {
                            observed.errors.push(Finding::of_event(&name, number, column, message));
                        }
                    }
                    if subject.traffic.worst() != before {
                        observed.worst = Some((name.clone().into_owned(), number));
                    }
                }
            }
        }
        Ok(observed)
    }
}

/// A baseline that cannot be used. It is not what is judged, and so not refused.
fn unfit(finding: Finding) -> Finding {
    Finding { kind: "baseline", ..finding }
}

/// Content that observes.
struct Subject<'s> {
    types: &'s EventTypes<'s>,
    traffic: Traffic<'s>,
}

impl Subject<'_> {
    /// Observes an event; gives whether the content has its type.
    fn observe(&mut self, object: &Object<'_>) -> Result<bool, Fault> {
        let Kind::Known(place) = self.types.kind_of(object)? else { return Ok(false) };
        let Some(own) = self.types.all().get(place) else { return Ok(false) };
        let (values, _) = bind(object, own)?;
        let values: Vec<Value<'_>> = values.iter().map(FieldValue::as_value).collect();
        let event = Event::new(own.declared, &values).map_err(|error| error.to_string())?;
        self.traffic.observe(&event);
        Ok(true)
    }
}

/// What was seen beside what traffic counts.
#[derive(Default)]
struct Observed {
    not_judged: u64,
    other_types: u64,
    /// File and line of the event that made most work.
    worst: Option<(String, u64)>,
    errors: Vec<Finding>,
}

impl Observed {
    fn line(
        &mut self,
        number: u64,
        line: &[u8],
        subject: &mut Subject<'_>,
        baseline: &mut Option<&mut Subject<'_>>,
    ) -> Result<(), Fault> {
        let Some(object) = parse(number, line)? else { return Ok(()) };
        if !subject.observe(&object)? {
            self.other_types = self.other_types.saturating_add(1);
        }
        if let Some(baseline) = baseline {
            baseline.observe(&object)?;
        }
        Ok(())
    }

    fn held(
        self,
        recorded: &Recorded<'_>,
        subject: &Subject<'_>,
        waivers: &[Waiver],
        baseline: Option<(&str, &Traffic<'_>)>,
    ) -> Held {
        let files = recorded.events.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let mut report = TrafficReport::of(subject.traffic.summary(), files, self.worst);
        report.not_evaluated = report.not_evaluated.saturating_add(self.other_types);
        report.not_judged = self.not_judged;
        report.baseline = baseline
            .map(|(name, baseline)| BaselineTraffic::of(name, &baseline.summary(), subject.traffic.changes(baseline)));
        let findings = subject.traffic.findings(&recorded.limits, waivers, baseline.map(|(_, baseline)| baseline));
        let mut errors = self.errors;
        if subject.traffic.summary().events == 0 {
            let message = "no event was held against the content: there is none of its types".to_owned();
            errors.push(Finding { kind: "event", message, ..Finding::default() });
        }
        Held { report, findings, errors }
    }
}
