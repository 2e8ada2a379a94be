//! `channel-file completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::finding::Failure;
use crate::output::Destination;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
Examples:
  channel-file completions bash > ~/.local/share/bash-completion/completions/channel-file
  channel-file completions fish > ~/.config/fish/completions/channel-file.fish";

/// Write what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Verdict, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "channel-file", &mut script);
        Destination::StandardOutput.write(&script)?;
        Ok(Verdict::Accepted)
    }
}
