//! `channel-file check`.

use std::io::{self, Write};
use std::path::PathBuf;

use channel_file::interpreter::Budget;
use channel_file::{ChannelFile, Limits, OwnTypes, encode_with};
use channel_file_content::CompileOptions;
use clap::Args;
use serde::Serialize;

use super::write_object;
use crate::arguments::{Format, LimitsArgument, Shared, SourcesArguments};
use crate::escape::Escaped;
use crate::examples::{self, ExampleCounts};
use crate::finding::{Failure, Finding};
use crate::input::{self, Input};
use crate::loading;
use crate::number::{Counted, Grouped, count, sha256};
use crate::output::{BAD, GOOD, Output, STRONG};
use crate::progress::Progress;
use crate::sources::{self, Refused};
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
A channel file must open under the limits, and encoding what it says must give the same bytes. It
must load: regular expressions are compiled, and memory and work are held against the budget
that `--limits` names. Then its examples are evaluated, each of which must match its rule, or not,
as it says. All sources together must compile to the content of one channel file under the limits,
which is judged in the same way. Which of the two a file is, its first bytes tell. No sensor is
judged: content is loaded for the template types that it comes with.

`build` does not evaluate examples: run `check` on sources before, or on the file after.

Examples:
  channel-file check rules.chan
  channel-file check rules/ types.yaml
  channel-file check --limits embedded --format json *.chan

JSON: command, status, sensors_judged, limits, files (file, status; bytes, sha256, channel,
content_version, rules, instances, examples: count, failed; errors), and where there are sources,
sources (files, status, accepted; examples: count, failed; refused: rule, title, errors; errors);
errors. There are no examples where content does not load; at most 100 that fail are among the
errors.";

/// Judge channel files and sources
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    /// Channel files, sources, or folders with either
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    sources: SourcesArguments,

    #[command(flatten)]
    limits: LimitsArgument,
}

/// The JSON.
#[derive(Serialize)]
struct Report {
    command: &'static str,
    status: Verdict,
    sensors_judged: u64,
    limits: &'static str,
    files: Vec<CheckedFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<CheckedSources>,
    errors: Vec<Finding>,
}

/// A channel file that was judged.
#[derive(Serialize)]
struct CheckedFile {
    file: String,
    status: Verdict,
    bytes: u64,
    sha256: String,
    #[serde(flatten)]
    summary: Option<Summary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    examples: Option<ExampleCounts>,
    errors: Vec<Finding>,
}

/// What a channel file is that opens.
#[derive(Serialize)]
struct Summary {
    channel: u32,
    content_version: u64,
    rules: u64,
    instances: u64,
}

/// The sources, judged together: one may use what another declares.
#[derive(Serialize)]
struct CheckedSources {
    files: Vec<String>,
    status: Verdict,
    accepted: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    examples: Option<ExampleCounts>,
    refused: Vec<Refused>,
    errors: Vec<Finding>,
    #[serde(skip)]
    holds_no_rule: bool,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let report = {
            let _progress = Progress::of(shared, "checking");
            self.judge()?
        };
        match shared.format {
            Format::Human => report.tell(shared)?,
            Format::Json => write_object(&report, &mut Output::stdout())?,
        }
        Ok(report.status)
    }

    fn judge(&self) -> Result<Report, Failure> {
        sources::refuse_shared_input(&self.sources, &self.inputs)?;
        let (limits, budget) = (self.limits.limits.limits(), self.limits.limits.budget());
        let (mut files, mut texts, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for path in input::files(&self.inputs, input::ALL)? {
            match Input::read(&path, limits.file_bytes) {
                Ok(input) if input.is_binary() => files.push(CheckedFile::judge(&input, &limits, &budget)),
                Ok(input) => texts.push(input),
                Err(finding) => errors.push(*finding),
            }
        }
        let sources = if texts.is_empty() { None } else { Some(self.judge_sources(&texts, limits)?) };
        let status = (files.iter().map(|file| file.status))
            .chain(sources.iter().map(|sources| sources.status))
            .chain(errors.iter().map(Finding::verdict))
            .fold(Verdict::Accepted, Verdict::and);
        let limits = self.limits.limits.name();
        Ok(Report { command: "check", status, sensors_judged: 0, limits, files, sources, errors })
    }

    fn judge_sources(&self, inputs: &[Input], limits: Limits) -> Result<CheckedSources, Failure> {
        // A channel is asked for when a file is built; rules are good without.
        let options = CompileOptions { channel: Some(0), ..sources::options(&self.sources, limits)? };
        let built = sources::build(inputs, &self.sources.types.library(), &options);
        let opened = built.file.as_ref().and_then(|(_, bytes)| ChannelFile::open_with(bytes, &limits).ok());
        let (examples, faults) =
            opened.map_or((None, Vec::new()), |file| judge_content("", &file, &self.limits.limits.budget()));
        let is_good = (opened.is_some() && faults.is_empty()) || built.holds_no_rule;
        Ok(CheckedSources {
            files: inputs.iter().map(|input| input.name.clone()).collect(),
            status: if is_good { Verdict::Accepted } else { Verdict::Refused },
            accepted: built.accepted,
            examples,
            refused: built.refused,
            // Files of types alone are good: they are built together with rules.
            errors: if built.holds_no_rule { Vec::new() } else { built.errors.into_iter().chain(faults).collect() },
            holds_no_rule: built.holds_no_rule,
        })
    }
}

impl CheckedFile {
    fn judge(input: &Input, limits: &Limits, budget: &Budget) -> Self {
        let Input { name, bytes } = input;
        let (summary, examples, errors) = match ChannelFile::open_with(bytes, limits) {
            Ok(file) => {
                let summary = Summary {
                    channel: file.channel(),
                    content_version: file.content_version(),
                    rules: count(file.rules().len()),
                    instances: count(file.instances().len()),
                };
                let (examples, faults) = judge_content(name, &file, budget);
                (Some(summary), examples, encoding_fault(name, file, limits).into_iter().chain(faults).collect())
            }
            Err(error) => (None, None, vec![Finding::of_bytes(name, error, bytes)]),
        };
        let status = if errors.is_empty() { Verdict::Accepted } else { Verdict::Refused };
        Self { file: name.clone(), status, bytes: count(bytes.len()), sha256: sha256(bytes), summary, examples, errors }
    }
}

/// Loads content and evaluates its examples; gives what is wrong, and the number of examples where they were evaluated.
fn judge_content(name: &str, file: &ChannelFile<'_>, budget: &Budget) -> (Option<ExampleCounts>, Vec<Finding>) {
    let own = OwnTypes::of(file);
    let types = own.sensor_types();
    match loading::load(name, file, &types, budget) {
        Ok(interpreter) => {
            let (examples, faults) = examples::judge(name, file, &types, &interpreter);
            (Some(examples), faults)
        }
        Err(finding) => (None, vec![*finding]),
    }
}

/// What is wrong with a file that opens, but that the writer would not write. There is no such file unless the library has
/// a defect.
fn encoding_fault(name: &str, file: ChannelFile<'_>, limits: &Limits) -> Option<Finding> {
    let fault = match encode_with(&file.to_content(), limits) {
        Ok(encoded) if encoded == file.bytes() => return None,
        Ok(encoded) => {
            let same = encoded.iter().zip(file.bytes()).take_while(|(one, two)| one == two).count();
            let message = format!("encoding what the file says gives other bytes, from {same:#x} on");
            Finding { kind: "not-canonical", offset: Some(count(same)), message, ..Finding::default() }
        }
        Err(error) => Finding::of_model(error),
    };
    Some(Finding { file: name.to_owned(), help: "this is a defect of the library".to_owned(), ..fault })
}

impl Report {
    fn tell(&self, shared: &Shared) -> io::Result<()> {
        let mut output = Output::stdout();
        if !shared.quiet {
            let types = "the template types that it comes with";
            writeln!(output, "no sensor was judged: content is loaded, and examples evaluated, for {types}")?;
        }
        for file in &self.files {
            file.tell(shared, &mut output)?;
        }
        if let Some(sources) = &self.sources {
            sources.tell(shared, &mut output)?;
        }
        output.flush()?;
        let mut output = Output::stderr();
        self.errors.iter().try_for_each(|finding| output.finding(finding))?;
        output.flush()
    }
}

impl CheckedFile {
    fn tell(&self, shared: &Shared, output: &mut Output) -> io::Result<()> {
        if let (Some(file), true) = (&self.summary, self.errors.is_empty()) {
            if shared.quiet {
                return Ok(());
            }
            let (bytes, rules) = (Counted(self.bytes, "byte"), Counted(file.rules, "rule"));
            let instances = Counted(file.instances, "instance");
            let (channel, version) = (file.channel, file.content_version);
            verdict(output, &self.file, self.status)?;
            writeln!(
                output,
                ": channel {channel}, content version {version}, {bytes}, {rules}, {instances}, {}\n  sha256 {}",
                Counted(self.examples.map_or(0, |examples| examples.count), "example"),
                self.sha256
            )?;
        }
        for finding in &self.errors {
            verdict(output, &self.file, self.status)?;
            let rule = if finding.rule.is_empty() { String::new() } else { format!("rule {}: ", finding.rule) };
            writeln!(output, ": {}{}", Escaped(rule), Escaped(&finding.message))?;
            help(output, finding)?;
        }
        further_examples(output, self.examples, &self.errors)
    }
}

impl CheckedSources {
    fn tell(&self, shared: &Shared, output: &mut Output) -> io::Result<()> {
        let reasons = self.refused.iter().flat_map(|refused| &refused.errors);
        for finding in reasons.chain(&self.errors) {
            writeln!(output, "{}", Escaped(finding))?;
            help(output, finding)?;
        }
        further_examples(output, self.examples, &self.errors)?;
        if shared.quiet {
            return Ok(());
        }
        verdict(output, &Counted(count(self.files.len()), "source").to_string(), self.status)?;
        let (accepted, refused) = (count(self.accepted), count(self.refused.len()));
        write!(output, ": {}", Counted(accepted, "rule"))?;
        if refused > 0 {
            write!(output, ", {} refused", Grouped(refused))?;
        }
        if let Some(ExampleCounts { count, failed }) = self.examples {
            write!(output, ", {}", Counted(count, "example"))?;
            if failed > 0 {
                write!(output, ", {} failed", Grouped(failed))?;
            }
        }
        if self.holds_no_rule {
            write!(output, "; the sources hold no rule, so nothing can be built of them alone")?;
        }
        writeln!(output)
    }
}

/// How many examples fail that are not among the findings.
fn further_examples(output: &mut Output, examples: Option<ExampleCounts>, findings: &[Finding]) -> io::Result<()> {
    let told = findings.iter().filter(|finding| finding.kind == "example").count();
    match examples.map_or(0, |examples| examples.failed).saturating_sub(count(told)) {
        0 => Ok(()),
        further => writeln!(output, "and {} more that failed", Counted(further, "example")),
    }
}

fn verdict(output: &mut Output, name: &str, verdict: Verdict) -> io::Result<()> {
    let strong = output.style(STRONG);
    let style = output.style(if verdict == Verdict::Accepted { GOOD } else { BAD });
    write!(output, "{strong}{}{strong:#}: {style}{}{style:#}", Escaped(name), verdict.name())
}

fn help(output: &mut Output, finding: &Finding) -> io::Result<()> {
    if finding.help.is_empty() { Ok(()) } else { writeln!(output, "  help: {}", Escaped(&finding.help)) }
}
