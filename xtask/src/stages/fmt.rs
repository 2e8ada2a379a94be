//! Every file is formatted.

use super::{bare_metal, peers, proof};
use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "fmt", summary: "every Rust file is formatted as rustfmt.toml says", run };

/// Packages of fuzz targets, which are in no workspace.
const OF_ENGINES: &[&str] = &["fuzz", "examples/planted-sensor/fuzz"];

fn run(project: &Project) -> Outcome {
    project.cargo().args(["fmt", "--all", "--check"]).succeed()?;
    proof::cargo(project, "fmt").arg("--check").succeed()?;
    bare_metal::cargo(project, "fmt").arg("--check").succeed()?;
    peers::cargo(project, "fmt").arg("--check").succeed()?;
    for folder in OF_ENGINES {
        project.cargo().args(["fmt", "--manifest-path", &format!("{folder}/Cargo.toml"), "--check"]).succeed()?;
    }
    Ok("workspace, proof, bare-metal example, peers and fuzz targets are formatted".into())
}
