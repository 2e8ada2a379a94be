//! Time by the wall clock.

use std::time::{Duration, Instant};

/// Nanoseconds of one run.
pub(crate) struct Times {
    pub(crate) median: f64,
    /// A quarter of the samples is below, a quarter above: single disturbances do not count.
    pub(crate) lower_quartile: f64,
    pub(crate) upper_quartile: f64,
    /// How many there were.
    pub(crate) runs: u64,
}

/// Reading the clock takes some 20 ns. What takes less than this is run so often between two readings.
const SAMPLE: Duration = Duration::from_micros(50);

/// Enough samples to have a median, over long enough that one disturbance is not all there is…
const SAMPLES: usize = 7;
const LEAST: Duration = Duration::from_millis(60);

/// …but what takes longer is over after few.
const MOST: Duration = Duration::from_secs(10);

/// Runs it again and again.
pub(crate) fn time(run: &mut dyn FnMut() -> u64) -> Times {
    let together = runs_of_a_sample(run);
    let mut samples = Vec::new();
    let begin = Instant::now();
    while (samples.len() < SAMPLES || begin.elapsed() < LEAST) && (samples.is_empty() || begin.elapsed() < MOST) {
        samples.push(elapsed(run, together).as_secs_f64() * 1e9 / f64::from(together));
    }
    samples.sort_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    let at = |quarters: usize| samples.get(last * quarters / 4).copied().unwrap_or_default();
    let runs = u64::try_from(samples.len()).unwrap_or_default() * u64::from(together);
    Times { median: at(2), lower_quartile: at(1), upper_quartile: at(3), runs }
}

fn elapsed(run: &mut dyn FnMut() -> u64, times: u32) -> Duration {
    let begin = Instant::now();
    for _ in 0..times {
        // The operation keeps its result from being left out.
        run();
    }
    begin.elapsed()
}

fn runs_of_a_sample(run: &mut dyn FnMut() -> u64) -> u32 {
    // A power of two, found by the first that takes long enough.
    let powers = std::iter::successors(Some(1_u32), |times| times.checked_mul(2));
    let mut last = 1;
    for times in powers {
        last = times;
        if elapsed(run, times) >= SAMPLE {
            break;
        }
    }
    last
}
