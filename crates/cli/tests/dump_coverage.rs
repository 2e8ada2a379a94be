//! `dump` accounts for every byte of every file, whole or damaged; `decompile` leads back to the same bytes.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/strategies/mod.rs"]
mod strategies;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use channel_file::encode;
use channel_file_cli::{Row, dump_rows};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// Runs the program with these bytes as its standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input).unwrap();
    program.wait_with_output().unwrap()
}

/// The dump, after it has been held against the bytes.
fn dump(bytes: &[u8]) -> Value {
    let output = run(&["dump", "--format", "json", "-"], bytes);
    let dump: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut at = 0;
    for row in dump["rows"].as_array().unwrap() {
        assert_eq!(row["offset"], at);
        let hexadecimal = row["bytes"].as_str().unwrap();
        assert!(!hexadecimal.is_empty());
        let length = hexadecimal.len() / 2;
        let found: String = bytes[at..at + length].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, hexadecimal);
        assert!(!row["meaning"].as_str().unwrap().is_empty());
        at += length;
    }
    assert_eq!(at, bytes.len());
    assert_eq!(dump["bytes"], at);
    assert_eq!(dump["rows"].as_array().unwrap(), &rows(bytes));
    let is_accepted = dump["status"] == "accepted";
    assert_eq!(output.status.code(), Some(i32::from(!is_accepted)));
    assert_eq!(dump["errors"].as_array().unwrap().is_empty(), is_accepted);
    dump
}

/// The rows that the library gives, as the program writes them.
fn rows(bytes: &[u8]) -> Vec<Value> {
    let mut rows = Vec::new();
    let each = |row: &Row<'_>| {
        let hexadecimal: String = row.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let (offset, section, meaning) = (row.offset, row.section, row.meaning);
        let mut object = json!({ "offset": offset, "bytes": hexadecimal, "section": section, "meaning": meaning });
        if !row.is_explained() {
            object["explained"] = false.into();
        }
        rows.push(object);
        Ok(())
    };
    dump_rows(bytes, each).unwrap();
    rows
}

/// The same for people: every line has the bytes that follow those of the line before.
fn dump_lines(bytes: &[u8]) -> String {
    let output = run(&["dump", "-"], bytes);
    let text = String::from_utf8(output.stdout).unwrap();
    let mut at = 0;
    for line in text.lines() {
        let Some((offset, rest)) = line.split_once("  ") else { continue };
        let Ok(offset) = usize::from_str_radix(offset, 16) else { continue };
        assert_eq!(offset, at);
        let digits = rest.get(..48).unwrap_or(rest).split_whitespace();
        for byte in digits {
            assert_eq!(u8::from_str_radix(byte, 16).unwrap(), bytes[at]);
            at += 1;
        }
    }
    assert_eq!(at, bytes.len());
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_of_a_file_is_explained(content in strategies::content()) {
        let bytes = encode(&content).unwrap();
        let dump = dump(&bytes);
        prop_assert_eq!(&dump["status"], "accepted");
        prop_assert_eq!(&dump["explained"], bytes.len());
        let text = dump_lines(&bytes);
        prop_assert!(text.ends_with(" bytes explained: 100 %\n"), "{}", text);
    }

    #[test]
    fn every_byte_of_a_damaged_file_is_shown(
        content in strategies::content(),
        place in any::<Index>(),
        flip in 1..=u8::MAX,
        cut in any::<Option<Index>>(),
    ) {
        let mut bytes = encode(&content).unwrap();
        // As often in header and table as in all that follows.
        let place = if flip & 1 == 0 { place.index(bytes.len().min(239)) } else { place.index(bytes.len()) };
        bytes[place] ^= flip;
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        prop_assert_eq!(&dump(&bytes)["status"], "refused");
        dump_lines(&bytes);
    }

    #[test]
    fn a_decompiled_file_builds_to_the_same_bytes(content in strategies::content()) {
        let bytes = encode(&content).unwrap();
        let source = run(&["decompile", "-"], &bytes);
        prop_assert_eq!(source.status.code(), Some(0));
        let built = run(&["build", "-", "-o", "-", "--types", "none", "--quiet"], &source.stdout);
        prop_assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
        prop_assert_eq!(built.stdout, bytes);
    }
}
