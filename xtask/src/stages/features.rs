//! Features only add: each one builds alone.

use super::test::count_passed;
use crate::outcome::{Outcome, Stage};
use crate::project::{LIBRARY, Project};

pub(crate) const STAGE: Stage =
    Stage { name: "features", summary: "each feature set of the library builds; without any, its tests pass", run };

fn run(project: &Project) -> Outcome {
    let sets = project.feature_sets();
    for set in &sets {
        project.cargo().args(["build", "--package", LIBRARY, "--lib"]).args(&set.arguments).succeed()?;
    }
    let output = project.cargo().args(["test", "--package", LIBRARY, "--no-default-features"]).succeed()?;
    let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
    Ok(format!("{}; {} tests passed without features", names.join(", "), count_passed(&output)?))
}
