//! The figures as a Markdown table, or for programs.

use std::fmt::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::machine;
use crate::matching::measure::{Figures, Measured, Rounds};
use crate::matching::verify::{Match, Verdict};
use crate::spread::short;

/// All figures, and how they were got.
#[derive(Serialize)]
pub(crate) struct Report {
    /// How the program was called.
    command: String,
    machine: String,
    rounds: Rounds,
    categories: Vec<Measured>,
}

impl Report {
    pub(crate) fn new(folder: &Path, rounds: Rounds, categories: Vec<Measured>) -> Self {
        // Where the data is on this machine helps nobody else.
        let arguments = machine::arguments().replace(&folder.display().to_string(), "FOLDER");
        let command = machine::command("matching", &arguments);
        Self { command, machine: machine::machine(), rounds, categories }
    }

    pub(crate) fn markdown(&self, differences: bool) -> String {
        let mut text = String::new();
        // A string takes all that is written to it.
        let _ = self.write(&mut text, differences);
        text
    }

    fn write(&self, text: &mut String, differences: bool) -> fmt::Result {
        writeln!(text, "`{}`", self.command)?;
        writeln!(text, "\n{}; medians of {} runs and {} loads.", self.machine, self.rounds.runs, self.rounds.loads)?;
        for measured in &self.categories {
            let Measured { category, rules, events, expected, engines } = measured;
            writeln!(text, "\n## {category}: {rules} rules, {events} events, {expected} matches expected\n")?;
            table(text, engines)?;
            if differences {
                for figures in engines {
                    self::differences(text, figures)?;
                }
            }
        }
        writeln!(text, "\n{LEGEND}")?;
        for figures in self.categories.first().map_or(&[][..], |measured| &measured.engines) {
            let of = &figures.description;
            writeln!(text, "- **{}** {}: {}.", of.name, of.version, of.configuration)?;
            writeln!(text, "  Parse: {}. Load: {}.", of.parse, of.load)?;
        }
        Ok(())
    }
}

const LEGEND: &str = "\
µs an event: the median run, the fastest in brackets; ratio: of the medians, to the first engine. Memory: what stays while \
the engine evaluates, after one pass over all events; peak: the most while parsing and loading. Allocations: calls to \
the allocator, an event.\n";

const HEADINGS: [&str; 12] = [
    "engine",
    "version",
    "µs an event",
    "ratio",
    "parse ms",
    "load ms",
    "memory MiB",
    "peak MiB",
    "allocations",
    "found",
    "missed / surplus",
    "rules",
];

fn table(text: &mut String, engines: &[Figures]) -> fmt::Result {
    writeln!(text, "| {} |", HEADINGS.join(" | "))?;
    writeln!(text, "|---|---|{}", "---:|".repeat(HEADINGS.len() - 2))?;
    for figures in engines {
        let time = figures.microseconds_per_event;
        let verdict = figures.verdict.as_ref();
        let counts = |counts: &dyn Fn(&Verdict) -> String| verdict.map_or_else(|| "–".to_owned(), counts);
        let cells = [
            figures.description.name.to_owned(),
            figures.description.version.to_owned(),
            format!("{} ({})", short(time.median), short(time.lowest)),
            format!("{:.2}", figures.ratio),
            short(figures.parse_milliseconds.median),
            short(figures.load_milliseconds.median),
            mebibytes(figures.memory.resident),
            mebibytes(figures.memory.peak),
            short(figures.allocations_per_event),
            counts(&|verdict| verdict.found.to_string()),
            counts(&|verdict| format!("{} / {}", verdict.missed.len(), verdict.surplus.len())),
            figures.rules_loaded.to_string(),
        ];
        writeln!(text, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn differences(text: &mut String, figures: &Figures) -> fmt::Result {
    let Some(verdict) = &figures.verdict else { return Ok(()) };
    for (word, matches) in [("missed", &verdict.missed), ("surplus", &verdict.surplus)] {
        for Match { rule, event } in matches {
            let fields = event.iter().map(|(name, value)| format!("{name}={value:?}"));
            let fields = fields.collect::<Vec<_>>().join(" ");
            writeln!(text, "\n{} {word} {rule} on `{fields}`", figures.description.name)?;
        }
    }
    Ok(())
}

fn mebibytes(bytes: i64) -> String {
    short(bytes as f64 / f64::from(1 << 20))
}
