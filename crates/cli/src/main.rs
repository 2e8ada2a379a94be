//! The `channel-file` program: builds, checks, inspects, dumps and decompiles channel files, and
//! holds events against them.
//!
//! Exit status: 0 accepted, 1 refused, 2 could not judge (usage, input or output).
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod arguments;
mod commands;
mod difference;
mod dump;
mod escape;
mod explanation;
mod finding;
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

use clap::Parser;

fn main() -> std::process::ExitCode {
    commands::run(&arguments::Arguments::parse()).into()
}
