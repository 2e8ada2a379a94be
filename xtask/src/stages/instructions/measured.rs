//! What operations take: as the program and callgrind say it, and as the baseline keeps it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::callgrind::{self, Call};
use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// What instruction counts depend on beside the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    compiler: String,
    valgrind: String,
    libc: String,
}

impl Key {
    pub(super) fn of_this_machine(project: &Project) -> Result<Self, Failure> {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let said = Command::new(rustc, project.root()).arg("-vV").read()?;
        let line = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        let libc = Command::new("getconf", project.root()).arg("GNU_LIBC_VERSION").read().unwrap_or_default();
        Ok(Self {
            compiler: format!("{} {}", line("release: "), line("host: ")),
            valgrind: callgrind::version(project)?,
            libc: libc.trim().to_owned(),
        })
    }
}

/// What one operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    units: String,
    count: u64,
    instructions: u64,
    allocations: u64,
    peak_bytes: u64,
}

/// The same with its names, as reports have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) operation: String,
    pub(crate) set: String,
    pub(crate) units: String,
    pub(crate) count: u64,
    pub(crate) instructions: u64,
    pub(crate) allocations: u64,
    pub(crate) peak_bytes: u64,
}

/// What all operations take, each by its name and the name of its set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measurements(BTreeMap<(String, String), Measured>);

/// In thousandths of the baseline: what is more is worse, and what is less by as much is better.
const WORSE: u64 = 1_020;
const BETTER: u64 = 980;

impl Measurements {
    pub(super) fn of_calls(calls: &[Call]) -> Result<Self, Failure> {
        calls
            .iter()
            .map(|call| row(&format!("{}\t{}", call.line, call.instructions)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn into_rows(self) -> Vec<Counted> {
        let row = |((operation, set), measured)| {
            let Measured { units, count, instructions, allocations, peak_bytes } = measured;
            Counted { operation, set, units, count, instructions, allocations, peak_bytes }
        };
        self.0.into_iter().map(row).collect()
    }

    pub(super) fn to_text(&self, key: &Key) -> String {
        let Key { compiler, valgrind, libc } = key;
        let mut text = format!("# rustc {compiler}\n# {valgrind}\n# {libc}\n");
        text.push_str("# operation\tset\tunits\tcount\tallocations\tpeak bytes\tinstructions\n");
        for ((verb, set), measured) in &self.0 {
            let Measured { units, count, instructions, allocations, peak_bytes } = measured;
            let _ = writeln!(text, "{verb}\t{set}\t{units}\t{count}\t{allocations}\t{peak_bytes}\t{instructions}");
        }
        text
    }

    pub(super) fn from_text(text: &str) -> Result<(Key, Self), Failure> {
        let mut said = text.lines().filter_map(|line| line.strip_prefix("# "));
        let mut next = || said.next().unwrap_or_default().to_owned();
        let (compiler, valgrind, libc) = (next(), next(), next());
        let compiler = compiler.strip_prefix("rustc ").unwrap_or_default().to_owned();
        let rows = text.lines().filter(|line| !line.starts_with('#')).map(row).collect::<Result<_, _>>()?;
        Ok((Key { compiler, valgrind, libc }, Self(rows)))
    }

    /// A line for each operation that takes more than before, and for each that is gone.
    pub(super) fn worse_than(&self, before: &Self) -> String {
        let mut worse = String::new();
        for (name, now) in &self.0 {
            if let Some(before) = before.0.get(name)
                && (thousandths(now.instructions, before.instructions) > WORSE
                    || thousandths(now.allocations, before.allocations) > WORSE)
            {
                line(&mut worse, name, now, Some(before));
            }
        }
        worse
    }

    /// How many take less than before.
    pub(super) fn better_than(&self, before: &Self) -> usize {
        let is_better = |(name, now): (&(String, String), &Measured)| {
            before.0.get(name).is_some_and(|before| thousandths(now.instructions, before.instructions) < BETTER)
        };
        self.0.iter().filter(|(name, now)| is_better((name, now))).count()
    }

    /// A table of all.
    pub(super) fn compared_with(&self, before: &Self) -> String {
        let mut table = format!(
            "{:<14} {:<22} {:>14} {:>14} {:>6} {:>10} {:>12} {:>11}\n",
            "operation", "set", "before", "now", "ratio", "a unit", "allocations", "peak bytes"
        );
        for (name, now) in &self.0 {
            line(&mut table, name, now, before.0.get(name));
        }
        table
    }
}

fn line(text: &mut String, (verb, set): &(String, String), now: &Measured, before: Option<&Measured>) {
    let Measured { units, count, instructions, allocations, peak_bytes } = now;
    let old = before.map_or_else(|| "-".to_owned(), |before| before.instructions.to_string());
    let ratio =
        before.map_or_else(|| "-".to_owned(), |before| decimal(thousandths(*instructions, before.instructions)));
    let each = decimal(thousandths(*instructions, *count));
    let old_allocations = before.map_or(*allocations, |before| before.allocations);
    let allocations = if old_allocations == *allocations {
        allocations.to_string()
    } else {
        format!("{old_allocations}->{allocations}")
    };
    let _ = writeln!(
        text,
        "{verb:<14} {set:<22} {old:>14} {instructions:>14} {ratio:>6} {each:>10} {allocations:>12} {peak_bytes:>11}  {units}"
    );
}

/// Seven columns: operation, set, units, count, allocations, peak bytes, instructions.
fn row(line: &str) -> Result<((String, String), Measured), Failure> {
    let unclear = || Failure::new(format!("this line of measurements is not understood: {line}"));
    let columns: Vec<&str> = line.split('\t').collect();
    let [verb, set, units, count, allocations, peak_bytes, instructions] = columns[..] else { return Err(unclear()) };
    let number = |text: &str| text.parse::<u64>().map_err(|_| unclear());
    let measured = Measured {
        units: units.to_owned(),
        count: number(count)?,
        instructions: number(instructions)?,
        allocations: number(allocations)?,
        peak_bytes: number(peak_bytes)?,
    };
    Ok(((verb.to_owned(), set.to_owned()), measured))
}

fn thousandths(now: u64, before: u64) -> u64 {
    // Nothing before and nothing now is as much as before.
    if now == before { 1_000 } else { now.saturating_mul(1_000).checked_div(before).unwrap_or(u64::MAX) }
}

fn decimal(thousandths: u64) -> String {
    let (whole, rest) = (thousandths.checked_div(1_000), thousandths.checked_rem(1_000));
    format!("{}.{:03}", whole.unwrap_or_default(), rest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measurements(instructions: u64, allocations: u64) -> Measurements {
        let line = format!("open\tlog\tbytes\t10\t{allocations}\t64");
        Measurements::of_calls(&[Call { line, instructions }]).unwrap_or(Measurements(BTreeMap::new()))
    }

    #[test]
    fn the_baseline_says_what_was_measured() {
        let key =
            Key { compiler: "1.95.0 host".to_owned(), valgrind: "valgrind-3".to_owned(), libc: "glibc 2".to_owned() };
        let measured = measurements(1_000, 3);
        assert_eq!(Measurements::from_text(&measured.to_text(&key)).ok(), Some((key, measured)));
        assert!(Measurements::from_text("open\tlog\tbytes\t10").is_err());
    }

    #[test]
    fn more_is_worse_by_a_fiftieth() {
        let before = measurements(1_000, 100);
        assert_eq!(measurements(1_020, 102).worse_than(&before), "");
        assert!(measurements(1_021, 100).worse_than(&before).contains("1.021"));
        assert!(measurements(1_000, 103).worse_than(&before).contains("100->103"));
        assert!(!measurements(1_000, 1).worse_than(&measurements(1_000, 0)).is_empty());
        assert_eq!(measurements(979, 100).better_than(&before), 1);
        assert_eq!(measurements(980, 100).better_than(&before), 0);
    }
}
