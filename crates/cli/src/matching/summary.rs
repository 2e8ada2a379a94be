//! What judging came to.

use std::io::{self, Write};
use std::time::Duration;

use channel_file::ChannelFile;
use serde::Serialize;

use super::tally::{Names, Tally};
use super::types::EventTypes;
use super::worker::InstanceTally;
use crate::escape::Escaped;
use crate::finding::Finding;
use crate::number::{Counted, Grouped, count};
use crate::output::{BAD, FAINT, Output, STRONG};
use crate::verdict::Verdict;

/// The last line of the JSON, and what people are told. The fields are those of the JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) command: &'static str,
    pub(crate) status: Verdict,
    pub(crate) file: String,
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
    pub(crate) sensors_judged: u64,
    pub(crate) limits: &'static str,
    lines: u64,
    events: u64,
    matching_events: u64,
    matches: u64,
    not_judged: u64,
    work: Work,
    seconds: f64,
    /// Events of types that the content does not have.
    other_events: u64,
    other_types: Vec<Named>,
    unknown_fields: Vec<NamedField>,
    missing_fields: Vec<NamedField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instances: Option<Vec<InstanceSummary>>,
    pub(crate) errors: Vec<Finding>,
}

/// Work of events, in about the time that a byte takes to look at.
#[derive(Debug, Serialize)]
struct Work {
    mean: u64,
    most: u64,
    /// The line of the event that made the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    most_line: Option<u64>,
}

/// A name that events have, and how many have it. Without a name: all further names.
#[derive(Debug, Serialize)]
struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    events: u64,
}

/// The same of a field of a type.
#[derive(Debug, Serialize)]
struct NamedField {
    #[serde(rename = "type")]
    template_type: String,
    #[serde(flatten)]
    named: Named,
}

/// What one instance did.
#[derive(Debug, Serialize)]
struct InstanceSummary {
    instance: u32,
    rule: String,
    title: String,
    matches: u64,
    work: u64,
}

/// What the counts are about.
pub(crate) struct Subject<'s> {
    pub(crate) name: &'s str,
    pub(crate) file: &'s ChannelFile<'s>,
    pub(crate) limits: &'static str,
    pub(crate) types: &'s EventTypes<'s>,
}

impl Summary {
    pub(crate) fn of(subject: &Subject<'_>, tally: &Tally, took: Duration, errors: Vec<Finding>) -> Self {
        let (most, most_line) = tally.worst.unzip();
        Self {
            command: "match",
            status: errors.iter().map(Finding::verdict).fold(Verdict::Accepted, Verdict::and),
            file: subject.name.to_owned(),
            channel: subject.file.channel(),
            content_version: subject.file.content_version(),
            sensors_judged: 0,
            limits: subject.limits,
            lines: tally.lines,
            events: tally.events,
            matching_events: tally.matching_events,
            matches: tally.matches,
            not_judged: tally.unjudged,
            work: Work {
                mean: tally.work.checked_div(tally.events).unwrap_or_default(),
                most: most.unwrap_or_default(),
                most_line,
            },
            seconds: took.as_secs_f64(),
            other_events: tally.other_types.total(),
            other_types: named(&tally.other_types),
            unknown_fields: unknown(tally, subject.types),
            missing_fields: missing(tally, subject.types),
            instances: None,
            errors,
        }
    }

    /// Adds what each instance did, in all threads, the most work first.
    pub(crate) fn with_instances(mut self, file: &ChannelFile<'_>, tallies: &[InstanceTally]) -> Self {
        let sum = |of: fn(&InstanceTally) -> &Vec<u64>, place: usize| {
            tallies.iter().filter_map(|tally| of(tally).get(place)).fold(0, |sum: u64, own| sum.saturating_add(*own))
        };
        let instances = file.instances().enumerate().map(|(place, instance)| InstanceSummary {
            instance: instance.id(),
            rule: instance.rule().id().to_owned(),
            title: instance.rule().title().to_owned(),
            matches: sum(|tally| &tally.matches, place),
            work: sum(|tally| &tally.work, place),
        });
        let mut instances: Vec<_> = instances.collect();
        instances.sort_by_key(|own| std::cmp::Reverse((own.work, own.matches)));
        self.instances = Some(instances);
        self
    }

    /// Tells people, on standard error.
    pub(crate) fn tell(&self, output: &mut Output) -> io::Result<()> {
        let (strong, bad) = (output.style(STRONG), output.style(BAD));
        let (events, matching) = (Counted(self.events, "event"), Grouped(self.matching_events));
        let matches = if self.matches == 1 { "match" } else { "matches" };
        writeln!(output, "{strong}{events}{strong:#}: {matching} matching, {} {matches}", Grouped(self.matches))?;
        if self.not_judged > 0 {
            writeln!(output, "{bad}could not judge{bad:#} {}", Counted(self.not_judged, "line"))?;
        }
        if let Some(line) = self.work.most_line {
            let (mean, most) = (Grouped(self.work.mean), Grouped(self.work.most));
            writeln!(output, "work per event: mean {mean}, most {most}, in line {line}")?;
        }
        writeln!(output, "time: {:.2} s, {} events/s", self.seconds, Grouped(rate(self.events, self.seconds)))?;
        self.tell_names(output)?;
        self.tell_instances(output)
    }

    fn tell_names(&self, output: &mut Output) -> io::Result<()> {
        if self.other_events > 0 {
            let others = self.other_types.iter().map(|own| (Escaped(own.name()).to_string(), own.events));
            let events = Counted(self.other_events, "event");
            tell_list(&format!("{events} of types that the content does not have"), others, output)?;
        }
        tell_list("unknown fields", self.unknown_fields.iter().map(|field| self.field(field)), output)?;
        tell_list("missing fields", self.missing_fields.iter().map(|field| self.field(field)), output)
    }

    /// A field's name, with that of its type where there are several.
    fn field(&self, field: &NamedField) -> (String, u64) {
        let name = field.named.name();
        let fields = self.unknown_fields.iter().chain(&self.missing_fields);
        let mut types = fields.map(|field| &field.template_type);
        let is_only = types.next().is_none_or(|first| types.all(|other| other == first));
        let name = if is_only { name.to_owned() } else { format!("{}.{name}", field.template_type) };
        (Escaped(name).to_string(), field.named.events)
    }

    fn tell_instances(&self, output: &mut Output) -> io::Result<()> {
        const MOST: usize = 20;
        let (strong, faint) = (output.style(STRONG), output.style(FAINT));
        let Some(instances) = &self.instances else { return Ok(()) };
        writeln!(output, "{strong}instances{strong:#}, the most work first")?;
        for own in instances.iter().take(MOST) {
            let InstanceSummary { instance, rule, title, matches, work } = own;
            let (matches, work) = (Grouped(*matches), Grouped(*work));
            let (rule, title) = (Escaped(rule), Escaped(title));
            writeln!(output, "  instance {instance:>5}: matches {matches:>9}, work {work:>13}, rule {rule} {title}")?;
        }
        let further = count(instances.len().saturating_sub(MOST));
        if further > 0 {
            writeln!(output, "  {faint}and {} more; `--format json` lists all{faint:#}", Grouped(further))?;
        }
        Ok(())
    }
}

impl Named {
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("other names")
    }
}

fn named(names: &Names) -> Vec<Named> {
    let known = names.by_count().into_iter().map(|(name, events)| Named { name: Some(name.to_owned()), events });
    known.chain(Some(names.others).filter(|others| *others > 0).map(|events| Named { name: None, events })).collect()
}

fn unknown(tally: &Tally, types: &EventTypes<'_>) -> Vec<NamedField> {
    let tallies = tally.types.iter().zip(types.all());
    by_events(tallies.flat_map(|(own, template_type)| {
        let template_type = template_type.declared.name;
        named(&own.unknown).into_iter().map(move |named| NamedField { template_type: template_type.to_owned(), named })
    }))
}

fn missing(tally: &Tally, types: &EventTypes<'_>) -> Vec<NamedField> {
    let tallies = tally.types.iter().zip(types.all());
    by_events(tallies.flat_map(|(own, template_type)| {
        let declared = template_type.declared;
        let fields = own.missing.iter().zip(declared.fields).filter(|(events, _)| **events > 0);
        fields.map(|(events, field)| NamedField {
            template_type: declared.name.to_owned(),
            named: Named { name: Some(field.name.to_owned()), events: *events },
        })
    }))
}

/// The most frequent first, otherwise as they are.
fn by_events(fields: impl Iterator<Item = NamedField>) -> Vec<NamedField> {
    let mut fields: Vec<_> = fields.collect();
    fields.sort_by_key(|field| std::cmp::Reverse(field.named.events));
    fields
}

/// A line with the first few names; none if there are none.
fn tell_list(title: &str, names: impl Iterator<Item = (String, u64)>, output: &mut Output) -> io::Result<()> {
    const MOST: usize = 8;
    let faint = output.style(FAINT);
    let (mut told, mut further) = (Vec::new(), 0_u64);
    for (name, events) in names {
        if told.len() < MOST {
            told.push(format!("{name} ({})", Grouped(events)));
        } else {
            further = further.saturating_add(1);
        }
    }
    match (&*told, further) {
        ([], _) => Ok(()),
        (told, 0) => writeln!(output, "{faint}{title}{faint:#}: {}", told.join(", ")),
        (told, further) => {
            writeln!(output, "{faint}{title}{faint:#}: {}, and {} more", told.join(", "), Grouped(further))
        }
    }
}

/// Events in a second.
fn rate(events: u64, seconds: f64) -> u64 {
    let microseconds = Duration::from_secs_f64(seconds).as_micros().max(1);
    let rate = u128::from(events).saturating_mul(1_000_000).checked_div(microseconds);
    rate.and_then(|rate| u64::try_from(rate).ok()).unwrap_or_default()
}
