//! The lint wall stands: each of its lints stops a line that it must stop, and every package is behind it.
//!
//! `crates/lint-wall` holds the lines, each below a mark that names the lint or the method. A lint that is taken out of the
//! workspace's manifest stops its line no more; one that is put in needs a line.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "lints", summary: "each lint of the wall stops what it must, in every package", run };

const BAD_LINES: &str = "crates/lint-wall/src/bad_lines.rs";

/// What each root of a package says: lints of the workspace may be allowed anywhere below, this not.
const FORBIDS: &str = "#![forbid(unsafe_code)]";

/// What a root says instead that has a module of unsafe code.
const DENIES_UNSAFE: &str = "#![deny(unsafe_code)]";

/// What each root says that is linked or run outside tests.
const DENIES: &str = "#![cfg_attr(not(test), deny(clippy::disallowed_methods))]";

/// Packages that may call methods which panic.
const MAY_PANIC: &[(&str, &str)] = &[
    ("channel-file-corpus", "makes files for tests"),
    ("channel-file-compile-fail", "holds nothing but tests"),
    ("channel-file-example-planted-sensor", "is wrong on purpose"),
    ("channel-file-fuzz-bodies", "panics where a promise is broken"),
    ("channel-file-scenarios", "makes what is measured; nobody links it"),
    ("channel-file-smith", "makes inputs for tests; no sensor links it"),
];

/// Roots with a module of unsafe code, and why; they deny it everywhere else.
const MAY_BE_UNSAFE: &[(&str, &str)] = &[
    ("crates/scenarios/src/bin/measure/main.rs", "an allocator that counts"),
    ("crates/scenarios/src/main.rs", "an allocator that counts"),
    ("fuzz/bodies/src/lib.rs", "an allocator that counts"),
];

/// Groups of lints, each with the member that has a line.
const GROUPS: &[(&str, &str)] =
    &[("rust_2018_idioms", "elided_lifetimes_in_paths"), ("clippy::all", "clippy::needless_return")];

fn run(project: &Project) -> Outcome {
    let bad_lines = read(&project.root().join(BAD_LINES))?;
    let marks: Vec<(u64, &str)> = (2_u64..).zip(bad_lines.lines()).filter_map(mark).collect();
    let stopped = stopped(project)?;
    if let Some((line, name)) = marks.iter().find(|(line, name)| !stopped.iter().any(|one| one.is_by(*line, name))) {
        return Err(Failure::new(format!("`{name}` does not stop {BAD_LINES}:{line}: the wall has a gap")));
    }
    let (lints, methods) = (lints(project)?, methods(project)?);
    let has_line = |name: &str| marks.iter().any(|(_, mark)| *mark == name);
    if let Some(name) = lints.iter().chain(&methods).find(|name| !has_line(name)) {
        return Err(Failure::new(format!("`{name}` has no line in {BAD_LINES}: write one that it stops")));
    }
    let packages = check_packages(project)?;
    Ok(format!("{} lints and {} methods stop a line each, in {packages} packages", lints.len(), methods.len()))
}

/// The number of the line below a mark, and what the mark names.
fn mark((below, line): (u64, &str)) -> Option<(u64, &str)> {
    Some((below, line.trim_start().strip_prefix("//~ ")?))
}

/// A line that a lint stopped.
struct Stopped {
    lint: String,
    message: String,
    line: u64,
}

impl Stopped {
    fn is_by(&self, line: u64, name: &str) -> bool {
        let of_method = self.lint == "clippy::disallowed_methods" && self.message.ends_with(&format!("`{name}`"));
        self.line == line && (self.lint == name || of_method)
    }
}

/// Compiles the bad lines; gives what is refused.
fn stopped(project: &Project) -> Result<Vec<Stopped>, Failure> {
    let command = project.cargo().args(["clippy", "--package", "channel-file-lint-wall", "--message-format", "json"]);
    let command = command.args(["--", "--cfg", "bad_lines"]).env("CARGO_TARGET_DIR", project.target_apart("lint-wall"));
    let finished = command.finish()?;
    let messages = finished.output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let stopped: Vec<_> = messages.filter_map(|message| refusal(message.get("message")?)).collect();
    if stopped.is_empty() {
        return Err(Failure::new("clippy stops none of the bad lines").with_output(&finished.output));
    }
    Ok(stopped)
}

fn refusal(message: &Value) -> Option<Stopped> {
    if message.get("level")? != "error" {
        return None;
    }
    Some(Stopped {
        lint: message.get("code")?.get("code")?.as_str()?.to_owned(),
        message: message.get("message")?.as_str()?.to_owned(),
        line: message.get("spans")?.as_array()?.first()?.get("line_start")?.as_u64()?,
    })
}

/// The lints that the workspace's manifest denies, a group under the name of the member that has a line.
fn lints(project: &Project) -> Result<BTreeSet<String>, Failure> {
    let manifest = read(&project.root().join("Cargo.toml"))?;
    let mut lints = BTreeSet::new();
    let mut prefix = None;
    for line in manifest.lines() {
        match (line, line.split_once(" = ")) {
            ("[workspace.lints.rust]", _) => prefix = Some(""),
            ("[workspace.lints.clippy]", _) => prefix = Some("clippy::"),
            (table, None) if table.starts_with('[') => prefix = None,
            (_, Some((lint, level))) if level.contains("\"deny\"") => {
                let name = prefix.map(|prefix| format!("{prefix}{lint}"));
                lints.extend(name.map(|name| match GROUPS.iter().find(|(group, _)| *group == name) {
                    Some((_, member)) => (*member).to_owned(),
                    None => name,
                }));
            }
            _ => {}
        }
    }
    Ok(lints)
}

/// The methods that `clippy.toml` disallows.
fn methods(project: &Project) -> Result<BTreeSet<String>, Failure> {
    let settings = read(&project.root().join("clippy.toml"))?;
    let path = |line: &str| Some(line.split_once("{ path = \"")?.1.split_once('"')?.0.to_owned());
    Ok(settings.lines().filter_map(path).collect())
}

/// Demands that each package takes the workspace's lints and that each of its roots says what it must; counts packages.
fn check_packages(project: &Project) -> Result<usize, Failure> {
    let text = project.cargo().args(["metadata", "--no-deps", "--format-version", "1"]).read()?;
    let unexpected = || Failure::new("`cargo metadata` gives something else than it did");
    let metadata: Value = serde_json::from_str(&text).map_err(|_| unexpected())?;
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or_else(unexpected)?;
    for package in packages {
        let manifest = package.get("manifest_path").and_then(Value::as_str).ok_or_else(unexpected)?;
        if !read(Path::new(manifest))?.contains("[lints]\nworkspace = true\n") {
            return Err(Failure::new(format!("{manifest} does not take the workspace's lints")));
        }
        let may_panic = MAY_PANIC.iter().any(|(name, _)| package.get("name").is_some_and(|own| own == name));
        let demanded = if may_panic { &[FORBIDS][..] } else { &[FORBIDS, DENIES] };
        for target in package.get("targets").and_then(Value::as_array).ok_or_else(unexpected)? {
            let kind = target.get("kind").and_then(|kind| kind.get(0)).and_then(Value::as_str);
            let root = target.get("src_path").and_then(Value::as_str).ok_or_else(unexpected)?;
            let root_text = read(Path::new(root))?;
            let is_excepted = MAY_BE_UNSAFE.iter().any(|(excepted, _)| root.ends_with(excepted));
            let is_said = |line: &str| {
                root_text.contains(line) || (line == FORBIDS && is_excepted && root_text.contains(DENIES_UNSAFE))
            };
            let lacking = demanded.iter().find(|line| !is_said(line));
            if let (Some("lib" | "bin"), Some(line)) = (kind, lacking) {
                return Err(Failure::new(format!("{root} does not say {line}")));
            }
        }
    }
    Ok(packages.len())
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
}
