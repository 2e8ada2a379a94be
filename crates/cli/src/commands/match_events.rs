//! `channel-file match`.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Instant;

use channel_file::{ChannelFile, OwnTypes};
use clap::Args;

use super::write_object;
use crate::arguments::{Format, LimitsArgument, Shared};
use crate::finding::{Failure, Finding};
use crate::input::{Input, is_standard_input};
use crate::loading;
use crate::matching::in_order::{Ended, judge};
use crate::matching::lines::Batches;
use crate::matching::summary::{Subject, Summary};
use crate::matching::tally::Tally;
use crate::matching::types::EventTypes;
use crate::matching::worker::{Judged, Setting};
use crate::output::Output;
use crate::progress::Progress;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
Events are JSON Lines: an object a line, whose keys are names of fields. A key that is missing, or
null, is an absent value. Numbers and booleans are taken on text fields as they are written; on
fields of other kinds strings are parsed too, bytes as two hexadecimal digits each. Keys that are
no field are counted and otherwise left alone. Blank lines are skipped. A line of which no event
can be made (no JSON, an array or an object as a value, a value that does not fit its field, a key
twice, more than 16 MiB) is reported, and the others are judged.

The file must load within the budget of memory and work that `--limits` names. If it does not, it
is refused whole, before the first event.

A line is written for each event and each rule that it matches, in the order of the events, then
of the rule ids: number of the line, rule id, lowest id of its instances that match, title; tabs
in between.

Exit status 0 says that all events were judged, whether they match or not. Work is counted in
about the time that it takes to look at a byte; what several instances ask for is counted with the
first.

Examples:
  channel-file match rules.chan events.jsonl
  gunzip -c events.jsonl.gz | channel-file match rules.chan - --type-field EventName > matches.tsv
  channel-file match rules.chan events.jsonl --explain | less
  channel-file match rules.chan events.jsonl --stats --format json | tail -n 1

JSON: an object a line for each match (line, rule, instance, title, severity, disposition: the
highest of the rule's instances that match; with --explain criteria: field, sense, met, operator
and pattern that the value meets, patterns, value), then one with command, status, file, channel,
content_version, sensors_judged, limits, lines, events, matching_events, matches, not_judged, work
(mean, most, most_line), seconds, other_events, other_types (name, events), unknown_fields,
missing_fields (type, name, events), with --stats instances (instance, rule, title, matches,
work), and errors, the first 100 of them.";

/// Hold events against a channel file: which rules do they match?
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MatchEvents {
    /// Channel file to read
    file: PathBuf,

    /// Events, JSON Lines
    #[arg(value_name = "EVENTS")]
    events: PathBuf,

    /// Template type that all events are of; needed where the file has several
    #[arg(long = "type", value_name = "NAME", conflicts_with = "type_field")]
    type_name: Option<String>,

    /// Key that names the template type of each event
    #[arg(long, value_name = "KEY")]
    type_field: Option<String>,

    /// Say under each match which criterion was met by what
    #[arg(long)]
    explain: bool,

    /// Say how often each instance matched and how much work it made
    #[arg(long)]
    stats: bool,

    /// Threads that judge events; 0 is one for each processor
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=512))]
    threads: u16,

    #[command(flatten)]
    limits: LimitsArgument,
}

impl MatchEvents {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        if is_standard_input(&self.file) && is_standard_input(&self.events) {
            return Err(Finding::of_usage("standard input cannot be both the channel file and the events").into());
        }
        let limits = self.limits.limits.limits();
        let input = Input::read(&self.file, limits.file_bytes)?;
        let file = ChannelFile::open_with(&input.bytes, &limits).map_err(|error| refusal(&input, error))?;
        let own = OwnTypes::of(&file);
        let sensor_types = own.sensor_types();
        let types = EventTypes::choose(&sensor_types, self.type_name.as_deref(), self.type_field.as_deref())?;
        let interpreter = loading::load(&input.name, &file, &sensor_types, &self.limits.limits.budget())?;
        let setting = Setting {
            file: &file,
            interpreter: &interpreter,
            types: &types,
            events: &self.events.to_string_lossy(),
            format: shared.format,
            explains: self.explain,
            measures: self.stats,
        };
        let subject = Subject { name: &input.name, file: &file, limits: self.limits.limits.name(), types: &types };
        self.judge(shared, &setting, &subject)
    }

    fn judge(&self, shared: &Shared, setting: &Setting<'_>, subject: &Subject<'_>) -> Result<Verdict, Failure> {
        let batches = Batches::open(&self.events)?;
        let mut report = Report::new(shared, setting.types);
        report.begin()?;
        let begin = Instant::now();
        let Ended { instances, fault } = {
            let progress = Progress::counting_beside_output(shared, "matching");
            judge(setting, batches, self.threads(), |judged| {
                progress.count(judged.tally.lines);
                report.take(judged)
            })?
        };
        let took = begin.elapsed();
        if let Some(error) = fault {
            report.find(Finding::of_access(&self.events, "read", &error))?;
        }
        let Report { tally, findings, output, .. } = report;
        let mut summary = Summary::of(subject, &tally, took, findings);
        if self.stats {
            summary = summary.with_instances(subject.file, &instances);
        }
        let mut output = output;
        if output.is_gone() {
            return Ok(summary.status);
        }
        match shared.format {
            Format::Json => write_object(&summary, &mut output)?,
            Format::Human if shared.quiet => {}
            Format::Human | Format::Sarif => {
                let mut output = Output::stderr();
                summary.tell(&mut output)?;
                output.flush()?;
            }
        }
        Ok(summary.status)
    }

    fn threads(&self) -> usize {
        match usize::from(self.threads) {
            0 => available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}

/// Takes results as they come.
struct Report<'s> {
    shared: &'s Shared,
    output: Output,
    tally: Tally,
    findings: Vec<Finding>,
}

impl<'s> Report<'s> {
    /// How many findings are reported: as many as somebody reads.
    const MOST_FINDINGS: usize = 100;

    fn new(shared: &'s Shared, types: &EventTypes<'_>) -> Self {
        Self { shared, output: Output::stdout(), tally: Tally::of(types), findings: Vec::new() }
    }

    fn begin(&self) -> io::Result<()> {
        if self.shared.quiet || self.shared.format == Format::Json {
            return Ok(());
        }
        let mut output = Output::stderr();
        writeln!(output, "no sensor was judged: events are taken for the template types that the content comes with")?;
        output.flush()
    }

    fn take(&mut self, judged: Judged) -> io::Result<ControlFlow<()>> {
        self.output.write_all(&judged.output)?;
        self.output.flush()?;
        for finding in judged.findings {
            self.find(finding)?;
        }
        self.tally.merge(judged.tally);
        Ok(if self.output.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Reports a finding at once, unless there were many.
    fn find(&mut self, finding: Finding) -> io::Result<()> {
        if self.findings.len() >= Self::MOST_FINDINGS {
            return Ok(());
        }
        if self.shared.format == Format::Human {
            let mut output = Output::stderr();
            output.finding(&finding)?;
            output.flush()?;
        }
        self.findings.push(finding);
        Ok(())
    }
}

/// Why a file does not open, with a word for those who gave a source.
fn refusal(input: &Input, error: channel_file::Error) -> Finding {
    let help = if input.is_binary() { "" } else { "`channel-file build` makes a channel file of a source" };
    Finding { help: help.to_owned(), ..Finding::of_bytes(&input.name, error, &input.bytes) }
}
