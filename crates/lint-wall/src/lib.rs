//! Lines that the lint wall must stop. `cargo xtask lints` demands that each does, and that there is one for each lint.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]
#![allow(unexpected_cfgs, reason = "only the stage sets it")]

#[cfg(bad_lines)]
pub mod bad_lines;
