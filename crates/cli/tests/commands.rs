//! Each file in `cases/` is a test: commands, and what they write.
//!
//! A line `$ channel-file …` is a command; `|` begins a line of its standard output, `!` one of its standard error, and
//! `= 1` is its exit status. `< FILE` and `> FILE` lead elsewhere. `$ same FILE FILE` compares, `$ cat FILE` shows, `$ list`
//! lists. Commands run in a folder with the samples and a copy of `files/`. `BLESS=1` writes what is found.
//! Times, rates, work, memory and maxima stand as `…`: they differ from machine to machine, and from one interpreter to the next.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod samples;
mod schemas;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

#[test]
fn cases() {
    let mut failed = Vec::new();
    let mut cases: Vec<PathBuf> =
        fs::read_dir(format!("{TESTS}/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let expected = fs::read_to_string(&case).unwrap();
        let found = run_case(&expected);
        if found == expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&case, found).unwrap();
        } else {
            eprintln!("{}: found\n{found}", case.display());
            failed.push(case);
        }
    }
    assert!(failed.is_empty(), "differ, `BLESS=1` accepts them: {failed:?}");
}

/// Runs the commands of a case; gives the case with what they wrote.
fn run_case(case: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    samples::write_all(folder.path());
    copy(Path::new(&format!("{TESTS}/files")), folder.path());
    let mut found = String::new();
    for line in case.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            writeln!(found, "{line}").unwrap();
            run(command, folder.path(), &mut found);
        } else if line.starts_with('#') || line.is_empty() {
            writeln!(found, "{line}").unwrap();
        }
    }
    found
}

fn run(command: &str, folder: &Path, found: &mut String) {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words[..] {
        ["same", one, two] => {
            let verdict = match (fs::read(folder.join(one)), fs::read(folder.join(two))) {
                (Ok(one), Ok(two)) if one == two => "same",
                (Ok(_), Ok(_)) => "different",
                _ => "missing",
            };
            writeln!(found, "| {verdict}").unwrap();
        }
        ["cat", file] => {
            write_lines(found, '|', &String::from_utf8_lossy(&fs::read(folder.join(file)).unwrap()));
        }
        ["list"] => {
            let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<_> = names.collect();
            names.sort();
            write_lines(found, '|', &names.join("\n"));
        }
        ["channel-file", ref arguments @ ..] => run_program(arguments, folder, found),
        _ => panic!("unknown command: {command}"),
    }
}

fn run_program(arguments: &[&str], folder: &Path, found: &mut String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    program.current_dir(folder).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
    let mut words = arguments.iter();
    let mut target = None;
    while let Some(word) = words.next() {
        match *word {
            "<" => {
                program.stdin(File::open(folder.join(words.next().unwrap())).unwrap());
            }
            ">" => target = words.next(),
            argument => {
                program.arg(argument);
            }
        }
    }
    let output = program.output().unwrap();
    let (mut out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8(output.stderr).unwrap());
    if arguments.array_windows().any(|pair| *pair == ["--format", "sarif"]) && err.is_empty() {
        let log = serde_json::from_str(&out).unwrap();
        schemas::assert_sarif(&log);
        out = short(log).into();
    }
    if let Some(target) = target {
        fs::write(folder.join(target), &output.stdout).unwrap();
    } else {
        assert!(std::str::from_utf8(&output.stdout).is_ok(), "bytes that are no text need `>`");
        write_lines(found, '|', &masked(&out));
    }
    write_lines(found, '!', &masked(&err));
    let status = output.status.code().expect("the program ends by itself");
    writeln!(found, "= {status}").unwrap();
    if arguments.array_windows().any(|pair| *pair == ["--format", "json"]) && !err.contains("Usage") {
        let report = if err.is_empty() { &*out } else { &err };
        let lines: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (object, matches) = lines.split_last().unwrap();
        assert!(arguments.contains(&"match") || matches.is_empty(), "one object");
        assert!(matches.iter().all(|line| line["line"].is_u64()));
        let expected = ["accepted", "refused", "could-not-judge"][usize::try_from(status).unwrap()];
        assert_eq!(object["status"], expected);
        assert!(object["errors"].is_array());
        match arguments.first() {
            Some(&"check") => schemas::assert_report(object),
            Some(&"diff") => schemas::assert_difference(object),
            _ => {}
        }
    }
}

/// A log of SARIF in lines, without the rules, which are in each.
fn short(mut log: serde_json::Value) -> String {
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        let index = result["ruleIndex"].take().as_u64().unwrap();
        assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
    }
    serde_json::to_string_pretty(&log).unwrap()
}

/// The text without the numbers that differ from run to run.
fn masked(text: &str) -> String {
    const BEFORE: [&str; 16] = [
        "time: ",
        " s, ",
        "work ",
        "mean ",
        ", most ",
        "in line ",
        "\"seconds\":",
        "\"work\":",
        "\"mean\":",
        "\"most\":",
        "\"most_line\":",
        "\"memory\":",
        "; memory ",
        "bytes, before ",
        "content versions: ",
        "content versions: …, at most ",
    ];
    BEFORE.iter().fold(text.to_owned(), |text, before| {
        let mut parts = text.split(before);
        let first = parts.next().unwrap().to_owned();
        parts.fold(first, |masked, part| masked + before + &without_number(part))
    })
}

/// The text without a number that it begins with.
fn without_number(text: &str) -> String {
    let number_on = text.trim_start_matches(' ');
    if !number_on.starts_with(|next: char| next.is_ascii_digit()) {
        return text.to_owned();
    }
    let rest = number_on.trim_start_matches(|next: char| next.is_ascii_digit() || matches!(next, '.' | ','));
    let comma = if number_on.strip_suffix(rest).unwrap().ends_with(',') { "," } else { "" };
    format!("…{comma}{rest}")
}

fn write_lines(found: &mut String, mark: char, text: &str) {
    for line in text.lines() {
        writeln!(found, "{}", format!("{mark} {line}").trim_end()).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
