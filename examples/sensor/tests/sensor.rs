//! The sensor does what its README says, and its channel files are what `build` makes of their sources.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use channel_file_content::{CompileOptions, Source, TypeLibrary, compile};

const FILES: [&str; 4] = ["ancestry", "pipes-1", "pipes-2", "processes"];

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn sensor(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_example-sensor")).args(arguments).output().expect("the sensor runs")
}

/// `BLESS=1` rewrites them.
#[test]
fn the_channel_files_are_made_of_their_sources() {
    for name in FILES {
        let source = content().join(name).with_extension("yaml");
        let text = fs::read_to_string(&source).expect("the source is there");
        let compiled = compile(&[Source { name, text: &text }], &TypeLibrary::windows(), &CompileOptions::default());
        assert_eq!((compiled.refused, compiled.diagnostics), (vec![], vec![]), "{name}");
        let bytes = channel_file::encode(&compiled.content.expect("content")).expect("it is small");
        assert!(bytes.len() < 4096, "{name}: {} bytes are too many to be committed", bytes.len());
        let path = source.with_extension("chan");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &bytes).expect("it can be written");
        }
        let committed = fs::read(&path).expect("the channel file is there");
        assert!(committed == bytes, "{} is out of date: run BLESS=1 cargo test", path.display());
    }
}

#[test]
fn content_is_replaced_under_load_and_no_event_sees_a_mix() {
    let output = sensor(&[&content()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && output.stderr.is_empty(), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    let updates = [
        "update: channel 291 has version 1",
        "update: channel 292 has version 1",
        "update (zeros): refused: CF0002 ",
        "update (cut off): refused: CF0006 ",
        "update (damaged): refused: CF0015 ",
        "update (for newer sensors): refused: CF0602 ",
        "update (old): not newer: channel 292 stays at version 1",
        "update: channel 292 has version 2 in place of version 1",
    ];
    for (line, begin) in lines.iter().zip(updates) {
        assert!(line.starts_with(begin), "{line} does not begin with {begin}");
    }
    assert!(lines[5].contains("rule \"quartz-grandchild\""), "{}", lines[5]);

    // How many events there are depends on the machine; what is said of them does not.
    let events = number(&text, "\n", " events on 4 threads");
    let by_first = number(&text, "channel 292 version 1 judged ", " events");
    let by_second = number(&text, "channel 292 version 2 judged ", " events");
    assert!(by_first > 0 && by_second > 0, "{text}");
    assert_eq!(by_first + by_second, events);
    assert!(text.contains("  no event saw a mix of both\n"), "{text}");
    // Of nine events one is a loader, and one a program that its own copy has started.
    for rule in ["pumice-loader", "copied-into-its-own-parent"] {
        assert_eq!(number(&text, &format!("channel 291 version 1: {rule}: "), "\n") * 9, events, "{rule}");
    }
    // No rule of one version is found with the other, and each has found what it looks for.
    let found = |version, rule: &str| text.contains(&format!("channel 292 version {version}: {rule}: "));
    for (rule, version) in
        [("opal-pipe", 1), ("opal-pipe-of-no-service", 1), ("opal-numbered-pipe", 2), ("opal-session-pipe", 2)]
    {
        assert!(found(version, rule) && !found(3 - version, rule), "{rule}: {text}");
    }

    let end = text.split_once("channel 293, as much as this sensor supports\n").expect("it is the last part").1;
    assert!(end.starts_with("  without instance 1, on type 1 version 2: CF0602 "), "{end}");
    assert_eq!(end.matches("  without").count(), 1, "{end}");
    assert!(number(end, "channel 293 takes ", " bytes") > 0);
}

#[test]
fn what_cannot_be_read_is_status_2_and_what_is_refused_status_1() {
    for arguments in [vec![], vec![Path::new("--help")], vec![Path::new("no such folder")]] {
        let output = sensor(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && output.stderr.starts_with(b"error: "));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
    fs::create_dir_all(&folder).expect("a folder for tests");
    for name in FILES {
        fs::write(folder.join(name).with_extension("chan"), [0; 64]).expect("it can be written");
    }
    let output = sensor(&[&folder]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(text.starts_with("error: CF0002 "), "{text}");
}

/// The number between these two in one line.
fn number(text: &str, before: &str, after: &str) -> u64 {
    let number = text.split(before).find_map(|rest| {
        let after_digits = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = rest.strip_suffix(after_digits)?;
        if after_digits.starts_with(after) { digits.parse().ok() } else { None }
    });
    number.unwrap_or_else(|| panic!("no number between {before:?} and {after:?} in {text}"))
}
