//! Which lines of the library the corpus reaches. Without an engine: the bodies are run once over every input.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::state::Folders;
use crate::command::Command;
use crate::figures::real;
use crate::fuzzing::engine::{Engine, host};
use crate::fuzzing::target::Target;
use crate::llvm::Tools;
use crate::outcome::Failure;
use crate::project::Project;

/// What one target reaches, or all together.
pub(crate) struct Reached {
    pub(crate) name: String,
    files: Vec<File>,
}

/// Lines of a file of the library with code in them, and those of them that were run.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) lines: u64,
    pub(crate) reached: u64,
}

/// A report shows so many files with the most lines that are not reached.
const SHOWN: usize = 20;

impl Reached {
    /// The share of lines that were run.
    pub(crate) fn percent(&self) -> f64 {
        let sum = |of: fn(&File) -> u64| real(self.files.iter().map(of).fold(0, u64::saturating_add));
        100.0 * sum(|file| file.reached) / sum(|file| file.lines).max(1.0)
    }

    /// The files with the most lines that were not run.
    pub(crate) fn least(&self) -> impl Iterator<Item = &File> {
        let mut files: Vec<&File> = self.files.iter().filter(|file| file.reached < file.lines).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.lines.saturating_sub(file.reached)));
        files.into_iter().take(SHOWN)
    }
}

/// Each target, and last all together.
pub(crate) fn measure(
    project: &Project,
    folders: &Folders,
    engine: &Engine,
    targets: &[Target],
) -> Result<Vec<Reached>, Failure> {
    let tools = Tools::find(project)?;
    println!("measuring coverage");
    let binary = build(project)?;
    let work = folders.work().join("coverage");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(|error| Failure::new(format!("cannot empty {}: {error}", work.display())))?;
    }
    let (mut all, mut profiles) = (Vec::new(), Vec::new());
    for target in targets {
        let profile = work.join(format!("{}.profdata", target.name));
        let raw: Vec<PathBuf> = [engine.seeds(target), folders.corpus(target)]
            .into_iter()
            .enumerate()
            .filter(|(_, inputs)| inputs.is_dir())
            .map(|(number, inputs)| {
                let raw = work.join(format!("{}-{number}.profraw", target.name));
                let command = Command::new(&binary, project.root()).env("LLVM_PROFILE_FILE", &raw);
                command.args(["run", &target.name]).arg(inputs).succeed().map(|_| raw)
            })
            .collect::<Result<_, _>>()?;
        tools.merge(&raw, &profile)?;
        all.push(tools.reached(&target.name, project, &binary, &profile)?);
        profiles.push(profile);
    }
    let profile = work.join("all.profdata");
    tools.merge(&profiles, &profile)?;
    all.push(tools.reached("all together", project, &binary, &profile)?);
    Ok(all)
}

impl Tools {
    fn merge(&self, from: &[PathBuf], into: &Path) -> Result<(), Failure> {
        let folder = into.parent().unwrap_or(into);
        let command = Command::new(&self.profdata, folder).args(["merge", "-sparse"]).args(from);
        command.arg("-o").arg(into).succeed().map(drop)
    }

    fn reached(&self, name: &str, project: &Project, binary: &Path, profile: &Path) -> Result<Reached, Failure> {
        let source = project.root().join("src");
        let command = Command::new(&self.cov, project.root()).args(["export", "-summary-only", "-instr-profile"]);
        let json = command.arg(profile).arg(binary).arg(&source).read()?;
        let unexpected = || Failure::new("`llvm-cov export` gives something else than it did");
        let json: Value = serde_json::from_str(&json).map_err(|_| unexpected())?;
        let files = json.pointer("/data/0/files").and_then(Value::as_array).ok_or_else(unexpected)?;
        let number = |file: &Value, path| file.pointer(path).and_then(Value::as_u64).ok_or_else(unexpected);
        let files = files.iter().map(|file| {
            let path = file.get("filename").and_then(Value::as_str).ok_or_else(unexpected)?;
            let path = Path::new(path).strip_prefix(project.root()).unwrap_or(Path::new(path));
            Ok(File {
                path: path.display().to_string(),
                lines: number(file, "/summary/lines/count")?,
                reached: number(file, "/summary/lines/covered")?,
            })
        });
        Ok(Reached { name: name.to_owned(), files: files.collect::<Result<_, Failure>>()? })
    }
}

fn build(project: &Project) -> Result<PathBuf, Failure> {
    let folder = project.target_apart("coverage");
    let triple = host(project)?;
    let cargo = project.cargo().env("RUSTFLAGS", "-Cinstrument-coverage").env("CARGO_TARGET_DIR", &folder);
    let cargo = cargo.args(["build", "--release", "--config", "profile.release.lto='off'", "--target", &triple]);
    cargo.args(["--package", "channel-file-fuzz-bodies", "--bin", "fuzz-target"]).succeed()?;
    Ok(folder.join(triple).join("release/fuzz-target"))
}
