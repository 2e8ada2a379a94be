//! The tests, documentation tests among them.

use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage = Stage { name: "test", summary: "the tests, with all features", run };

fn run(project: &Project) -> Outcome {
    let output = project.cargo().args(["test", "--workspace", "--all-features"]).succeed()?;
    Ok(format!("{} tests passed", count_passed(&output)?))
}

/// How many tests passed. None at all is a failure: a filter or a feature has hidden them.
pub(crate) fn count_passed(output: &str) -> Result<u64, Failure> {
    let results = output.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    let passed: u64 = results
        .filter_map(|result| result.split_once(" passed").and_then(|(count, _)| count.parse::<u64>().ok()))
        .fold(0, u64::saturating_add);
    if passed == 0 { Err(Failure::new("no test ran at all").with_output(output)) } else { Ok(passed) }
}
