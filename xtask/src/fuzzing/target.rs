//! The fuzz targets, as `fuzz/bodies` lists them.

use serde::Deserialize;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// One fuzz target.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// What must hold, in a line.
    pub(crate) oracle: String,
    pub(crate) input: Input,
    pub(crate) most_bytes: u64,
    pub(crate) timeout_seconds: u64,
}

/// What the bytes of an input are.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Input {
    Bytes,
    File,
    Choices,
    Text,
}

impl Target {
    /// Asks the bodies.
    pub(crate) fn all(project: &Project) -> Result<Vec<Self>, Failure> {
        let listed = bodies(project).arg("list").read()?;
        serde_json::from_str(&listed).map_err(|error| Failure::new(format!("the list of fuzz targets: {error}")))
    }

    /// Those with these names, or all if there are none.
    pub(crate) fn some(project: &Project, names: &[&str]) -> Result<Vec<Self>, Failure> {
        let mut targets = Self::all(project)?;
        if let Some(unknown) = names.iter().find(|name| targets.iter().all(|target| target.name != **name)) {
            let known: Vec<_> = targets.iter().map(|target| target.name.as_str()).collect();
            return Err(Failure::new(format!("there is no target `{unknown}`; there are {}", known.join(", "))));
        }
        if !names.is_empty() {
            targets.retain(|target| names.contains(&target.name.as_str()));
        }
        Ok(targets)
    }
}

/// The program of `fuzz/bodies` that runs targets without an engine.
pub(crate) fn bodies(project: &Project) -> Command {
    let cargo = project.cargo().args(["run", "--quiet", "--package", "channel-file-fuzz-bodies"]);
    cargo.args(["--bin", "fuzz-target", "--"])
}
