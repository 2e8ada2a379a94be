//! No lint complains, whatever features are on.

use super::{bare_metal, proof};
use crate::command::Command;
use crate::outcome::{Outcome, Stage};
use crate::project::{LIBRARY, Project};

pub(crate) const STAGE: Stage =
    Stage { name: "clippy", summary: "no warning in any target, nor in the library with any of its feature sets", run };

fn run(project: &Project) -> Outcome {
    let deny = ["--", "-D", "warnings"];
    project.cargo().args(["clippy", "--workspace", "--all-targets", "--all-features"]).args(deny).succeed()?;
    let sets = project.feature_sets();
    for set in &sets {
        // Its tests are looked at above, with all features.
        let library = project.cargo().args(["clippy", "--package", LIBRARY, "--lib"]);
        library.args(&set.arguments).args(deny).succeed()?;
    }
    proof::cargo(project, "clippy").args(["--features", "formatting,evaluation"]).args(deny).succeed()?;
    bare_metal::cargo(project, "clippy").args(deny).succeed()?;
    planted_sensor(project).args(deny).succeed()?;
    Ok(format!(
        "workspace, {} feature sets of the library, proof, examples of a device and of fuzz targets",
        sets.len()
    ))
}

/// The fuzz targets of the example have a workspace of their own. They are looked at, not linked: an engine that would take half a
/// minute to compile need not be there.
fn planted_sensor(project: &Project) -> Command {
    let command =
        project.cargo().args(["clippy", "--locked", "--manifest-path", "examples/planted-sensor/fuzz/Cargo.toml"]);
    let target = project.target_apart("planted-sensor");
    command.env("CUSTOM_LIBFUZZER_PATH", target.join("libfuzzer.a")).env("CARGO_TARGET_DIR", target)
}
