//! All figures of a run.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::measured::Row;
use super::peers::{Engines, Formats};
use super::{plots, text, tracked};
use crate::command::Command;
use crate::machine::{machine, sources, today};
use crate::outcome::Failure;
use crate::project::Project;
use crate::stages::Counted;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Of this file: another number where programs that read it must change.
    pub(crate) format: u64,
    pub(crate) date: String,
    pub(crate) sources: String,
    pub(crate) machine: String,
    pub(crate) compiler: String,
    pub(crate) quick: bool,
    pub(crate) scenarios: Vec<Row>,
    pub(crate) growth: Vec<Row>,
    pub(crate) instructions: Vec<Counted>,
    /// What the programs of `benches/peers` said, all of it.
    pub(crate) serialization: Option<Value>,
    pub(crate) damage: Option<Value>,
    pub(crate) matching: Option<Value>,
    /// What was not measured, and why.
    pub(crate) left_out: Vec<String>,
}

impl Report {
    pub(crate) fn new(project: &Project, quick: bool) -> Self {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let compiler = Command::new(rustc, project.root()).arg("-V").read().unwrap_or_default().trim().to_owned();
        Self {
            format: 1,
            date: today(),
            sources: sources(project),
            machine: machine(),
            compiler,
            quick,
            scenarios: Vec::new(),
            growth: Vec::new(),
            instructions: Vec::new(),
            serialization: None,
            damage: None,
            matching: None,
            left_out: Vec::new(),
        }
    }

    /// The one that an earlier run wrote.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join("report.json");
        let cannot = |error: &dyn std::fmt::Display| {
            Failure::unjudged(format!("cannot read {}: {error}; `cargo xtask bench` writes it", path.display()))
        };
        let json = fs::read_to_string(&path).map_err(|error| cannot(&error))?;
        serde_json::from_str(&json).map_err(|error| cannot(&error))
    }

    pub(crate) fn leave_out(&mut self, what: &str, why: &str) {
        self.left_out.push(format!("{what}: {why}"));
    }

    pub(crate) fn formats(&self) -> Result<Option<Formats>, Failure> {
        understood(self.serialization.as_ref())
    }

    pub(crate) fn damage(&self) -> Result<Option<Formats>, Failure> {
        understood(self.damage.as_ref())
    }

    pub(crate) fn engines(&self) -> Result<Option<Engines>, Failure> {
        understood(self.matching.as_ref())
    }

    /// Writes everything. The figures themselves come first: they are not lost where a table cannot be made of them.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let cannot = |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", folder.display()));
        let json = serde_json::to_string_pretty(self).map_err(|error| Failure::new(error.to_string()))?;
        fs::create_dir_all(folder).map_err(cannot)?;
        fs::write(folder.join("report.json"), json + "\n").map_err(cannot)?;
        fs::write(folder.join("benchmark-data.json"), format!("{:#}\n", tracked::data(self)?)).map_err(cannot)?;
        fs::write(folder.join("growth-time.svg"), plots::time(&self.growth)).map_err(cannot)?;
        fs::write(folder.join("growth-memory.svg"), plots::memory(&self.growth)).map_err(cannot)?;
        if let Some(formats) = self.formats()? {
            fs::write(folder.join("formats.svg"), plots::formats(&formats)).map_err(cannot)?;
        }
        fs::write(folder.join("report.md"), text::markdown(self)?).map_err(cannot)
    }
}

fn understood<T: DeserializeOwned>(said: Option<&Value>) -> Result<Option<T>, Failure> {
    let unexpected =
        |error| Failure::new(format!("a program of benches/peers says something else than it did: {error}"));
    said.map(T::deserialize).transpose().map_err(unexpected)
}
