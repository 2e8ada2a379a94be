//! `channel-file build`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use channel_file_content::CompileOptions;
use clap::Args;
use serde::Serialize;

use super::write_object;
use crate::arguments::{Format, LimitsArgument, Shared, SourcesArguments};
use crate::escape::Escaped;
use crate::finding::{Failure, Finding};
use crate::input::{self, Input};
use crate::number::{Counted, Grouped, count, sha256};
use crate::output::{BAD, Destination, Output, STRONG};
use crate::progress::Progress;
use crate::sources::{self, Built, Refused};
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
The file depends on the sources and the options alone. If a source cannot be said whole, nothing is
written, and a file that is there stays as it was.

Examples:
  channel-file build rules/ -o rules.chan
  channel-file build sigma/rules/windows/ -o rules.chan --channel 291 --skip-refused
  channel-file build types.yaml - -o - --content-version 7 < rule.yaml > rule.chan

JSON: command, status, output, written, limits; of what was written bytes, sha256, channel,
content_version, rules, instances; refused (rule, title, errors), errors. It goes to standard error
where standard output is taken.";

/// Build a channel file from sources
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Build {
    /// YAML sources, Sigma rules, or folders with either
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Channel file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Channel, whatever the sources say
    #[arg(long, value_name = "N")]
    channel: Option<u32>,

    /// Content version, whatever the sources say; 1 if nothing says it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    content_version: Option<u64>,

    #[command(flatten)]
    sources: SourcesArguments,

    #[command(flatten)]
    limits: LimitsArgument,
}

/// The JSON.
#[derive(Serialize)]
struct Report<'r> {
    command: &'static str,
    status: Verdict,
    output: String,
    written: bool,
    limits: &'static str,
    #[serde(flatten)]
    file: Option<Written>,
    refused: &'r [Refused],
    errors: &'r [Finding],
}

#[derive(Serialize)]
struct Written {
    bytes: u64,
    sha256: String,
    channel: u32,
    content_version: u64,
    rules: u64,
    instances: u64,
}

impl Build {
    pub(super) fn writes_to_standard_output(&self) -> bool {
        self.output == Path::new("-")
    }

    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let destination = Destination::from(self.output.as_path());
        destination.refuse_terminal()?;
        sources::refuse_shared_input(&self.sources, &self.inputs)?;
        let files = input::files(&self.inputs, input::SOURCES)?;
        destination.refuse_inputs(files.iter().chain(&self.sources.placeholders).map(PathBuf::as_path))?;
        let options = CompileOptions {
            channel: self.channel,
            content_version: self.content_version,
            ..sources::options(&self.sources, self.limits.limits.limits())?
        };
        let built = {
            let _progress = Progress::of(shared, "building");
            let inputs = read(&files, options.limits.file_bytes)?;
            sources::build(&inputs, &self.sources.types.library(), &options)
        };
        let written = match &built.file {
            Some((content, bytes)) => {
                destination.write(bytes)?;
                let rules = content.rules();
                let instances = rules.iter().map(|rule| count(rule.instances().len())).fold(0, u64::saturating_add);
                Some(Written {
                    bytes: count(bytes.len()),
                    sha256: sha256(bytes),
                    channel: content.channel(),
                    content_version: content.content_version(),
                    rules: count(rules.len()),
                    instances,
                })
            }
            None => None,
        };
        let verdict = if written.is_some() { Verdict::Accepted } else { Verdict::Refused };
        match shared.format {
            Format::Human | Format::Sarif => self.tell(shared, written.as_ref(), &built)?,
            Format::Json => {
                let mut output = if self.writes_to_standard_output() { Output::stderr() } else { Output::stdout() };
                let report = Report {
                    command: "build",
                    status: verdict,
                    output: self.output.to_string_lossy().into_owned(),
                    written: written.is_some(),
                    limits: self.limits.limits.name(),
                    file: written,
                    refused: &built.refused,
                    errors: &built.errors,
                };
                write_object(&report, &mut output)?;
            }
        }
        Ok(verdict)
    }

    /// Findings go to standard error, and so does the summary: standard output may be the file.
    fn tell(&self, shared: &Shared, written: Option<&Written>, built: &Built) -> io::Result<()> {
        let mut output = Output::stderr();
        let reasons = built.refused.iter().flat_map(|refused| &refused.errors);
        for finding in reasons.chain(&built.errors) {
            output.finding(finding)?;
        }
        let refused = Grouped(count(built.refused.len()));
        let (strong, bad) = (output.style(STRONG), output.style(BAD));
        match written {
            None => {
                write!(output, "{bad}refused{bad:#}: nothing was written")?;
                if !built.refused.is_empty() {
                    let accepted = Counted(count(built.accepted), "rule");
                    write!(output, "; {refused} refused, {accepted} accepted")?;
                    if built.errors.is_empty() && built.accepted > 0 && !self.sources.skip_refused {
                        write!(output, ", which `--skip-refused` would write")?;
                    }
                }
                writeln!(output)?;
            }
            Some(file) if !shared.quiet => {
                let name = self.output.to_string_lossy();
                let (rules, instances) = (Counted(file.rules, "rule"), Counted(file.instances, "instance"));
                let bytes = Counted(file.bytes, "byte");
                writeln!(output, "{strong}{}{strong:#}: {bytes}, {rules}, {instances}", Escaped(name))?;
                writeln!(output, "channel {}, content version {}", file.channel, file.content_version)?;
                writeln!(output, "sha256 {}", file.sha256)?;
                if !built.refused.is_empty() {
                    writeln!(output, "{bad}left out{bad:#}: {refused} refused, for the reasons above")?;
                }
            }
            Some(_) => {}
        }
        output.flush()
    }
}

/// Reads all inputs; says of all that cannot be read that they cannot.
fn read(paths: &[PathBuf], most: u64) -> Result<Vec<Input>, Failure> {
    let (mut inputs, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        match Input::read(path, most) {
            Ok(input) => inputs.push(input),
            Err(finding) => findings.push(*finding),
        }
    }
    if findings.is_empty() { Ok(inputs) } else { Err(Failure(findings)) }
}
