//! What the plots of a campaign show.

use crate::campaign::state::{Point, Record};
use crate::figures::{real, short};
use crate::fuzzing::gates::NAMES;
use crate::plot::{Axis, Bar, Curve, bars, curves, grid};

/// Edges over processor time, a panel a target.
pub(crate) fn edges(records: &[(&str, &Record)]) -> String {
    let panels = records.iter().map(|(name, record)| {
        let reached = |point: &Point| (point.cpu_seconds, real(point.edges));
        let points = std::iter::once((0.0, 0.0)).chain(record.points.iter().map(reached)).collect();
        let seconds = Axis::linear(record.cpu_seconds.max(1.0), format!("{} CPU s", short(record.cpu_seconds)));
        let edges = Axis::linear(real(record.edges).max(1.0), format!("{} edges", record.edges));
        curves(name, &[Curve { name: String::new(), points, is_dashed: false }], &seconds, &edges)
    });
    grid(&panels.collect::<Vec<_>>())
}

/// The share of inputs that passed each gate, a panel a target.
pub(crate) fn gates(records: &[(&str, &Record)]) -> String {
    let panels = records.iter().map(|(name, record)| {
        let bar = |gate: &&str| {
            let percent = record.gates.percent(gate);
            Bar { label: (*gate).to_owned(), share: percent / 100.0, shown: format!("{percent:.0}%") }
        };
        bars(name, &NAMES.iter().map(bar).collect::<Vec<_>>())
    });
    grid(&panels.collect::<Vec<_>>())
}
