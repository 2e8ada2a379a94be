//! The figures as services read that track benchmarks: the form `customSmallerIsBetter` of github-action-benchmark.

use serde_json::{Value, json};

use super::peers::FIGURES;
use super::report::Report;
use crate::outcome::Failure;

pub(crate) fn data(report: &Report) -> Result<Value, Failure> {
    let mut data = Vec::new();
    for row in &report.scenarios {
        let range = (row.upper_quartile_nanoseconds - row.lower_quartile_nanoseconds) / 2.0;
        data.push(json!({
            "name": format!("{}/{}", row.operation, row.set),
            "unit": "ns",
            "value": row.nanoseconds,
            "range": format!("± {range:.0}"),
            "extra": format!("{} {}, {} runs, {} allocations, peak {} B", row.count, row.units, row.runs, row.allocations, row.peak_bytes),
        }));
    }
    for row in &report.instructions {
        data.push(json!({
            "name": format!("{}/{}: instructions", row.operation, row.set),
            "unit": "instructions",
            "value": row.instructions,
            "extra": format!("{} {}", row.count, row.units),
        }));
    }
    // Of the first format to each other one: machines come and go, ratios stay.
    for set in report.formats()?.iter().flat_map(|formats| &formats.sets) {
        let Some((own, others)) = set.peers.split_first() else { continue };
        for ((figure, _, value), other) in
            FIGURES.iter().flat_map(|figure| others.iter().map(move |other| (figure, other)))
        {
            data.push(json!({
                "name": format!("{figure}/{}: {} to {}", set.name, own.name, other.name),
                "unit": "ratio",
                "value": value(own) / value(other),
                "extra": format!("{} {}", other.name, other.version),
            }));
        }
    }
    Ok(Value::Array(data))
}
