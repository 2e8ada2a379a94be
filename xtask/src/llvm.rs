//! LLVM's tools for coverage, in the version that rustc has in it: others cannot read what it writes.

use std::path::{Path, PathBuf};

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// The programs that read what instrumented programs write.
pub(crate) struct Tools {
    pub(crate) cov: PathBuf,
    pub(crate) profdata: PathBuf,
}

impl Tools {
    /// Those of rustup's component, or of a distribution, whose names end with the version.
    pub(crate) fn find(project: &Project) -> Result<Self, Failure> {
        let rustc = |arguments: &[&str]| Command::new("rustc", project.root()).args(arguments).read();
        let version = rustc(&["-vV"])?;
        let version = version.lines().find_map(|line| line.strip_prefix("LLVM version: ")?.split('.').next());
        let version = version.unwrap_or_default();
        let library = rustc(&["--print", "target-libdir"])?;
        let component = Path::new(library.trim()).with_file_name("bin");
        let find = |name: &str| {
            let runs = |tool: &PathBuf| Command::new(tool, project.root()).arg("--version").succeed().is_ok();
            let tools = [component.join(name), PathBuf::from(format!("{name}-{version}"))];
            tools.into_iter().find(runs).ok_or_else(|| {
                Failure::unjudged(format!(
                    "coverage needs `{name}` of LLVM {version}: rustup component add llvm-tools, or apt-get install llvm-{version} \
                     (apt.llvm.org has it)"
                ))
            })
        };
        Ok(Self { cov: find("llvm-cov")?, profdata: find("llvm-profdata")? })
    }
}
