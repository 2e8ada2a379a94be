//! The reader needs neither `std` nor `alloc`.
//!
//! The proof package is a program's root without both: it brings its own panic handler, which `std` would double, and no
//! allocator, which `alloc` would ask for. Its two controls link one of them each, and must fail.

use super::proof;
use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "no-std", summary: "the library without features links neither std nor alloc", run };

fn run(project: &Project) -> Outcome {
    proof::cargo(project, "check").succeed()?;
    let with = |feature| proof::cargo(project, "check").args(["--features", feature]);
    with("std-control")
        .fail_with(&["found duplicate lang item `panic_impl`"], "it must fail, or `std` could creep in unnoticed")?;
    with("alloc-control")
        .fail_with(&["no global memory allocator found"], "it must fail, or `alloc` could creep in unnoticed")?;
    Ok("neither is linked; either would be noticed".into())
}
