//! The script with which OSS-Fuzz and ClusterFuzzLite build the targets, as far as it goes without their containers.

use std::fs;
use std::os::unix::fs::symlink;

use super::emptied;
use crate::command::Command;
use crate::fuzzing::engine::Engine;
use crate::fuzzing::target::Target;
use crate::outcome::Failure;
use crate::project::Project;

/// Runs it on the binaries that there are, and looks that of each target everything arrives.
pub(super) fn check(project: &Project, engine: &Engine, targets: &[Target]) -> Result<(), Failure> {
    let work = project.target_apart("fuzz").join("container");
    let (out, sources) = (emptied(&work, "out")?, emptied(&work, "src")?);
    symlink(project.root(), sources.join("channel-file"))
        .map_err(|error| Failure::new(format!("cannot link {}: {error}", sources.display())))?;
    let script = Command::new(project.root().join("oss-fuzz/build.sh"), project.root());
    let script = script.env("SRC", &sources).env("OUT", &out).env("SANITIZER", "none").env("BUILT", engine.binaries());
    script.succeed()?;
    for Target { name, .. } in targets {
        for file in [name.clone(), format!("{name}.dict"), format!("{name}.options"), format!("{name}_seed_corpus.zip")]
        {
            if fs::metadata(out.join(&file)).map_or(0, |data| data.len()) == 0 {
                return Err(Failure::new(format!("oss-fuzz/build.sh leaves no {file} in $OUT")));
            }
        }
    }
    // Copies of all binaries: they are of no further use.
    fs::remove_dir_all(&work).map_err(|error| Failure::new(format!("cannot empty {}: {error}", work.display())))
}
