//! The `channel-file` program.
fn main() {}
