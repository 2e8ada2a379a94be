//! The reader needs neither `std` nor `alloc`.
//!
//! The proof package and the bare-metal example are program's roots without both: they bring their own panic handler, which `std`
//! would double, and no allocator, which `alloc` would ask for. The controls link one of them each, and must fail.

use super::test::count_passed;
use super::{bare_metal, proof};
use crate::command::Command;
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "no-std", summary: "the library without features links neither std nor alloc", run };

fn run(project: &Project) -> Outcome {
    proof::cargo(project, "check").succeed()?;
    refuses_both(|| proof::cargo(project, "check"), ["std-control", "alloc-control"])?;
    bare_metal::cargo(project, "build").succeed()?;
    refuses_both(|| bare_metal::cargo(project, "build"), ["channel-file/std", "channel-file/alloc"])?;
    let tests = bare_metal::cargo(project, "test").succeed()?;
    let passed = count_passed(&tests)?;
    Ok(format!("neither is linked; either would be noticed; {passed} tests of the bare-metal example passed"))
}

/// Demands that the command fails with a feature that links `std`, and with one that links `alloc`.
fn refuses_both(command: impl Fn() -> Command, [std, alloc]: [&str; 2]) -> Result<(), Failure> {
    let with = |feature| command().args(["--features", feature]);
    with(std)
        .fail_with(&["found duplicate lang item `panic_impl`"], "it must fail, or `std` could creep in unnoticed")?;
    with(alloc).fail_with(&["no global memory allocator found"], "it must fail, or `alloc` could creep in unnoticed")
}
