//! What the stages that build the proof package share.

use std::fs;
use std::path::PathBuf;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// A cargo command on the proof package, which has a workspace and a target folder of its own.
pub(super) fn cargo(project: &Project, subcommand: &str) -> Command {
    let command = project.cargo().args([subcommand, "--manifest-path", "proof/Cargo.toml"]);
    command.env("CARGO_TARGET_DIR", target(project))
}

/// Where its builds go.
pub(super) fn target(project: &Project) -> PathBuf {
    project.target_apart("proof")
}

/// Where the library of a profile is found after a build.
pub(super) fn library(project: &Project, profile: &str) -> PathBuf {
    target(project).join(profile).join("libchannel_file_proof.so")
}

/// The names of all roots in these files of `proof/src/roots`: they are spelled nowhere else.
pub(super) fn roots(project: &Project, files: &[&str]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for file in files {
        let path = project.root().join("proof/src/roots").join(file);
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
        let of_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let words = text.split(|character: char| !of_name(character)).filter(|word| word.starts_with("root_"));
        names.extend(words.map(str::to_owned));
    }
    names.sort();
    names.dedup();
    Ok(names)
}
