//! `channel-file decompile`.

use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};

use channel_file::decode_with;
use clap::Args;

use crate::arguments::{LimitsArgument, Shared};
use crate::escape::EscapedLines;
use crate::finding::{Failure, Finding};
use crate::input::Input;
use crate::output::Destination;
use crate::progress::Progress;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
Building the source again gives the same bytes.

Examples:
  channel-file decompile rules.chan
  channel-file decompile rules.chan -o rules.yaml
  channel-file decompile rules.chan | channel-file build - -o same.chan --types none";

/// Write the source that a channel file is built from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Decompile {
    /// Channel file to read
    file: PathBuf,

    /// Source file to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    #[command(flatten)]
    limits: LimitsArgument,
}

impl Decompile {
    pub(super) fn writes_to_standard_output(&self) -> bool {
        self.output == Path::new("-")
    }

    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let limits = self.limits.limits.limits();
        let _progress = Progress::beside_output(shared, "decompiling");
        let destination = Destination::from(self.output.as_path());
        destination.refuse_inputs([self.file.as_path()])?;
        let input = Input::read(&self.file, limits.file_bytes)?;
        let content =
            decode_with(&input.bytes, &limits).map_err(|error| Finding::of_bytes(&input.name, error, &input.bytes))?;
        let mut text = channel_file_content::decompile(&content);
        if self.writes_to_standard_output() && stdout().is_terminal() {
            text = EscapedLines(&text).to_string();
        }
        destination.write(text.as_bytes())?;
        Ok(Verdict::Accepted)
    }
}
