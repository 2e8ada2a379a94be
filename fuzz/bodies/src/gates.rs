//! Counts how far inputs get, and now and then writes it down for whoever watches: a mutator that no longer gets past a checksum
//! looks just like a target that finds nothing.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use channel_file_smith::Gate;

/// Names a file; the process number is added to it.
pub const VARIABLE: &str = "CHANNEL_FILE_GATES";

/// Inputs that passed each gate, those that passed none in the first place.
static PASSED: [AtomicU64; 6] = [const { AtomicU64::new(0) }; 6];

/// The clock is looked at only so often.
const BETWEEN_LOOKS: u64 = 32;

/// Counts an input that got so far.
pub fn count(reached: Gate) {
    let before = PASSED[0].fetch_add(1, Ordering::Relaxed);
    for (passed, gate) in PASSED[1..].iter().zip(Gate::ALL) {
        if *gate <= reached {
            passed.fetch_add(1, Ordering::Relaxed);
        }
    }
    if before.is_multiple_of(BETWEEN_LOOKS) {
        // Some processes are over within a second.
        write_now_and_then(before.is_power_of_two());
    }
}

fn write_now_and_then(at_once: bool) {
    static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    /// Seconds since the beginning at which it was last written.
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let name = || {
        std::env::var_os(VARIABLE).map(|name| PathBuf::from(name).with_added_extension(std::process::id().to_string()))
    };
    let Some(file) = FILE.get_or_init(name) else { return };
    let seconds = BEGUN.get_or_init(Instant::now).elapsed().max(Duration::from_secs(1)).as_secs();
    if WRITTEN.swap(seconds, Ordering::Relaxed) != seconds || at_once {
        // A report that cannot be written is no reason to end a campaign.
        let _ = fs::write(file, report());
    }
}

/// Each gate and how many inputs passed it, a line each; first how many there were.
fn report() -> String {
    let names = ["inputs"].into_iter().chain(Gate::ALL.iter().map(|gate| gate.name()));
    names.zip(&PASSED).map(|(name, passed)| format!("{name} {}\n", passed.load(Ordering::Relaxed))).collect()
}
