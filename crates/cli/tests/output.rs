//! Files are written whole or not at all; readers that go away are no error.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod samples;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

const SOURCE: &str = "
channel: 1
---
rule: odd-pipe
type: pipe_created
when:
  - field: PipeName
    any-of:
      - starts-with: '\\odd-'
";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn nothing_is_left_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), SOURCE).unwrap();
    fs::write(folder.path().join("rules.chan"), "old").unwrap();
    let built = program(folder.path(), &["build", "rules.yaml", "-o", "rules.chan"]).output().unwrap();
    assert_eq!(built.status.code(), Some(0));
    assert_eq!(names(folder.path()), ["rules.chan", "rules.yaml"]);
    channel_file::ChannelFile::open(&fs::read(folder.path().join("rules.chan")).unwrap()).unwrap();
}

#[cfg(unix)]
#[test]
fn an_error_leaves_the_old_file_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), SOURCE).unwrap();
    let kept = folder.path().join("kept");
    fs::create_dir(&kept).unwrap();
    fs::write(kept.join("rules.chan"), "old").unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o555)).unwrap();
    // Permissions bind everyone but the superuser.
    let is_bound = fs::write(kept.join("probe"), "").is_err();
    let built = program(folder.path(), &["build", "rules.yaml", "-o", "kept/rules.chan"]).output().unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o755)).unwrap();
    if is_bound {
        assert_eq!(built.status.code(), Some(2));
        assert_eq!(fs::read(kept.join("rules.chan")).unwrap(), b"old");
        assert_eq!(names(&kept), ["rules.chan"]);
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), SOURCE).unwrap();
    let target = folder.path().join("target.chan");
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("target.chan", folder.path().join("link.chan")).unwrap();
    let built = program(folder.path(), &["build", "rules.yaml", "-o", "link.chan"]).output().unwrap();
    assert_eq!(built.status.code(), Some(0));
    assert!(fs::symlink_metadata(folder.path().join("link.chan")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert_ne!(fs::read(&target).unwrap(), b"old");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), SOURCE).unwrap();
    let built = program(folder.path(), &["build", "rules.yaml", "-o", "/dev/null"]).output().unwrap();
    assert_eq!(built.status.code(), Some(0));
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    let full = program(folder.path(), &["build", "rules.yaml", "-o", "/dev/full"]).output().unwrap();
    assert_eq!(full.status.code(), Some(2));
    assert!(String::from_utf8(full.stderr).unwrap().starts_with("error: /dev/full: cannot write: "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    samples::write_all(folder.path());
    for arguments in
        [&["dump", "every-kind.chan"][..], &["check", "every-kind.chan"], &["decompile", "every-kind.chan"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = program(folder.path(), arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write to standard output"));
    }
}

/// Reads one line of what the program writes and goes away; gives the exit status.
fn read_one_line(folder: &Path, arguments: &[&str]) -> i32 {
    let mut child = program(folder, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut noise = String::new();
    child.stderr.take().unwrap().read_to_string(&mut noise).unwrap();
    assert_eq!(noise, "");
    child.wait().unwrap().code().expect("no signal ends the program")
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), many_rules(2_000)).unwrap();
    let build = ["build", "rules.yaml", "-o", "rules.chan", "--quiet"];
    assert_eq!(program(folder.path(), &build).status().unwrap().code(), Some(0));
    for arguments in [
        &["dump", "rules.chan"][..],
        &["dump", "rules.chan", "--format", "json"],
        &["inspect", "rules.chan", "--rules"],
        &["decompile", "rules.chan"],
        &["completions", "bash"],
    ] {
        // Of JSON there is no line before the end, and so the reader stays.
        assert_eq!(read_one_line(folder.path(), arguments), 0, "{arguments:?}");
    }
    let mut damaged = fs::read(folder.path().join("rules.chan")).unwrap();
    *damaged.last_mut().unwrap() ^= 1;
    fs::write(folder.path().join("damaged.chan"), damaged).unwrap();
    assert_eq!(read_one_line(folder.path(), &["dump", "damaged.chan"]), 1);
    assert_eq!(read_one_line(folder.path(), &["check", "damaged.chan"]), 1);
}

#[test]
fn reading_stops_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    samples::write_all(folder.path());
    let whole = fs::read(folder.path().join("every-kind.chan")).unwrap();
    fs::write(folder.path().join("long.chan"), [whole, vec![b'x'; 3 << 20]].concat()).unwrap();
    let checked = program(folder.path(), &["check", "long.chan", "--limits", "embedded"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(text.contains("CF0701 the file is too long (bytes): at most 1048576, found 1048577"), "{text}");
    fs::write(folder.path().join("long.yaml"), "# long\n".repeat(200_000)).unwrap();
    let checked = program(folder.path(), &["check", "long.yaml", "--limits", "embedded"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(text.contains("the source is longer than the limit of 1048576 bytes"), "{text}");
}

/// More than a pipe holds.
fn many_rules(rules: usize) -> String {
    let rule = |index| {
        format!(
            "---\nrule: rule-{index:05}\ntype: pipe_created\nwhen:\n  - field: PipeName\n    any-of: [equals: 'pipe-{index}']\n"
        )
    };
    (0..rules).map(rule).fold("channel: 1\n".to_owned(), |source, rule| source + &rule)
}
