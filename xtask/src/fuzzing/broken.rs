//! What a broken promise is recognised by: the place of the panic and the shape of its message. Frames would not do: those on top
//! are the panic machinery's.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::engine::Engine;
use super::session::{Ended, Session};
use super::target::Target;
use crate::outcome::Failure;

/// One defect, as far as one can tell.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Breakage {
    pub(crate) kind: Kind,
    /// `file:line` of the panic; empty if there was none.
    pub(crate) place: String,
    /// The first line of its message, without numbers and quoted texts.
    pub(crate) shape: String,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Panic,
    Timeout,
    OutOfMemory,
    /// A signal, or an end in the middle of an input.
    Abort,
}

/// The inputs of one defect.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Distinct {
    pub(crate) target: String,
    #[serde(flatten)]
    pub(crate) breakage: Breakage,
    pub(crate) count: usize,
    /// The shortest.
    pub(crate) input: PathBuf,
    pub(crate) bytes: u64,
    /// Whether it breaks on its own, or only after others.
    pub(crate) breaks_alone: bool,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Panic => "panic",
            Self::Timeout => "timeout",
            Self::OutOfMemory => "out-of-memory",
            Self::Abort => "abort",
        }
    }
}

impl Breakage {
    /// What the end of a process was about, if it was about an input.
    pub(crate) fn of(ended: &Ended) -> Option<Self> {
        if ended.status.success() {
            return None;
        }
        Self::told(ended.seen.tail.iter().map(String::as_str))
    }

    /// What lines tell of it.
    pub(crate) fn told<'l>(lines: impl Iterator<Item = &'l str>) -> Option<Self> {
        let lines: Vec<&str> = lines.collect();
        let panicked = lines.iter().enumerate().find_map(|(at, line)| Some((at, line.split_once("panicked at ")?.1)));
        if let Some((at, place)) = panicked {
            let message = lines.get(at.saturating_add(1)).copied().unwrap_or_default();
            // Without the column, and from the repository or crate on.
            let place = place.trim_end_matches(':').rsplit_once(':').map_or(place, |(place, _)| place);
            return Some(Self { kind: Kind::Panic, place: short_place(place), shape: shape(message) });
        }
        let kind = lines.iter().find_map(|line| match *line {
            line if line.contains("ERROR: libFuzzer: timeout") => Some(Kind::Timeout),
            line if line.contains("ERROR: libFuzzer: out-of-memory") => Some(Kind::OutOfMemory),
            line if line.contains("ERROR: libFuzzer: ") => Some(Kind::Abort),
            _ => None,
        })?;
        Some(Self { kind, place: String::new(), shape: String::new() })
    }
}

impl std::fmt::Display for Breakage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            Kind::Panic => write!(f, "panic at {}: {}", self.place, self.shape),
            Kind::Timeout => f.write_str("takes too long"),
            Kind::OutOfMemory => f.write_str("takes too much memory"),
            Kind::Abort => f.write_str("ends the process without a panic"),
        }
    }
}

/// What breaks on this input alone, and everything that is printed of it.
pub(crate) fn alone(
    engine: &Engine,
    target: &Target,
    input: &Path,
    work: &Path,
) -> Result<(Option<Breakage>, String), Failure> {
    let mut command = engine.run(target, &work.join("again"))?;
    command.arg(input);
    let ended = Session::finish(command, work.join("gates"))?;
    let printed: Vec<&str> = ended.seen.tail.iter().map(String::as_str).collect();
    Ok((Breakage::of(&ended), printed.join("\n")))
}

/// Whether an input that was found too slow is quick enough when it is tried again alone. Time is what a clock on the wall says: on a machine
/// that is busy with something else, any input can be slow.
pub(crate) fn is_only_slow(engine: &Engine, target: &Target, input: &Path, work: &Path) -> Result<bool, Failure> {
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    if !["timeout-", "slow-unit-"].iter().any(|begin| name.starts_with(begin)) {
        return Ok(false);
    }
    alone(engine, target, input, work).map(|(breakage, _)| breakage.is_none())
}

/// Sorts inputs by what breaks on them: those in a folder of artifacts, each with what was printed when it was found beside it, as
/// `.log`; and past crashes of the target that are back.
pub(crate) fn distinct(
    engine: &Engine,
    target: &Target,
    artifacts: &Path,
    work: &Path,
) -> Result<Vec<Distinct>, Failure> {
    let mut found: BTreeMap<Breakage, Distinct> = BTreeMap::new();
    let past = files(&engine.crashes(target)).into_iter().map(|input| (input, true));
    for (input, is_past) in inputs(artifacts).into_iter().map(|input| (input, false)).chain(past) {
        let bytes = fs::metadata(&input).map(|data| data.len()).unwrap_or_default();
        let (alone, _) = alone(engine, target, &input, work)?;
        let breaks_alone = alone.is_some();
        if is_past && !breaks_alone {
            // It stays mended.
            continue;
        }
        let logged = || Breakage::told(fs::read_to_string(log_of(&input)).ok()?.lines());
        let unknown = || Breakage { kind: Kind::Abort, place: String::new(), shape: String::new() };
        let breakage = alone.or_else(logged).unwrap_or_else(unknown);
        let new =
            Distinct { target: target.name.clone(), breakage: breakage.clone(), count: 0, input, bytes, breaks_alone };
        let known = found.entry(breakage).or_insert_with(|| new.clone());
        known.count = known.count.saturating_add(1);
        // One that breaks alone is worth more than a shorter one that does not.
        if (!new.breaks_alone, new.bytes) < (!known.breaks_alone, known.bytes) {
            *known = Distinct { count: known.count, ..new };
        }
    }
    Ok(found.into_values().collect())
}

/// The inputs among the files of a folder of artifacts, which need not be there.
pub(crate) fn inputs(artifacts: &Path) -> Vec<PathBuf> {
    files(artifacts).into_iter().filter(|path| is_broken(path)).collect()
}

/// What is in a folder, which need not be there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// Slow units are only slow: the timeout is what is promised.
fn is_broken(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.ends_with(".log") && ["crash-", "timeout-", "oom-", "leak-"].iter().any(|begin| name.starts_with(begin))
}

/// Keeps what was printed when an input was found, and of which sources it was.
pub(crate) fn write_log(input: &Path, sources: &str, ended: &Ended) {
    let mut log = of_sources(sources);
    ended.seen.tail.iter().for_each(|line| log.extend([line, "\n"]));
    // The input itself is there in any case.
    let _ = fs::write(log_of(input), log);
}

/// Whether an input was found in these sources.
pub(crate) fn is_of(input: &Path, sources: &str) -> bool {
    fs::read_to_string(log_of(input)).is_ok_and(|log| log.starts_with(&of_sources(sources)))
}

fn of_sources(sources: &str) -> String {
    format!("sources: {sources}\n")
}

/// Where what was printed is kept.
pub(crate) fn log_of(input: &Path) -> PathBuf {
    input.with_added_extension("log")
}

fn short_place(place: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("xtask");
    let place = place.strip_prefix(root).unwrap_or(place);
    match place.split_once("/registry/src/") {
        Some((_, package)) => package.split_once('/').map_or(package, |(_, package)| package).to_owned(),
        None => place.to_owned(),
    }
}

/// Longer messages differ in what they show.
const SHAPE: usize = 120;

fn shape(message: &str) -> String {
    let mut shape = String::new();
    let (mut in_quotes, mut in_number) = (false, false);
    for character in message.chars() {
        let is_digit = character.is_ascii_digit();
        match character {
            '"' => {
                in_quotes = !in_quotes;
                shape.push('"');
            }
            _ if in_quotes => {}
            _ if is_digit && in_number => {}
            _ if is_digit => shape.push('N'),
            _ => shape.push(character),
        }
        in_number = is_digit;
        if shape.len() >= SHAPE {
            break;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Breakage> {
        Breakage::told(text.lines())
    }

    #[test]
    fn two_inputs_of_one_defect_are_one() {
        let one = "INFO: x\nthread '<unnamed>' (7) panicked at /r/src/index.crates.io-1/nom-8.0.0/src/a.rs:7:9:\nindex 12 of \"ab\"\n";
        let other = one.replace("12", "4711").replace("ab", "c\u{e9}").replace("7:9", "7:11");
        assert_eq!(told(one), told(&other));
        let elsewhere = one.replace("a.rs:7", "a.rs:8");
        assert_ne!(told(one), told(&elsewhere));
        assert_eq!(told(one).map(|broken| broken.shape), Some("index N of \"\"".into()));
    }

    #[test]
    fn kinds_without_a_panic() {
        let kind = |text: &str| told(text).map(|broken| broken.kind);
        assert_eq!(kind("==1== ERROR: libFuzzer: timeout after 5 seconds"), Some(Kind::Timeout));
        assert_eq!(
            kind("==1== ERROR: libFuzzer: out-of-memory (used: 2049Mb; limit: 2048Mb)"),
            Some(Kind::OutOfMemory)
        );
        assert_eq!(kind("==1== ERROR: libFuzzer: deadly signal"), Some(Kind::Abort));
        assert_eq!(kind("Done 100 runs in 1 second(s)"), None);
    }

    #[test]
    fn places_begin_where_the_code_does() {
        assert_eq!(short_place("/home/x/.cargo/registry/src/index-1/nom-8.0.0/src/a.rs:7"), "nom-8.0.0/src/a.rs:7");
        assert_eq!(short_place("fuzz/bodies/src/pair.rs:7"), "fuzz/bodies/src/pair.rs:7");
    }
}
