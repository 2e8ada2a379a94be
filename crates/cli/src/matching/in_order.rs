//! Batches judged by one or several threads, with results in the order of the input.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, ScopedJoinHandle, scope};

use crate::finding::{Failure, Finding};

use super::lines::Batch;
use super::worker::{InstanceTally, Judged, Setting, Worker};

/// Batches that wait for each worker, and results that wait to be taken: with these few, memory is bounded.
const WAITING: usize = 2;

/// How it ended.
pub(crate) struct Ended {
    /// What each worker's instances did.
    pub(crate) instances: Vec<InstanceTally>,
    /// Why not all of the input was judged.
    pub(crate) fault: Option<io::Error>,
}

/// Judges batches until there are no more, or `take` has had enough.
///
/// # Errors
///
/// Those of `take`, which are about standard output, and those of threads.
pub(crate) fn judge(
    setting: &Setting<'_>,
    batches: impl Iterator<Item = io::Result<Batch>> + Send,
    threads: usize,
    mut take: impl FnMut(Judged) -> io::Result<ControlFlow<()>>,
) -> Result<Ended, Failure> {
    if threads > 1 {
        return judge_apart(setting, batches, threads, take);
    }
    let mut worker = Worker::new(setting);
    let mut fault = None;
    for batch in batches {
        match batch {
            Ok(batch) if take(worker.judge(&batch))?.is_break() => break,
            Ok(_) => {}
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    Ok(Ended { instances: vec![worker.instances()], fault })
}

/// Each worker is given every so many-th batch, so that results are taken in turn and none has to be kept for long.
fn judge_apart(
    setting: &Setting<'_>,
    batches: impl Iterator<Item = io::Result<Batch>> + Send,
    threads: usize,
    take: impl FnMut(Judged) -> io::Result<ControlFlow<()>>,
) -> Result<Ended, Failure> {
    scope(|scope| {
        let (mut to_workers, mut from_workers, mut workers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..threads {
            let (to_worker, batches) = sync_channel(WAITING);
            let (judged, from_worker) = sync_channel(WAITING);
            workers
                .push(Builder::new().spawn_scoped(scope, move || work(setting, &batches, &judged)).map_err(no_thread)?);
            to_workers.push(to_worker);
            from_workers.push(from_worker);
        }
        let reader = Builder::new().spawn_scoped(scope, move || distribute(batches, &to_workers)).map_err(no_thread)?;
        let taken = take_in_turn(&from_workers, take);
        // Whoever still has something to hand over must not wait for ever.
        drop(from_workers);
        let fault = join(reader)?;
        let instances = workers.into_iter().map(join).collect::<Result<_, _>>()?;
        taken?;
        Ok(Ended { instances, fault })
    })
}

fn work(setting: &Setting<'_>, batches: &Receiver<Batch>, judged: &SyncSender<Judged>) -> InstanceTally {
    let mut worker = Worker::new(setting);
    for batch in batches {
        if judged.send(worker.judge(&batch)).is_err() {
            break;
        }
    }
    worker.instances()
}

/// Hands batches out in turn; gives what ended the reading early.
fn distribute(batches: impl Iterator<Item = io::Result<Batch>>, to_workers: &[SyncSender<Batch>]) -> Option<io::Error> {
    for (batch, to_worker) in batches.zip(to_workers.iter().cycle()) {
        match batch.map(|batch| to_worker.send(batch)) {
            Ok(Ok(())) => {}
            // Nobody waits for it any more.
            Ok(Err(_)) => return None,
            Err(error) => return Some(error),
        }
    }
    None
}

/// The first worker in turn that has no more is behind the last batch.
fn take_in_turn(
    from_workers: &[Receiver<Judged>],
    mut take: impl FnMut(Judged) -> io::Result<ControlFlow<()>>,
) -> io::Result<()> {
    for from_worker in from_workers.iter().cycle() {
        let Ok(judged) = from_worker.recv() else { break };
        if take(judged)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn join<T>(thread: ScopedJoinHandle<'_, T>) -> Result<T, Failure> {
    thread.join().map_err(|_| Finding::of_defect("a thread ended early").into())
}

fn no_thread(error: io::Error) -> Failure {
    Finding::of_usage(&format!("cannot start a thread: {error}")).into()
}
