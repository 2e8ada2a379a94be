//! The tests, documentation tests among them.

use crate::outcome::{Failure, Outcome, Stage};
use crate::project::{LIBRARY, Project};

pub(crate) const STAGE: Stage =
    Stage { name: "test", summary: "the tests of the workspace, and of the library with all features", run };

fn run(project: &Project) -> Outcome {
    let workspace = project.cargo().args(["test", "--workspace"]).succeed()?;
    let library = project.cargo().args(["test", "--package", LIBRARY, "--all-features"]).succeed()?;
    let (workspace, library) = (count_passed(&workspace)?, count_passed(&library)?);
    Ok(format!("{workspace} tests passed in the workspace, {library} in the library with all features"))
}

/// How many tests passed. None at all is a failure: a filter or a feature has hidden them.
pub(crate) fn count_passed(output: &str) -> Result<u64, Failure> {
    let results = output.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    let passed: u64 = results
        .filter_map(|result| result.split_once(" passed").and_then(|(count, _)| count.parse::<u64>().ok()))
        .fold(0, u64::saturating_add);
    if passed == 0 { Err(Failure::new("no test ran at all").with_output(output)) } else { Ok(passed) }
}
