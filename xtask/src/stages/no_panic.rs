//! No panic is left in the machine code: of the reader, which links although its panic handler cannot be linked; and of what
//! allocates, where every way to the handler is followed and only named code of others is let through.
//!
//! What no root reaches is not proved, so the public functions that none reaches are looked for, and the exempt are named.

mod culprit;
mod let_through;
mod reach;

use std::collections::BTreeSet;
use std::path::Path;

use self::culprit::{Found, Relinked};
use self::let_through::{ALLOCATION, BYTES, EXPRESSIONS, LetThrough, SEARCHING, SORTING, TEXT, TOTAL};
use super::proof;
use crate::command::{Command, Finished};
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "no-panic", summary: "no panic is left in the machine code, proved by linking it", run };

/// What the panic handler calls, and nothing defines.
const UNDEFINED: &str = "a_panic_path_survived";

/// One way to build the proof package.
struct Build {
    profile: &'static str,
    features: &'static [&'static str],
}

/// What a build proves.
struct Proof {
    build: Build,
    /// The files of `proof/src/roots` whose roots it must export.
    files: &'static [&'static str],
    /// Where a panic may be left. If there is no such code, the build must link without a panic handler.
    let_through: &'static [LetThrough],
}

const READER: &[&str] = &["derived.rs", "error.rs", "file.rs", "template.rs", "views.rs", "wire.rs"];

const PROOFS: &[Proof] = &[
    // One profile may show what another hides. Overflow checks are on in each.
    Proof { build: Build { profile: "proof", features: &[] }, files: READER, let_through: &[] },
    // Optimised for size, which has other rules for inlining.
    Proof { build: Build { profile: "proof-s", features: &[] }, files: READER, let_through: &[] },
    // Not optimised at all: shows that this project's own code is free of panics by construction, whatever a compiler's
    // next version sees or fails to see.
    Proof { build: Build { profile: "proof-0-nolto", features: &[] }, files: READER, let_through: &[TOTAL] },
    Proof {
        build: Build { profile: "proof", features: &["formatting"] },
        files: &["formatting.rs"],
        let_through: &[TEXT],
    },
    Proof {
        build: Build { profile: "proof", features: &["writer"] },
        files: &["writer.rs"],
        let_through: &[ALLOCATION, BYTES, SORTING, TEXT],
    },
    Proof {
        build: Build { profile: "proof", features: &["evaluation"] },
        files: &["evaluation.rs"],
        let_through: &[ALLOCATION, BYTES, EXPRESSIONS, SEARCHING, SORTING, TEXT],
    },
];

/// Shows that the proofs can fail: roots that must be found, since they panic.
const CONTROL_FILE: &str = "negative_control.rs";
const CONTROLS: &[(Proof, &[&str])] = &[
    (
        Proof { build: Build { profile: "proof", features: &["negative-control"] }, files: &[], let_through: &[] },
        &["root_negative_control"],
    ),
    (
        Proof { build: Build { profile: "proof-s", features: &["negative-control"] }, files: &[], let_through: &[] },
        &["root_negative_control"],
    ),
    (
        Proof {
            build: Build { profile: "proof-0-nolto", features: &["negative-control"] },
            files: &[],
            let_through: &[TOTAL],
        },
        &["root_negative_control"],
    ),
    (
        Proof {
            build: Build { profile: "proof", features: &["formatting", "evaluation", "negative-control"] },
            files: &[],
            let_through: &[ALLOCATION, BYTES, EXPRESSIONS, SEARCHING, SORTING, TEXT],
        },
        &["root_negative_control", "root_negative_control_of_the_writer", "in a table of functions"],
    ),
];

fn run(project: &Project) -> Outcome {
    let unbuilt = unproved_files(project)?;
    if !unbuilt.is_empty() {
        return Err(Failure::new(format!("proof/src/roots/{} is in no proof", unbuilt.join(", "))));
    }
    let (mut left, mut used, mut proved) = (String::new(), BTreeSet::new(), BTreeSet::new());
    for proof in PROOFS {
        let roots = proof::roots(project, proof.files)?;
        let found = proof.panics(project, &roots)?;
        left.push_str(&found.places);
        used.extend(found.used);
        proved.extend(roots);
    }
    if !left.is_empty() {
        return Err(Failure::new("a panic is left, or the compiler cannot see that there is none").with_details(left));
    }
    for LetThrough { code, reason } in PROOFS.iter().flat_map(|proof| proof.let_through) {
        if let Some(code) = code.iter().find(|code| !used.contains(*code)) {
            return Err(Failure::new(format!("no panic is left in `{code}`: nothing is to be let through ({reason})")));
        }
    }
    CONTROLS.iter().try_for_each(|(control, expected)| control.must_find(project, expected))?;
    let reached = reach::check(project)?;
    Ok(format!("{} roots; {reached}", proved.len()))
}

impl Proof {
    /// Builds it; describes the panics that are left.
    fn panics(&self, project: &Project, roots: &[String]) -> Result<Found, Failure> {
        let mut found = if self.let_through.is_empty() {
            self.link(project, roots)?
        } else {
            let relinked = Relinked::build(project, &self.build)?;
            inspect_exports(project, relinked.library(), roots)?;
            relinked.culprits(project, self.let_through)?
        };
        let Build { profile, features } = self.build;
        if !found.places.is_empty() {
            found.places = format!("== profile {profile}, features {features:?}\n{}", found.places);
        }
        Ok(found)
    }

    /// Links without a panic handler.
    fn link(&self, project: &Project, roots: &[String]) -> Result<Found, Failure> {
        let Finished { status, output } = self.build.command(project).finish()?;
        if status.success() {
            return inspect(project, self.build.profile, roots).map(|()| Found::default());
        }
        if !output.contains(UNDEFINED) {
            let reason =
                format!("the proof does not build with {:?}, for another reason than a panic", self.build.features);
            return Err(Failure::new(reason).with_output(&output));
        }
        let mut found = Relinked::build(project, &self.build)?.culprits(project, &[])?;
        if found.places.is_empty() {
            found.places.push_str("no call to the panic handler is found\n");
        }
        Ok(found)
    }

    /// Demands that each of these is found, and that nothing links that must not.
    fn must_find(&self, project: &Project, expected: &[&str]) -> Result<(), Failure> {
        if self.let_through.is_empty() {
            let command = self.build.command(project);
            command.fail_with(&[UNDEFINED], "a root that indexes must not link")?;
        }
        let found = Relinked::build(project, &self.build)?.culprits(project, self.let_through)?.places;
        match expected.iter().find(|expected| !found.contains(*expected)) {
            None => Ok(()),
            Some(missing) => {
                let reason = format!("under profile {} the panic of `{missing}` is not found", self.build.profile);
                Err(Failure::new(reason).with_details(found))
            }
        }
    }
}

impl Build {
    fn command(&self, project: &Project) -> Command {
        let command = proof::cargo(project, "build").args(["--profile", self.profile]);
        command.args(["--features", &self.features.join(",")])
    }
}

/// The files of roots that no proof names.
fn unproved_files(project: &Project) -> Result<Vec<String>, Failure> {
    let folder = project.root().join("proof/src/roots");
    let cannot = |error: std::io::Error| Failure::new(format!("cannot list {}: {error}", folder.display()));
    let named = |file: &str| file == CONTROL_FILE || PROOFS.iter().any(|proof| proof.files.contains(&file));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot)? {
        let file = entry.map_err(cannot)?.file_name().to_string_lossy().into_owned();
        if !named(&file) {
            files.push(file);
        }
    }
    Ok(files)
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
