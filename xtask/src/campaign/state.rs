//! What a campaign has come to so far, kept on disk: the next one goes on from there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::fuzzing::gates::Gates;
use crate::fuzzing::session::Ended;
use crate::fuzzing::target::Target;
use crate::machine::sources;
use crate::outcome::Failure;
use crate::project::Project;

/// Where everything of a campaign is.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pub(crate) root: PathBuf,
}

impl Folders {
    pub(crate) fn of(project: &Project) -> Self {
        Self { root: project.target_apart("campaign") }
    }

    /// The inputs that a target works with.
    pub(crate) fn corpus(&self, target: &Target) -> PathBuf {
        self.root.join("corpus").join(&target.name)
    }

    /// The inputs on which a promise of a target broke.
    pub(crate) fn artifacts(&self, target: &Target) -> PathBuf {
        self.root.join("artifacts").join(&target.name)
    }

    /// For what is of use only while something runs.
    pub(crate) fn work(&self) -> PathBuf {
        self.root.join("work")
    }

    pub(crate) fn report(&self) -> PathBuf {
        self.root.join("report")
    }

    fn state(&self) -> PathBuf {
        self.root.join("state.json")
    }
}

/// What the campaign on one state of the sources has come to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct State {
    /// Of the sources, as git describes it.
    pub(crate) commit: String,
    pub(crate) targets: BTreeMap<String, Record>,
}

/// What one target has come to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Record {
    pub(crate) executions: u64,
    pub(crate) cpu_seconds: f64,
    /// Time that its processes have run.
    pub(crate) seconds: f64,
    pub(crate) gates: Gates,
    pub(crate) edges: u64,
    pub(crate) features: u64,
    /// For how long it has run without taking a path that is new.
    pub(crate) seconds_since_new: f64,
    pub(crate) slices: u64,
    /// Inputs that took too long once and not when they were tried again: the machine was busy.
    pub(crate) slow_once: u64,
    pub(crate) corpus_files: u64,
    pub(crate) corpus_bytes: u64,
    pub(crate) points: Vec<Point>,
}

/// Where a target stood at some time.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Point {
    pub(crate) cpu_seconds: f64,
    pub(crate) executions: u64,
    pub(crate) edges: u64,
}

impl State {
    /// What is saved, if it is of the sources as they are now; else a new one. Counts of other sources would mean nothing.
    pub(crate) fn load(project: &Project, folders: &Folders) -> Result<Self, Failure> {
        let commit = sources(project);
        let saved = fs::read_to_string(folders.state()).ok();
        let saved = saved.and_then(|text| serde_json::from_str::<Self>(&text).ok());
        Ok(saved.filter(|state| state.commit == commit).unwrap_or(Self { commit, targets: BTreeMap::new() }))
    }

    /// Writes it beside the corpus; a campaign that is killed loses only what runs at the time.
    pub(crate) fn save(&self, folders: &Folders) -> Result<(), Failure> {
        let cannot = |error: &dyn std::fmt::Display| Failure::new(format!("cannot save the campaign's state: {error}"));
        let text = serde_json::to_string(self).map_err(|error| cannot(&error))?;
        let new = folders.state().with_added_extension("new");
        fs::write(&new, text).map_err(|error| cannot(&error))?;
        fs::rename(new, folders.state()).map_err(|error| cannot(&error))
    }

    pub(crate) fn record(&mut self, target: &Target) -> &mut Record {
        self.targets.entry(target.name.clone()).or_default()
    }
}

impl Record {
    /// Adds what a process has come to.
    pub(crate) fn add(&mut self, ended: &Ended) {
        self.executions = self.executions.saturating_add(ended.seen.executions);
        self.cpu_seconds += ended.cpu.as_secs_f64();
        self.seconds += ended.wall.as_secs_f64();
        self.gates.add(&ended.gates);
        self.edges = self.edges.max(ended.seen.edges);
        self.features = self.features.max(ended.seen.features);
        self.seconds_since_new = match ended.seen.last_new {
            Some(at) => at.elapsed().as_secs_f64(),
            None => self.seconds_since_new + ended.wall.as_secs_f64(),
        };
        self.slices = self.slices.saturating_add(1);
        let Self { cpu_seconds, executions, edges, .. } = *self;
        self.points.push(Point { cpu_seconds, executions, edges });
    }

    /// Executions a second of processor time.
    pub(crate) fn speed(&self) -> f64 {
        if self.cpu_seconds > 0.0 { crate::figures::real(self.executions) / self.cpu_seconds } else { 0.0 }
    }

    pub(crate) fn since_new(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds_since_new).unwrap_or_default()
    }

    /// Looks how large the corpus is.
    pub(crate) fn weigh(&mut self, corpus: &Path) {
        let lengths = fs::read_dir(corpus).into_iter().flatten().flatten().filter_map(|entry| entry.metadata().ok());
        (self.corpus_files, self.corpus_bytes) = lengths.fold((0, 0), |(files, bytes): (u64, u64), data| {
            (files.saturating_add(1), bytes.saturating_add(data.len()))
        });
    }
}
