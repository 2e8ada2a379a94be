//! Formats side by side: in one process, on one thread, over the same content.
//!
//! | module | what |
//! |---|---|
//! | `documents` | what is written and read, as plain structs |
//! | `peer`, `peers` | what is asked of a format, and the formats |
//! | `entrant` | a format with a document, proved and ready to be timed or damaged |
//! | `measure`, `damage` | the two tables |

mod damage;
mod documents;
mod entrant;
mod measure;
mod peer;
mod peers;
mod report;

use std::process::ExitCode;

use channel_file_scenarios::{log, rules};
use clap::{Parser, ValueEnum};

use self::documents::Sample;
use self::report::Report;
use crate::Failure;
use crate::output::{Format, print};

/// Compare formats over the same content.
#[derive(Parser)]
#[command(name = "serialization")]
struct Arguments {
    /// Content to measure on; may be given more than once. Both, unless given.
    #[arg(long, value_name = "SET", default_values = ["log", "rules"])]
    set: Vec<Set>,

    /// Instances of the set of rules; may be given more than once.
    #[arg(long, value_name = "N", default_values = ["1000", "10000"], value_parser = clap::value_parser!(u64).range(1..))]
    instances: Vec<u64>,

    /// How often every format gets its turn.
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// Only formats whose name contains this; may be given more than once. The first format left is what ratios refer to.
    #[arg(long, value_name = "TEXT")]
    peer: Vec<String>,

    /// Damage small files instead, and say what each format makes of them.
    #[arg(long)]
    damage: bool,

    /// How many damaged files each format gets.
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "damage")]
    mutants: u64,

    /// How to print the figures.
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Set {
    /// 10,000 records of seven fields.
    Log,
    /// Rules in the shape of public ones.
    Rules,
}

/// The program `serialization`.
#[must_use]
pub fn main() -> ExitCode {
    print(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<String, Failure> {
    let report = if arguments.damage {
        Report::of_damage(damage::damage(arguments.mutants, &arguments.peer)?)
    } else {
        let mut sets = Vec::new();
        if arguments.set.contains(&Set::Log) {
            let sample = Sample::new("log", log::content(&log::records(log::RECORDS)))?;
            sets.push(measure::measure(&sample, peers::of_log(&sample, &arguments.peer)?, arguments.runs)?);
        }
        for &instances in arguments.instances.iter().filter(|_| arguments.set.contains(&Set::Rules)) {
            let sample = Sample::new(&format!("rules/{instances}"), rules::content(instances))?;
            sets.push(measure::measure(&sample, peers::of_rules(&sample, &arguments.peer)?, arguments.runs)?);
        }
        Report::of_sets(arguments.runs, sets)
    };
    match arguments.format {
        Format::Markdown => Ok(report.markdown()),
        Format::Json => Ok(serde_json::to_string_pretty(&report)?),
    }
}
