//! `channel-file check`.

use std::path::PathBuf;

use channel_file::validator::{SensorManifest, TrafficLimits, Waiver};
use clap::Args;

use super::write_object;
use crate::arguments::{Deny, Format, LimitsArgument, Shared, SourcesArguments};
use crate::finding::{Failure, Finding};
use crate::input::{self, Input, is_standard_input};
use crate::judging::traffic::Recorded;
use crate::judging::{Judge, history, manifests};
use crate::output::Output;
use crate::progress::Progress;
use crate::report::{CheckReport, Telling, log};
use crate::sources;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
A channel file must open under the limits. All sources together must compile to one, which is
judged in the same way, by the very bytes that `build` would write. Which of the two a file is, its
first bytes tell. Then the content is judged as a whole: everything that is found is told, the most
important first.

  - Types, fields, operators and inputs are held against each release that has a manifest. What a
    release really supplies counts, not what a type declares.
  - The interpreter loads the content as each release would, within its limits and its budget.
  - For each pattern an event is made that meets it, and for each criterion one that just misses
    it; the verdict must change. What cannot be exercised is refused, unless it is waived by name.
  - Examples that come with the content must match their rule, or not, as they say.
  - With --history: what does the content do that no content before it did? As `diff` tells it.
  - With --events: how often does each instance match, and how much work do events make?

A release states what it supplies in a manifest, which its own build writes (`SensorManifest` in the
library). Without any, no sensor is judged, and the first line says so: content is then held against
the types that it comes with, within the budget that `--limits` names.

Where a rule of the sources does not compile, nothing but that is judged and told; with
`--skip-refused` the others are judged as the content that `build --skip-refused` would write.

Errors refuse. Warnings do with `--deny warnings`, notes never. A source waives a finding with the
key `waivers`; for a channel file `--waivers` names a list of objects: rule, finding, field (may be
left out), reason.

Of the recorded events of its type an instance that matches 10 or more, and a larger share than
`--max-share`, is told: as an error if it is to prevent what it matches. With a baseline, work that
is more than twice that of before is told too, and which rules match more events or fewer. What
cannot be read as an event is not judged, and the exit status is 2 unless something is refused.

Examples:
  channel-file check rules.chan --manifest releases/*.json
  channel-file check rules/ types.yaml --manifest 7.10.json 7.11.json --deny warnings
  channel-file check rules/ --manifest 7.11.json --history released/
  channel-file check rules.chan --events day.jsonl --type-field EventName --baseline published.chan
  channel-file check rules/ --format sarif > findings.sarif

docs/report.schema.json describes the JSON: command, status, sensors_judged, limits,
denies_warnings, skips_refused, manifests (file, release), judged (kind, inputs, status, bytes,
sha256, content, accepted, refused, errors, releases, counts, findings, coverage, exercise,
examples, traffic), errors.";

/// Judge channel files and sources: may they be published, and for which sensors?
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    /// Channel files, sources, or folders with either
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Manifests of the sensor releases in the field, which content has to be right for, each and all
    #[arg(long = "manifest", value_name = "FILE", num_args = 1.., help_heading = "Judging")]
    manifests: Vec<PathBuf>,

    /// Earlier channel files of the channel, or folders with them: what the content does for the first time is told
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = "Judging")]
    history: Vec<PathBuf>,

    /// Findings on channel files that are accepted, and why; sources say so themselves
    #[arg(long, value_name = "FILE", help_heading = "Judging")]
    waivers: Option<PathBuf>,

    /// What refuses content as errors do
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Judging")]
    deny: Option<Deny>,

    /// Tell all findings, notes and waived ones too
    #[arg(short, long, help_heading = "Output", conflicts_with = "quiet")]
    verbose: bool,

    #[command(flatten)]
    sources: SourcesArguments,

    #[command(flatten)]
    limits: LimitsArgument,

    #[command(flatten)]
    traffic: TrafficArguments,
}

/// Recorded events to hold against content.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded events")]
struct TrafficArguments {
    /// Recorded events, JSON Lines as for `match`
    #[arg(long, value_name = "FILE", num_args = 1..)]
    events: Vec<PathBuf>,

    /// Share of the events of its type that an instance may match
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = per_million, requires = "events")]
    max_share: u32,

    /// Channel file that came before, for which the same events are evaluated
    #[arg(long, value_name = "FILE", requires = "events")]
    baseline: Option<PathBuf>,

    /// Template type that all events are of; needed where content has several
    #[arg(long = "type", value_name = "NAME", conflicts_with = "type_field", requires = "events")]
    type_name: Option<String>,

    /// Key that names the template type of each event
    #[arg(long, value_name = "KEY", requires = "events")]
    type_field: Option<String>,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let report = self.judge(shared)?;
        match shared.format {
            Format::Human => report.tell(Telling { is_quiet: shared.quiet, is_verbose: self.verbose })?,
            Format::Json => write_object(&report, &mut Output::stdout())?,
            Format::Sarif => {
                let subjects: Vec<_> =
                    report.judged.iter().map(|judged| judged.subject(report.skips_refused)).collect();
                write_object(&log(&subjects, report.status, &report.errors), &mut Output::stdout())?;
            }
        }
        Ok(report.status)
    }

    fn judge(&self, shared: &Shared) -> Result<CheckReport, Failure> {
        self.refuse_shared_input()?;
        let (files, manifests) = manifests::read(&self.manifests)?;
        let waivers = self.waivers.as_deref().map_or(Ok(Vec::new()), manifests::read_waivers)?;
        let (mut binaries, mut texts, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for path in input::files(&self.inputs, input::ALL)? {
            match Input::read(&path, self.limits.limits.limits().file_bytes) {
                Ok(input) if input.is_binary() => binaries.push(input),
                Ok(input) => texts.push(input),
                Err(finding) => errors.push(*finding),
            }
        }
        if self.waivers.is_some() && binaries.is_empty() && errors.is_empty() {
            let message = "`--waivers` is for channel files, and there is none: sources waive findings themselves";
            return Err(Finding::of_usage(message).into());
        }
        let judged = binaries.len().saturating_add(usize::from(!texts.is_empty()));
        if judged > 1 && self.traffic.events.iter().any(|path| is_standard_input(path)) {
            let message = "events from standard input can be held against one channel file, or one set of sources";
            return Err(Finding::of_usage(message).into());
        }
        let (history, _) = history::read(&self.history, &self.limits.limits.limits())?;
        let history = Some(&history).filter(|_| !self.history.is_empty());
        let progress = Progress::of(shared, "checking");
        let judge = Judge { history, ..self.by(&manifests, &waivers, &progress) };
        let mut judged = Vec::new();
        for input in &binaries {
            let (one, unjudged) = judge.channel_file(input)?;
            judged.push(one);
            errors.extend(unjudged);
        }
        if !texts.is_empty() {
            let options = sources::options(&self.sources, judge.limits)?;
            let built = sources::build_to_judge(&texts, &self.sources.types.library(), &options);
            let (one, unjudged) = judge.sources(&texts, built)?;
            judged.push(one);
            errors.extend(unjudged);
        }
        let verdicts = judged.iter().map(|judged| judged.status).chain(errors.iter().map(Finding::verdict));
        Ok(CheckReport {
            command: "check",
            status: verdicts.fold(Verdict::Accepted, Verdict::and),
            sensors_judged: crate::number::count(manifests.len()),
            limits: self.limits.limits.name(),
            denies_warnings: self.deny.is_some(),
            skips_refused: self.sources.skip_refused,
            manifests: files,
            judged,
            errors,
        })
    }

    fn by<'j>(&'j self, manifests: &'j [SensorManifest], waivers: &'j [Waiver], progress: &'j Progress) -> Judge<'j> {
        let TrafficArguments { events, max_share, baseline, type_name, type_field } = &self.traffic;
        let recorded = Recorded {
            events,
            type_name: type_name.as_deref(),
            type_field: type_field.as_deref(),
            limits: TrafficLimits { per_million: *max_share, ..TrafficLimits::DEFAULT },
            baseline: baseline.as_deref(),
        };
        Judge {
            manifests,
            waivers,
            history: None,
            limits: self.limits.limits.limits(),
            budget: self.limits.limits.budget(),
            denies_warnings: self.deny.is_some(),
            skips_refused: self.sources.skip_refused,
            recorded: Some(recorded).filter(|recorded| !recorded.events.is_empty()),
            progress,
        }
    }

    /// Standard input can be read once.
    fn refuse_shared_input(&self) -> Result<(), Failure> {
        let all = [
            ("an input", &*self.inputs),
            ("a manifest", &self.manifests),
            ("the waivers", self.waivers.as_slice()),
            ("the placeholders", self.sources.placeholders.as_slice()),
            ("events", &self.traffic.events),
            ("the baseline", self.traffic.baseline.as_slice()),
        ];
        let mut taken = all
            .into_iter()
            .flat_map(|(what, paths)| paths.iter().filter(|path| is_standard_input(path)).map(move |_| what))
            // An input that is named twice is read once.
            .collect::<Vec<_>>();
        taken.dedup_by(|one, two| one == two && *one == "an input");
        match *taken {
            [] | [_] => Ok(()),
            [one, two, ..] if one == two => {
                Err(Finding::of_usage(&format!("standard input cannot be {one} twice")).into())
            }
            [one, two, ..] => Err(Finding::of_usage(&format!("standard input cannot be both {one} and {two}")).into()),
        }
    }
}

/// A percentage with at most four digits after the point, as a number of millionths.
fn per_million(text: &str) -> Result<u32, String> {
    let parse = || {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) || fraction.len() > 4 {
            return None;
        }
        let millionths = format!("{fraction:0<4}").parse::<u32>().ok()?;
        let share = whole.parse::<u32>().ok()?.checked_mul(10_000)?.checked_add(millionths)?;
        Some(share).filter(|share| *share <= 1_000_000)
    };
    parse().ok_or_else(|| "expected a percentage from 0 to 100, with at most four digits after the point".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_exact() {
        for (text, share) in [("1", 10_000), ("0.05", 500), ("100", 1_000_000), ("0", 0), ("12.3456", 123_456)] {
            assert_eq!(per_million(text), Ok(share), "{text}");
        }
        for text in ["", ".", "1.", ".5", "-1", "1,5", "100.0001", "1.23456", "1e1", "99999999999"] {
            assert!(per_million(text).is_err(), "{text}");
        }
    }
}
