//! Findings of one kind that are many: people are told the first, and programs all.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const SOURCE: &str = "\
template-type: pipe
id: 900001
version: 1
fields:
  - { name: Name, kind: text }
---
channel: 1
---
rule: narrow
type: pipe
when:
  - field: Name
    any-of: [equals: odd]
examples:
  - match: { Name: odd }
";

fn check(folder: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    program.current_dir(folder).args(["check", "many.yaml"]).args(arguments);
    String::from_utf8(program.output().unwrap().stdout).unwrap()
}

#[test]
fn ten_are_told_and_all_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let source = (0..150).fold(SOURCE.to_owned(), |mut source, number| {
        writeln!(source, "  - match: {{ Name: even-{number} }}").unwrap();
        source
    });
    std::fs::write(folder.path().join("many.yaml"), source).unwrap();

    let report: serde_json::Value = serde_json::from_str(&check(folder.path(), &["--format", "json"])).unwrap();
    let judged = &report["judged"][0];
    assert_eq!(judged["examples"], serde_json::json!({ "count": 151, "failed": 150 }));
    assert_eq!(judged["counts"]["errors"], 150);
    let findings = judged["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 150);
    assert_eq!(findings[99]["witness"]["event"], serde_json::json!({ "Name": "even-99" }));

    let told = check(folder.path(), &[]);
    assert_eq!(told.matches("error[CV0601]").count(), 10);
    assert!(told.contains("\nand 140 more `example-not-matched`; `--verbose` shows them\n"), "{told}");
    let told = check(folder.path(), &["--verbose"]);
    assert_eq!(told.matches("error[CV0601]").count(), 150);
}
