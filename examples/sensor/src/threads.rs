//! Several threads judge events while something else happens.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use channel_file::interpreter::SharedChannels;

use crate::judging::{Answers, Tally, judge};

pub(crate) const THREADS: usize = 4;

/// Rounds of all events, by whichever threads, before and after. More than there are threads, so that some of them begin after
/// what happens meanwhile has ended.
const ROUNDS: usize = 500;

/// Calls `meanwhile` while threads judge events, and lets them go on for a while. Gives what all threads together report, and what
/// `meanwhile` gave.
pub(crate) fn judge_meanwhile<T>(
    channels: &SharedChannels<'static>,
    watched: u32,
    expected: &BTreeMap<u64, Answers>,
    meanwhile: impl FnOnce() -> T,
) -> Result<(Tally, T), String> {
    let stop = &AtomicBool::new(false);
    let (round, rounds) = channel();
    thread::scope(|scope| {
        let judge = |round| scope.spawn(move || judge(channels, watched, expected, stop, &round));
        let threads: Vec<_> = std::iter::repeat_n(round, THREADS).map(judge).collect();
        wait(&rounds);
        let result = meanwhile();
        wait(&rounds);
        stop.store(true, Ordering::Relaxed);
        let tally = threads.into_iter().try_fold(Tally::default(), |sum, thread| {
            let judged = thread.join().map_err(|_| "a thread has panicked".to_owned())?;
            judged.map(|tally| sum.plus(tally)).map_err(|error| error.to_string())
        });
        Ok((tally?, result))
    })
}

/// Waits for rounds to end. Returns also if no thread is left.
fn wait(rounds: &Receiver<()>) {
    // Those that have ended already say nothing of what happens now.
    while rounds.try_recv().is_ok() {}
    rounds.iter().take(ROUNDS).for_each(drop);
}
