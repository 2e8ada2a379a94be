//! The subcommands, one a file.

mod build;
mod check;
mod completions;
mod decompile;
mod diff;
mod dump;
mod generate;
pub(crate) mod inspect;
mod match_events;

use std::io::{self, Write};

use clap::Subcommand;
use serde::Serialize;

use crate::arguments::{Arguments, Format};
use crate::finding::{Failure, Finding};
use crate::json;
use crate::output::Output;
use crate::report::Log;
use crate::verdict::Verdict;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(build::Build),
    Check(check::Check),
    Inspect(inspect::Inspect),
    Dump(dump::Dump),
    Decompile(decompile::Decompile),
    Diff(diff::Diff),
    Match(match_events::MatchEvents),
    Generate(generate::Generate),
    Completions(completions::Completions),
}

impl Command {
    const fn name(&self) -> &'static str {
        match self {
            Self::Build(_) => "build",
            Self::Check(_) => "check",
            Self::Inspect(_) => "inspect",
            Self::Dump(_) => "dump",
            Self::Decompile(_) => "decompile",
            Self::Diff(_) => "diff",
            Self::Match(_) => "match",
            Self::Generate(_) => "generate",
            Self::Completions(_) => "completions",
        }
    }

    /// Whether there is a SARIF of what it finds.
    const fn lists_findings(&self) -> bool {
        matches!(self, Self::Check(_) | Self::Diff(_))
    }

    /// Whether the result itself goes to standard output, so that reports have to go elsewhere.
    fn occupies_standard_output(&self) -> bool {
        match self {
            Self::Build(build) => build.writes_to_standard_output(),
            Self::Decompile(decompile) => decompile.writes_to_standard_output(),
            _ => false,
        }
    }
}

/// Runs the command and reports what kept it from its end.
pub(crate) fn run(arguments: &Arguments) -> Verdict {
    let shared = &arguments.shared;
    let result = match &arguments.command {
        command if shared.format == Format::Sarif && !command.lists_findings() => {
            let message = format!("`{}` lists no findings: there is no SARIF of it", command.name());
            Err(Finding::of_usage(&message).into())
        }
        Command::Build(build) => build.run(shared),
        Command::Check(check) => check.run(shared),
        Command::Inspect(inspect) => inspect.run(shared),
        Command::Dump(dump) => dump.run(shared),
        Command::Decompile(decompile) => decompile.run(shared),
        Command::Diff(diff) => diff.run(shared),
        Command::Match(match_events) => match_events.run(shared),
        Command::Generate(generate) => generate.run(shared),
        Command::Completions(completions) => completions.run(),
    };
    result.unwrap_or_else(|failure| {
        let verdict = failure.verdict();
        // Where not even this can be written, the exit status is all that is left to say it.
        let _ = report(&arguments.command, shared.format, &failure);
        verdict
    })
}

/// What is written in place of a command's own object.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FailureReport {
    command: &'static str,
    status: Verdict,
    errors: Vec<Finding>,
}

fn report(command: &Command, format: Format, failure: &Failure) -> io::Result<()> {
    match format {
        Format::Sarif if command.lists_findings() => {
            write_object(&Log::of_failure(failure.verdict(), &failure.0), &mut Output::stdout())
        }
        Format::Json if !command.occupies_standard_output() => {
            write_failure(command.name(), format, failure, &mut Output::stdout())
        }
        _ => write_failure(command.name(), format, failure, &mut Output::stderr()),
    }
}

/// Writes what kept a command from its end, as text or as the object in place of its own.
pub(crate) fn write_failure<W: Write>(
    command: &'static str,
    format: Format,
    failure: &Failure,
    output: &mut Output<W>,
) -> io::Result<()> {
    match format {
        Format::Human | Format::Sarif => {
            failure.0.iter().try_for_each(|finding| output.finding(finding))?;
            output.flush()
        }
        Format::Json => {
            let report = FailureReport { command, status: failure.verdict(), errors: failure.0.clone() };
            write_object(&report, output)
        }
    }
}

/// Writes an object of JSON on a line of its own.
fn write_object<W: Write>(object: &impl Serialize, output: &mut Output<W>) -> io::Result<()> {
    json::write(object, &mut *output)?;
    writeln!(output)?;
    output.flush()
}
