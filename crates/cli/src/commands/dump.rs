//! `channel-file dump`.

use std::path::PathBuf;

use channel_file::{ChannelFile, Limits};
use clap::Args;

use crate::arguments::{LimitsArgument, Shared};
use crate::dump::{Sheet, explain_all};
use crate::finding::{Failure, Finding};
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
        let opened = ChannelFile::open_with(&bytes, &limits);
        let fault = opened.err().map(|error| Finding::of_bytes(&name, error, &bytes));
        // A limit says nothing against what the bytes mean.
        let file = opened.or_else(|_| ChannelFile::open_with(&bytes, &Limits::FORMAT));
        let mut output = Output::stdout();
        let mut sheet = Sheet::new(&mut output, shared.format, &name, &bytes, fault)?;
        explain_all(&mut sheet, file.as_ref().ok())?;
        sheet.finish()?;
        Ok(if opened.is_ok() { Verdict::Accepted } else { Verdict::Refused })
    }
}
