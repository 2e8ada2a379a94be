//! Running other programs and keeping what they print.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{self, ExitStatus, Stdio};

use crate::outcome::Failure;

/// A program to run.
pub(crate) struct Command {
    inner: process::Command,
    /// How the failure report names it.
    shown: String,
}

/// What a program printed, and how it ended.
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
}

impl Command {
    /// A program in this folder.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Self {
        let program = program.as_ref();
        let mut inner = process::Command::new(program);
        inner.current_dir(folder).stdin(Stdio::null());
        let name = Path::new(program).file_name().unwrap_or(program);
        Self { inner, shown: name.to_string_lossy().into_owned() }
    }

    /// The cargo that runs this program.
    pub(crate) fn cargo(folder: &Path) -> Self {
        let mut command = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), folder);
        command.inner.env("CARGO_TERM_COLOR", "never");
        command
    }

    /// A further argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        self.shown.push(' ');
        self.shown.push_str(&argument.to_string_lossy());
        self.inner.arg(argument);
        self
    }

    /// Further arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    /// A variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let value = value.as_ref();
        self.shown = format!("{name}='{}' {}", value.to_string_lossy(), self.shown);
        self.inner.env(name, value);
        self
    }

    /// Runs it to its end, with what it prints on both of its streams in the order in which it did.
    pub(crate) fn finish(mut self) -> Result<Finished, Failure> {
        let mut run = || -> std::io::Result<Finished> {
            let (mut reader, writer) = std::io::pipe()?;
            let mut child = self.inner.stdout(writer.try_clone()?).stderr(writer).spawn()?;
            // The writing ends that the command still holds would keep the pipe open.
            self.inner.stdout(Stdio::null()).stderr(Stdio::null());
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes)?;
            Ok(Finished { status: child.wait()?, output: String::from_utf8_lossy(&bytes).into_owned() })
        };
        run().map_err(|error| Failure::new(format!("cannot run `{}`: {error}", self.shown)))
    }

    /// Runs it and demands success; gives what it printed.
    pub(crate) fn succeed(self) -> Result<String, Failure> {
        let shown = self.shown.clone();
        let Finished { status, output } = self.finish()?;
        if status.success() {
            Ok(output)
        } else {
            Err(Failure::new(format!("`{shown}` failed ({status})")).with_output(&output))
        }
    }

    /// Runs it and demands success; gives what it printed on its standard output alone.
    pub(crate) fn read(self) -> Result<String, Failure> {
        self.read_beside(Stdio::piped())
    }

    /// The same; what it tells on its standard error, whoever waits sees at once.
    pub(crate) fn read_telling(self) -> Result<String, Failure> {
        self.read_beside(Stdio::inherit())
    }

    fn read_beside(mut self, errors: Stdio) -> Result<String, Failure> {
        let cannot = |error| Failure::new(format!("cannot run `{}`: {error}", self.shown));
        let output = self.inner.stderr(errors).output().map_err(cannot)?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            let failure = Failure::new(format!("`{}` failed ({})", self.shown, output.status));
            Err(failure.with_output(&String::from_utf8_lossy(&output.stderr)))
        }
    }

    /// Runs it and demands that it fails and prints one of these: a check that cannot fail checks nothing.
    pub(crate) fn fail_with(self, expected: &[&str], purpose: &str) -> Result<(), Failure> {
        let shown = self.shown.clone();
        let Finished { status, output } = self.finish()?;
        if status.success() {
            return Err(Failure::new(format!("`{shown}` succeeded, but {purpose}")).with_output(&output));
        }
        if expected.iter().any(|text| output.contains(text)) {
            return Ok(());
        }
        let reason = format!("`{shown}` failed for another reason than {}: {purpose}", expected.join(" or "));
        Err(Failure::new(reason).with_output(&output))
    }
}
