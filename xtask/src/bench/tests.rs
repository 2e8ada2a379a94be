//! A report of invented figures, as each of its readers gets it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use super::report::Report;
use super::{plots, readme, text, tracked};

fn row(operation: &str, set: &str, count: u64, nanoseconds: f64) -> Value {
    json!({
        "operation": operation, "set": set, "units": "bytes", "count": count, "instances": 10, "nanoseconds": nanoseconds,
        "lower_quartile_nanoseconds": nanoseconds - 10.0, "upper_quartile_nanoseconds": nanoseconds + 30.0, "runs": 7, "allocations": 3,
        "peak_bytes": 64,
    })
}

fn format(name: &str, bytes: u64, microseconds: f64) -> Value {
    let time = json!({ "median": microseconds, "lowest": microseconds, "highest": microseconds });
    json!({
        "name": name, "version": "1.2.3", "checks": "all", "gives": "a view", "bytes": bytes,
        "serialize_us": time, "access_us": time, "read_us": time, "owned_us": time,
    })
}

fn report() -> Report {
    let peers = json!([format("channel-file", 1_000, 20.0), format("other", 1_500, 50.0)]);
    let tally = json!({
        "mutants": 100, "accepted": 7, "other_value": 1, "other_bytes": 2, "panics": 0, "large_requests": 3,
    });
    let report = json!({
        "format": 1, "date": "2026-11-24", "sources": "v0", "machine": "a machine", "compiler": "rustc", "quick": true,
        "scenarios": [row("open", "log", 1_000, 500.0)],
        "growth": [row("open", "log/10", 1_000, 500.0), row("open", "log/100", 10_000, 5_000.0)],
        "instructions": [{
            "operation": "open", "set": "log", "units": "bytes", "count": 1_000, "instructions": 2_500, "allocations": 0,
            "peak_bytes": 0,
        }],
        "serialization": { "machine": "a machine", "sets": [{ "name": "log", "records": 10, "peers": peers }], "damage": [] },
        "damage": { "sets": [], "damage": [{ "name": "other", "version": "1.2.3", "total": tally }] },
        "matching": null,
        "left_out": ["matching engines: no data"],
    });
    serde_json::from_value(report).unwrap()
}

#[test]
fn people_get_tables() {
    let text = text::markdown(&report()).unwrap();
    for line in [
        "| open | log | 500.0 ns | 1000 bytes | 0.50 | 2.5 | 3 | 64 |",
        "| open | log | 1.0 k – 10 k bytes | 0.50 | 0.50 | 0.06 | 0.01 |",
        "| other 1.2.3 | 1500 B (1.50) | 50.0 µs (2.50) | 50.0 µs (2.50) | 50.0 µs (2.50) | 50.0 µs (2.50) |",
        "| other 1.2.3 | 100 | 7 | 1 | 2 | 0 | 3 |",
        "- matching engines: no data",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    assert!(!text.contains("## Matching"), "what was not measured has no chapter");
}

#[test]
fn services_get_names_units_and_values() {
    let data = tracked::data(&report()).unwrap();
    let entries = data.as_array().unwrap();
    assert!(
        entries
            .iter()
            .all(|entry| entry["name"].is_string() && entry["unit"].is_string() && entry["value"].is_number())
    );
    let value = |name: &str| entries.iter().find(|entry| entry["name"] == name).map(|entry| entry["value"].as_f64());
    assert_eq!(value("open/log"), Some(Some(500.0)));
    assert_eq!(entries.first().map(|entry| &entry["range"]), Some(&json!("± 20")));
    assert_eq!(value("open/log: instructions"), Some(Some(2_500.0)));
    assert_eq!(value("access/log: channel-file to other"), Some(Some(0.4)));
}

#[test]
fn plots_show_what_grows_and_ratios() {
    let report = report();
    let time = plots::time(&report.growth);
    // In proportion: the line of the log is the dashed one.
    assert_eq!(time.matches("points=\"24.0,106.0 256.0,24.0\"").count(), 2, "{time}");
    assert!(plots::formats(&report.formats().unwrap().unwrap()).contains(">2.50</text>"));
}

#[test]
fn the_readme_gets_each_format() {
    let figures = readme::figures(&report()).unwrap();
    assert!(figures.contains("| other 1.2.3 | 1500 B (1.50) |"), "{figures}");
    assert!(figures.contains("2026-11-24, sources v0, a machine"), "{figures}");
    let without = Report { serialization: None, ..report() };
    assert!(readme::figures(&without).is_err());
}

#[test]
fn what_a_peer_does_not_say_is_an_error() {
    let changed = Report { serialization: Some(json!({ "sets": [{ "name": "log" }], "damage": [] })), ..report() };
    assert!(text::markdown(&changed).is_err());
}
