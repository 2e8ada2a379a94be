//! One process of a target: watched while it runs, summed up when it ends.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{self, Child, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::gates::{self, Gates};
use super::status::{self, Status};
use crate::outcome::Failure;

/// A process that runs.
pub(crate) struct Session {
    child: Child,
    reader: Option<JoinHandle<()>>,
    seen: Arc<Mutex<Seen>>,
    gates: PathBuf,
    begun: Instant,
    cpu: Duration,
}

/// What it has printed so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) executions: u64,
    pub(crate) edges: u64,
    pub(crate) features: u64,
    /// When an input last took a path that none had taken before.
    pub(crate) last_new: Option<Instant>,
    /// Inputs on which a promise broke.
    pub(crate) artifacts: Vec<PathBuf>,
    /// The last lines.
    pub(crate) tail: VecDeque<String>,
    /// Whether it found the project's own mutator, and whether an input came of crossing two.
    pub(crate) is_mutated: bool,
    pub(crate) is_crossed: bool,
}

/// How a process ended, and what it came to.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) seen: Seen,
    pub(crate) gates: Gates,
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

/// Enough for a panic with a long message.
const TAIL: usize = 400;

impl Session {
    /// Starts it. It writes how far its inputs get beside `gates`.
    pub(crate) fn start(mut command: process::Command, gates: PathBuf) -> Result<Self, Failure> {
        let program = PathBuf::from(command.get_program());
        command.env(gates::VARIABLE, &gates);
        let cannot = |error| Failure::new(format!("cannot run {}: {error}", program.display()));
        let mut child = command.spawn().map_err(cannot)?;
        let gates = gates.with_added_extension(child.id().to_string());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let reader = child.stderr.take().map(|stderr| {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || read(stderr, &seen))
        });
        Ok(Self { child, reader, seen, gates, begun: Instant::now(), cpu: Duration::ZERO })
    }

    /// Runs it to its end.
    pub(crate) fn finish(command: process::Command, gates: PathBuf) -> Result<Ended, Failure> {
        let mut session = Self::start(command, gates)?;
        loop {
            if let Some(ended) = session.ended()? {
                return Ok(ended);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it has printed so far.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How far its inputs got so far.
    pub(crate) fn gates(&self) -> Gates {
        Gates::read(&self.gates).unwrap_or_default()
    }

    /// Processor time so far.
    pub(crate) fn cpu(&self) -> Duration {
        self.cpu
    }

    /// What it came to, if it has ended. To be asked now and then: processor time is what was last seen.
    pub(crate) fn ended(&mut self) -> Result<Option<Ended>, Failure> {
        if let Some(cpu) = cpu_time(self.child.id()) {
            self.cpu = self.cpu.max(cpu);
        }
        let status = self.child.try_wait().map_err(|error| Failure::new(format!("cannot wait for it: {error}")))?;
        let Some(status) = status else { return Ok(None) };
        if let Some(reader) = self.reader.take() {
            // It ends with the pipe.
            let _ = reader.join();
        }
        let (gates, mut seen, wall) = (self.gates(), self.seen(), self.begun.elapsed());
        seen.executions = seen.executions.max(gates.inputs);
        // It has been read.
        let _ = fs::remove_file(&self.gates);
        let cpu = if self.cpu.is_zero() { wall } else { self.cpu };
        Ok(Some(Ended { status, seen, gates, cpu, wall }))
    }

    /// Ends it at once; what it found is on disk.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
    }
}

fn read(stderr: impl Read, seen: &Mutex<Seen>) {
    // What is printed need not be text.
    for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(status) = Status::parse(&line) {
            seen.executions = seen.executions.max(status.executions);
            seen.edges = seen.edges.max(status.edges);
            seen.features = seen.features.max(status.features);
            seen.is_crossed |= status.is_crossed;
            if status.is_new {
                seen.last_new = Some(Instant::now());
            }
            continue;
        }
        if let Some(executions) = Status::final_executions(&line) {
            seen.executions = executions;
        }
        if let Some(path) = status::artifact(&line) {
            seen.artifacts.push(path.into());
        }
        seen.is_mutated |= line.starts_with("INFO: found LLVMFuzzerCustomMutator");
        if seen.tail.len() >= TAIL {
            seen.tail.pop_front();
        }
        seen.tail.push_back(line);
    }
}

/// User and system time of a process, where the system says it (Linux).
fn cpu_time(process: u32) -> Option<Duration> {
    /// What the kernel counts in, on every architecture that Rust knows.
    const TICKS_A_SECOND: u32 = 100;
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name may hold anything but ends at the last parenthesis; user time is the 12th field after it.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Duration::from_secs(user.saturating_add(system)).checked_div(TICKS_A_SECOND)
}
