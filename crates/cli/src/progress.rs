//! A sign of life on long work.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::arguments::Shared;

/// Shows on standard error what is being done, from the second second on, where that is a terminal. Gone when dropped.
pub(crate) struct Progress {
    end: Option<Sender<()>>,
    shown_by: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to show `stage`, such as `compiling`.
    pub(crate) fn of(shared: &Shared, stage: &'static str) -> Self {
        if shared.quiet || !stderr().is_terminal() {
            return Self::hidden();
        }
        let (end, ended) = channel();
        let shown_by = std::thread::Builder::new().spawn(move || show(stage, &ended)).ok();
        Self { end: Some(end), shown_by }
    }

    /// The same for work that writes as it goes: where that can be seen, it is sign enough.
    pub(crate) fn beside_output(shared: &Shared, stage: &'static str) -> Self {
        if stdout().is_terminal() { Self::hidden() } else { Self::of(shared, stage) }
    }

    const fn hidden() -> Self {
        Self { end: None, shown_by: None }
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
fn show(stage: &str, ended: &Receiver<()>) {
    let begin = Instant::now();
    let mut is_shown = false;
    while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
        let _ = write!(stderr(), "\r{stage}: {} s", begin.elapsed().as_secs());
        is_shown = true;
    }
    if is_shown {
        let _ = write!(stderr(), "\r{:1$}\r", "", stage.len().saturating_add(24));
    }
}
