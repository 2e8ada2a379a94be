//! The library's public API is the one that was reviewed.

use std::collections::BTreeSet;
use std::fs;

use public_api::PublicApi;

use super::rustdoc;
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "public-api", summary: "the library's public API is as docs/public-api.txt lists it", run };

const LISTING: &str = "docs/public-api.txt";

/// Traits of the compiler that every type has or lacks by itself, and that nobody can name on stable.
const COMPILER_TRAITS: &[&str] =
    &["core::marker::Freeze", "core::marker::StructuralPartialEq", "core::marker::UnsafeUnpin"];

fn run(project: &Project) -> Outcome {
    let json = rustdoc::json(project, &["--all-features"], &[])?;
    let api = public_api::Builder::from_rustdoc_json(&json).omit_blanket_impls(true).build();
    let api = api.map_err(|error| Failure::new(format!("cannot read {}: {error}", json.display())))?;
    let current = listing(&api);
    let path = project.root().join(LISTING);
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &current).map_err(|error| Failure::new(format!("cannot write {LISTING}: {error}")))?;
        return Ok(format!("{LISTING} rewritten, {} lines", current.lines().count()));
    }
    let reviewed = fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("cannot read {LISTING}: {error}; BLESS=1 writes it")))?;
    if reviewed == current {
        return Ok(format!("{} lines, all as in {LISTING}", current.lines().count()));
    }
    let reason = format!(
        "the public API differs from {LISTING}; if that is meant (docs/SEMVER.md), `BLESS=1 cargo xtask public-api`"
    );
    Err(Failure::new(reason).with_details(difference(&reviewed, &current)))
}

fn listing(api: &PublicApi) -> String {
    let lines = api.items().map(ToString::to_string);
    let named = lines.filter(|line| !COMPILER_TRAITS.iter().any(|of_compiler| line.contains(of_compiler)));
    named.fold(String::new(), |text, line| text + &line + "\n")
}

fn difference(reviewed: &str, current: &str) -> String {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (reviewed.lines().collect(), current.lines().collect());
    let removed = before.difference(&after).map(|line| format!("- {line}\n"));
    let added = after.difference(&before).map(|line| format!("+ {line}\n"));
    let lines: String = removed.chain(added).collect();
    if lines.is_empty() { "the same lines in another order".into() } else { lines }
}
