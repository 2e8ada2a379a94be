//! The `channel-file` program.
#![forbid(unsafe_code)]

fn main() {}
