//! What is different between two contents: reading them, and telling it.

pub(crate) mod beside;
mod changed;
pub(crate) mod contents;
mod details;
mod found;
pub(crate) mod human;
mod release;
pub(crate) mod report;
