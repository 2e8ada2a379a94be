//! The report for people.

use std::collections::BTreeMap;

use super::measured::Row;
use super::peers::{Damage, Engines, FIGURES, Figure, Format, Set};
use super::report::Report;
use crate::figures::{real, short};
use crate::outcome::Failure;

pub(crate) fn markdown(report: &Report) -> Result<String, Failure> {
    let mut text = summary(report);
    text.push_str(&scenarios(report));
    text.push_str(&growth(&report.growth));
    if let Some(formats) = report.formats()? {
        text.push_str("\n## Formats side by side\n\nMedians; the ratio to the first format in brackets.\n");
        text.extend(
            formats
                .sets
                .iter()
                .map(|set| format!("\n### {}: {} records\n\n{}", set.name, set.records, set_table(set, &FIGURES))),
        );
        text.push_str("\n![Ratios to the first format](formats.svg)\n");
    }
    if let Some(formats) = report.damage()? {
        text.push_str(&damage(&formats.damage));
    }
    if let Some(engines) = report.engines()? {
        text.push_str(&matching(&engines));
    }
    if !report.left_out.is_empty() {
        text.push_str("\n## What was not measured\n\n");
        text.extend(report.left_out.iter().map(|left_out| format!("- {left_out}\n")));
    }
    Ok(text)
}

fn summary(report: &Report) -> String {
    let Report { date, sources, machine, compiler, .. } = report;
    let quick = if report.quick { "Smaller sets and fewer runs than usual (`--quick`).\n\n" } else { "" };
    format!(
        "# Benchmarks\n\n{quick}| date | {date} |\n|---|---|\n| sources | {sources} |\n| machine | {machine} |\n| compiler | {compiler} |\n\n\
         Times are medians by the wall clock, of one thread; peak bytes are the most that was asked of the allocator at once. All figures: \
         `report.json`.\n"
    )
}

/// A table from rows of cells; all columns but the first so many hold numbers.
fn table(headings: &[&str], words: usize, rows: impl Iterator<Item = Vec<String>>) -> String {
    let numbers = headings.len().saturating_sub(words);
    let mut text = format!("| {} |\n|{}{}\n", headings.join(" | "), "---|".repeat(words), "--:|".repeat(numbers));
    text.extend(rows.map(|cells| format!("| {} |\n", cells.join(" | "))));
    text
}

fn scenarios(report: &Report) -> String {
    let instructions: BTreeMap<(&str, &str), u64> =
        report.instructions.iter().map(|row| ((row.operation.as_str(), row.set.as_str()), row.instructions)).collect();
    let mut rows: Vec<&Row> = report.scenarios.iter().collect();
    rows.sort_by(|one, other| one.operation.cmp(&other.operation));
    let rows = rows.into_iter().map(|row| {
        let counted = instructions.get(&(row.operation.as_str(), row.set.as_str()));
        let each = |instructions: &u64| format!("{:.1}", real(*instructions) / real(row.count).max(1.0));
        vec![
            row.operation.clone(),
            row.set.clone(),
            nanoseconds(row.nanoseconds),
            format!("{} {}", row.count, row.units),
            format!("{:.2}", row.nanoseconds_a_unit()),
            counted.map_or_else(|| "–".to_owned(), each),
            row.allocations.to_string(),
            row.peak_bytes.to_string(),
        ]
    });
    let headings =
        ["operation", "set", "time", "works through", "ns a unit", "instructions a unit", "allocations", "peak bytes"];
    format!("\n## Scenarios\n\n{}", table(&headings, 2, rows))
}

/// Of each operation on each kind of set: the smallest and the largest.
fn growth(rows: &[Row]) -> String {
    let mut ends: BTreeMap<(&str, &str), (&Row, &Row)> = BTreeMap::new();
    for row in rows {
        let (small, large) = ends.entry((&row.operation, row.kind())).or_insert((row, row));
        if row.size() < small.size() {
            *small = row;
        }
        if row.size() > large.size() {
            *large = row;
        }
    }
    let rows = ends.into_iter().map(|((operation, kind), (small, large))| {
        let each = |row: &Row| format!("{:.2}", row.nanoseconds_a_unit());
        let memory = |row: &Row| format!("{:.2}", real(row.peak_bytes) / real(row.size().0).max(1.0));
        vec![
            operation.to_owned(),
            kind.to_owned(),
            format!("{} – {} {}", short(real(small.size().0)), short(real(large.size().0)), large.size().1),
            each(small),
            each(large),
            memory(small),
            memory(large),
        ]
    });
    let headings = [
        "operation",
        "sets",
        "from – to",
        "ns a unit, smallest",
        "largest",
        "peak bytes a byte or instance, smallest",
        "largest",
    ];
    format!(
        "\n## Growth\n\nBoth axes are logarithmic: what is in proportion is parallel to the dashed line. What asks for no memory is in no plot \
         of it. Units of `evaluate` are events.\n\n![Time over size](growth-time.svg)\n\n![Memory over size](growth-memory.svg)\n\n{}",
        table(&headings, 2, rows)
    )
}

/// One content in every format. README.md has the same, with fewer of the figures.
pub(crate) fn set_table(set: &Set, figures: &[Figure]) -> String {
    let Some(first) = set.peers.first() else { return String::new() };
    let cell = |peer: &Format, unit: &str, value: fn(&Format) -> f64| {
        let digits = if unit == "B" { 0 } else { 1 };
        format!("{:.digits$} {unit} ({:.2})", value(peer), value(peer) / value(first))
    };
    let rows = set.peers.iter().map(|peer| {
        let name = format!("{} {}", peer.name, peer.version);
        std::iter::once(name).chain(figures.iter().map(|(_, unit, value)| cell(peer, unit, *value))).collect()
    });
    let headings: Vec<&str> = std::iter::once("format").chain(figures.iter().map(|(name, ..)| *name)).collect();
    table(&headings, 1, rows)
}

fn damage(formats: &[Damage]) -> String {
    let rows = formats.iter().map(|format| {
        let total = &format.total;
        let counts =
            [total.mutants, total.accepted, total.other_value, total.other_bytes, total.panics, total.large_requests];
        std::iter::once(format!("{} {}", format.name, format.version))
            .chain(counts.map(|count| count.to_string()))
            .collect()
    });
    let headings = [
        "format",
        "damaged files",
        "accepted",
        "as another value",
        "written as other bytes",
        "panics",
        "large requests",
    ];
    format!(
        "\n## Damaged files\n\nLarge requests: more than 16 MiB at once is asked of the allocator, or more than 1,000 times the file.\n\n{}",
        table(&headings, 1, rows)
    )
}

fn matching(engines: &Engines) -> String {
    let mut text = "\n## Matching engines side by side\n".to_owned();
    for category in &engines.categories {
        let rows = category.engines.iter().map(|engine| {
            vec![
                format!("{} {}", engine.name, engine.version),
                format!("{:.2}", engine.microseconds_per_event.median),
                format!("{:.2}", engine.ratio),
                format!("{:.2}", engine.load_milliseconds.median),
                format!("{:.1}", engine.allocations_per_event),
            ]
        });
        let table = table(&["engine", "µs an event", "ratio", "load ms", "allocations an event"], 1, rows);
        text.push_str(&format!(
            "\n### {}: {} rules, {} events\n\n{table}",
            category.category, category.rules, category.events
        ));
    }
    text
}

/// `664 ns`, `2.10 ms`.
pub(crate) fn nanoseconds(time: f64) -> String {
    let (size, unit) =
        [(1e9, "s"), (1e6, "ms"), (1e3, "µs")].into_iter().find(|(size, _)| time >= *size).unwrap_or((1.0, "ns"));
    format!("{:.*} {unit}", if time / size < 10.0 { 2 } else { 1 }, time / size)
}
