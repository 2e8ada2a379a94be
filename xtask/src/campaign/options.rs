//! What a campaign is asked to do.

use std::time::Duration;

use crate::outcome::Failure;

/// What follows `campaign`.
pub(crate) const ARGUMENTS: &str =
    "[--time 1h] [--jobs N] [--target NAME]... [--fresh] [--coverage] [--measure] [-- ENGINE'S...]";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// How long; all processes together take this times their number.
    pub(crate) time: Duration,
    /// How many processes at once.
    pub(crate) jobs: usize,
    /// None is all.
    pub(crate) targets: Vec<String>,
    /// Forgets what earlier campaigns found.
    pub(crate) fresh: bool,
    /// Measures which lines the corpus reaches.
    pub(crate) coverage: bool,
    /// Measures executions a second, and attacks nothing.
    pub(crate) measure: bool,
    /// Further options of libFuzzer.
    pub(crate) engine: Vec<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Result<Self, Failure> {
        let mut options = Self {
            time: Duration::from_secs(3600),
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            targets: Vec::new(),
            fresh: false,
            coverage: false,
            measure: false,
            engine: Vec::new(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (name, given) = argument.split_once('=').map_or((*argument, None), |(name, value)| (name, Some(value)));
            let mut value = || {
                let value = given.or_else(|| arguments.next().copied());
                value.ok_or_else(|| Failure::new(format!("`{name}` needs a value")))
            };
            match name {
                "--time" => options.time = time(value()?)?,
                "--jobs" => options.jobs = jobs(value()?)?,
                "--target" => options.targets.push(value()?.to_owned()),
                "--fresh" => options.fresh = true,
                "--coverage" => options.coverage = true,
                "--measure" => options.measure = true,
                "--" => {
                    options.engine = arguments.by_ref().map(|argument| (*argument).to_owned()).collect();
                    break;
                }
                _ => return Err(Failure::new(format!("`{argument}` means nothing here; campaign {ARGUMENTS}"))),
            }
        }
        Ok(options)
    }
}

/// `90s`, `45m`, `12h`, `2d`.
fn time(text: &str) -> Result<Duration, Failure> {
    let unclear = || Failure::new(format!("`{text}` is no time: 90s, 45m, 12h or 2d would be"));
    let (unit, seconds) = match text.char_indices().last().ok_or_else(unclear)? {
        (at, 's') => (at, 1),
        (at, 'm') => (at, 60),
        (at, 'h') => (at, 3600),
        (at, 'd') => (at, 86_400),
        _ => return Err(unclear()),
    };
    let number: u64 = text.get(..unit).and_then(|number| number.parse().ok()).ok_or_else(unclear)?;
    let seconds = number.checked_mul(seconds).filter(|seconds| *seconds > 0).ok_or_else(unclear)?;
    Ok(Duration::from_secs(seconds))
}

fn jobs(text: &str) -> Result<usize, Failure> {
    let jobs = text.parse().ok().filter(|jobs| *jobs > 0);
    jobs.ok_or_else(|| Failure::new(format!("`{text}` is no number of processes")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_understood() {
        let options = Options::parse(&["--time", "45m", "--jobs=3", "--target", "open", "--target=dump", "--", "-x=1"]);
        let options = options.unwrap();
        assert_eq!((options.time, options.jobs), (Duration::from_secs(2700), 3));
        assert_eq!(options.targets, ["open", "dump"]);
        assert_eq!(options.engine, ["-x=1"]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for wrong in
            [&["--time"][..], &["--time", "0s"], &["--time", "soon"], &["--jobs", "0"], &["--tme", "1h"], &["open"]]
        {
            assert!(Options::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
