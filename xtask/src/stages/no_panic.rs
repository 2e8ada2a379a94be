//! The reader cannot panic: what the proof package exports links although its panic handler cannot be linked.

mod culprit;

use std::collections::BTreeSet;
use std::path::Path;

use super::proof;
use crate::command::{Command, Finished};
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "no-panic", summary: "no panic is left in the reader's machine code, proved by linking it", run };

/// What the panic handler calls, and nothing defines.
const UNDEFINED: &str = "a_panic_path_survived";

/// The last owes nothing to the optimiser. The middle one has other rules for inlining.
const PROFILES: &[&str] = &["proof", "proof-s", "proof-0-nolto"];

/// Roots that write text are proved where the optimiser sees through the standard library's formatting.
const FORMATTING: (&str, &str, &str) = ("proof", "formatting", "formatting.rs");

/// Files of roots that a feature adds.
const BY_FEATURE: &[&str] = &["mod.rs", "formatting.rs", "negative_control.rs"];

fn run(project: &Project) -> Outcome {
    let files = root_files(project)?;
    let always: Vec<&str> = files.iter().map(String::as_str).filter(|file| !BY_FEATURE.contains(file)).collect();
    let roots = proof::roots(project, &always)?;
    let (with_formatting, feature, file) = FORMATTING;
    let writing = proof::roots(project, &[file])?;
    let proofs = PROFILES.iter().map(|profile| (*profile, None, &roots));
    // One profile may show what another hides, so each is tried.
    let mut left = String::new();
    for (profile, feature, roots) in proofs.chain([(with_formatting, Some(feature), &writing)]) {
        match link(project, profile, feature)? {
            None => inspect(project, profile, roots)?,
            Some(sites) => left.push_str(&format!("== profile {profile}, feature {feature:?}\n{sites}")),
        }
    }
    if !left.is_empty() {
        return Err(Failure::new("a panic is left, or the compiler cannot see that there is none").with_details(left));
    }
    for profile in PROFILES {
        build(project, profile, Some("negative-control"))
            .fail_with(&[UNDEFINED], "the root that indexes must not link, or the proof proves nothing")?;
    }
    Ok(format!(
        "{} roots at {}; {} that write text at {with_formatting}",
        roots.len(),
        PROFILES.join(", "),
        writing.len()
    ))
}

fn root_files(project: &Project) -> Result<Vec<String>, Failure> {
    let folder = project.root().join("proof/src/roots");
    let cannot = |error: std::io::Error| Failure::new(format!("cannot list {}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot)? {
        files.push(entry.map_err(cannot)?.file_name().to_string_lossy().into_owned());
    }
    Ok(files)
}

fn build(project: &Project, profile: &str, feature: Option<&str>) -> Command {
    let command = proof::cargo(project, "build").args(["--profile", profile]);
    match feature {
        Some(feature) => command.args(["--features", feature]),
        None => command,
    }
}

/// Links; if a panic is left, gives the places.
fn link(project: &Project, profile: &str, feature: Option<&str>) -> Result<Option<String>, Failure> {
    let Finished { status, output } = build(project, profile, feature).finish()?;
    if status.success() {
        return Ok(None);
    }
    if !output.contains(UNDEFINED) {
        let reason = format!("the proof does not build under profile {profile}, for another reason than a panic");
        return Err(Failure::new(reason).with_output(&output));
    }
    culprit::find(project, profile, feature, UNDEFINED).map(Some)
}

/// Looks into what was linked: it must hold every root, or they were thrown away unproved, and no panic.
fn inspect(project: &Project, profile: &str, roots: &[String]) -> Result<(), Failure> {
    let library = proof::library(project, profile);
    let exported = defined_symbols(project, &library, &["--dynamic", "--defined-only"])?;
    if let Some(missing) = roots.iter().find(|root| !exported.contains(*root)) {
        return Err(Failure::new(format!("{} does not export {missing}: it proves nothing of it", library.display())));
    }
    if roots.is_empty() {
        return Err(Failure::new("there are no roots"));
    }
    let all = defined_symbols(project, &library, &[])?;
    let of_panics = |symbol: &&String| symbol.contains("panicking") || symbol.contains("rust_begin_unwind");
    if let Some(symbol) = all.iter().find(of_panics) {
        return Err(Failure::new(format!("{} holds {symbol}, although it linked", library.display())));
    }
    Ok(())
}

fn defined_symbols(project: &Project, library: &Path, arguments: &[&str]) -> Result<BTreeSet<String>, Failure> {
    let listed = Command::new("nm", project.root()).args(arguments).arg(library).read()?;
    Ok(listed.lines().filter_map(|line| line.split_whitespace().next_back()).map(str::to_owned).collect())
}
