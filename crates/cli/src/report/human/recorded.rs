//! What recorded events did.

use std::io::{self, Write};

use super::columns::Columns;
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, count};
use crate::output::{FAINT, Output, STRONG};
use crate::report::traffic::{InstanceTraffic, TrafficReport};

/// What recorded events did.
pub(super) fn tell(traffic: &TrafficReport, output: &mut Output) -> io::Result<()> {
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
