//! Stands between cargo and rustc while the targets' binaries are built: crates that are not attacked are not instrumented. What
//! mutates and what makes checksums runs for every input, and its edges and comparisons would tell the engine nothing.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// Set where this program is to do that.
pub(crate) const VARIABLE: &str = "CHANNEL_FILE_AS_COMPILER";

/// Crates that are left as they are.
const UNTOUCHED: &[&str] = &["arbitrary", "channel_file_fuzz_bodies", "channel_file_smith", "crc_fast"];

/// Crates in which comparisons are not traced. What a channel file is compared with does not stand in the input's bytes as it
/// stands in the comparison: mutations know the format, and checksums are made anew.
const UNCOMPARED: &[&str] = &["channel_file"];

/// Calls the compiler that the arguments begin with.
pub(crate) fn run(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(rustc) = arguments.next() else { return ExitCode::from(2) };
    let mut arguments: Vec<OsString> = arguments.collect();
    let name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1).cloned();
    let is_one_of = |crates: &[&str]| name.as_ref().is_some_and(|name| crates.iter().any(|one| name == one));
    if is_one_of(UNTOUCHED) {
        arguments.retain(|argument| !argument.to_string_lossy().contains("sanitizer-coverage"));
        arguments.retain(|argument| argument != "-Cpasses=sancov-module");
    }
    if is_one_of(UNCOMPARED) {
        arguments.retain(|argument| argument != "-Cllvm-args=-sanitizer-coverage-trace-compares");
    }
    match Command::new(&rustc).args(arguments).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot run {}: {error}", rustc.display());
            ExitCode::from(2)
        }
    }
}
