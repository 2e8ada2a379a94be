//! Every fuzz target for a fixed number of runs from a fixed seed; that its inputs get deep enough; and that a planted defect is
//! found.

use std::fs;
use std::path::{Path, PathBuf};

use crate::figures::{real, short};
use crate::fuzzing::broken;
use crate::fuzzing::engine::{Engine, Wanted};
use crate::fuzzing::gates::Gates;
use crate::fuzzing::session::{Ended, Session};
use crate::fuzzing::target::{Input, Target};
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

mod integration;

pub(crate) const STAGE: Stage =
    Stage { name: "fuzz", summary: "fuzz targets break nothing, get deep, and find what is planted", run };

/// Runs of each kind of target: what takes a second or two.
fn runs(target: &Target) -> u32 {
    match (target.input, target.timeout_seconds) {
        (Input::Bytes, _) => 200_000,
        (Input::File, ..=5) => 20_000,
        (Input::File | Input::Text, _) => 4_000,
        (Input::Choices, ..=10) => 1_000,
        (Input::Choices, _) => 100,
    }
}

/// Of the inputs of targets that take files, at least so many in a hundred pass a gate.
const FLOORS: &[(&str, f64)] =
    &[("magic", 90.0), ("header", 80.0), ("checksums", 75.0), ("schema", 8.0), ("canonical", 2.0)];

/// The planted defect is found within so many runs.
const RUNS_OF_CONTROL: u32 = 1_000_000;

fn run(project: &Project) -> Outcome {
    let targets = Target::all(project)?;
    let engine = Engine::build(project, &Wanted::Targets, |_| {})?;
    integration::check(project, &engine, &targets)?;
    let work = project.target_apart("fuzz").join("stage");
    let (mut executions, mut files) = (0_u64, Gates::default());
    for target in &targets {
        let ended = run_target(&engine, target, &work.join(&target.name))?;
        executions = executions.saturating_add(ended.seen.executions);
        if target.input == Input::File {
            is_mutated_as_files(target, &ended)?;
            is_deep(target, &ended.gates)?;
            files.add(&ended.gates);
        }
    }
    let found = finds_what_is_planted(project, &targets, &work.join("control"))?;
    Ok(format!(
        "{} targets, {} runs; {:.0} % of files pass the checksums, {:.0} % are accepted; what is planted is found after {found} runs",
        targets.len(),
        short(real(executions)),
        files.percent("checksums"),
        files.percent("canonical"),
    ))
}

fn run_target(engine: &Engine, target: &Target, work: &Path) -> Result<Ended, Failure> {
    let artifacts = emptied(work, "artifacts")?;
    let mut command = engine.run(target, &artifacts)?;
    command.args([format!("-runs={}", runs(target)), "-seed=1".to_owned()]).arg(emptied(work, "corpus")?);
    command.arg(engine.seeds(target));
    if engine.crashes(target).is_dir() {
        command.arg(engine.crashes(target));
    }
    let ended = Session::finish(command, work.join("gates"))?;
    if ended.status.success() {
        return Ok(ended);
    }
    let name = &target.name;
    let what = broken::Breakage::of(&ended).map_or_else(|| "it ends".to_owned(), |breakage| breakage.to_string());
    let look = match ended.seen.artifacts.first() {
        Some(input) => format!("; to look at it: cargo xtask crash --target {name} {}", input.display()),
        None => String::new(),
    };
    let lines: Vec<&str> = ended.seen.tail.iter().map(String::as_str).collect();
    Err(Failure::new(format!("target `{name}` breaks a promise: {what}{look}")).with_output(&lines.join("\n")))
}

/// Without the mutator a target still runs, and comes to nothing.
fn is_mutated_as_files(target: &Target, ended: &Ended) -> Result<(), Failure> {
    let missing = match (ended.seen.is_mutated, ended.seen.is_crossed) {
        (true, true) => return Ok(()),
        (false, _) => "its mutator is not there",
        (_, false) => "none of its inputs was crossed of two",
    };
    Err(Failure::new(format!("target `{}` takes files, but {missing}", target.name)))
}

fn is_deep(target: &Target, gates: &Gates) -> Result<(), Failure> {
    for (gate, floor) in FLOORS {
        let percent = gates.percent(gate);
        if percent < *floor {
            let name = &target.name;
            return Err(Failure::new(format!(
                "target `{name}`: {percent:.1} % of {} inputs pass gate `{gate}`; at least {floor} % are expected",
                gates.inputs
            )));
        }
    }
    Ok(())
}

/// After how many runs.
fn finds_what_is_planted(project: &Project, targets: &[Target], work: &Path) -> Result<u64, Failure> {
    let target = targets.iter().find(|target| target.name == "open_repaired");
    let target =
        target.ok_or_else(|| Failure::new("target `open_repaired`, whose seeds the control takes, is gone"))?;
    let engine = Engine::build(project, &Wanted::Control, |_| {})?;
    let mut command = engine.run_control(target, &emptied(work, "artifacts")?)?;
    command.args([format!("-runs={RUNS_OF_CONTROL}"), "-seed=1".to_owned()]).arg(emptied(work, "corpus")?);
    command.arg(engine.seeds(target));
    let ended = Session::finish(command, work.join("gates"))?;
    let breakage = broken::Breakage::of(&ended);
    match breakage {
        Some(breakage) if breakage.shape.contains("planted") && !ended.seen.artifacts.is_empty() => {
            Ok(ended.seen.executions)
        }
        Some(breakage) => Err(Failure::new(format!("the control breaks otherwise than it should: {breakage}"))),
        None => Err(Failure::new(format!(
            "a planted defect is not found within {RUNS_OF_CONTROL} runs: that nothing else is found means nothing"
        ))),
    }
}

fn emptied(work: &Path, name: &str) -> Result<PathBuf, Failure> {
    let folder = work.join(name);
    let cannot = |error| Failure::new(format!("cannot empty {}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(cannot)?;
    }
    fs::create_dir_all(&folder).map_err(cannot)?;
    Ok(folder)
}
