//! How a program ends: its figures on standard output, or what went wrong.

use std::io::{ErrorKind, Write, stdout};
use std::process::ExitCode;

use clap::ValueEnum;

use crate::Failure;

/// How figures are printed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Markdown,
    Json,
}

pub(crate) fn print(text: Result<String, Failure>) -> ExitCode {
    let written = text.and_then(|text| match writeln!(stdout(), "{text}") {
        // Whoever reads had enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
