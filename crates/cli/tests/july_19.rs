//! The replay of 19 July 2024 as the program tells it: `docs/JULY-19.md` quotes what it writes. `BLESS=1` writes it there.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = "cargo run --release -- ";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
    program.current_dir(root()).args(arguments).env_remove("CLICOLOR_FORCE").output().unwrap()
}

/// `BLESS=1` rewrites them.
#[test]
fn the_channel_files_are_made_of_their_sources() {
    let folder = tempfile::tempdir().unwrap();
    for version in 1..=5 {
        let source = format!("examples/july-19/content/{version}.yaml");
        let built = folder.path().join(format!("{version}.chan"));
        let output = run(&["build", "examples/july-19/types.yaml", &source, "-o", built.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let built = fs::read(&built).unwrap();
        let path = root().join(&source).with_extension("chan");
        // Another test reads it at the same time: what is right is left alone.
        if std::env::var_os("BLESS").is_some() && fs::read(&path).ok().as_ref() != Some(&built) {
            fs::write(&path, &built).unwrap();
        }
        assert!(fs::read(&path).unwrap() == built, "{} is out of date: `BLESS=1` writes it", path.display());
    }
}

/// Every block marked `console` whose command is the program's holds what the program writes. How much memory and work content
/// takes may differ: an interpreter may be changed.
#[test]
fn the_page_quotes_the_program() {
    let path = root().join("docs/JULY-19.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    let mut quoted = 0;
    let mut rest = text.as_str();
    while let Some((before, block)) = rest.split_once("```console\n") {
        let (block, after) = block.split_once("```").expect("the block has an end");
        write!(found, "{before}```console\n{}```", retold(block, &mut quoted)).unwrap();
        rest = after;
    }
    found.push_str(rest);
    assert!(quoted >= 4, "{quoted} commands are quoted");
    if without_costs(&text) == without_costs(&found) {
        return;
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    } else {
        panic!("docs/JULY-19.md is out of date: `BLESS=1` writes it. Found\n{found}");
    }
}

fn without_costs(text: &str) -> String {
    let tells_costs = |line: &str| line.contains(" of memory");
    text.lines().map(|line| if tells_costs(line) { line.replace(|own: char| own.is_ascii_digit(), "") } else { line.into() } + "\n").collect()
}

/// The block with what its commands write now; as it is, if it has other commands.
fn retold(block: &str, quoted: &mut u32) -> String {
    let commands: Vec<&str> = block.lines().filter(|line| line.starts_with("$ ")).collect();
    let status = "$ echo $?";
    if !commands.iter().all(|line| line.starts_with(&format!("$ {PROGRAM}")) || *line == status) {
        return block.to_owned();
    }
    let mut told = String::new();
    let mut last = None;
    for command in commands {
        writeln!(told, "{command}").unwrap();
        let Some(arguments) = command.strip_prefix("$ ").and_then(|command| command.strip_prefix(PROGRAM)) else {
            writeln!(told, "{}", last.expect("a command went before")).unwrap();
            continue;
        };
        let output = run(&arguments.split_whitespace().collect::<Vec<_>>());
        *quoted += 1;
        last = output.status.code();
        for line in [output.stdout, output.stderr].iter().flat_map(|text| str::from_utf8(text).unwrap().lines()) {
            writeln!(told, "{}", line.trim_end()).unwrap();
        }
    }
    told
}
