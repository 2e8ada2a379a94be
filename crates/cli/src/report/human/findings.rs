//! Findings for people: alike ones in one place, and what follows from another below it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use channel_file::validator::{FindingCode, Layer, Level};

use super::Telling;
use crate::escape::Escaped;
use crate::finding::Finding;
use crate::number::{Grouped, count};
use crate::output::{BAD, CAREFUL, FAINT, Output, STRONG};
use crate::report::found::{Found, Position};

/// As many findings of one code are told, and as many reasons of sources; `--verbose` tells all.
const MOST: usize = 10;

/// How findings are told.
#[derive(Clone, Copy)]
pub(crate) struct Findings<'f> {
    /// What they are on, where no line of a source is known.
    pub(crate) on: &'f str,
    /// What stands before each line. What is indented belongs together, without empty lines.
    pub(crate) indent: &'static str,
    pub(crate) telling: Telling,
}

/// A finding, and those that are told with it.
struct Group<'f> {
    first: &'f Found,
    /// The same of other instances.
    alike: Vec<&'f Found>,
    /// What is found because of it.
    follows: Vec<&'f Found>,
}

impl Findings<'_> {
    /// Tells them, or some of each code; gives whether there was any to tell.
    pub(crate) fn tell(self, findings: &[Found], is_after: bool, output: &mut Output) -> io::Result<bool> {
        let groups = self.grouped(findings);
        let mut of_code: BTreeMap<(Level, &str), (usize, u64)> = BTreeMap::new();
        for group in &groups {
            let (_, all) = of_code.entry(group.sort()).or_default();
            *all = all.saturating_add(1);
        }
        let mut helped = BTreeSet::new();
        let mut is_after = is_after;
        for group in &groups {
            let Some((told, all)) = of_code.get_mut(&group.sort()) else { continue };
            if *told < MOST || self.telling.is_verbose {
                self.separate(is_after, output)?;
                is_after = true;
                self.tell_group(group, helped.insert(group.first.code), output)?;
            }
            *told = told.saturating_add(1);
            let further = all.saturating_sub(count(MOST));
            if *told == MOST && further > 0 && !self.telling.is_verbose {
                let (faint, name, indent) = (output.style(FAINT), group.first.name, self.indent);
                self.separate(is_after, output)?;
                let further = Grouped(further);
                writeln!(output, "{indent}{faint}and {further} more `{name}`; `--verbose` shows them{faint:#}")?;
            }
        }
        Ok(!groups.is_empty())
    }

    /// Tells what is wrong with sources before they are content; what was left out for it is no error.
    pub(crate) fn tell_sources<'e>(
        self,
        errors: impl Iterator<Item = &'e Finding>,
        is_left_out: bool,
        is_after: bool,
        output: &mut Output,
    ) -> io::Result<()> {
        let most = if self.telling.is_verbose { usize::MAX } else { MOST };
        let (mut further, mut is_after) = (0_u64, is_after);
        for (number, finding) in errors.enumerate() {
            if is_left_out && number >= most {
                further = further.saturating_add(1);
                continue;
            }
            self.separate(is_after, output)?;
            is_after = true;
            tell_source_error(finding, is_left_out, output)?;
        }
        if further > 0 {
            let faint = output.style(FAINT);
            self.separate(true, output)?;
            writeln!(output, "{faint}and {} more left out; `--verbose` shows them{faint:#}", Grouped(further))?;
        }
        Ok(())
    }

    /// An empty line; who wants nothing but findings wants none.
    fn separate(self, is_after: bool, output: &mut Output) -> io::Result<()> {
        if is_after && !self.telling.is_quiet && self.indent.is_empty() { writeln!(output) } else { Ok(()) }
    }

    /// What is told, in its order.
    fn grouped(self, findings: &[Found]) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut known = BTreeMap::new();
        for finding in findings.iter().filter(|finding| self.telling.is_verbose || !finding.is_note()) {
            let cause = if self.telling.is_verbose { None } else { cause_of(finding, &groups) };
            let place = known.get(&subject(finding)).copied().filter(|_| !self.telling.is_verbose);
            if let Some(group) = place.and_then(|at: usize| groups.get_mut(at)) {
                group.alike.push(finding);
            } else if let Some(cause) = cause.and_then(|at| groups.get_mut(at)) {
                cause.follows.push(finding);
            } else {
                known.insert(subject(finding), groups.len());
                groups.push(Group { first: finding, alike: Vec::new(), follows: Vec::new() });
            }
        }
        groups
    }

    fn tell_group(self, group: &Group<'_>, is_first: bool, output: &mut Output) -> io::Result<()> {
        let Group { first: finding, .. } = group;
        let indent = self.indent;
        let waived = if finding.waived.is_some() { "waived " } else { "" };
        let style = output.style(match finding.level() {
            Level::Error => BAD,
            Level::Warning => CAREFUL,
            Level::Note => STRONG,
        });
        let (faint, strong) = (output.style(FAINT), output.style(STRONG));
        let (level, code, name) = (finding.level, finding.code, finding.name);
        let message = Escaped(&finding.message);
        writeln!(output, "{indent}{style}{waived}{level}[{code}]{style:#} {strong}{name}{strong:#}: {message}")?;
        let place = self.place(finding);
        if !place.is_empty() {
            writeln!(output, "{indent}  {faint}-->{faint:#} {}", Escaped(place))?;
        }
        if let Some(alike) = group.told_alike() {
            writeln!(output, "{indent}  {faint}and {alike}{faint:#}")?;
        }
        if let Some(release) = finding.unnamed_release() {
            writeln!(output, "{indent}  {faint}release{faint:#}: {}", Escaped(release))?;
        }
        // The message of an example has its values.
        if let Some(witness) = finding.witness.as_ref().filter(|_| finding.place.example.is_none()) {
            let values: Vec<_> = witness.shown.iter().map(|(field, value)| format!("{field}: {value}")).collect();
            let values = if values.is_empty() { "every value absent".to_owned() } else { values.join(", ") };
            let does = if witness.matches { "matches" } else { "does not match" };
            writeln!(output, "{indent}  {faint}event that it {does}{faint:#}: {}", Escaped(values))?;
        }
        for other in &group.follows {
            let (level, code, name) = (other.level, other.code, other.name);
            writeln!(output, "{indent}  {faint}and so{faint:#}: {level}[{code}] {name}, {}", consequence(other))?;
        }
        if let Some(reason) = &finding.waived {
            writeln!(output, "{indent}  {faint}waived{faint:#}: {}", Escaped(reason))?;
        }
        // What to do about all of a code is said once.
        let is_general = FindingCode::from_name(code).is_some_and(|code| code.help() == finding.help);
        if !finding.help.is_empty() && (is_first || !is_general) {
            writeln!(output, "{indent}  {faint}help{faint:#}: {}", Escaped(&finding.help))?;
        }
        Ok(())
    }

    /// `rules/pipe.yaml:12:3: rule evil-pipe · instance 0`, and for a channel file its name in place of the position.
    fn place(self, finding: &Found) -> String {
        let position = match &finding.source {
            Some(source) => format!("{}:{}:{}", source.file, source.line, source.column),
            None => self.on.to_owned(),
        };
        match (&*position, &*finding.place.shown) {
            ("", place) => place.to_owned(),
            (position, "") => position.to_owned(),
            (position, place) => format!("{position}: {place}"),
        }
    }
}

impl<'f> Group<'f> {
    fn sort(&self) -> (Level, &'f str) {
        (self.first.level(), self.first.code)
    }

    /// `2 more like it: instances 2182, 3034`
    fn told_alike(&self) -> Option<String> {
        /// As many instances are named.
        const NAMED: usize = 5;
        if self.alike.is_empty() {
            return None;
        }
        let number = Grouped(count(self.alike.len()));
        let instances: Vec<String> =
            self.alike.iter().filter_map(|own| own.place.instance).map(|instance| instance.to_string()).collect();
        let noun = if instances.len() == 1 { "instance" } else { "instances" };
        Some(match instances.get(..NAMED) {
            Some(named) if instances.len() > NAMED => format!("{number} more like it: {noun} {}, …", named.join(", ")),
            _ if instances.is_empty() => format!("{number} more like it"),
            _ => format!("{number} more like it: {noun} {}", instances.join(", ")),
        })
    }
}

/// What a finding is about. Where the same is found of several instances, their numbers alone differ.
fn subject(finding: &Found) -> impl Ord + use<'_> {
    let place = &finding.place;
    let source = finding.source.as_ref().map(|Position { file, line, column }| (file, line, column));
    let words: String = finding.message.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    (
        (finding.level(), finding.code, finding.release, &finding.waived),
        (source, &place.rule, &place.field_name, place.example),
        words,
    )
}

/// The group of what a finding follows from: of the same version of the type, if there is one.
fn cause_of(finding: &Found, groups: &[Group<'_>]) -> Option<usize> {
    if finding.code != FindingCode::WitnessNotRun.as_str() {
        return None;
    }
    let type_of = |found: &Found| found.place.template_type;
    let is_of_version = |group: &Group<'_>| type_of(group.first) == type_of(finding);
    let causes = || groups.iter().enumerate().filter(|(_, group)| follows(finding, group.first));
    let exact = causes().find(|(_, group)| is_of_version(group));
    exact.or_else(|| causes().next()).map(|(at, _)| at)
}

/// Whether the cause, in what the release supplies of the type, is what keeps events from being given to it.
fn follows(finding: &Found, cause: &Found) -> bool {
    let type_of = |found: &Found| found.place.template_type.map(|key| key.id);
    cause.layer == Layer::Schema.name()
        && cause.refuses()
        && cause.release == finding.release
        && type_of(cause).is_some()
        && type_of(cause) == type_of(finding)
}

/// What a finding that follows from another comes to.
fn consequence(finding: &Found) -> String {
    match finding.place.instance {
        Some(instance) => format!("as no event of instance {instance} can be given to the release"),
        None => "as no event can be given to the release".to_owned(),
    }
}

/// The same form for what is wrong with a source before it is content.
fn tell_source_error(finding: &Finding, is_left_out: bool, output: &mut Output) -> io::Result<()> {
    let style = output.style(if is_left_out { CAREFUL } else { BAD });
    let (word, faint) = (if is_left_out { "left out" } else { "error" }, output.style(FAINT));
    writeln!(output, "{style}{word}{style:#}: {}", Escaped(&finding.message))?;
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
