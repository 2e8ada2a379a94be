//! Formats side by side.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    channel_file_peers::serialization::main()
}
