//! Judges batches of events.

use std::borrow::Cow;
use std::io::{self, Write};

use channel_file::ChannelFile;
use channel_file::interpreter::{Event, Interpreter, Match, Scratch};
use channel_file::template::{Disposition, Severity, Value};
use serde::Serialize;

use super::lines::Batch;
use super::object::{self, Fault, Object};
use super::tally::Tally;
use super::types::{EventType, EventTypes, Kind};
use super::values::{FieldValue, Unfit, is_nested};
use crate::arguments::Format;
use crate::escape::Escaped;
use crate::explanation::{ExplainedCriterion, explain};
use crate::finding::Finding;
use crate::json;

/// What all workers judge by.
pub(crate) struct Setting<'s> {
    pub(crate) file: &'s ChannelFile<'s>,
    pub(crate) interpreter: &'s Interpreter<'s>,
    pub(crate) types: &'s EventTypes<'s>,
    /// What findings call the input.
    pub(crate) events: &'s str,
    pub(crate) format: Format,
    /// Whether to say which criteria were met.
    pub(crate) explains: bool,
    /// Whether to count matches and work of each instance.
    pub(crate) measures: bool,
}

/// Judges one batch after the other.
pub(crate) struct Worker<'s> {
    setting: &'s Setting<'s>,
    scratch: Scratch,
    /// Matches, by the instance's id; empty unless they are counted.
    instance_matches: Vec<u64>,
}

/// What came of a batch.
#[derive(Debug)]
pub(crate) struct Judged {
    /// What goes to standard output.
    pub(crate) output: Vec<u8>,
    pub(crate) tally: Tally,
    /// Lines that could not be judged.
    pub(crate) findings: Vec<Finding>,
}

/// What each instance did, by its id.
#[derive(Debug, Default)]
pub(crate) struct InstanceTally {
    pub(crate) matches: Vec<u64>,
    pub(crate) work: Vec<u64>,
}

impl<'s> Worker<'s> {
    pub(crate) fn new(setting: &'s Setting<'s>) -> Self {
        let Setting { interpreter, measures, file, .. } = setting;
        let scratch = if *measures { interpreter.measuring_scratch() } else { interpreter.scratch() };
        let instances = if *measures { file.instances().len() } else { 0 };
        Self { setting, scratch, instance_matches: vec![0; instances] }
    }

    pub(crate) fn judge(&mut self, batch: &Batch) -> Judged {
        let mut judged = Judged { output: Vec::new(), tally: Tally::of(self.setting.types), findings: Vec::new() };
        for (number, line) in batch.lines() {
            judged.tally.lines = judged.tally.lines.saturating_add(1);
            if let Err(Fault { column, message }) = self.line(number, line, &mut judged) {
                judged.tally.unjudged = judged.tally.unjudged.saturating_add(1);
                judged.findings.push(Finding::of_event(self.setting.events, number, column, message));
            }
        }
        judged
    }

    /// What each instance did in all batches.
    pub(crate) fn instances(self) -> InstanceTally {
        let work = self.scratch.instance_work().map(<[u64]>::to_vec).unwrap_or_default();
        InstanceTally { matches: self.instance_matches, work }
    }

    fn line(&mut self, number: u64, line: &[u8], judged: &mut Judged) -> Result<(), Fault> {
        let Some(object) = parse(number, line)? else { return Ok(()) };
        let place = match self.setting.types.kind_of(&object)? {
            Kind::Known(place) => place,
            Kind::Other(name) => {
                judged.tally.other_types.count(&name);
                return Ok(());
            }
        };
        let Some(own) = self.setting.types.all().get(place) else { return Ok(()) };
        let (values, unknown) = bind(&object, own)?;
        let tally = judged.tally.types.get_mut(place);
        if let Some(tally) = tally {
            let unknown = unknown.into_iter().filter(|key| !self.setting.types.is_type_key(key));
            unknown.for_each(|key| tally.unknown.count(key));
            for (missing, value) in tally.missing.iter_mut().zip(&values) {
                *missing = missing.saturating_add(u64::from(*value == FieldValue::Absent));
            }
        }
        let values: Vec<Value<'_>> = values.iter().map(FieldValue::as_value).collect();
        let event = Event::new(own.declared, &values).map_err(|error| error.to_string())?;
        self.event(number, &event, judged);
        Ok(())
    }

    fn event(&mut self, line: u64, event: &Event<'_>, judged: &mut Judged) {
        let Setting { file, interpreter, .. } = self.setting;
        let mut found: Vec<RuleMatch> = interpreter.evaluate(event, &mut self.scratch).map(RuleMatch::of).collect();
        let tally = &mut judged.tally;
        tally.events = tally.events.saturating_add(1);
        tally.worked(self.scratch.work(), line);
        if found.is_empty() {
            return;
        }
        for RuleMatch { instance, .. } in &found {
            let place = usize::try_from(*instance).ok().and_then(|instance| self.instance_matches.get_mut(instance));
            if let Some(matches) = place {
                *matches = matches.saturating_add(1);
            }
        }
        found.sort_by_key(|found| (found.rule, found.instance));
        found.dedup_by(|later, first| {
            let is_same = later.rule == first.rule;
            if is_same {
                first.severity = first.severity.max(later.severity);
                first.disposition = first.disposition.max(later.disposition);
            }
            is_same
        });
        tally.matching_events = tally.matching_events.saturating_add(1);
        tally.matches = tally.matches.saturating_add(crate::number::count(found.len()));
        for found in &found {
            let criteria =
                self.setting.explains.then(|| explain(file, interpreter, event, found.instance, &mut self.scratch));
            // Writing to memory cannot fail.
            let _ = self.write(line, found, criteria.as_deref(), &mut judged.output);
        }
    }

    fn write(
        &self,
        line: u64,
        found: &RuleMatch,
        criteria: Option<&[ExplainedCriterion]>,
        output: &mut Vec<u8>,
    ) -> io::Result<()> {
        let rule = self.setting.file.rules().get(found.rule);
        let (rule, title) = rule.map_or(("", ""), |rule| (rule.id(), rule.title()));
        let instance = found.instance;
        match self.setting.format {
            Format::Human | Format::Sarif => {
                writeln!(output, "{line}\t{}\t{instance}\t{}", Escaped(rule), Escaped(title))?;
                criteria.unwrap_or_default().iter().try_for_each(|criterion| writeln!(output, "\t{criterion}"))
            }
            Format::Json => {
                let (severity, disposition) = (found.severity.name(), found.disposition.name());
                let line = MatchLine { line, rule, instance, title, severity, disposition, criteria };
                json::write(&line, &mut *output)?;
                writeln!(output)
            }
        }
    }
}

/// A rule that an event matches.
struct RuleMatch {
    rule: u32,
    /// The lowest id among the instances that match.
    instance: u32,
    /// The highest of theirs.
    severity: Severity,
    /// The most that they ask for.
    disposition: Disposition,
}

impl RuleMatch {
    const fn of(found: Match<'_>) -> Self {
        Self {
            rule: found.rule_index,
            instance: found.instance,
            severity: found.severity,
            disposition: found.disposition,
        }
    }
}

/// The JSON of a match.
#[derive(Serialize)]
struct MatchLine<'m> {
    line: u64,
    rule: &'m str,
    instance: u32,
    title: &'m str,
    severity: &'static str,
    disposition: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria: Option<&'m [ExplainedCriterion]>,
}

/// The keys and values of a line; nothing if it is blank.
pub(crate) fn parse(number: u64, line: &[u8]) -> Result<Option<Object<'_>>, Fault> {
    // Some programs put a byte order mark before the first line.
    let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    let Some(text) = object::text(line)? else { return Ok(None) };
    let object = Object::parse(text)?;
    if let Some((key, _)) = object.0.iter().find(|(_, value)| is_nested(value)) {
        return Err(format!("events are flat, but the value of {key} is an array or an object").into());
    }
    Ok(Some(object))
}

/// The values of the fields, and the keys that are none.
pub(crate) fn bind<'l, 'o>(
    object: &'o Object<'l>,
    own: &EventType<'_>,
) -> Result<(Vec<FieldValue<'l>>, Vec<&'o Cow<'l, str>>), Fault> {
    let mut values: Vec<Option<FieldValue<'l>>> = vec![None; own.declared.fields.len()];
    let mut unknown = Vec::new();
    for (key, raw) in &object.0 {
        let slot = own.field(key).and_then(|(place, kind)| Some((values.get_mut(place)?, kind)));
        let Some((slot, kind)) = slot else {
            unknown.push(key);
            continue;
        };
        if slot.is_some() {
            return Err(format!("the key {key} is there twice").into());
        }
        let value = FieldValue::of(raw, kind).map_err(|Unfit(expected)| {
            format!("expected {expected} for the field {key}, found {}", shortened(raw.get()))
        })?;
        *slot = Some(value);
    }
    Ok((values.into_iter().map(Option::unwrap_or_default).collect(), unknown))
}

/// The start of a text.
fn shortened(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
