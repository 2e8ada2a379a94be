//! `bench`: measures everything there is to measure, and reports it for people, for programs and for services that track benchmarks.

mod measured;
mod options;
mod peers;
mod plots;
mod readme;
mod report;
#[cfg(test)]
mod tests;
mod text;
mod tracked;

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::measured::Row;
use self::options::Options;
use self::report::Report;
use crate::callgrind;
use crate::outcome::{Extra, Failure, Promises, Run};
use crate::project::Project;
use crate::stages::{cargo_of_peers, count_all};

pub(crate) const EXTRA: Extra = Extra {
    name: "bench",
    arguments: options::ARGUMENTS,
    summary: "times, memory, instructions, growth and peers; the report is target/bench-report/report.md",
    details: options::DETAILS,
    run: Run::Telling(run),
};

/// Rules and events of the user's own, for the comparison of matching.
const DATA: &str = "CHANNEL_FILE_DATA";

fn run(project: &Project, arguments: &[&str]) -> Result<Promises, Failure> {
    let options = Options::parse(arguments)?;
    let folder = options.out.clone().unwrap_or_else(|| project.target_apart("bench-report"));
    if options.readme {
        readme::rewrite(&project.root().join("README.md"), &Report::read(&folder)?)?;
        println!("the figures of README.md are those of {}", folder.join("report.json").display());
        return Ok(Promises::Kept);
    }
    let mut report = Report::new(project, options.quick);
    println!("scenarios: time and memory of every operation");
    report.scenarios = measure(project, "scenarios", options.quick)?;
    println!("growth: the same on more and more");
    report.growth = measure(project, "growth", options.quick)?;
    println!("instructions");
    if callgrind::version(project).is_ok() {
        report.instructions = count_all(project)?;
    } else {
        report.leave_out("instructions", "valgrind does not run");
    }
    println!("peers");
    // What was measured before is not lost where a peer does not build.
    let compared = compare(project, &options, &mut report);
    if let Err(failure) = &compared {
        report.leave_out("peers", &failure.reason);
    }
    report.write(&folder)?;
    for left_out in &report.left_out {
        println!("left out: {left_out}");
    }
    println!("the report is {}", folder.join("report.md").display());
    compared.map(|()| Promises::Kept)
}

/// Runs the program that measures, and takes a row from each of its lines.
fn measure(project: &Project, what: &str, quick: bool) -> Result<Vec<Row>, Failure> {
    let command = project.cargo().args(["run", "--quiet", "--release", "--package", "channel-file-scenarios"]);
    let command = command.args(["--bin", "measure", "--", what]).args(quick.then_some("--quick"));
    command.read_telling()?.lines().map(understood).collect()
}

fn compare(project: &Project, options: &Options, report: &mut Report) -> Result<(), Failure> {
    let has = |program: &str| project.root().join("benches/peers/src/bin").join(program).with_extension("rs").exists();
    if has("serialization") {
        let runs: &[&str] = if options.quick { &["--runs", "3", "--instances", "1000"] } else { &[] };
        report.serialization = Some(peer(project, "serialization", runs)?);
        let mutants = if options.quick { "1000" } else { "100000" };
        report.damage = Some(peer(project, "serialization", &["--damage", "--mutants", mutants])?);
    } else {
        report.leave_out("formats", "benches/peers has no program `serialization`");
    }
    match std::env::var_os(DATA) {
        Some(data) if Path::new(&data).is_dir() => report.matching = Some(peer(project, "matching", &[])?),
        Some(_) => return Err(Failure::unjudged(format!("{DATA} names no folder"))),
        None => report.leave_out("matching engines", &format!("{DATA} names no folder with rules and events")),
    }
    Ok(())
}

fn peer(project: &Project, program: &str, arguments: &[&str]) -> Result<Value, Failure> {
    let command = cargo_of_peers(project, "run").args(["--quiet", "--release", "--locked", "--bin", program, "--"]);
    understood(&command.args(["--format", "json"]).args(arguments).read_telling()?)
}

fn understood<T: DeserializeOwned>(json: &str) -> Result<T, Failure> {
    serde_json::from_str(json)
        .map_err(|error| Failure::new(format!("a program that measures says something else than it did: {error}")))
}
