//! Instructions of single calls, counted by callgrind: a slow machine changes nothing.

use std::fs;
use std::path::Path;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// What one call takes of the C library must not depend on the calls before it: small blocks that are given back are kept for the next
/// who asks, large ones have pages of their own; and a copy is not made by an instruction that counts once for each byte.
const STEADY: (&str, &str) = (
    "GLIBC_TUNABLES",
    "glibc.malloc.tcache_count=65535:glibc.malloc.mmap_threshold=65536:glibc.cpu.x86_rep_movsb_threshold=1073741824",
);

/// One call of the function that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// What the program said of it.
    pub(crate) line: String,
    pub(crate) instructions: u64,
}

/// The version of valgrind, as it says it; a failure says how to install it.
pub(crate) fn version(project: &Project) -> Result<String, Failure> {
    let said = Command::new("valgrind", project.root()).arg("--version").read();
    let said =
        said.map_err(|_| Failure::new("valgrind does not run: install it (Debian: apt-get install valgrind)"))?;
    Ok(said.trim().to_owned())
}

/// Runs a program that prints a line before each call of the function, and gives the lines with what was counted. What callgrind
/// writes goes into the folder.
pub(crate) fn count(
    project: &Project,
    program: &Path,
    arguments: &[&str],
    function: &str,
    folder: &Path,
) -> Result<Vec<Call>, Failure> {
    let counts = folder.join("callgrind.out");
    write(&counts, "")?;
    let command = Command::new("valgrind", project.root()).env(STEADY.0, STEADY.1);
    let command = command.args(["--tool=callgrind", "--combine-dumps=yes"]);
    let command = command.arg(format!("--callgrind-out-file={}", counts.display()));
    // Each time the function returns, callgrind writes down how many there were.
    let command = command.args([format!("--toggle-collect={function}"), format!("--dump-after={function}")]);
    let lines = command.arg(program).args(arguments).read()?;
    let text = fs::read(&counts).map_err(|error| Failure::new(format!("cannot read {}: {error}", counts.display())))?;
    pair(&lines, &totals(&String::from_utf8_lossy(&text)))
}

/// The instructions of each dump. The last is what was left at the end of the program.
fn totals(dumps: &str) -> Vec<u64> {
    dumps
        .lines()
        .filter_map(|line| line.strip_prefix("totals: "))
        .filter_map(|total| total.trim().parse().ok())
        .collect()
}

fn pair(lines: &str, totals: &[u64]) -> Result<Vec<Call>, Failure> {
    let count = lines.lines().count();
    if count == 0 || totals.len() != count.saturating_add(1) {
        let reason = format!("the program names {count} calls, callgrind counted {} and the rest", totals.len());
        return Err(Failure::new(reason).with_output(lines));
    }
    let call = |(line, instructions): (&str, &u64)| Call { line: line.to_owned(), instructions: *instructions };
    Ok(lines.lines().zip(totals).map(call).collect())
}

/// Writes a file, and the folder that it is in.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_counts_are_put_together() {
        let totals = totals("desc: x\ntotals: 100\ntotals: 7\ntotals: 0\n");
        let call = |line: &str, instructions| Call { line: line.to_owned(), instructions };
        assert_eq!(pair("open\nload\n", &totals).ok(), Some(vec![call("open", 100), call("load", 7)]));
        assert!(pair("open\nload\n", &[100, 7]).is_err(), "a call was not counted");
        assert!(pair("", &[0]).is_err(), "there is no call");
    }
}
