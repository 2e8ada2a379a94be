//! The `channel-file` program, which is [`channel_file_cli::run`].
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

fn main() -> std::process::ExitCode {
    channel_file_cli::run(std::env::args_os())
}
