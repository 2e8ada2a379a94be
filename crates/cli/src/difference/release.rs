//! What the change does to one release, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::report::{Release, Report};
use crate::escape::Escaped;
use crate::number::{Counted, Grouped};
use crate::output::{BAD, GOOD, Output, STRONG};
use crate::report::{Findings, Telling};

/// As many reasons are told; `--verbose` tells all.
const MOST: usize = 10;

impl Report {
    /// A line with what the release would do, and below it the reasons.
    pub(super) fn tell_release(&self, release: &Release, telling: Telling, output: &mut Output) -> io::Result<()> {
        if telling.is_quiet && release.findings.is_empty() && release.loads_new {
            return Ok(());
        }
        release.tell_verdict(output)?;
        if release.findings.is_empty() {
            let most = if telling.is_verbose { usize::MAX } else { MOST };
            let lacking: BTreeSet<&String> = release.novelties.iter().filter_map(|own| own.lacking.as_ref()).collect();
            for lacking in lacking.iter().take(most) {
                writeln!(output, "  it {}", Escaped(lacking))?;
            }
        }
        self.tell_supplied(release, output)?;
        let below = |indent| Findings { indent, ..self.all(telling) };
        below("  ").tell(&release.findings, true, output)?;
        if release.known_findings.is_empty() {
            return Ok(());
        }
        if telling.is_verbose {
            writeln!(output, "  as before:")?;
            below("    ").tell(&release.known_findings, true, output)?;
            return Ok(());
        }
        let names: BTreeSet<&str> = release.known_findings.iter().map(|finding| finding.name).collect();
        let names: Vec<&str> = names.into_iter().collect();
        writeln!(output, "  as before: {}", names.join(", "))
    }

    /// What is new there and supplied, by code.
    fn tell_supplied(&self, release: &Release, output: &mut Output) -> io::Result<()> {
        let mut names: BTreeMap<&str, u64> = BTreeMap::new();
        for concern in release.novelties.iter().filter(|concern| concern.lacking.is_none()) {
            let novelty = usize::try_from(concern.novelty).ok().and_then(|index| self.novelties.get(index));
            if let Some(novelty) = novelty {
                let number = names.entry(novelty.name).or_default();
                *number = number.saturating_add(1);
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        let told: Vec<String> = names.iter().map(|(name, number)| format!("{name} ({})", Grouped(*number))).collect();
        writeln!(output, "  new there, and supplied: {}", told.join(", "))
    }
}

impl Release {
    /// `release 7.11: REFUSES it, and loads the old content; touched by the change; 8,500,000 machines`
    fn tell_verdict(&self, output: &mut Output) -> io::Result<()> {
        let (strong, good, bad) = (output.style(STRONG), output.style(GOOD), output.style(BAD));
        write!(output, "{strong}release {}{strong:#}: ", Escaped(&self.release))?;
        match (self.loads_old, self.loads_new) {
            (true, true) => write!(output, "{good}loads{good:#} it")?,
            (false, true) => write!(output, "{good}loads{good:#} it, and refuses the old content")?,
            (true, false) => write!(output, "{bad}REFUSES{bad:#} it, and loads the old content")?,
            (false, false) => write!(output, "{bad}REFUSES{bad:#} it, as it does the old content")?,
        }
        let touched = if self.touched { "touched by the change" } else { "not touched by the change" };
        write!(output, "; {touched}")?;
        if let Some(machines) = self.machines {
            write!(output, "; {}", Counted(machines, "machine"))?;
        }
        if let (Some(old), Some(new)) = (self.old_cost, self.new_cost)
            && old.memory != new.memory
        {
            write!(output, "; memory {} bytes, before {}", Grouped(new.memory), Grouped(old.memory))?;
        }
        writeln!(output)
    }
}
