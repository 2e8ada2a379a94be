//! What people are told: the verdict, then releases, then findings, then what was counted.

mod columns;
mod coverage;
mod recorded;
mod releases;

use std::collections::BTreeMap;
use std::io::{self, Write};

use channel_file::validator::Level;

use super::found::Found;
use super::{CheckReport, Counts, InputKind, Judged};
use crate::escape::Escaped;
use crate::finding::Finding;
use crate::number::{Counted, Grouped, count};
use crate::output::{BAD, CAREFUL, FAINT, GOOD, Output, STRONG};
use crate::verdict::Verdict;

/// As many findings of one code are told; `--verbose` tells all.
const MOST: usize = 10;

/// How much people are told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    /// Nothing but findings.
    pub(crate) is_quiet: bool,
    /// All findings, notes too.
    pub(crate) is_verbose: bool,
}

impl Telling {
    /// Puts an empty line between findings, and before the first; who wants nothing else wants none.
    fn separate(self, output: &mut Output) -> io::Result<()> {
        if self.is_quiet { Ok(()) } else { writeln!(output) }
    }
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
        for finding in self.source_errors() {
            telling.separate(output)?;
            tell_source_error(finding, output)?;
        }
        self.tell_findings(telling, output)?;
        if telling.is_quiet {
            return Ok(());
        }
        coverage::tell(&self.coverage, self.exercise, output)?;
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
        let refused = count(self.refused.len());
        if refused > 0 {
            clause(output, format!("{} not compiled", Counted(refused, "rule")))?;
        }
        if let Some(counts) = self.counted(report, telling) {
            clause(output, counts)?;
        }
        if let Some(releases) = self.releases() {
            clause(output, releases)?;
        }
        writeln!(output)?;
        self.tell_content(output)
    }

    /// How many findings there are; nothing if there is none.
    fn counted(&self, report: &CheckReport, telling: Telling) -> Option<String> {
        let Counts { errors, warnings, notes, waived } = self.counts;
        let mut counts = Vec::new();
        if errors > 0 {
            counts.push(Counted(errors, "error").to_string());
        }
        if warnings > 0 {
            let denied = if report.denies_warnings { " (denied)" } else { "" };
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

    /// Who would load it, and who not.
    fn releases(&self) -> Option<String> {
        const NAMED: usize = 4;
        let refusing: Vec<&str> = (self.releases.iter().enumerate())
            .filter(|(at, _)| self.is_refused_by(*at))
            .map(|(_, release)| &*release.release)
            .collect();
        let (all, refuse) = (count(self.releases.len()), count(refusing.len()));
        match (&*refusing, all) {
            (_, 0) => None,
            ([], 1) => Some("the release would load it".to_owned()),
            ([], _) => Some(format!("all {} releases would load it", Grouped(all))),
            ([only], 1) => Some(format!("release {only} refuses it")),
            ([only], _) => Some(format!("of {} releases, {only} refuses it", Grouped(all))),
            (named, _) if named.len() <= NAMED => {
                Some(format!("of {} releases, {} refuse it", Grouped(all), named.join(", ")))
            }
            _ => Some(format!("{} of {} releases refuse it", Grouped(refuse), Grouped(all))),
        }
    }

    fn tell_content(&self, output: &mut Output) -> io::Result<()> {
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
            writeln!(output, "  {} compiled; beyond that nothing was judged", Counted(accepted, "rule"))?;
        }
        match (&self.sha256, &self.content) {
            (Some(sha256), _) => writeln!(output, "  sha256 {sha256}"),
            (None, Some(_)) => writeln!(output, "  the sources do not say which channel this is: `build` asks for it"),
            (None, None) => Ok(()),
        }
    }

    fn tell_findings(&self, telling: Telling, output: &mut Output) -> io::Result<()> {
        let findings = || self.findings.iter().filter(|finding| telling.is_verbose || !finding.is_note());
        let mut of_code: BTreeMap<(Level, &str), (usize, u64)> = BTreeMap::new();
        for finding in findings() {
            let (_, all) = of_code.entry((finding.level(), finding.code)).or_default();
            *all = all.saturating_add(1);
        }
        for finding in findings() {
            let Some((told, all)) = of_code.get_mut(&(finding.level(), finding.code)) else { continue };
            if *told < MOST || telling.is_verbose {
                telling.separate(output)?;
                self.tell_finding(finding, output)?;
            }
            *told = told.saturating_add(1);
            let further = all.saturating_sub(count(MOST));
            if *told == MOST && further > 0 && !telling.is_verbose {
                let faint = output.style(FAINT);
                let name = finding.name;
                telling.separate(output)?;
                writeln!(output, "{faint}and {} more `{name}`; `--verbose` shows them{faint:#}", Grouped(further))?;
            }
        }
        Ok(())
    }

    fn tell_finding(&self, finding: &Found, output: &mut Output) -> io::Result<()> {
        let waived = if finding.waived.is_some() { "waived " } else { "" };
        let style = output.style(match finding.level() {
            Level::Error => BAD,
            Level::Warning => CAREFUL,
            Level::Note => STRONG,
        });
        let (faint, strong) = (output.style(FAINT), output.style(STRONG));
        let (level, code, name) = (finding.level, finding.code, finding.name);
        writeln!(
            output,
            "{style}{waived}{level}[{code}]{style:#} {strong}{name}{strong:#}: {}",
            Escaped(&finding.message)
        )?;
        writeln!(output, "  {faint}-->{faint:#} {}", Escaped(self.place(finding)))?;
        if let Some(release) = finding.release_name.as_ref().filter(|release| !finding.message.contains(&**release)) {
            writeln!(output, "  {faint}release{faint:#}: {}", Escaped(release))?;
        }
        // The message of an example has its values.
        if let Some(witness) = finding.witness.as_ref().filter(|_| finding.place.example.is_none()) {
            let values: Vec<_> = witness.shown.iter().map(|(field, value)| format!("{field}: {value}")).collect();
            let values = if values.is_empty() { "every value absent".to_owned() } else { values.join(", ") };
            let does = if witness.matches { "matches" } else { "does not match" };
            writeln!(output, "  {faint}event that it {does}{faint:#}: {}", Escaped(values))?;
        }
        if let Some(reason) = &finding.waived {
            writeln!(output, "  {faint}waived{faint:#}: {}", Escaped(reason))?;
        }
        if !finding.help.is_empty() {
            writeln!(output, "  {faint}help{faint:#}: {}", Escaped(&finding.help))?;
        }
        Ok(())
    }

    /// `rules/pipe.yaml:12:3: rule evil-pipe · instance 0`, and for a channel file its name in place of the position.
    fn place(&self, finding: &Found) -> String {
        let position = match (&finding.source, self.kind) {
            (Some(source), _) => format!("{}:{}:{}", source.file, source.line, source.column),
            (None, InputKind::ChannelFile) => self.name(),
            (None, InputKind::Sources) => String::new(),
        };
        match (&*position, &*finding.place.shown) {
            ("", "") => self.name(),
            ("", place) => place.to_owned(),
            (position, "") => position.to_owned(),
            (position, place) => format!("{position}: {place}"),
        }
    }
}

/// The same form for what is wrong with a source before it is content.
fn tell_source_error(finding: &Finding, output: &mut Output) -> io::Result<()> {
    let (bad, faint) = (output.style(BAD), output.style(FAINT));
    writeln!(output, "{bad}error{bad:#}: {}", Escaped(&finding.message))?;
    let mut place = finding.file.clone();
    for number in [finding.line, finding.column].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    if !finding.rule.is_empty() {
        place.push_str(if place.is_empty() { "rule " } else { ": rule " });
        place.push_str(&finding.rule);
    }
    if !place.is_empty() {
        writeln!(output, "  {faint}-->{faint:#} {}", Escaped(place))?;
    }
    if finding.help.is_empty() {
        Ok(())
    } else {
        writeln!(output, "  {faint}help{faint:#}: {}", Escaped(&finding.help))
    }
}
