//! The targets without an engine: what they are, what an input of theirs holds, and whether it breaks a promise. For tools and
//! for people; the list is JSON.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use channel_file_fuzz_bodies::{TARGETS, Target, seeds, show};
use serde_json::{Value, json};

const USAGE: &str = "usage: fuzz-target list                    every target, as JSON
       fuzz-target show TARGET FILE        what the input holds
       fuzz-target run TARGET FILE|FOLDER  runs it over the input, or over each of a folder; panics where a promise is broken
       fuzz-target large FOLDER            writes files of 64 KiB there, to measure with
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["list"] => {
            println!("{:#}", Value::from_iter(TARGETS.iter().map(described)));
            Ok(())
        }
        ["show", target, file] => show_input(target, Path::new(file)),
        ["run", target, path] => run(target, Path::new(path)),
        ["large", folder] => write_large(Path::new(folder)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn described(target: &Target) -> Value {
    json!({
        "name": target.name,
        "oracle": target.oracle,
        "input": target.input.name(),
        "most_bytes": target.most_bytes,
        "timeout_seconds": target.timeout_seconds,
    })
}

fn show_input(target: &str, file: &Path) -> Result<(), String> {
    let target = named(target)?;
    println!("{}", show::show(target, &read(file)?));
    Ok(())
}

fn run(target: &str, path: &Path) -> Result<(), String> {
    let target = named(target)?;
    let files = if path.is_dir() { files(path)? } else { vec![path.to_owned()] };
    for file in &files {
        target.run(&read(file)?);
    }
    println!("{}: {} inputs, no promise broken", target.name, files.len());
    Ok(())
}

fn write_large(folder: &Path) -> Result<(), String> {
    let cannot = |error| format!("cannot write into {}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(cannot)?;
    seeds::large().into_iter().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes).map_err(cannot))
}

fn named(name: &str) -> Result<&'static Target, String> {
    Target::named(name).ok_or_else(|| format!("there is no target `{name}`"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(cannot)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(cannot)).collect()
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}
