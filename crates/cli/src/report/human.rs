//! What people are told: the verdict, then releases, then findings, then what was counted.

mod columns;
mod coverage;
mod findings;
mod recorded;
mod releases;

use std::io::{self, Write};

use super::{CheckReport, Counts, InputKind, Judged};
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, count};
use crate::output::{BAD, GOOD, Output, STRONG};
use crate::sources;
use crate::verdict::Verdict;

pub(crate) use self::findings::Findings;

/// How much people are told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    /// Nothing but findings.
    pub(crate) is_quiet: bool,
    /// All findings, notes too.
    pub(crate) is_verbose: bool,
}

impl CheckReport {
    /// Tells people: on standard error what could not be judged, all else on standard output.
    pub(crate) fn tell(&self, telling: Telling) -> io::Result<()> {
        let mut output = Output::stdout();
        if !telling.is_quiet && self.sensors_judged == 0 && !self.judged.is_empty() {
            let own = "content was held against the template types that it comes with";
            writeln!(output, "no sensor was judged: {own}; give a `--manifest` of each release in the field")?;
        }
        let mut is_first = true;
        if !telling.is_quiet && (self.judged.len() > 1 || !self.errors.is_empty()) {
            self.tell_all(&mut output)?;
            is_first = false;
        }
        for judged in &self.judged {
            if !telling.is_quiet && !is_first {
                writeln!(output)?;
            }
            is_first = false;
            judged.tell(self, telling, &mut output)?;
        }
        output.flush()?;
        let mut output = Output::stderr();
        self.errors.iter().try_for_each(|finding| output.finding(finding))?;
        output.flush()
    }

    /// What came of everything together.
    fn tell_all(&self, output: &mut Output) -> io::Result<()> {
        let of_status = |status| self.judged.iter().filter(move |judged| judged.status == status);
        let all = Grouped(count(self.judged.len()));
        let style = output.style(if self.status == Verdict::Accepted { GOOD } else { BAD });
        write!(output, "{style}{}{style:#}", self.status.name())?;
        match self.status {
            Verdict::Accepted => write!(output, ": all {all}")?,
            Verdict::Refused => {
                let refused: Vec<String> = of_status(Verdict::Refused).map(Judged::name).collect();
                let few = Grouped(count(refused.len()));
                write!(output, ": {few} of {all}, {}", Escaped(refused.join(", ")))?;
                if !self.errors.is_empty() {
                    write!(output, "; not all could be judged, see standard error")?;
                }
            }
            Verdict::CouldNotJudge => {
                write!(output, " all that was given, see standard error")?;
                if !self.judged.is_empty() {
                    let accepted = Grouped(count(of_status(Verdict::Accepted).count()));
                    write!(output, "; accepted: {accepted} of {all}")?;
                }
            }
        }
        writeln!(output)
    }
}

impl Judged {
    fn tell(&self, report: &CheckReport, telling: Telling, output: &mut Output) -> io::Result<()> {
        if !telling.is_quiet {
            self.tell_verdict(report, telling, output)?;
            releases::tell(self, output)?;
        }
        let name = self.name();
        let on = if self.kind == InputKind::ChannelFile { &*name } else { "" };
        let findings = Findings { on, indent: "", telling };
        let is_left_out = report.skips_refused && self.content.is_some();
        if !is_left_out {
            findings.tell_sources(self.source_errors(), false, true, output)?;
        }
        findings.tell(&self.findings, true, output)?;
        if is_left_out {
            findings.tell_sources(self.source_errors(), true, true, output)?;
        }
        if telling.is_quiet {
            return Ok(());
        }
        coverage::tell(&self.coverage, self.exercise, telling.is_verbose, output)?;
        if let Some(traffic) = &self.traffic {
            recorded::tell(traffic, output)?;
        }
        Ok(())
    }

    /// `rules.chan: refused, do not publish it: 1 error, 2 warnings; release 7.11 refuses it`
    fn tell_verdict(&self, report: &CheckReport, telling: Telling, output: &mut Output) -> io::Result<()> {
        let strong = output.style(STRONG);
        let style = output.style(if self.status == Verdict::Accepted { GOOD } else { BAD });
        write!(output, "{strong}{}{strong:#}: {style}{}{style:#}", Escaped(self.name()), self.status.name())?;
        if self.status == Verdict::Refused {
            write!(output, ", do not publish it")?;
        }
        let mut separator = ": ";
        let mut clause = |output: &mut Output, clause: String| {
            let written = write!(output, "{separator}{}", Escaped(clause));
            separator = "; ";
            written
        };
        if self.holds_no_rule {
            clause(output, "the sources hold no rule, so nothing can be built of them alone".to_owned())?;
        }
        if let Some(refused) = sources::count_refused(&self.refused) {
            let what = if self.content.is_some() { "left out" } else { "not compiled" };
            clause(output, format!("{refused} {what}"))?;
        }
        if let Some(counts) = self.counts.told(report.denies_warnings, telling) {
            clause(output, counts)?;
        }
        if let Some(releases) = self.releases() {
            clause(output, releases)?;
        }
        writeln!(output)?;
        self.tell_content(report, output)
    }

    /// Who would load it, and who not.
    fn releases(&self) -> Option<String> {
        const NAMED: usize = 4;
        let refusing: Vec<&str> = (self.releases.iter().enumerate())
            .filter(|(at, _)| self.is_refused_by(*at))
            .map(|(_, release)| &*release.release)
            .collect();
        let (all, refuse) = (count(self.releases.len()), count(refusing.len()));
        let of_all = count(self.findings.iter().filter(|own| own.release.is_none() && own.refuses()).count());
        let is_mixed = of_all > 0 && refuse > 0;
        let whatever =
            if is_mixed { format!("; {} whatever the release", Counted(of_all, "error")) } else { String::new() };
        let told = match (&*refusing, all) {
            (_, 0) => None,
            ([], 1) => Some("the release would load it".to_owned()),
            ([], _) => Some(format!("all {} releases would load it", Grouped(all))),
            ([only], 1) => Some(format!("release {only} refuses it")),
            ([only], _) => Some(format!("of {} releases, {only} refuses it", Grouped(all))),
            (named, _) if named.len() <= NAMED => {
                Some(format!("of {} releases, {} refuse it", Grouped(all), named.join(", ")))
            }
            _ => Some(format!("{} of {} releases refuse it", Grouped(refuse), Grouped(all))),
        };
        told.map(|told| told + &whatever)
    }

    fn tell_content(&self, report: &CheckReport, output: &mut Output) -> io::Result<()> {
        if let Some(content) = &self.content {
            let (rules, instances) = (Counted(content.rules, "rule"), Counted(content.instances, "instance"));
            write!(output, "  ")?;
            if self.sha256.is_some() {
                write!(output, "channel {}, content version {}, ", content.channel, content.content_version)?;
            }
            write!(output, "{rules}, {instances}, {}", Counted(self.examples.count, "example"))?;
            if self.examples.failed > 0 {
                write!(output, " ({} failed)", Grouped(self.examples.failed))?;
            }
            if let Some(bytes) = self.bytes {
                write!(output, ", {}", Counted(bytes, "byte"))?;
            }
            writeln!(output)?;
        } else if let Some(accepted) = self.accepted.filter(|_| !self.holds_no_rule) {
            write!(output, "  {} compiled; beyond that nothing was judged", Counted(accepted, "rule"))?;
            if accepted > 0 && self.errors.is_empty() && !report.skips_refused {
                write!(output, ": `--skip-refused` judges what compiled")?;
            }
            writeln!(output)?;
        }
        match (&self.sha256, &self.content) {
            (Some(sha256), _) => writeln!(output, "  sha256 {sha256}"),
            (None, Some(_)) => writeln!(output, "  the sources do not say which channel this is: `build` asks for it"),
            (None, None) => Ok(()),
        }
    }
}

impl Counts {
    /// How many findings there are; nothing if there is none.
    pub(crate) fn told(self, denies_warnings: bool, telling: Telling) -> Option<String> {
        let Counts { errors, warnings, notes, waived } = self;
        let mut counts = Vec::new();
        if errors > 0 {
            counts.push(Counted(errors, "error").to_string());
        }
        if warnings > 0 {
            let denied = if denies_warnings { " (denied)" } else { "" };
            counts.push(format!("{}{denied}", Counted(warnings, "warning")));
        }
        let hint = if telling.is_verbose { "" } else { " (`--verbose` shows them)" };
        match (notes, waived) {
            (0, 0) => {}
            (notes, 0) => counts.push(format!("{}{hint}", Counted(notes, "note"))),
            (0, waived) => counts.push(format!("{} waived{hint}", Grouped(waived))),
            (notes, waived) => counts.push(format!("{} and {} waived{hint}", Counted(notes, "note"), Grouped(waived))),
        }
        Some(counts.join(", ")).filter(|counts| !counts.is_empty())
    }
}
