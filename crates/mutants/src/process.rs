//! Running tests with a mutant, for a time and within some memory.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::building::Binary;

/// Kibibytes that a program of tests may have: a mutant may ask for ever more.
const MEMORY: u64 = 6 * 1024 * 1024;

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(1);

/// How tests ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Passed,
    Failed,
    /// They were stopped.
    Late,
}

/// Runs some tests of a program by their names.
pub(crate) fn run(
    binary: &Binary,
    names: &[&str],
    variable: (&str, &str),
    most: Duration,
) -> Result<(Ended, Duration)> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY}; ulimit -c 0; exec \"$@\""), "sh"]).arg(&binary.path);
    command.args(["--exact", "--test-threads=1"]).args(names);
    command.current_dir(&binary.folder).env(variable.0, variable.1).env("CARGO_MANIFEST_DIR", &binary.folder);
    // A failure is enough: it need not be made small.
    command.env("RUST_BACKTRACE", "0").env("PROPTEST_MAX_SHRINK_ITERS", "0");
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let ended = wait(&mut child, started, most)?;
    Ok((ended, started.elapsed()))
}

fn wait(child: &mut Child, started: Instant, most: Duration) -> Result<Ended> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(if status.success() { Ended::Passed } else { Ended::Failed });
        }
        if started.elapsed() > most {
            child.kill()?;
            child.wait()?;
            return Ok(Ended::Late);
        }
        thread::sleep(LOOK);
    }
}

/// The names of a program's tests.
pub(crate) fn names(binary: &Binary) -> Result<Vec<String>> {
    let output = Command::new(&binary.path).args(["--list", "--format=terse"]).current_dir(&binary.folder).output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(printed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}
