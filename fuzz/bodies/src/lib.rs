//! What the fuzz targets do with an input, and what must hold of it.
// But for the allocator that counts.
#![deny(unsafe_code)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a broken promise panics: so an engine learns of it"
)]

pub mod accepts;
mod bodies;
#[path = "../../../tests/counting/mod.rs"]
mod counting;
pub mod dictionaries;
pub mod evaluate;
pub mod gates;
mod manifest_changes;
pub mod options;
pub mod pair;
pub mod reference;
pub mod seeds;
pub mod show;
mod shrink;
pub mod target;
#[path = "../../../tests/walk/mod.rs"]
mod walk;

pub use self::target::{Input, TARGETS, Target};
