//! `match` on many events: in any number of threads, as they come, and against what another evaluator says.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::read::GzDecoder;

const RULES: &str = r"
channel: 1
---
rule: odd-pipe
type: pipe_created
when:
  - field: PipeName
    any-of:
      - starts-with: '\odd-'
---
rule: silent-pipe
type: pipe_created
when:
  - field: User
    any-of:
      - absent
";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// A folder with `rules.chan`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), RULES).unwrap();
    let build = program(folder.path(), &["build", "rules.yaml", "-o", "rules.chan", "--quiet"]).status().unwrap();
    assert_eq!(build.code(), Some(0));
    folder
}

/// Events that match one rule, both or none, among blank and bad lines, with many unknown names.
fn many_events() -> String {
    let mut events = String::new();
    for number in 0..40_000 {
        match number % 7 {
            0 => writeln!(events, r#"{{"PipeName":"\\odd-{number}","User":"u"}}"#),
            1 => writeln!(events, r#"{{"PipeName":"\\odd-{number}","Key {}":1}}"#, number % 5_000),
            2 => writeln!(events),
            3 if number % 100 == 0 => writeln!(events, r#"{{"PipeName":"\\odd-{number}""#),
            _ => writeln!(events, r#"{{"PipeName":"\\even-{number}","User":"\u00fcber","Image":null}}"#),
        }
        .unwrap();
    }
    events
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The summary without what differs from run to run.
fn summary(output: &Output) -> serde_json::Value {
    let mut summary: serde_json::Value = serde_json::from_str(text(&output.stdout).lines().last().unwrap()).unwrap();
    assert!(summary["seconds"].take().is_number());
    summary
}

#[test]
fn threads_change_nothing() {
    let folder = folder();
    fs::write(folder.path().join("events.jsonl"), many_events()).unwrap();
    let run = |more: &[&str]| {
        program(folder.path(), &[&["match", "rules.chan", "events.jsonl"][..], more].concat()).output().unwrap()
    };
    let human = run(&["-j", "1", "--quiet"]);
    assert_eq!(human.status.code(), Some(2));
    let lines = text(&human.stdout);
    assert!(
        lines.starts_with("1\todd-pipe\t0\t\n2\todd-pipe\t0\t\n2\tsilent-pipe\t1\t\n8\todd-pipe\t0\t\n"),
        "{lines:.200}"
    );
    assert_eq!(lines.lines().count(), 5_715 + 2 * 5_715);
    let json = run(&["-j", "1", "--stats", "--format", "json"]);
    let expected = summary(&json);
    assert_eq!(expected["lines"], 40_000);
    assert_eq!(expected["not_judged"], 57);
    assert_eq!(expected["matches"], 5_715 + 2 * 5_715);
    assert_eq!(expected["unknown_fields"].as_array().unwrap().len(), 1_001, "names are bounded");
    assert_eq!(
        expected["instances"][0]["matches"].as_u64().unwrap() + expected["instances"][1]["matches"].as_u64().unwrap(),
        17_145
    );
    for threads in ["0", "2", "3", "16"] {
        let other = run(&["-j", threads, "--quiet"]);
        assert!(human.stdout == other.stdout && human.stderr == other.stderr, "{threads} threads");
        let other = run(&["-j", threads, "--stats", "--format", "json"]);
        assert_eq!(summary(&other), expected, "{threads} threads");
        let matches =
            |output: &Output| text(&output.stdout).lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert!(matches(&json) == matches(&other), "{threads} threads");
    }
}

#[test]
fn events_are_judged_as_they_come() {
    let folder = folder();
    for threads in ["1", "2"] {
        let arguments = ["match", "rules.chan", "-", "--quiet", "-j", threads];
        let mut child =
            program(folder.path(), &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        for number in 1..=5 {
            // The start of a next line keeps nothing back.
            write!(to, "{{\"PipeName\":\"\\\\odd-1\",\"User\":\"u\"}}\n{{").unwrap();
            let mut line = String::new();
            from.read_line(&mut line).unwrap();
            assert_eq!(line, format!("{}\todd-pipe\t0\t\n", 2 * number - 1));
            writeln!(to, "}}").unwrap();
            let mut line = String::new();
            from.read_line(&mut line).unwrap();
            assert_eq!(line, format!("{}\tsilent-pipe\t1\t\n", 2 * number));
        }
        drop(to);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_line_that_is_too_long_is_reported_and_passed_over() {
    const LONGEST: usize = 16 << 20;
    let folder = folder();
    let line = |length: usize| {
        let (start, end) = (r#"{"PipeName":"\\odd-"#, r#""}"#);
        format!("{start}{}{end}\n", "x".repeat(length - start.len() - end.len()))
    };
    let events = [line(LONGEST), line(LONGEST + 1), line(100)].concat();
    fs::write(folder.path().join("events.jsonl"), events).unwrap();
    let output = program(folder.path(), &["match", "rules.chan", "events.jsonl", "--quiet"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: events.jsonl:2: the line is longer than 16777216 bytes\n");
    let rules = ["odd-pipe\t0\t", "silent-pipe\t1\t"];
    let expected: Vec<_> = [1, 3].iter().flat_map(|line| rules.map(|rule| format!("{line}\t{rule}"))).collect();
    assert_eq!(text(&output.stdout).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_event() {
    let folder = folder();
    fs::write(folder.path().join("events.jsonl"), "\u{feff}{\"User\":null}\r\n").unwrap();
    let output = program(folder.path(), &["match", "rules.chan", "events.jsonl"]).output().unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "1\tsilent-pipe\t1\t\n".to_owned()));
}

#[test]
fn a_reader_that_goes_away_ends_it_in_silence() {
    let folder = folder();
    fs::write(folder.path().join("events.jsonl"), "{}\n".repeat(500_000)).unwrap();
    for threads in ["1", "3"] {
        let mut child = program(folder.path(), &["match", "rules.chan", "events.jsonl", "--quiet", "-j", threads])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "1\tsilent-pipe\t1\t\n");
        let mut noise = String::new();
        child.stderr.take().unwrap().read_to_string(&mut noise).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*noise), (Some(0), ""));
    }
}

/// Public rules over real events, if the variable `CHANNEL_FILE_DATA` names the folder that has them.
#[test]
fn real_events_match_as_another_evaluator_says() {
    let Some(data) = std::env::var_os("CHANNEL_FILE_DATA").map(PathBuf::from) else {
        println!("skipped: CHANNEL_FILE_DATA names no folder");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let open = |name: String| GzDecoder::new(File::open(data.join(name)).unwrap());
    for (category, rules, count) in [("pipe_created", "rules_pipe", 66), ("process_creation", "rules_pc", 1_915)] {
        tar::Archive::new(open(format!("sigma/{category}.tar.gz"))).unpack(folder.path()).unwrap();
        let build = ["build", rules, "-o", "rules.chan", "--channel", "1", "--quiet"];
        assert_eq!(program(folder.path(), &build).status().unwrap().code(), Some(0));
        let mut found = Vec::new();
        for group in ["mdecrevoisier_cc0", "otrf_mit"] {
            let mut events = String::new();
            open(format!("events/{group}.{category}.jsonl.gz")).read_to_string(&mut events).unwrap();
            fs::write(folder.path().join("events.jsonl"), events).unwrap();
            let output = program(folder.path(), &["match", "rules.chan", "events.jsonl", "--quiet"]).output().unwrap();
            assert_eq!(output.status.code(), Some(0));
            for line in text(&output.stdout).lines() {
                let mut columns = line.split('\t');
                let number: u64 = columns.next().unwrap().parse().unwrap();
                found.push(format!("{group}\t{}\t{}", number - 1, columns.next().unwrap()));
            }
        }
        let expected = fs::read_to_string(data.join(format!("expected/{category}.tsv"))).unwrap();
        let mut expected: Vec<_> = expected.lines().skip(1).map(str::to_owned).collect();
        expected.sort();
        found.sort();
        assert_eq!(found.len(), count);
        assert!(found == expected, "{category} differs");
    }
}
