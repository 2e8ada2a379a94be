//! The comparison with other engines builds, and holds every engine to the same rule.

use super::test::count_passed;
use crate::command::Command;
use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage = Stage {
    name: "peers",
    summary: "the comparison with other engines builds without a warning, and its tests pass",
    run,
};

fn run(project: &Project) -> Outcome {
    cargo(project, "clippy").args(["--all-targets", "--locked", "--", "-D", "warnings"]).succeed()?;
    let output = cargo(project, "test").arg("--locked").succeed()?;
    Ok(format!("{} tests passed", count_passed(&output)?))
}

/// A cargo command on the package, which has a workspace and a target folder of its own.
pub(crate) fn cargo(project: &Project, subcommand: &str) -> Command {
    let command = project.cargo().args([subcommand, "--manifest-path", "benches/peers/Cargo.toml"]);
    command.env("CARGO_TARGET_DIR", project.target_apart("peers"))
}
