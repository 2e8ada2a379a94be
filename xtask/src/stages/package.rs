//! The published packages are whole: each is built from what would be uploaded, and nothing else.

use crate::outcome::{Failure, Outcome, Stage};
use crate::project::{LIBRARY, Project};

pub(crate) const STAGE: Stage =
    Stage { name: "package", summary: "the packages to publish build from what would be uploaded, offline", run };

/// What a stranger needs beside the library's source.
const LIBRARY_FILES: &[&str] = &["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "src/lib.rs"];

fn run(project: &Project) -> Outcome {
    let listed = project.cargo().args(["package", "--list", "--allow-dirty", "--package", LIBRARY]).read()?;
    if let Some(missing) = LIBRARY_FILES.iter().find(|file| !listed.lines().any(|line| line == **file)) {
        return Err(Failure::new(format!("the library's package lacks {missing}")).with_output(&listed));
    }
    // Satellites are verified against the library as packaged here, for it may not be published yet.
    let packages = project.published().iter().flat_map(|package| ["--package", package]);
    // Cargo keeps what it unpacked of a version, by the folder that it was packed in: in the same one it would be stale.
    let folder = project.root().join(format!("target/package-{}", std::process::id()));
    let packing = project
        .cargo()
        .args(["package", "--allow-dirty", "--offline"])
        .args(packages)
        .args(["--target-dir"])
        .arg(&folder)
        .succeed();
    let _ = std::fs::remove_dir_all(&folder);
    let output = packing?;
    if output.lines().any(is_unwelcome) {
        return Err(Failure::new("cargo package warns").with_output(&output));
    }
    Ok(project.published().join(", "))
}

/// Whether cargo warns of something. That tests and benchmarks stay at home is meant: they need files that do, too.
fn is_unwelcome(line: &str) -> bool {
    let warning = line.strip_prefix("warning: ");
    let left_out =
        |text: &str| text.starts_with("ignoring ") && text.ends_with("is not included in the published package");
    warning.is_some_and(|text| !left_out(text))
}
