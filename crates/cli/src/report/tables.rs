//! What was counted, in columns.

use std::io::{self, Write};

use super::Judged;
use super::content::{Coverage, Exercise};
use super::traffic::{InstanceTraffic, TrafficReport};
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, Size, count};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};

/// A line for each release.
pub(super) fn tell_releases(judged: &Judged, output: &mut Output) -> io::Result<()> {
    let releases = &judged.releases;
    let (good, bad) = (output.style(GOOD), output.style(BAD));
    let width = releases.iter().map(|release| width(&Escaped(&release.release).to_string())).max().unwrap_or_default();
    let is_one_refusing = (0..releases.len()).any(|at| judged.is_refused_by(at));
    let indent = if is_one_refusing { "  " } else { "" };
    for (at, release) in releases.iter().enumerate() {
        let name = Escaped(&release.release).to_string();
        let gap = " ".repeat(width.saturating_sub(self::width(&name)));
        if judged.is_refused_by(at) {
            write!(output, "  release {name}{gap}  {bad}REFUSES{bad:#}")?;
        } else {
            write!(output, "  release {name}{gap}  {good}loads{good:#}{indent}")?;
        }
        let mut separator = "  ";
        let reasons = reasons(judged, count(at));
        if !reasons.is_empty() {
            write!(output, "{separator}{}", reasons.join(", "))?;
            separator = "; ";
        }
        if let (Some(memory), Some(work)) = (release.memory, release.work) {
            write!(output, "{separator}{} of memory, work {} a byte", Size(memory), Grouped(work))?;
            separator = "; ";
        }
        if release.evaluated > 0 {
            write!(output, "{separator}{} evaluated", Counted(release.evaluated, "event"))?;
            separator = "; ";
        }
        if release.unsupported > 0 {
            write!(
                output,
                "{separator}{} on types that it does not supply so",
                Counted(release.unsupported, "instance")
            )?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// The names of what is found for the release that refuses content, each once.
fn reasons(judged: &Judged, release: u64) -> Vec<&'static str> {
    let refusing = judged.findings.iter().filter(|finding| finding.release == Some(release) && finding.refuses());
    let mut names: Vec<_> = refusing.map(|finding| finding.name).collect();
    names.dedup();
    names
}

/// One of the counts.
type Of = fn(&super::content::Counted) -> u64;

/// What was exercised, a row for each field.
pub(super) fn tell_coverage(coverage: &[Coverage], exercise: Exercise, output: &mut Output) -> io::Result<()> {
    if coverage.is_empty() {
        return Ok(());
    }
    let strong = output.style(STRONG);
    let (met, missed) = (Counted(exercise.witnesses, "event"), Grouped(exercise.near_misses));
    writeln!(output, "\n{strong}exercised{strong:#} by {met} that match and {missed} that just do not")?;
    let share = |of: super::content::Counted| format!("{}/{}", Grouped(of.exercised), Grouped(of.present));
    let mut columns = Columns::default();
    columns.add("type", false, coverage, {
        let mut before = None;
        move |row: &Coverage| {
            let is_first = before.replace(row.template_type) != Some(row.template_type);
            if is_first { type_name(row, coverage) } else { String::new() }
        }
    });
    columns.add("field", false, coverage, |row| format!("{:>2} {}", row.field_number, Escaped(&row.field_name)));
    columns.add("criteria", true, coverage, |row| share(row.criteria));
    columns.add("patterns", true, coverage, |row| share(row.patterns));
    // What did not happen needs no column.
    let rest: [(&str, Of); 3] = [("implied", |of| of.implied), ("waived", |of| of.waived), ("MISSED", |of| of.missed)];
    for (title, of) in rest {
        let both = |row: &Coverage| of(&row.criteria).saturating_add(of(&row.patterns));
        if coverage.iter().any(|row| both(row) > 0) {
            columns.add(title, true, coverage, |row| match both(row) {
                0 => String::new(),
                some => Grouped(some).to_string(),
            });
        }
    }
    columns.write(output)
}

/// The name of the type, with the version where there are several.
fn type_name(row: &Coverage, coverage: &[Coverage]) -> String {
    let name = Escaped(&row.type_name).to_string();
    let (own, mut others) = (row.template_type, coverage.iter().map(|row| row.template_type));
    let has_several = others.any(|other| other.id == own.id && other.version != own.version);
    if has_several { format!("{name} version {}", own.version) } else { name }
}

/// What recorded events did.
pub(super) fn tell_traffic(traffic: &TrafficReport, output: &mut Output) -> io::Result<()> {
    let strong = output.style(STRONG);
    let (events, matching) = (Counted(traffic.events, "event"), Grouped(traffic.matching_events));
    write!(output, "\n{strong}traffic{strong:#}: {events}, {matching} matching")?;
    for (number, what) in
        [(traffic.not_evaluated, "of types without content"), (traffic.not_judged, "could not be judged")]
    {
        if number > 0 {
            write!(output, ", {} {what}", Grouped(number))?;
        }
    }
    write!(output, "; work per event: mean {}, most {}", Grouped(traffic.work.mean), Grouped(traffic.work.most))?;
    if let (Some(file), Some(line)) = (&traffic.work.most_file, traffic.work.most_line) {
        write!(output, ", in {}:{line}", Escaped(file))?;
    }
    writeln!(output)?;
    let by_matches = most(traffic, |own| own.matches);
    let by_work = most(traffic, |own| own.work);
    if by_matches.iter().all(|one| by_work.iter().any(|other| other.instance == one.instance)) {
        tell_instances("the instances that match, and make work, most", &by_work, output)?;
    } else {
        tell_instances("the instances that match most", &by_matches, output)?;
        tell_instances("the instances that make most work", &by_work, output)?;
    }
    tell_baseline(traffic, output)
}

/// The instances of which most was counted.
fn most(traffic: &TrafficReport, of: fn(&InstanceTraffic) -> u64) -> Vec<&InstanceTraffic> {
    const MOST: usize = 5;
    let mut instances: Vec<_> = traffic.instances.iter().filter(|own| of(own) > 0).collect();
    instances.sort_by_key(|own| (std::cmp::Reverse(of(own)), own.instance));
    instances.truncate(MOST);
    instances
}

fn tell_instances(title: &str, instances: &[&InstanceTraffic], output: &mut Output) -> io::Result<()> {
    if instances.is_empty() {
        return Ok(());
    }
    writeln!(output, "  {title}:")?;
    let mut columns = Columns::default();
    columns.add("instance", true, instances, |own| own.instance.to_string());
    columns.add("matches", true, instances, |own| Grouped(own.matches).to_string());
    columns.add("of events", true, instances, |own| Grouped(own.events).to_string());
    columns.add("work", true, instances, |own| Grouped(own.work).to_string());
    columns.add("rule", false, instances, |own| Escaped(&own.rule).to_string());
    columns.write(output)
}

fn tell_baseline(traffic: &TrafficReport, output: &mut Output) -> io::Result<()> {
    const MOST: usize = 10;
    let Some(baseline) = &traffic.baseline else { return Ok(()) };
    let faint = output.style(FAINT);
    let changes = baseline.changes.iter();
    let more = count(changes.filter(|change| change.after > change.before).count());
    let fewer = count(baseline.changes.len()).saturating_sub(more);
    let (matching, work) = (Grouped(baseline.matching_events), Grouped(baseline.work));
    let file = Escaped(&baseline.file);
    writeln!(output, "  baseline {file}: {matching} matching; work per event: mean {work}")?;
    if baseline.changes.is_empty() {
        return writeln!(output, "  each rule matches as many events as with it");
    }
    writeln!(output, "  rules that match more events than with it: {}; fewer: {}", Grouped(more), Grouped(fewer))?;
    let mut changes: Vec<_> = baseline.changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.after.abs_diff(change.before)));
    let further = count(changes.len().saturating_sub(MOST));
    changes.truncate(MOST);
    let mut columns = Columns::default();
    columns.add("before", true, &changes, |change| Grouped(change.before).to_string());
    columns.add("now", true, &changes, |change| Grouped(change.after).to_string());
    columns.add("rule", false, &changes, |change| Escaped(&change.rule).to_string());
    columns.write(output)?;
    if further > 0 {
        writeln!(output, "  {faint}and {} more; `--format json` lists all{faint:#}", Grouped(further))?;
    }
    Ok(())
}

/// Columns of a table: title, whether its cells are aligned to the right, cells.
#[derive(Default)]
struct Columns(Vec<(&'static str, bool, Vec<String>)>);

impl Columns {
    fn add<R>(&mut self, title: &'static str, is_right: bool, rows: &[R], cell: impl FnMut(&R) -> String) {
        self.0.push((title, is_right, rows.iter().map(cell).collect()));
    }

    fn write(&self, output: &mut Output) -> io::Result<()> {
        let faint = output.style(FAINT);
        let rows = self.0.iter().map(|(_, _, cells)| cells.len()).max().unwrap_or_default();
        let line = |row: Option<usize>| {
            let mut line = String::new();
            for (title, is_right, cells) in &self.0 {
                let widest = cells.iter().map(|cell| width(cell)).chain([width(title)]).max().unwrap_or_default();
                let cell = match row {
                    None => title,
                    Some(row) => cells.get(row).map_or("", String::as_str),
                };
                let gap = " ".repeat(widest.saturating_sub(width(cell)));
                line.push_str("  ");
                line.push_str(&if *is_right { gap + cell } else { cell.to_owned() + &gap });
            }
            line.trim_end().to_owned()
        };
        writeln!(output, "  {faint}{}{faint:#}", line(None).strip_prefix("  ").unwrap_or_default())?;
        (0..rows).try_for_each(|row| writeln!(output, "{}", line(Some(row))))
    }
}

/// About how many columns a text takes.
fn width(text: &str) -> usize {
    text.chars().count()
}
