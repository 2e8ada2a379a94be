//! `campaign`: attacks every promise for as long as one likes, and reports how deep it went.

mod corpus;
mod coverage;
mod measure;
mod options;
mod plots;
mod report;
mod rotation;
pub(crate) mod state;

use std::fs;
use std::sync::atomic::Ordering;

use self::options::Options;
use self::report::Report;
use self::rotation::{Rotation, STOP};
use self::state::{Folders, State};
use crate::fuzzing::broken;
use crate::fuzzing::engine::{Engine, Wanted};
use crate::fuzzing::target::Target;
use crate::outcome::{Extra, Failure, Promises, Run};
use crate::project::Project;

pub(crate) const EXTRA: Extra = Extra {
    name: "campaign",
    arguments: options::ARGUMENTS,
    summary: "attacks every promise with every fuzz target; the report is target/campaign/report/report.md",
    details: "",
    run: Run::Telling(run),
};

fn run(project: &Project, arguments: &[&str]) -> Result<Promises, Failure> {
    let options = Options::parse(arguments)?;
    let names: Vec<&str> = options.targets.iter().map(String::as_str).collect();
    let targets = Target::some(project, &names)?;
    let engine = Engine::build(project, &Wanted::Targets, |doing| println!("{doing}; at first this takes minutes"))?;
    let folders = Folders::of(project);
    if options.fresh && folders.root.exists() {
        fs::remove_dir_all(&folders.root).map_err(|error| cannot_write(&folders, &error))?;
    }
    fs::create_dir_all(folders.work()).map_err(|error| cannot_write(&folders, &error))?;
    if options.measure {
        measure::measure(project, &engine, &folders)?;
        return Ok(Promises::Kept);
    }
    // Whoever interrupts wants the report of what there is.
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed))
        .map_err(|error| Failure::new(format!("cannot take note of interruptions: {error}")))?;

    let mut state = State::load(project, &folders)?;
    let begin = targets.iter().map(|target| corpus::begin(&engine, target, &folders, &state.commit));
    let begin = begin.collect::<Result<Vec<_>, _>>()?;
    let rotation = Rotation {
        engine: &engine,
        folders: &folders,
        options: &options,
        targets: &targets,
        state: &mut state,
        begin: begin.clone(),
    };
    rotation.run()?;
    if !STOP.load(Ordering::Relaxed) {
        println!("minimising the corpus");
        for (target, begin) in targets.iter().zip(&begin) {
            corpus::minimise(&engine, target, &folders, begin)?;
            state.record(target).weigh(&folders.corpus(target));
        }
        state.save(&folders)?;
    }
    let mut found = Vec::new();
    for target in &targets {
        found.extend(broken::distinct(&engine, target, &folders.artifacts(target), &folders.work())?);
    }
    let coverage = if options.coverage { Some(coverage::measure(project, &folders, &engine, &targets)?) } else { None };
    let report =
        Report { state: &state, targets: &targets, broken: &found, coverage: coverage.as_deref(), jobs: options.jobs };
    report.write(&folders.report())?;
    for distinct in &found {
        println!(
            "{}: {}, {} inputs, the shortest {}",
            distinct.target,
            distinct.breakage,
            distinct.count,
            distinct.input.display()
        );
    }
    println!("the report is {}", folders.report().join("report.md").display());
    Ok(if found.is_empty() { Promises::Kept } else { Promises::Broken })
}

fn cannot_write(folders: &Folders, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {error}", folders.root.display()))
}
