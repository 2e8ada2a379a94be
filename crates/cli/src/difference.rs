//! What is different between two contents: reading them, and telling it.

mod changed;
pub(crate) mod contents;
mod details;
pub(crate) mod human;
mod release;
pub(crate) mod report;
