//! One build of all mutants, without those that do not compile.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;
use crate::arguments::Arguments;
use crate::blame::{Blame, blame};
use crate::tree::Tree;

/// A program of tests.
#[derive(Debug)]
pub(crate) struct Binary {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The folder of its package, where its tests expect to be.
    pub(crate) folder: PathBuf,
}

/// Leaves out what does not compile, round by round, beginning with what is known not to; gives the programs of tests and what was left out.
pub(crate) fn build(
    tree: &Tree,
    target: &Path,
    arguments: &Arguments,
    mut left_out: BTreeSet<usize>,
) -> Result<(Vec<Binary>, BTreeSet<usize>)> {
    let packages = arguments.packages.iter().map(|package| format!("--package={package}"));
    let only = arguments.only.iter().map(|name| match name.as_str() {
        "lib" => "--lib".to_owned(),
        name => format!("--test={name}"),
    });
    let check = ["check", "--package=channel-file", "--lib"].map(str::to_owned).to_vec();
    let test = ["test".to_owned(), "--no-run".to_owned()].into_iter().chain(packages).chain(only).collect();
    let mut printed = String::new();
    for arguments in [check, test] {
        loop {
            tree.write(&left_out)?;
            let (success, told) = cargo(tree, target, &arguments)?;
            printed = told;
            if success {
                break;
            }
            let Blame { numbers, others } = blame(&tree.folder, &printed)?;
            eprintln!("{} mutants do not compile", numbers.len());
            if numbers.is_subset(&left_out) {
                return Err(format!("no mutant is to blame that this does not compile:\n{}", others.join("\n")).into());
            }
            left_out.extend(numbers);
        }
    }
    Ok((binaries(&printed)?, left_out))
}

/// Whether cargo did it, and the messages that it printed.
fn cargo(tree: &Tree, target: &Path, arguments: &[String]) -> Result<(bool, String)> {
    let mut command = Command::new("cargo");
    command.current_dir(&tree.folder).args(arguments).args(["--all-features", "--message-format=json"]);
    // What is mutated is full of what lints deny; and `const fn` needs what stable does not have.
    command.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", "--cap-lints warn").env("RUSTC_BOOTSTRAP", "channel_file");
    let output = command.stderr(Stdio::inherit()).output()?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The programs of tests that cargo says it built.
fn binaries(printed: &str) -> Result<Vec<Binary>> {
    let mut binaries = vec![];
    for line in printed.lines().filter(|line| line.starts_with('{')) {
        let value: Value = serde_json::from_str(line)?;
        let is_test = value.pointer("/profile/test").and_then(Value::as_bool) == Some(true);
        let text = |pointer| value.pointer(pointer).and_then(Value::as_str);
        if let (true, Some(path), Some(manifest), Some(name)) =
            (is_test, text("/executable"), text("/manifest_path"), text("/target/name"))
        {
            let folder = Path::new(manifest).parent().unwrap_or(Path::new("/")).to_path_buf();
            binaries.push(Binary { name: name.to_owned(), path: path.into(), folder });
        }
    }
    Ok(binaries)
}
