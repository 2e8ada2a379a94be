//! What the stages share that build the example for devices without an operating system.

use crate::command::Command;
use crate::project::Project;

/// A cargo command on the example, which has a workspace and a target folder of its own.
pub(super) fn cargo(project: &Project, subcommand: &str) -> Command {
    let command = project.cargo().args([subcommand, "--manifest-path", "examples/bare-metal/Cargo.toml"]);
    command.env("CARGO_TARGET_DIR", project.target_apart("bare-metal"))
}
