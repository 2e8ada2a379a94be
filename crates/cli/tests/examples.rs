//! Many examples that fail: all are counted, and the first are listed.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::process::Command;

const SOURCE: &str = "\
template-type: pipe
id: 900001
version: 1
fields:
  - { name: Name, kind: text }
---
rule: narrow
type: pipe
when:
  - field: Name
    any-of: [equals: odd]
examples:
  - match: { Name: odd }
";

#[test]
fn a_hundred_are_listed_and_all_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let source = (0..150).fold(SOURCE.to_owned(), |mut source, number| {
        writeln!(source, "  - match: {{ Name: even-{number} }}").unwrap();
        source
    });
    std::fs::write(folder.path().join("many.yaml"), source).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    program.current_dir(folder.path()).args(["check", "--format", "json", "many.yaml"]);
    let report: serde_json::Value = serde_json::from_slice(&program.output().unwrap().stdout).unwrap();
    let sources = &report["sources"];
    assert_eq!(sources["examples"], serde_json::json!({ "count": 151, "failed": 150 }));
    let errors = sources["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 100);
    let message = errors[99]["message"].as_str().unwrap();
    assert_eq!(message, "example 101 of the rule must match, but no instance does (Name: even-99)");
}
