//! Every file is formatted.

use super::{bare_metal, peers, proof};
use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "fmt", summary: "every Rust file is formatted as rustfmt.toml says", run };

fn run(project: &Project) -> Outcome {
    project.cargo().args(["fmt", "--all", "--check"]).succeed()?;
    proof::cargo(project, "fmt").arg("--check").succeed()?;
    bare_metal::cargo(project, "fmt").arg("--check").succeed()?;
    peers::cargo(project, "fmt").arg("--check").succeed()?;
    Ok("workspace, proof, bare-metal example and peers are formatted".into())
}
