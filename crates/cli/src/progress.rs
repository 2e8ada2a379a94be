//! A sign of life on long work.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use channel_file::validator;

use crate::arguments::Shared;
use crate::number::Grouped;

/// Shows on standard error what is being done, from the second second on, where that is a terminal. Gone when dropped.
pub(crate) struct Progress {
    end: Option<Sender<()>>,
    /// Where anything is counted.
    counts: Option<Arc<Counts>>,
    shown_by: Option<JoinHandle<()>>,
}

/// How far the work is.
#[derive(Debug, Default)]
struct Counts {
    events: AtomicU64,
    /// Instances that have been exercised, and all of them.
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Begins to show `stage`, such as `compiling`.
    pub(crate) fn of(shared: &Shared, stage: &'static str) -> Self {
        Self::begin(shared, stage)
    }

    /// The same for work that writes as it goes: where that can be seen, it is sign enough.
    pub(crate) fn beside_output(shared: &Shared, stage: &'static str) -> Self {
        if stdout().is_terminal() { Self::hidden() } else { Self::of(shared, stage) }
    }

    /// The same for work on events, which are counted.
    pub(crate) fn counting_beside_output(shared: &Shared, stage: &'static str) -> Self {
        if stdout().is_terminal() { Self::hidden() } else { Self::begin(shared, stage) }
    }

    /// Counts further events.
    pub(crate) fn count(&self, further: u64) {
        if let Some(counts) = &self.counts {
            counts.events.fetch_add(further, Ordering::Relaxed);
        }
    }

    /// Says how far the validator is.
    pub(crate) fn exercised(&self, progress: validator::Progress) {
        if let Some(counts) = &self.counts {
            counts.done.store(progress.done.into(), Ordering::Relaxed);
            counts.total.store(progress.total.into(), Ordering::Relaxed);
        }
    }

    fn begin(shared: &Shared, stage: &'static str) -> Self {
        if shared.quiet || !stderr().is_terminal() {
            return Self::hidden();
        }
        let (end, ended) = channel();
        let counts = Arc::new(Counts::default());
        let counted = Arc::clone(&counts);
        let shown_by = std::thread::Builder::new().spawn(move || show(stage, &counted, &ended)).ok();
        Self { end: Some(end), counts: Some(counts), shown_by }
    }

    const fn hidden() -> Self {
        Self { end: None, counts: None, shown_by: None }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end = None;
        if let Some(shown_by) = self.shown_by.take() {
            // A sign of life that failed is no reason to fail.
            let _ = shown_by.join();
        }
    }
}

/// Writing to a terminal that has gone away is no error either.
fn show(stage: &str, counts: &Counts, ended: &Receiver<()>) {
    let begin = Instant::now();
    let mut longest = 0;
    while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
        let seconds = begin.elapsed().as_secs();
        let mut line = format!("{stage}: {seconds} s");
        let [events, done, total] =
            [&counts.events, &counts.done, &counts.total].map(|count| count.load(Ordering::Relaxed));
        if done < total {
            line.push_str(&format!(", exercising {} of {} instances", Grouped(done), Grouped(total)));
        }
        if events > 0 {
            line.push_str(&format!(", {} events", Grouped(events)));
            if total == 0 {
                let rate = events.checked_div(seconds).unwrap_or_default();
                line.push_str(&format!(", {} events/s", Grouped(rate)));
            }
        }
        longest = longest.max(line.len());
        let _ = write!(stderr(), "\r{line:longest$}");
    }
    if longest > 0 {
        let _ = write!(stderr(), "\r{:longest$}\r", "");
    }
}
