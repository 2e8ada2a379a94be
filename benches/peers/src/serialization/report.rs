//! The figures as Markdown tables, or for programs.

use std::fmt::{self, Write};

use serde::Serialize;

use super::damage::Damaged;
use super::measure::{Figures, Measured, Requests};
use crate::machine;
use crate::spread::{Spread, short};

/// All figures, and how they were got.
#[derive(Serialize)]
pub(crate) struct Report {
    /// How the program was called.
    command: String,
    machine: String,
    rounds: Rounds,
    sets: Vec<Measured>,
    damage: Vec<Damaged>,
}

/// How often.
#[derive(Serialize)]
struct Rounds {
    runs: u32,
}

impl Report {
    pub(super) fn of_sets(runs: u32, sets: Vec<Measured>) -> Self {
        Self::new(Rounds { runs }, sets, Vec::new())
    }

    pub(super) fn of_damage(damage: Vec<Damaged>) -> Self {
        Self::new(Rounds { runs: 1 }, Vec::new(), damage)
    }

    fn new(rounds: Rounds, sets: Vec<Measured>, damage: Vec<Damaged>) -> Self {
        let command = machine::command("serialization", &machine::arguments());
        Self { command, machine: machine::machine(), rounds, sets, damage }
    }

    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        // A string takes all that is written to it.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> fmt::Result {
        writeln!(text, "`{}`\n\n{}", self.command, self.machine)?;
        for measured in &self.sets {
            writeln!(text, "\n## {}: {} records\n", measured.name, measured.records)?;
            times(text, &measured.peers)?;
            writeln!(text)?;
            allocations(text, &measured.peers)?;
        }
        if let Some(measured) = self.sets.first() {
            writeln!(
                text,
                "\nMedians of {} runs in µs, the ratio to the first format in brackets. {LEGEND}",
                self.rounds.runs
            )?;
            for Figures { description: of, .. } in &measured.peers {
                writeln!(text, "- **{}** {}. Access gives {}; checked: {}.", of.name, of.version, of.gives, of.checks)?;
            }
        }
        if !self.damage.is_empty() {
            writeln!(text, "\n## Damaged files\n")?;
            damage(text, &self.damage)?;
            writeln!(text, "\n{DAMAGE_LEGEND}")?;
        }
        Ok(())
    }
}

const LEGEND: &str = "Access: untrusted bytes to a checked view, or to a \
model that borrows. Read: the same, then every number and the length of every text. Owned: to a model that owns its texts. \
Allocations: calls to the allocator in one go, the most bytes at once in brackets.\n";

const DAMAGE_LEGEND: &str = "Accepted: access gives a view or a model. Of those, another value: the model is not that of the whole file; \
other bytes: it is written as other bytes than were read. Large requests: the allocator is asked for more than 16 MiB at once, or for more \
than 1,000 times the bytes to be read. By kind: accepted of so many.";

fn times(text: &mut String, peers: &[Figures]) -> fmt::Result {
    heading(text, &["format", "version", "bytes", "serialize", "access", "read", "owned"], 2)?;
    for figures in peers {
        let ratios = &figures.ratios;
        let cell = |time: Spread, ratio| format!("{} ({})", short(time.median), short(ratio));
        row(
            text,
            &[
                figures.description.name.to_owned(),
                figures.description.version.to_owned(),
                format!("{} ({})", figures.bytes, short(ratios.bytes)),
                cell(figures.serialize_us, ratios.serialize),
                cell(figures.access_us, ratios.access),
                cell(figures.read_us, ratios.read),
                cell(figures.owned_us, ratios.owned),
            ],
        )?;
    }
    Ok(())
}

fn allocations(text: &mut String, peers: &[Figures]) -> fmt::Result {
    heading(text, &["allocations", "serialize", "access", "read", "owned"], 1)?;
    for figures in peers {
        let of = &figures.allocations;
        let cell = |requests: Requests| format!("{} ({})", requests.calls, requests.peak_bytes);
        let name = figures.description.name.to_owned();
        row(text, &[name, cell(of.serialize), cell(of.access), cell(of.read), cell(of.owned)])?;
    }
    Ok(())
}

fn damage(text: &mut String, damage: &[Damaged]) -> fmt::Result {
    let headings = [
        "format",
        "version",
        "mutants",
        "accepted",
        "another value",
        "other bytes",
        "panics",
        "large requests",
        "largest",
    ];
    let kinds = damage.first().map_or(&[][..], |first| &first.kinds);
    let headings: Vec<&str> = headings.into_iter().chain(kinds.iter().map(|of| of.kind.name())).collect();
    heading(text, &headings, 2)?;
    for of in damage {
        let total = of.total;
        let counts =
            [total.mutants, total.accepted, total.other_value, total.other_bytes, total.panics, total.large_requests];
        let mut cells = vec![of.name.to_owned(), of.version.to_owned()];
        cells.extend(counts.map(|count| count.to_string()));
        cells.push(total.largest_request.to_string());
        cells.extend(of.kinds.iter().map(|of| format!("{} / {}", of.tally.accepted, of.tally.mutants)));
        row(text, &cells)?;
    }
    Ok(())
}

/// Headings of columns, so many of words and the others of numbers.
fn heading(text: &mut String, headings: &[&str], words: usize) -> fmt::Result {
    writeln!(text, "| {} |", headings.join(" | "))?;
    writeln!(text, "|{}{}", "---|".repeat(words), "---:|".repeat(headings.len() - words))
}

fn row(text: &mut String, cells: &[String]) -> fmt::Result {
    writeln!(text, "| {} |", cells.join(" | "))
}
