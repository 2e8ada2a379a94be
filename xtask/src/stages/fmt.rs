//! Every file is formatted.

use super::proof;
use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "fmt", summary: "every Rust file is formatted as rustfmt.toml says", run };

fn run(project: &Project) -> Outcome {
    project.cargo().args(["fmt", "--all", "--check"]).succeed()?;
    proof::cargo(project, "fmt").arg("--check").succeed()?;
    Ok("workspace and proof are formatted".into())
}
