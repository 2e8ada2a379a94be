//! `channel-file dump`.

use std::path::PathBuf;

use clap::Args;

use crate::arguments::{LimitsArgument, Shared};
use crate::dump;
use crate::finding::Failure;
use crate::input::Input;
use crate::output::Output;
use crate::progress::Progress;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
A file that does not open is explained as far as its frame goes, and the exit status is 1.

Examples:
  channel-file dump rules.chan
  channel-file dump rules.chan | less
  channel-file dump damaged.chan | grep '>>>'

JSON: command, status, file, rows (offset, bytes in hexadecimal, section, meaning, and explained where
that is false), bytes, explained, errors.";

/// Explain every byte of a channel file: offset, bytes, meaning
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Dump {
    /// Channel file to read
    file: PathBuf,

    #[command(flatten)]
    limits: LimitsArgument,
}

impl Dump {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let limits = self.limits.limits.limits();
        let _progress = Progress::beside_output(shared, "dumping");
        let Input { name, bytes } = Input::read(&self.file, limits.file_bytes)?;
        Ok(dump::write(&name, &bytes, &limits, shared.format, &mut Output::stdout())?)
    }
}
