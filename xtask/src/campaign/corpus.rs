//! The inputs that a target begins with, and those that are worth keeping.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::rotation::STOP;
use super::state::Folders;
use crate::fuzzing::broken;
use crate::fuzzing::engine::Engine;
use crate::fuzzing::session::Session;
use crate::fuzzing::target::Target;
use crate::outcome::Failure;

/// The folders with which a target begins beside its corpus: seeds, and past crashes unless one breaks again, since with it no
/// process would come to anything else. What broke under earlier sources and no longer does goes into the corpus.
pub(crate) fn begin(
    engine: &Engine,
    target: &Target,
    folders: &Folders,
    sources: &str,
) -> Result<Vec<PathBuf>, Failure> {
    let corpus = folders.corpus(target);
    let cannot = |error| Failure::new(format!("cannot write {}: {error}", corpus.display()));
    fs::create_dir_all(&corpus).map_err(cannot)?;
    for input in broken::inputs(&folders.artifacts(target)) {
        let (breaks, _) = broken::alone(engine, target, &input, &folders.work())?;
        // Some never break alone, but only after others.
        if breaks.is_none() && !broken::is_of(&input, sources) {
            fs::rename(&input, corpus.join(input.file_name().unwrap_or_default())).map_err(cannot)?;
            let _ = fs::remove_file(broken::log_of(&input));
        }
    }
    let mut begin = vec![engine.seeds(target)];
    let crashes = engine.crashes(target);
    if crashes.is_dir() {
        let mut command = engine.run(target, &folders.work().join("again"))?;
        command.arg("-runs=0").arg(&crashes);
        if Session::finish(command, folders.work().join("gates"))?.status.success() {
            begin.push(crashes);
        }
    }
    Ok(begin)
}

/// Keeps of the corpus what is needed to reach what it reaches, the shortest inputs first.
pub(crate) fn minimise(engine: &Engine, target: &Target, folders: &Folders, begin: &[PathBuf]) -> Result<(), Failure> {
    let corpus = folders.corpus(target);
    let smaller = folders.work().join(format!("{}-smaller", target.name));
    let cannot = |error| Failure::new(format!("cannot minimise {}: {error}", corpus.display()));
    if smaller.exists() {
        fs::remove_dir_all(&smaller).map_err(cannot)?;
    }
    fs::create_dir_all(&smaller).map_err(cannot)?;
    let mut command = engine.run(target, &folders.artifacts(target))?;
    command.arg("-merge=1").arg(&smaller).arg(&corpus).args(begin);
    let mut session = Session::start(command, folders.work().join("gates"))?;
    let ended = loop {
        if let Some(ended) = session.ended()? {
            break ended;
        }
        if STOP.load(Ordering::Relaxed) {
            session.kill();
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    if STOP.load(Ordering::Relaxed) || !ended.status.success() {
        // The corpus as it was is as good, only larger.
        return Ok(());
    }
    let before = folders.work().join(format!("{}-before", target.name));
    if before.exists() {
        fs::remove_dir_all(&before).map_err(cannot)?;
    }
    fs::rename(&corpus, &before).map_err(cannot)?;
    fs::rename(&smaller, &corpus).map_err(cannot)?;
    fs::remove_dir_all(&before).map_err(cannot)
}
