//! What the fuzz targets do with an input, and what must hold of it.
#![forbid(unsafe_code)]
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
pub mod evaluate;
mod manifest_changes;
pub mod pair;
pub mod reference;
mod shrink;
