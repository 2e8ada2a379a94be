//! What can be typed.

use std::path::PathBuf;

use channel_file::Limits;
use channel_file::interpreter::Budget;
use clap::{Args, Parser, ValueEnum};
use serde::Serialize;

use crate::commands::Command;

const EXIT_STATUS: &str = "\
Exit status:
  0  accepted
  1  refused
  2  could not judge: usage, input or output

`-` stands for standard input where a file is read and for standard output where one is written.";

/// Builds, checks, explains and takes apart channel files: binary files of detection content that cannot crash the sensor
/// that loads them.
#[derive(Debug, Parser)]
#[command(name = "channel-file", version, after_help = EXIT_STATUS, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command knows.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Shared {
    /// Who reads the output
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Output")]
    pub(crate) format: Format,

    /// Nothing but findings and what was asked for: no summary, no progress
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(crate) quiet: bool,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people
    #[default]
    Human,
    /// One JSON object, or from `match` one a line; a command line that cannot be understood is still answered with text
    Json,
    /// SARIF 2.1.0, for programs that show findings beside sources: from `check` and `diff`
    Sarif,
}

/// What is accepted at most.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct LimitsArgument {
    /// Limits that the channel file has to keep, and its budget where it is loaded
    #[arg(long, value_enum, default_value_t, value_name = "PRESET")]
    pub(crate) limits: LimitsPreset,
}

/// A preset of limits.
#[derive(Clone, Copy, Debug, Default, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LimitsPreset {
    /// Servers and desktop sensors: files of at most 256 MiB, the default budget
    #[default]
    Default,
    /// Small devices: files of at most 1 MiB, the budget of small devices
    Embedded,
    /// Whatever the format can say, the default budget
    Format,
}

impl LimitsPreset {
    pub(crate) const fn limits(self) -> Limits {
        match self {
            Self::Default => Limits::DEFAULT,
            Self::Embedded => Limits::EMBEDDED,
            Self::Format => Limits::FORMAT,
        }
    }

    /// What content may cost once it is loaded: the format has no say in that.
    pub(crate) const fn budget(self) -> Budget {
        match self {
            Self::Default | Self::Format => Budget::DEFAULT,
            Self::Embedded => Budget::EMBEDDED,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Embedded => "embedded",
            Self::Format => "format",
        }
    }
}

/// How sources are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct SourcesArguments {
    /// Template types that sources can use without declaring them
    #[arg(long, value_enum, default_value_t, value_name = "LIBRARY")]
    pub(crate) types: TypesPreset,

    /// Values of the placeholders in Sigma rules: a JSON object of names, each with a list of texts
    #[arg(long, value_name = "FILE")]
    pub(crate) placeholders: Option<PathBuf>,

    /// Go on with the rules that compile, and list the others with their reasons
    #[arg(long)]
    pub(crate) skip_refused: bool,
}

/// What refuses content as errors do.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings that are not waived
    Warnings,
}

/// A library of template types.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum TypesPreset {
    /// Event types of Windows, under the names that Sigma gives them
    #[default]
    Windows,
    /// None: sources declare all that they use, as those that `decompile` writes do
    None,
}

impl TypesPreset {
    pub(crate) fn library(self) -> channel_file_content::TypeLibrary {
        match self {
            Self::Windows => channel_file_content::TypeLibrary::windows(),
            Self::None => channel_file_content::TypeLibrary::new(),
        }
    }
}
