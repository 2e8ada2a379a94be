//! The project's own chores: what the gate runs, one stage a file, and extras beside it.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod bench;
mod callgrind;
mod campaign;
mod command;
mod crash;
mod extras;
mod figures;
mod fuzzing;
mod llvm;
mod machine;
mod outcome;
mod plot;
mod project;
mod stages;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::extras::EXTRAS;
use crate::fuzzing::compiler;
use crate::outcome::{Extra, Failure, Outcome, Promises, Run, Stage};
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
        [name, "--help" | "-h"] => explain(name),
        [] => misused("which stage?"),
        [name, rest @ ..] => {
            let stage = STAGES.iter().find(|stage| stage.name == *name);
            let extra = EXTRAS.iter().find(|extra| extra.name == *name);
            match (stage, extra, rest) {
                (Some(stage), _, []) => run_one(stage.name, stage.run),
                (Some(_), ..) => misused("one stage at a time, or `ci` for all"),
                (_, Some(Extra { name, run: Run::Reported(run), .. }), _) => {
                    run_one(name, |project| run(project, rest))
                }
                (_, Some(Extra { run: Run::Telling(run), .. }), _) => run_telling(*run, rest),
                _ => misused(&format!("there is no stage `{name}`")),
            }
        }
    }
}

fn run_all() -> ExitCode {
    let started = Instant::now();
    let ran = load_project()
        .and_then(|project| STAGES.iter().try_for_each(|stage| run_reported(stage.name, stage.run, &project)));
    let count = STAGES.len();
    match ran {
        Ok(()) => {
            println!("all {count} stages passed in {}", seconds(started.elapsed()));
            ExitCode::SUCCESS
        }
        Err(Stopped { .. }) => {
            println!("stopped after {}; not all of {count} stages passed", seconds(started.elapsed()));
            ExitCode::FAILURE
        }
    }
}

fn run_one(name: &str, run: impl Fn(&Project) -> Outcome) -> ExitCode {
    match load_project().and_then(|project| run_reported(name, run, &project)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stopped { is_judged: true }) => ExitCode::FAILURE,
        Err(Stopped { is_judged: false }) => ExitCode::from(2),
    }
}

/// Runs what tells by itself how it goes: 0 if nothing is broken, 1 if a promise is, 2 if it could not be found out.
fn run_telling(run: fn(&Project, &[&str]) -> Result<Promises, Failure>, arguments: &[&str]) -> ExitCode {
    let Ok(project) = load_project() else { return ExitCode::from(2) };
    match run(&project, arguments) {
        Ok(Promises::Kept) => ExitCode::SUCCESS,
        Ok(Promises::Broken) => ExitCode::FAILURE,
        Err(failure) => {
            show(&failure);
            ExitCode::from(2)
        }
    }
}

/// A stage failed, and its failure has been shown.
struct Stopped {
    is_judged: bool,
}

fn load_project() -> Result<Project, Stopped> {
    Project::load().map_err(|failure| show(&failure))
}

/// Runs one stage or extra: one line with its time, and the reason below it if it failed.
fn run_reported(name: &str, run: impl Fn(&Project) -> Outcome, project: &Project) -> Result<(), Stopped> {
    let terminal = std::io::stdout().is_terminal();
    if terminal {
        print!("{name:<12} …");
        // Only the look of a terminal depends on it.
        let _ = std::io::stdout().flush();
    }
    let started = Instant::now();
    let outcome = run(project);
    let time = seconds(started.elapsed());
    let begin = if terminal { "\r" } else { "" };
    match outcome {
        Ok(done) => {
            println!("{begin}{name:<12} {time:>8}  ok: {done}");
            Ok(())
        }
        Err(failure) => {
            let word = if failure.is_judged { "FAILED" } else { "not judged" };
            println!("{begin}{name:<12} {time:>8}  {word}");
            Err(show(&failure))
        }
    }
}

fn show(failure: &Failure) -> Stopped {
    if let Some(output) = &failure.output {
        println!("{output}");
    }
    println!("error: {}", failure.reason);
    Stopped { is_judged: failure.is_judged }
}

fn misused(problem: &str) -> ExitCode {
    eprint!("error: {problem}\n\n{}", usage());
    ExitCode::from(2)
}

/// What one stage or extra is and takes.
fn explain(name: &str) -> ExitCode {
    let stage = STAGES.iter().find(|stage| stage.name == name).map(|stage| (stage.summary, "", ""));
    let extra = EXTRAS.iter().find(|extra| extra.name == name);
    let extra = extra.map(|extra| (extra.summary, extra.arguments, extra.details));
    let Some((summary, arguments, details)) = stage.or(extra) else {
        return misused(&format!("there is no stage `{name}`"));
    };
    println!("{}\n\n  {summary}\n{details}", format!("usage: cargo xtask {name} {arguments}").trim_end());
    ExitCode::SUCCESS
}

fn usage() -> String {
    let mut text = String::from(
        "usage: cargo xtask ci | <stage> | <extra> [argument ...] | --help\n\n  ci            all stages, in this order:\n",
    );
    for Stage { name, summary, .. } in STAGES {
        text.push_str(&format!("  {name:<12}  {summary}\n"));
    }
    text.push_str("\nextras, which `ci` does not run; status 2 where the tools that they need are missing:\n");
    for Extra { name, arguments, summary, .. } in EXTRAS {
        text.push_str(&format!("  {name:<12}  {summary}\n"));
        if !arguments.is_empty() {
            text.push_str(&format!("  {:<12}  {name} {arguments}\n", ""));
        }
    }
    text.push_str("\nBLESS=1 rewrites what a stage compares with (corpus, public-api).\n");
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
