//! The targets' binaries with libFuzzer in them, built as `cargo fuzz build --sanitizer none` builds them, on stable.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

use super::compiler;
use super::target::{Input, Target};
use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// What cargo-fuzz passes, but for `--cfg fuzzing`: what is attacked is what ships.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=--simplifycfg-branch-fold-threshold=0",
    "-Ccodegen-units=1",
];

/// An input that takes more memory has failed.
const MOST_MEGABYTES: u32 = 2048;

/// Where things are.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    fuzz: PathBuf,
    binaries: PathBuf,
}

/// Which binaries to build.
pub(crate) enum Wanted {
    Targets,
    /// Those in which something is planted that is to be found.
    Control,
}

impl Engine {
    /// Builds them, or finds that they are current. Where they go, no other build does: its flags would throw these away.
    pub(crate) fn build(project: &Project, wanted: &Wanted, show: impl Fn(&str)) -> Result<Self, Failure> {
        require_compiler(project.root())?;
        let triple = host(project)?;
        let fuzz = project.root().join("fuzz");
        let folder = project.target_apart("fuzz");
        show("building the targets' binaries");
        let cargo = Command::cargo(&fuzz).env("RUSTFLAGS", FLAGS.join(" ")).env("CARGO_TARGET_DIR", &folder);
        let this =
            std::env::current_exe().map_err(|error| Failure::new(format!("this program has no path: {error}")))?;
        let cargo = cargo.env("RUSTC_WRAPPER", this).env(compiler::VARIABLE, "1");
        // With a target named, flags do not reach build scripts.
        let cargo = cargo.args(["build", "--locked", "--release", "--target", &triple]);
        match wanted {
            Wanted::Targets => cargo.arg("--bins").succeed()?,
            Wanted::Control => cargo.args(["--example", "control"]).succeed()?,
        };
        let binaries = folder.join(triple).join("release");
        Ok(Self { fuzz, binaries })
    }

    /// The binary of a target with the options that always hold, and what it needs to say how far inputs get.
    pub(crate) fn run(&self, target: &Target, artifacts: &Path) -> Result<process::Command, Failure> {
        let command = self.minimise(target, artifacts)?;
        Ok(with_length(command, target))
    }

    /// The same to make an input smaller: libFuzzer then takes no length, as it sets its own.
    pub(crate) fn minimise(&self, target: &Target, artifacts: &Path) -> Result<process::Command, Failure> {
        self.run_binary(&self.binaries.join(&target.name), target, artifacts)
    }

    /// The same for the binary in which a defect is planted.
    pub(crate) fn run_control(&self, target: &Target, artifacts: &Path) -> Result<process::Command, Failure> {
        let command = self.run_binary(&self.binaries.join("examples/control"), target, artifacts)?;
        Ok(with_length(command, target))
    }

    /// The folder of the binaries, each named for its target.
    pub(crate) fn binaries(&self) -> &Path {
        &self.binaries
    }

    /// What a target begins with.
    pub(crate) fn seeds(&self, target: &Target) -> PathBuf {
        self.fuzz.join("seeds").join(&target.name)
    }

    /// Inputs that once broke a promise; there may be none.
    pub(crate) fn crashes(&self, target: &Target) -> PathBuf {
        self.fuzz.join("crashes").join(&target.name)
    }

    fn run_binary(&self, binary: &Path, target: &Target, artifacts: &Path) -> Result<process::Command, Failure> {
        fs::create_dir_all(artifacts)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", artifacts.display())))?;
        let mut command = process::Command::new(binary);
        command.current_dir(&self.fuzz).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.arg(format!("-timeout={}", target.timeout_seconds)).arg(format!("-rss_limit_mb={MOST_MEGABYTES}"));
        command.args(["-len_control=0", "-print_final_stats=1"]);
        // As in the file of options: there it costs a fifth of the time, and finds nothing more.
        if matches!(target.input, Input::Bytes | Input::File) {
            command.arg("-entropic=0");
        }
        let dictionary = self.fuzz.join("dictionaries").join(format!("{}.dict", target.name));
        command.arg(format!("-dict={}", dictionary.display()));
        // libFuzzer puts the name right behind it.
        command.arg(format!("-artifact_prefix={}/", artifacts.display()));
        Ok(command)
    }
}

fn with_length(mut command: process::Command, target: &Target) -> process::Command {
    command.arg(format!("-max_len={}", target.most_bytes));
    command
}

fn require_compiler(folder: &Path) -> Result<(), Failure> {
    let compiler = std::env::var_os("CXX").unwrap_or_else(|| "c++".into());
    if Command::new(&compiler, folder).arg("--version").succeed().is_ok() {
        return Ok(());
    }
    let compiler = compiler.to_string_lossy();
    Err(Failure::new(format!("`{compiler}` does not run; libFuzzer is C++ (Debian: apt-get install g++)")))
}

/// The triple of this machine.
pub(crate) fn host(project: &Project) -> Result<String, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = Command::new(rustc, project.root()).arg("-vV").read()?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("`rustc -vV` names no host"))
}
