//! The `channel-file` program: builds, checks, inspects, dumps and decompiles channel files, and
//! holds events against them.
//!
//! Exit status: 0 accepted, 1 refused, 2 could not judge (usage, input or output).
//!
//! It is a library for one reason: [`dump`](dump()), [`dump_rows`] and [`inspect`] read hostile bytes, and a harness can attack them
//! without starting a process for each file. Whoever wants to read channel files uses the library `channel-file`.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod arguments;
mod commands;
mod difference;
mod dump;
mod escape;
mod explanation;
mod finding;
mod generating;
mod input;
mod json;
mod judging;
mod loading;
mod matching;
mod number;
mod output;
mod overview;
mod progress;
mod report;
#[cfg(test)]
mod schema;
mod sources;
mod verdict;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use channel_file::Limits;
use clap::Parser;

pub use crate::arguments::Format;
use crate::arguments::{Arguments, LimitsPreset};
use crate::commands::{inspect, write_failure};
pub use crate::dump::Row;
use crate::dump::{Rows, explain};
use crate::finding::Failure;
use crate::output::Output;
use crate::overview::Overview;
pub use crate::verdict::Verdict;

/// What bytes in memory are called in messages: the name of standard input.
const IN_MEMORY: &str = "-";

/// Runs the program with a command line, of which the first part is the program's name.
///
/// Reads and writes the files and standard streams that the command line asks for; what is wrong with it is told on
/// standard error. Gives the exit status and does not end the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => commands::run(&arguments).into(),
        Err(answer) => {
            // Help, the version, or what cannot be understood. Where it cannot be written, the exit status still says it.
            let _ = answer.print();
            u8::try_from(answer.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
    }
}

/// Writes what `channel-file dump -` writes for these bytes on standard input: all of them, with what they mean.
///
/// Takes any bytes: those that are no channel file are explained as far as their frame goes, and the verdict is
/// [`Verdict::Refused`]. There is no SARIF of a dump; text is written instead. Time and output are linear in the length of the
/// bytes.
///
/// # Errors
///
/// Those of `out`; but after [`io::ErrorKind::BrokenPipe`] the rest is left out in silence.
pub fn dump(bytes: &[u8], format: Format, out: &mut impl Write) -> io::Result<Verdict> {
    dump::write(IN_MEMORY, bytes, &Limits::DEFAULT, format, &mut Output::plain(out))
}

/// Gives each row of the [dump](dump()), in the order of the bytes: together they are the bytes, each once.
///
/// # Errors
///
/// Those of `each`, which end it.
pub fn dump_rows(bytes: &[u8], each: impl FnMut(&Row<'_>) -> io::Result<()>) -> io::Result<Verdict> {
    explain(IN_MEMORY, bytes, &Limits::DEFAULT, &mut Rows(each))
}

/// Writes what `channel-file inspect - --rules` writes for these bytes on standard input: the header, types, counts, sizes,
/// limits and rules.
///
/// Of bytes that are no channel file, or exceed the default limits, it writes why, which the program does on standard error
/// unless the format is JSON; the verdict is [`Verdict::Refused`]. There is no SARIF of it; text is written instead. Time and
/// output are linear in the length of the bytes.
///
/// # Errors
///
/// Those of `out`; but after [`io::ErrorKind::BrokenPipe`] the rest is left out in silence.
pub fn inspect(bytes: &[u8], format: Format, out: &mut impl Write) -> io::Result<Verdict> {
    let (limits, mut output) = (LimitsPreset::Default, Output::plain(out));
    match Overview::of(IN_MEMORY, bytes, &limits.limits(), true) {
        Ok(overview) => {
            inspect::write(&overview, limits.name(), format, &mut output)?;
            Ok(Verdict::Accepted)
        }
        Err(finding) => {
            let failure = Failure::from(finding);
            write_failure("inspect", format, &failure, &mut output)?;
            Ok(failure.verdict())
        }
    }
}
