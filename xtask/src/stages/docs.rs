//! The documentation builds without a warning. Its examples run under `test`.

use crate::outcome::{Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "docs", summary: "documentation builds without a warning, and no link in it is broken", run };

fn run(project: &Project) -> Outcome {
    let doc = || {
        let flags = "-D warnings -D rustdoc::broken_intra_doc_links";
        let doc = project.cargo().args(["doc", "--workspace", "--no-deps", "--all-features"]);
        doc.env("RUSTDOCFLAGS", flags)
    };
    doc().arg("--lib").succeed()?;
    // Apart, because the pages of the program `channel-file` would overwrite those of the library `channel_file`.
    doc().arg("--bins").arg("--target-dir").arg(project.target_apart("program-docs")).succeed()?;
    Ok("libraries and programs".into())
}
