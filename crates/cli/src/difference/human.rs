//! What people are told: what is new, what it means for each release, how much changed, and then what.

use std::io::{self, Write};

use super::report::{Content, Counts, Fleet, Report};
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, count};
use crate::output::{BAD, GOOD, Output, STRONG};
use crate::report::found::Found;
use crate::report::{Findings, InputKind, Telling};
use crate::sources;
use crate::verdict::Verdict;

impl Report {
    /// Tells people: on standard error what could not be judged, all else on standard output.
    pub(crate) fn tell(&self, telling: Telling) -> io::Result<()> {
        let mut output = Output::stdout();
        if self.identical && self.novelties.is_empty() && self.findings.is_empty() {
            self.tell_identical(telling, &mut output)?;
        } else {
            self.tell_difference(telling, &mut output)?;
        }
        output.flush()?;
        let mut output = Output::stderr();
        self.errors.iter().try_for_each(|finding| output.finding(finding))?;
        output.flush()
    }

    /// One line, and what releases are known to make of it.
    fn tell_identical(&self, telling: Telling, output: &mut Output) -> io::Result<()> {
        if !telling.is_quiet {
            let numbers = |content: &Content| (content.channel, content.content_version);
            write!(output, "the contents are identical: {}", self.new.described())?;
            if numbers(&self.old) != numbers(&self.new) {
                let (channel, version) = numbers(&self.old);
                write!(output, "; before channel {channel}, content version {version}")?;
            }
            writeln!(output)?;
        }
        self.releases.iter().try_for_each(|release| self.tell_release(release, telling, output))?;
        self.fleet.iter().filter(|_| !telling.is_quiet).try_for_each(|fleet| fleet.tell(output))?;
        self.tell_left_out(telling, output)
    }

    fn tell_difference(&self, telling: Telling, output: &mut Output) -> io::Result<()> {
        // What no sensor would load matters more than what is new and no error.
        let is_new_first = self.findings.is_empty() || self.novelties.iter().any(Found::refuses);
        let (novelties, findings) = (&self.novelties, &self.findings);
        let (first, second) = if is_new_first { (novelties, findings) } else { (findings, novelties) };
        let mut is_after = self.all(telling).tell(first, false, output)?;
        is_after |= self.all(telling).tell(second, is_after, output)?;
        if is_after && !telling.is_quiet {
            writeln!(output)?;
        }
        self.releases.iter().try_for_each(|release| self.tell_release(release, telling, output))?;
        if telling.is_quiet {
            return self.tell_left_out(telling, output);
        }
        if self.releases.is_empty() {
            writeln!(output, "no release was judged: give a `--manifest` of each release in the field")?;
        }
        if let Some(fleet) = &self.fleet {
            fleet.tell(output)?;
        }
        self.tell_summary(telling, output)?;
        self.tell_left_out(telling, output)?;
        self.tell_details(telling.is_verbose, output)
    }

    /// What of the new content's sources was left out, and why.
    fn tell_left_out(&self, telling: Telling, output: &mut Output) -> io::Result<()> {
        let left_out = self.new.refused.iter().flat_map(|refused| &refused.errors);
        self.all(telling).tell_sources(left_out, true, true, output)
    }

    /// How what is found on the new content is told.
    pub(super) fn all(&self, telling: Telling) -> Findings<'_> {
        let on = if self.new.kind == InputKind::ChannelFile { &*self.new.file } else { "" };
        Findings { on, indent: "", telling }
    }

    /// Comparing is not judging: what is not refused here may be refused there.
    fn said(&self) -> &'static str {
        match self.status {
            Verdict::Accepted => "nothing new refuses it (`check` judges and exercises all of it)",
            status => status.name(),
        }
    }

    fn tell_summary(&self, telling: Telling, output: &mut Output) -> io::Result<()> {
        let strong = output.style(STRONG);
        let style = output.style(if self.status == Verdict::Accepted { GOOD } else { BAD });
        let refusing = self.releases.iter().filter(|release| !release.loads_new).count();
        write!(output, "{strong}{}{strong:#}: {style}{}{style:#}", Escaped(&self.new.file), self.said())?;
        if self.status == Verdict::Refused {
            write!(output, ", do not publish it")?;
        }
        let mut separator = ": ";
        if let Some(counts) = self.counts.told(self.denies_warnings, telling) {
            write!(output, "{separator}{counts}")?;
            separator = "; ";
        }
        if refusing > 0 {
            let all = Counted(count(self.releases.len()), "release");
            write!(output, "{separator}{} of {all} would refuse it", Grouped(count(refusing)))?;
        }
        writeln!(output)?;
        writeln!(output, "  old: {}\n  new: {}", self.old.described(), self.new.described())?;
        if self.history.files > 0 {
            let earlier = Counted(self.history.earlier, "content version");
            writeln!(
                output,
                "  history: {}, {earlier} of the channel before the new one",
                Counted(self.history.files, "file")
            )?;
        }
        let summary = &self.summary;
        let all = [
            ("rule", summary.rules),
            ("instance", summary.instances),
            ("criterion of changed instances", summary.criteria),
            ("type", summary.types),
            ("example", summary.examples),
        ];
        let told = all.iter().filter(|(_, counts)| counts.total() > 0).map(|(noun, counts)| counts.described(noun));
        let told: Vec<String> = told.collect();
        let told = if told.is_empty() { "none".to_owned() } else { told.join("; ") };
        writeln!(output, "  changes: {told}")
    }
}

impl Fleet {
    fn tell(&self, output: &mut Output) -> io::Result<()> {
        let (strong, bad) = (output.style(STRONG), output.style(if self.refusing > 0 { BAD } else { STRONG }));
        write!(
            output,
            "{strong}fleet{strong:#}: {}, {} touched by the change, {bad}{} would refuse it{bad:#}",
            Counted(self.machines, "machine"),
            Grouped(self.touched),
            Grouped(self.refusing)
        )?;
        let unjudged = self.unjudged.iter().map(|own| own.machines).fold(0, u64::saturating_add);
        if !self.unjudged.is_empty() {
            write!(output, ", {} not judged", Grouped(unjudged))?;
        }
        writeln!(output)
    }
}

impl Content {
    /// `old.chan, channel 291, content version 5, 12 rules, 40 instances`
    fn described(&self) -> String {
        let Self { file, channel, content_version, .. } = self;
        let sources = if self.kind == InputKind::Sources { " (sources)" } else { "" };
        let left_out = sources::count_refused(&self.refused).map(|refused| format!("; {refused} left out"));
        let left_out = left_out.unwrap_or_default();
        let (rules, instances) = (Counted(self.rules, "rule"), Counted(self.instances, "instance"));
        let file = Escaped(file);
        format!("{file}{sources}, channel {channel}, content version {content_version}, {rules}, {instances}{left_out}")
    }
}

impl Counts {
    const fn total(&self) -> u64 {
        self.added.saturating_add(self.removed).saturating_add(self.changed)
    }

    /// `+12 -1 ~30 rules`, without what there is none of.
    fn described(&self, noun: &str) -> String {
        let all = [('+', self.added), ('-', self.removed), ('~', self.changed)];
        let told = all.iter().filter(|(_, number)| *number > 0);
        let told: Vec<String> = told.map(|(sign, number)| format!("{sign}{}", Grouped(*number))).collect();
        let plural = match (noun.split_once("criterion"), self.total()) {
            (Some((_, rest)), 2..) => format!("criteria{rest}"),
            (None, 2..) => format!("{noun}s"),
            _ => noun.to_owned(),
        };
        format!("{} {plural}", told.join(" "))
    }
}
