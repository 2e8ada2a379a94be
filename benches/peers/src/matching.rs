//! Detection-matching engines side by side: in one process, on one thread, over the same parsed events.

mod data;
mod engine;
mod engines;
mod measure;
mod report;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use self::data::Category;
use self::measure::Rounds;
use self::report::Report;
use crate::Failure;
use crate::output::{Format, print};

/// Compare detection-matching engines over the same rules and the same events.
#[derive(Parser)]
#[command(name = "matching")]
struct Arguments {
    /// Folder with `sigma/CATEGORY.tar.gz`, `events/*.CATEGORY.jsonl.gz` and `expected/CATEGORY.tsv`.
    #[arg(long, value_name = "FOLDER", env = "CHANNEL_FILE_DATA")]
    data: PathBuf,

    /// Category of rules and events; may be given more than once. Both, unless given.
    #[arg(long, value_name = "CATEGORY", value_parser = CATEGORIES, default_values = CATEGORIES)]
    category: Vec<String>,

    /// How often every engine gets its turn over the events.
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// How often every engine is loaded.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    loads: u32,

    /// Only engines whose name contains this (also `regex set`, which is left out otherwise); may be given more than once. The first
    /// engine left is what ratios refer to.
    #[arg(long, value_name = "TEXT")]
    engine: Vec<String>,

    /// How to print the figures.
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Format,

    /// List every match that is missed or surplus.
    #[arg(long)]
    differences: bool,
}

const CATEGORIES: [&str; 2] = ["process_creation", "pipe_created"];

/// The program `matching`.
#[must_use]
pub fn main() -> ExitCode {
    print(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<String, Failure> {
    let engines = engines::named(&arguments.engine)?;
    let rounds = Rounds { loads: arguments.loads, runs: arguments.runs };
    let mut categories = Vec::new();
    for name in &arguments.category {
        let category = Category::read(&arguments.data, name)?;
        categories.push(measure::measure(&category, &engines, rounds)?);
    }
    let report = Report::new(&arguments.data, rounds, categories);
    match arguments.format {
        Format::Markdown => Ok(report.markdown(arguments.differences)),
        Format::Json => Ok(serde_json::to_string_pretty(&report)?),
    }
}
