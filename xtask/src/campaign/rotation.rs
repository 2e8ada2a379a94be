//! All targets in turn, each for a while, so many at once.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::options::Options;
use super::state::{Folders, Record, State};
use crate::figures::{duration, real, short};
use crate::fuzzing::broken;
use crate::fuzzing::engine::Engine;
use crate::fuzzing::gates::{Gates, NAMES};
use crate::fuzzing::session::{Ended, Session};
use crate::fuzzing::target::Target;
use crate::outcome::Failure;

/// Set by whoever wants it to stop.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

/// A target that makes fewer executions a second gets more time.
const SLOW: f64 = 1_000.0;
/// So much more.
const WEIGHT_OF_SLOW: f64 = 2.0;
/// A turn is at least so long: each begins with the corpus.
const SHORTEST: Duration = Duration::from_secs(10);
/// And at most so long, so that all have their turns.
const LONGEST: Duration = Duration::from_secs(300);
/// Turns that each target has, if the time is enough.
const TURNS: u32 = 4;
/// A target that broke on so many inputs has nothing new to say.
const MOST_BROKEN: usize = 50;
/// What ends by itself has so long to do it.
const GRACE: Duration = Duration::from_secs(5);
/// Between looks at what runs.
const TICK: Duration = Duration::from_millis(200);

/// The targets in turn until the time is over, or until it is to stop.
pub(crate) struct Rotation<'c> {
    pub(crate) engine: &'c Engine,
    pub(crate) folders: &'c Folders,
    pub(crate) options: &'c Options,
    pub(crate) targets: &'c [Target],
    pub(crate) state: &'c mut State,
    /// Folders of inputs that each target begins with, beside its corpus.
    pub(crate) begin: Vec<Vec<PathBuf>>,
}

/// A process that has its turn.
struct Turn {
    target: usize,
    session: Session,
    until: Instant,
}

impl Rotation<'_> {
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let end = Instant::now().checked_add(self.options.time).ok_or_else(|| Failure::new("there is no end to it"))?;
        let mut spent = vec![0.0; self.targets.len()];
        let mut running: Vec<Turn> = Vec::new();
        let mut progress = Progress::new();
        loop {
            let is_over = Instant::now() >= end || STOP.load(Ordering::Relaxed);
            while !is_over && running.len() < self.options.jobs {
                let Some(next) = self.next(&spent, &running) else { break };
                let turn = self.start(next, end)?;
                running.push(turn);
            }
            let mut still = Vec::new();
            for mut turn in running {
                let is_late = Instant::now() >= turn.until || STOP.load(Ordering::Relaxed);
                match turn.session.ended()? {
                    Some(ended) => {
                        if let Some(spent) = spent.get_mut(turn.target) {
                            // What ends at once is not to come again at once.
                            *spent += ended.wall.max(Duration::from_secs(1)).as_secs_f64();
                        }
                        self.sum_up(turn.target, &ended, &mut progress)?;
                    }
                    None => {
                        if is_late && turn.until.checked_add(GRACE).is_none_or(|last| Instant::now() >= last) {
                            turn.session.kill();
                        } else if STOP.load(Ordering::Relaxed) {
                            // Asked to stop, they stop by themselves; what came to this process alone did not reach them.
                            turn.until = turn.until.min(Instant::now());
                        }
                        still.push(turn);
                    }
                }
            }
            running = still;
            if running.is_empty() && is_over {
                progress.clear();
                return Ok(());
            }
            if running.is_empty() && self.next(&spent, &running).is_none() {
                return Ok(());
            }
            progress.update(self.targets, &running, end);
            std::thread::sleep(TICK);
        }
    }

    /// Who has had least for its weight; who runs already only if there are more processes than targets.
    fn next(&self, spent: &[f64], running: &[Turn]) -> Option<usize> {
        let free: Vec<usize> = (0..self.targets.len()).filter(|index| !self.is_hopeless(*index)).collect();
        let busy = |index: usize| running.iter().filter(|turn| turn.target == index).count();
        let least = free.iter().map(|index| busy(*index)).min()?;
        let share = |index: &usize| spent.get(*index).copied().unwrap_or_default() / self.weight(*index);
        free.into_iter().filter(|index| busy(*index) == least).min_by(|one, other| share(one).total_cmp(&share(other)))
    }

    fn weight(&self, index: usize) -> f64 {
        let record = self.targets.get(index).and_then(|target| self.state.targets.get(&target.name));
        let is_slow = record.is_some_and(|record| record.executions > 0 && record.speed() < SLOW);
        if is_slow { WEIGHT_OF_SLOW } else { 1.0 }
    }

    fn is_hopeless(&self, index: usize) -> bool {
        self.targets.get(index).is_none_or(|target| {
            let artifacts = fs::read_dir(self.folders.artifacts(target));
            // Each has its log beside it.
            artifacts.map_or(0, Iterator::count) >= MOST_BROKEN.saturating_mul(2)
        })
    }

    fn start(&self, index: usize, end: Instant) -> Result<Turn, Failure> {
        let target = self.targets.get(index).ok_or_else(|| Failure::new("there is no such target"))?;
        let share = u32::try_from(self.targets.len()).unwrap_or(u32::MAX).saturating_mul(TURNS);
        let jobs = u32::try_from(self.options.jobs).unwrap_or(u32::MAX);
        let turn = self.options.time.saturating_mul(jobs).checked_div(share).unwrap_or(SHORTEST);
        let left = end.saturating_duration_since(Instant::now());
        let turn = turn.clamp(SHORTEST, LONGEST).min(left).max(Duration::from_secs(1));
        let corpus = self.folders.corpus(target);
        fs::create_dir_all(&corpus)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", corpus.display())))?;
        let mut command = self.engine.run(target, &self.folders.artifacts(target))?;
        command.arg(format!("-max_total_time={}", turn.as_secs().max(1))).args(&self.options.engine).arg(corpus);
        command.args(self.begin.get(index).into_iter().flatten());
        let session = Session::start(command, self.folders.work().join("gates"))?;
        let until = Instant::now().checked_add(turn).ok_or_else(|| Failure::new("there is no end to it"))?;
        Ok(Turn { target: index, session, until })
    }

    fn sum_up(&mut self, index: usize, ended: &Ended, progress: &mut Progress) -> Result<(), Failure> {
        let Some(target) = self.targets.get(index) else { return Ok(()) };
        let (mut breaks, mut slow) = (false, 0_u64);
        for artifact in &ended.seen.artifacts {
            if broken::is_only_slow(self.engine, target, artifact, &self.folders.work())? {
                slow = slow.saturating_add(1);
                let _ =
                    fs::rename(artifact, self.folders.corpus(target).join(artifact.file_name().unwrap_or_default()));
                continue;
            }
            breaks = true;
            broken::write_log(artifact, &self.state.commit, ended);
        }
        let record = self.state.record(target);
        record.add(ended);
        record.slow_once = record.slow_once.saturating_add(slow);
        record.weigh(&self.folders.corpus(target));
        progress.turn_ended(target, record, breaks);
        self.state.save(self.folders)
    }
}

/// What people see of it: a line for each turn; on a terminal another one, always the last, of what runs.
struct Progress {
    is_terminal: bool,
    shown: Instant,
}

impl Progress {
    fn new() -> Self {
        Self { is_terminal: std::io::stdout().is_terminal(), shown: Instant::now() }
    }

    fn turn_ended(&mut self, target: &Target, record: &Record, breaks: bool) {
        self.clear();
        let broken = if breaks { "  A PROMISE BROKE" } else { "" };
        println!("{}{broken}", line(&target.name, record));
    }

    fn update(&mut self, targets: &[Target], running: &[Turn], end: Instant) {
        if !self.is_terminal || self.shown.elapsed() < Duration::from_secs(1) {
            return;
        }
        self.shown = Instant::now();
        let left = duration(end.saturating_duration_since(Instant::now()));
        let running = running.iter().filter_map(|turn| {
            let (seen, gates) = (turn.session.seen(), turn.session.gates());
            let executions = real(seen.executions.max(gates.inputs));
            let speed = executions / turn.session.cpu().as_secs_f64().max(0.1);
            let name = &targets.get(turn.target)?.name;
            Some(format!("{name} {}/s cov {}", short(speed), seen.edges))
        });
        print!("\r\x1b[K{left} left: {}", running.collect::<Vec<_>>().join(", "));
        // Only the look of a terminal depends on it.
        let _ = std::io::stdout().flush();
    }

    fn clear(&self) {
        if self.is_terminal {
            print!("\r\x1b[K");
        }
    }
}

fn line(name: &str, record: &Record) -> String {
    format!(
        "{name:<14} {:>6} runs, {:>6}/s  {}  cov {:>5}  corpus {:>5}  {}",
        short(real(record.executions)),
        short(record.speed()),
        gates(&record.gates),
        record.edges,
        record.corpus_files,
        match record.since_new() {
            Duration::ZERO => "new just now".to_owned(),
            time => format!("new {} ago", duration(time)),
        }
    )
}

fn gates(gates: &Gates) -> String {
    if gates.are_all_valid() {
        return "valid files alone".to_owned();
    }
    let shares = NAMES.iter().map(|name| format!("{name} {:>3.0}%", gates.percent(name)));
    shares.collect::<Vec<_>>().join(" ")
}
