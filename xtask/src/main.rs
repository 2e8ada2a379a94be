//! The project's own chores: what the gate runs, one stage a file.
#![forbid(unsafe_code)]

mod campaign;
mod command;
mod commands;
mod crash;
mod figures;
mod fuzzing;
mod outcome;
mod project;
mod stages;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::commands::{EXTRAS, Extra, Promises};
use crate::fuzzing::compiler;
use crate::outcome::{Failure, Stage};
use crate::project::Project;
use crate::stages::STAGES;

fn main() -> ExitCode {
    if std::env::var_os(compiler::VARIABLE).is_some() {
        return compiler::run(std::env::args_os().skip(1));
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["ci"] => run_all(),
        ["--help" | "-h" | "help"] => {
            print!("{}", usage());
            ExitCode::SUCCESS
        }
        [] => misused("which stage?"),
        [name, rest @ ..] => {
            let stage = STAGES.iter().find(|stage| stage.name == *name);
            let extra = EXTRAS.iter().find(|extra| extra.name == *name);
            match (stage, extra, rest) {
                (_, Some(extra), _) => run_extra(extra, rest),
                (Some(stage), _, []) => run_one(stage),
                (Some(_), _, _) => misused("one stage at a time, or `ci` for all"),
                (None, None, _) => misused(&format!("there is no stage `{name}`")),
            }
        }
    }
}

fn run_all() -> ExitCode {
    let started = Instant::now();
    let ran = load_project().and_then(|project| STAGES.iter().try_for_each(|stage| run_reported(stage, &project)));
    let count = STAGES.len();
    match ran {
        Ok(()) => {
            println!("all {count} stages passed in {}", seconds(started.elapsed()));
            ExitCode::SUCCESS
        }
        Err(Stopped) => {
            println!("stopped after {}; not all of {count} stages passed", seconds(started.elapsed()));
            ExitCode::FAILURE
        }
    }
}

fn run_one(stage: &Stage) -> ExitCode {
    match load_project().and_then(|project| run_reported(stage, &project)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stopped) => ExitCode::FAILURE,
    }
}

/// 0 if nothing is broken, 1 if a promise is, 2 if it could not be found out.
fn run_extra(extra: &Extra, arguments: &[&str]) -> ExitCode {
    let Ok(project) = load_project() else { return ExitCode::from(2) };
    match (extra.run)(&project, arguments) {
        Ok(Promises::Kept) => ExitCode::SUCCESS,
        Ok(Promises::Broken) => ExitCode::FAILURE,
        Err(failure) => {
            show(&failure);
            ExitCode::from(2)
        }
    }
}

/// A stage failed, and its failure has been shown.
struct Stopped;

fn load_project() -> Result<Project, Stopped> {
    Project::load().map_err(|failure| {
        show(&failure);
        Stopped
    })
}

/// Runs one stage: one line with its time, and the reason below it if it failed.
fn run_reported(stage: &Stage, project: &Project) -> Result<(), Stopped> {
    let name = stage.name;
    let terminal = std::io::stdout().is_terminal();
    if terminal {
        print!("{name:<12} …");
        // Only the look of a terminal depends on it.
        let _ = std::io::stdout().flush();
    }
    let started = Instant::now();
    let outcome = (stage.run)(project);
    let time = seconds(started.elapsed());
    let begin = if terminal { "\r" } else { "" };
    match outcome {
        Ok(done) => {
            println!("{begin}{name:<12} {time:>8}  ok: {done}");
            Ok(())
        }
        Err(failure) => {
            println!("{begin}{name:<12} {time:>8}  FAILED");
            show(&failure);
            Err(Stopped)
        }
    }
}

fn show(failure: &Failure) {
    if let Some(output) = &failure.output {
        println!("{output}");
    }
    println!("error: {}", failure.reason);
}

fn misused(problem: &str) -> ExitCode {
    eprint!("error: {problem}\n\n{}", usage());
    ExitCode::from(2)
}

fn usage() -> String {
    let mut text =
        String::from("usage: cargo xtask ci | <stage> | --help\n\n  ci            all stages, in this order:\n");
    for Stage { name, summary, .. } in STAGES {
        text.push_str(&format!("  {name:<12}  {summary}\n"));
    }
    text.push_str("\nand, outside the gate:\n\n");
    for Extra { name, arguments, summary, .. } in EXTRAS {
        text.push_str(&format!("  {name} {arguments}\n                {summary}\n"));
    }
    text.push_str("\nBLESS=1 rewrites what a stage compares with (corpus, public-api).\n");
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
