//! The reader cannot panic: what the proof package exports links although its panic handler cannot be linked.

mod culprit;

use std::collections::BTreeSet;
use std::path::Path;

use self::culprit::Relinked;
use super::proof;
use crate::command::{Command, Finished};
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "no-panic", summary: "no panic is left in the reader's machine code, proved by linking it", run };

/// What the panic handler calls, and nothing defines.
const UNDEFINED: &str = "a_panic_path_survived";

/// Optimised for speed, with overflow checks on, and for size, which has other rules for inlining.
const PROFILES: &[&str] = &["proof", "proof-s"];

/// Not optimised at all: shows that this project's own code is free of panics by construction, whatever a compiler's next
/// version sees or fails to see. Here code of the standard library keeps its checks, so that a list of it is let through.
const BY_CONSTRUCTION: &str = "proof-0-nolto";

/// Functions that do not panic by their contract, and that keep checks where nothing is optimised. `PROFILES` prove each call
/// of them free of panics too; what is not on this list must be so without help.
const TOTAL_FUNCTIONS: &[&str] = &[
    "<str>::get::<",
    "<str>::is_ascii",
    "<str>::is_char_boundary",
    "<[u8]>::starts_with",
    "<[u64; 3] as core::cmp::",
    "<core::slice::iter::ArrayWindows<",
];

/// Roots that write text are proved where the optimiser sees through the standard library's formatting.
const FORMATTING: (&str, &str, &str) = ("proof", "formatting", "formatting.rs");

/// Shows that the proof can fail.
const CONTROL: (&str, &str) = ("negative-control", "root_negative_control");

/// Files of roots that a feature adds.
const BY_FEATURE: &[&str] = &["formatting.rs", "negative_control.rs"];

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
    let relinked = Relinked::build(project, BY_CONSTRUCTION, None, UNDEFINED)?;
    inspect_exports(project, relinked.library(), &roots)?;
    let own = relinked.culprits(project, TOTAL_FUNCTIONS)?;
    if !own.is_empty() {
        left.push_str(&format!("== profile {BY_CONSTRUCTION}\n{own}"));
    }
    if !left.is_empty() {
        return Err(Failure::new("a panic is left, or the compiler cannot see that there is none").with_details(left));
    }
    check_control(project)?;
    Ok(format!(
        "{} roots at {} and {BY_CONSTRUCTION}; {} that write text at {with_formatting}",
        roots.len(),
        PROFILES.join(", "),
        writing.len()
    ))
}

/// A root that indexes must be found under every profile, or the proof proves nothing.
fn check_control(project: &Project) -> Result<(), Failure> {
    let (feature, root) = CONTROL;
    for profile in PROFILES {
        build(project, profile, Some(feature)).fail_with(&[UNDEFINED], "a root that indexes must not link")?;
    }
    for profile in PROFILES.iter().chain([&BY_CONSTRUCTION]) {
        let relinked = Relinked::build(project, profile, Some(feature), UNDEFINED)?;
        let found = relinked.culprits(project, TOTAL_FUNCTIONS)?;
        if !found.contains(root) {
            let reason = format!("under profile {profile} the panic of {root} is not found");
            return Err(Failure::new(reason).with_details(found));
        }
    }
    Ok(())
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
    let places = Relinked::build(project, profile, feature, UNDEFINED)?.culprits(project, &[])?;
    Ok(Some(if places.is_empty() { "no call to the panic handler is found\n".to_owned() } else { places }))
}

/// Looks into what was linked: it must hold every root, and no panic.
fn inspect(project: &Project, profile: &str, roots: &[String]) -> Result<(), Failure> {
    let library = proof::library(project, profile);
    inspect_exports(project, &library, roots)?;
    let all = symbols(project, &library, &[])?;
    let of_panics = |symbol: &&String| symbol.contains("panicking") || symbol.contains("rust_begin_unwind");
    match all.iter().find(of_panics) {
        Some(symbol) => Err(Failure::new(format!("{} holds {symbol}, although it linked", library.display()))),
        None => Ok(()),
    }
}

/// A root that is not exported was thrown away unproved.
fn inspect_exports(project: &Project, library: &Path, roots: &[String]) -> Result<(), Failure> {
    let exported = symbols(project, library, &["--dynamic", "--defined-only"])?;
    match roots.iter().find(|root| !exported.contains(*root)) {
        Some(missing) => {
            Err(Failure::new(format!("{} does not export {missing}: it proves nothing of it", library.display())))
        }
        None if roots.is_empty() => Err(Failure::new("there are no roots")),
        None => Ok(()),
    }
}

fn symbols(project: &Project, library: &Path, arguments: &[&str]) -> Result<BTreeSet<String>, Failure> {
    let listed = Command::new("nm", project.root()).args(arguments).arg(library).read()?;
    Ok(listed.lines().filter_map(|line| line.split_whitespace().next_back()).map(str::to_owned).collect())
}
