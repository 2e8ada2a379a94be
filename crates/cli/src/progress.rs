//! A sign of life on long work.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::arguments::Shared;
use crate::number::Grouped;

/// Shows on standard error what is being done, from the second second on, where that is a terminal. Gone when dropped.
pub(crate) struct Progress {
    end: Option<Sender<()>>,
    /// Events so far, where they are counted.
    events: Option<Arc<AtomicU64>>,
    shown_by: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to show `stage`, such as `compiling`.
    pub(crate) fn of(shared: &Shared, stage: &'static str) -> Self {
        Self::begin(shared, stage, None)
    }

    /// The same for work that writes as it goes: where that can be seen, it is sign enough.
    pub(crate) fn beside_output(shared: &Shared, stage: &'static str) -> Self {
        if stdout().is_terminal() { Self::hidden() } else { Self::of(shared, stage) }
    }

    /// The same for work on events, which are counted.
    pub(crate) fn counting_beside_output(shared: &Shared, stage: &'static str) -> Self {
        if stdout().is_terminal() { Self::hidden() } else { Self::begin(shared, stage, Some(Arc::default())) }
    }

    /// Counts further events.
    pub(crate) fn count(&self, further: u64) {
        if let Some(events) = &self.events {
            events.fetch_add(further, Ordering::Relaxed);
        }
    }

    fn begin(shared: &Shared, stage: &'static str, events: Option<Arc<AtomicU64>>) -> Self {
        if shared.quiet || !stderr().is_terminal() {
            return Self::hidden();
        }
        let (end, ended) = channel();
        let counted = events.clone();
        let shown_by = std::thread::Builder::new().spawn(move || show(stage, counted.as_deref(), &ended)).ok();
        Self { end: Some(end), events, shown_by }
    }

    const fn hidden() -> Self {
        Self { end: None, events: None, shown_by: None }
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
fn show(stage: &str, events: Option<&AtomicU64>, ended: &Receiver<()>) {
    let begin = Instant::now();
    let mut longest = 0;
    while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
        let seconds = begin.elapsed().as_secs();
        let mut line = format!("{stage}: {seconds} s");
        if let Some(events) = events {
            let events = events.load(Ordering::Relaxed);
            let rate = events.checked_div(seconds).unwrap_or_default();
            line.push_str(&format!(", {} events, {} events/s", Grouped(events), Grouped(rate)));
        }
        longest = longest.max(line.len());
        let _ = write!(stderr(), "\r{line:longest$}");
    }
    if longest > 0 {
        let _ = write!(stderr(), "\r{:longest$}\r", "");
    }
}
