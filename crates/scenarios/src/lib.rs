//! What channel-file is measured on, defined once for every tool that measures: the benchmark by the wall clock, the gate that counts
//! instructions, the comparison with other formats, and the plots of growth.
//!
//! | set | what |
//! |---|---|
//! | [`log`] | 10,000 records of an access log, seven fields each, every value an exact pattern |
//! | [`rules`] | invented rules of any number, in the measured shape of public ones, and events for them |
//! | [`hostile`] | content that is made to take long, and a file that is refused at its end |
//!
//! The same set is the same bytes everywhere: all of it comes from fixed seeds.
#![forbid(unsafe_code)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::string_slice,
    reason = "what is measured is made here: where it cannot be made, there is nothing to measure"
)]

pub mod hostile;
pub mod log;
mod operation;
mod random;
pub mod rules;
mod set;
mod words;

pub use self::operation::{BUDGET, Operation, Units, Verb, each_operation, refuse};
pub use self::random::Random;
pub use self::set::Set;
