//! No operation takes more instructions, or asks for memory more often, than when its baseline was written.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::callgrind::{self, write};
use crate::command::Command;
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

mod measured;

pub(crate) use self::measured::Counted;
use self::measured::{Key, Measurements};

pub(crate) const STAGE: Stage = Stage {
    name: "instructions",
    summary: "no operation takes more instructions than its baseline; BLESS=1 writes a new one",
    run,
};

const PACKAGE: &str = "channel-file-scenarios";
const PROGRAM: &str = "scenarios";
const BASELINE: &str = "crates/scenarios/baseline.tsv";

/// The function whose instructions count.
const COUNTED: &str = "scenarios::counted";

fn run(project: &Project) -> Outcome {
    let key = Key::of_this_machine(project)?;
    project.cargo().args(["build", "--release", "--package", PACKAGE]).succeed()?;
    let program = project.target_apart("release").join(PROGRAM);
    let now = measure(project, &program, &[])?;
    // One operation is run a fortieth more often.
    let slower = measure(project, &program, &["--slower"])?;
    if slower.worse_than(&now).is_empty() {
        return Err(Failure::new("an operation that takes a fortieth more is not refused: nothing is judged"));
    }
    let path = project.root().join(BASELINE);
    if std::env::var_os("BLESS").is_some() {
        write(&path, &now.to_text(&key))?;
        return Ok(format!("{} operations, written to {BASELINE}", now.len()));
    }
    let text = fs::read_to_string(&path).map_err(|error| Failure::new(format!("cannot read {BASELINE}: {error}")))?;
    let (written_by, baseline) = Measurements::from_text(&text)?;
    let (before, against) = if written_by == key {
        (baseline, "the baseline".to_owned())
    } else {
        // Another compiler makes other instructions: the sources of the baseline are measured with this one.
        let commit = commit_of_baseline(project)?;
        (measure_commit(project, &commit)?, format!("commit {commit}, as the baseline was made elsewhere"))
    };
    let table = project.target_apart("instructions").join("table.txt");
    write(&table, &now.compared_with(&before))?;
    let worse = now.worse_than(&before);
    if !worse.is_empty() {
        let reason = format!(
            "more instructions or allocations than {against}: if that is worth it, `BLESS=1 cargo xtask {}`",
            STAGE.name
        );
        return Err(Failure::new(reason).with_details(worse));
    }
    let better = now.better_than(&before);
    let mut found =
        format!("{} operations against {against}, {better} of them better; table in {}", now.len(), table.display());
    if better > 0 {
        let _ = write!(found, "\n  to keep what was won: BLESS=1 cargo xtask {}", STAGE.name);
    }
    Ok(found)
}

/// What every operation takes now, for whoever judges nothing.
pub(crate) fn count_all(project: &Project) -> Result<Vec<Counted>, Failure> {
    callgrind::version(project)?;
    project.cargo().args(["build", "--release", "--package", PACKAGE]).succeed()?;
    Ok(measure(project, &project.target_apart("release").join(PROGRAM), &[])?.into_rows())
}

fn measure(project: &Project, program: &Path, arguments: &[&str]) -> Result<Measurements, Failure> {
    let folder = project.target_apart("instructions");
    Measurements::of_calls(&callgrind::count(project, program, arguments, COUNTED, &folder)?)
}

/// The commit that wrote the baseline.
fn commit_of_baseline(project: &Project) -> Result<String, Failure> {
    let log = Command::new("git", project.root()).args(["log", "-1", "--format=%H", "--", BASELINE]).read()?;
    let commit = log.trim();
    if commit.is_empty() {
        return Err(Failure::new(format!("the history does not say which commit wrote {BASELINE}: fetch all of it")));
    }
    Ok(commit.to_owned())
}

/// Builds the sources of a commit beside these, and measures them.
fn measure_commit(project: &Project, commit: &str) -> Result<Measurements, Failure> {
    let folder = project.target_apart("instructions").join("base");
    let sources = folder.join("sources");
    if !sources.exists() {
        fs::create_dir_all(&folder)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", folder.display())))?;
        let clone = Command::new("git", project.root()).args(["clone", "--quiet", "--shared", "--no-checkout", "."]);
        clone.arg(&sources).succeed()?;
    }
    Command::new("git", &sources).args(["fetch", "--quiet", "origin", commit]).succeed()?;
    Command::new("git", &sources).args(["checkout", "--quiet", "--detach", commit]).succeed()?;
    let target = folder.join("target");
    let cargo = Command::cargo(&sources).env("CARGO_TARGET_DIR", &target);
    cargo.args(["build", "--release", "--locked", "--package", PACKAGE]).succeed()?;
    measure(project, &target.join("release").join(PROGRAM), &[])
}
