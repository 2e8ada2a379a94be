//! The library as rustdoc's JSON describes it.
//!
//! The format is unstable, and changes with the compiler: `public-api` and `rustdoc-types` in `xtask/Cargo.toml` must be
//! those that read the format of the stable compiler in use.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::{LIBRARY, Project};

/// Has rustdoc describe the library with these features; in a target folder of its own, since build scripts look at
/// `RUSTC_BOOTSTRAP`.
pub(super) fn json(project: &Project, features: &[&str], arguments: &[&str]) -> Result<PathBuf, Failure> {
    let target = project.target_apart("public-api");
    let command = project.cargo().args(["rustdoc", "--package", LIBRARY, "--lib"]).args(features);
    let command =
        command.arg("--target-dir").arg(&target).args(["--", "-Zunstable-options", "--output-format", "json"]);
    command.args(arguments).env("RUSTC_BOOTSTRAP", "1").succeed()?;
    let json = target.join("doc/channel_file.json");
    check_format(project, &json)?;
    Ok(json)
}

/// Its text.
pub(super) fn read(json: &Path) -> Result<String, Failure> {
    fs::read_to_string(json).map_err(|error| Failure::new(format!("cannot read {}: {error}", json.display())))
}

fn check_format(project: &Project, json: &Path) -> Result<(), Failure> {
    let value: Value = serde_json::from_str(&read(json)?)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", json.display())))?;
    let (found, known) = (value.get("format_version").and_then(Value::as_u64), rustdoc_types::FORMAT_VERSION);
    if found == Some(u64::from(known)) {
        return Ok(());
    }
    let compiler = Command::new("rustc", project.root()).arg("--version").read()?;
    let found = found.map_or_else(|| "no format version".to_owned(), |found| format!("format {found}"));
    Err(Failure::new(format!(
        "{} writes rustdoc JSON with {found}, this program reads format {known}: in xtask/Cargo.toml choose the versions \
         of `public-api` and `rustdoc-types` that fit the compiler",
        compiler.trim_end()
    )))
}
