//! What `generate` writes: valid, the same again, for the types that it is told, and matched by `match` as it says.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use channel_file::ChannelFile;

const TYPES: &str = "
template-type: pipe_created
id: 17
version: 2
fields:
  - { name: PipeName, kind: text }
  - { name: ProcessId, kind: unsigned }
  - { name: template_type, kind: bytes }
  - { name: User, kind: text, since: 2 }
---
template-type: connection
id: 18
version: 1
fields:
  - { name: Address, kind: ip-address }
  - { name: Offset, kind: signed }
  - { name: Known, kind: boolean }
";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    program.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn generate(folder: &Path, arguments: &[&str]) {
    let output = run(folder, &[&["generate"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Names and bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// What `match` says, and what `generate` has said: line, rule, the lowest of its instances.
fn assert_matches(folder: &Path, name: &str, type_key: &str) -> usize {
    let (file, events) = (format!("{name}.chan"), format!("{name}.events.jsonl"));
    let output = run(folder, &["match", &file, &events, "--type-field", type_key, "-j", "1"]);
    assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let columns = |line: &str| -> (usize, String, u32) {
        let columns: Vec<&str> = line.split('\t').collect();
        (columns[0].parse().unwrap(), columns[1].to_owned(), columns[2].parse().unwrap())
    };
    let found: BTreeSet<_> = String::from_utf8(output.stdout).unwrap().lines().map(columns).collect();
    let mut expected = BTreeMap::new();
    for (line, rule, instance) in
        fs::read_to_string(folder.join(format!("{name}.matches.tsv"))).unwrap().lines().map(columns)
    {
        expected.entry((line, rule)).or_insert(instance);
    }
    let expected: BTreeSet<_> = expected.into_iter().map(|((line, rule), instance)| (line, rule, instance)).collect();
    assert_eq!(found, expected, "{name}");
    found.len()
}

#[test]
fn types_are_made_up() {
    let folder = tempfile::tempdir().unwrap();
    generate(folder.path(), &["--seed", "7", "--count", "40"]);
    let folder = folder.path().join("generated");
    let names: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(names.len(), 120);
    assert_eq!(names[..3], ["0000.chan", "0000.events.jsonl", "0000.matches.tsv"]);
    let mut matches = 0;
    for number in 0..40 {
        let name = format!("{number:04}");
        ChannelFile::open(&fs::read(folder.join(format!("{name}.chan"))).unwrap()).expect("valid");
        assert_eq!(fs::read_to_string(folder.join(format!("{name}.events.jsonl"))).unwrap().lines().count(), 20);
        matches += assert_matches(&folder, &name, "template_type");
    }
    assert!(matches > 200, "{matches} matches of 800 events");
}

#[test]
fn types_are_those_of_the_sensor() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("types.yaml"), TYPES).unwrap();
    generate(
        folder.path(),
        &["--seed", "7", "--count", "40", "--types", "types.yaml", "-o", "deep/er", "--events", "5"],
    );
    let folder = folder.path().join("deep/er");
    let (mut keys, mut matches) = (BTreeSet::new(), 0);
    for number in 0..40 {
        let name = format!("{number:04}");
        let bytes = fs::read(folder.join(format!("{name}.chan"))).unwrap();
        let file = ChannelFile::open(&bytes).expect("valid");
        for own in file.types() {
            assert_eq!(own.name(), if own.key().id == 17 { "pipe_created" } else { "connection" });
            keys.insert((own.key().id, own.key().version));
        }
        matches += assert_matches(&folder, &name, "template_type_");
    }
    assert_eq!(keys, BTreeSet::from([(17, 1), (17, 2), (18, 1)]), "all of them, in all versions");
    assert!(matches > 50, "{matches} matches of 200 events");
}

/// The numbers that are told are those of what was written.
#[test]
fn what_was_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["generate", "--seed", "5", "--count", "4", "--events", "9"];
    let output = run(folder.path(), &[&arguments[..], &["--format", "json"]].concat());
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let files = files(&folder.path().join("generated"));
    let lines = |kind: &str| -> Vec<String> {
        let files = files.iter().filter(|(name, _)| name.ends_with(kind));
        files.flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().lines().map(str::to_owned)).collect()
    };
    let matching = files.iter().filter(|(name, _)| name.ends_with("matches.tsv")).map(|(_, bytes)| {
        let lines = std::str::from_utf8(bytes).unwrap().lines();
        lines.map(|line| line.split('\t').next().unwrap()).collect::<BTreeSet<_>>().len()
    });
    let expected = serde_json::json!({
        "command": "generate",
        "status": "accepted",
        "output": "generated",
        "seed": 5,
        "type_key": "template_type",
        "files": 4,
        "instances": files.iter().filter(|(name, _)| name.ends_with("chan")).map(|(_, bytes)| {
            ChannelFile::open(bytes).expect("valid").instances().len()
        }).sum::<usize>(),
        "events": lines("events.jsonl").len(),
        "matching_events": matching.sum::<usize>(),
        "matches": lines("matches.tsv").len(),
        "errors": [],
    });
    assert_eq!(told, expected);
    assert_eq!(lines("events.jsonl").len(), 36);

    let output = run(folder.path(), &[&arguments[..], &["-o", "human"]].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("human: 4 channel files, ") && told.contains("\n36 events, of which "), "{told}");
    assert!(told.ends_with("the key template_type names the type of an event\n"), "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_seed_says_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let made = |out: &str, seed: &str, count: &str| {
        generate(folder.path(), &["--seed", seed, "--count", count, "--out", out]);
        files(&folder.path().join(out))
    };
    let first = made("first", "3", "6");
    assert_eq!(made("again", "3", "6"), first);
    let more = made("more", "3", "9");
    assert_eq!(more.len(), 27);
    assert!(first.iter().all(|(name, bytes)| more[name] == *bytes), "more files change none");
    assert_ne!(made("other", "4", "6"), first);
}

#[test]
fn nothing_is_written_over_or_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("full")).unwrap();
    fs::write(path.join("full/kept"), "kept").unwrap();
    fs::write(path.join("file"), "kept").unwrap();
    fs::create_dir(path.join("empty")).unwrap();
    for taken in ["full", "file", "-"] {
        let output = run(path, &["generate", "--seed", "1", "-o", taken]);
        assert_eq!(output.status.code(), Some(2), "{taken}");
    }
    assert_eq!(fs::read_to_string(path.join("full/kept")).unwrap(), "kept");
    assert_eq!(fs::read_to_string(path.join("file")).unwrap(), "kept");
    generate(path, &["--seed", "1", "--count", "1", "-o", "empty"]);
    assert_eq!(files(&path.join("empty")).len(), 3);
    let mut left: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["empty", "file", "full"]);
}
