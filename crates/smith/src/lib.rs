//! Makes channel files, faults in them, and events for them: for fuzzers, property tests, and tests of sensors.
//!
//! Everything here is a function of its [`Choices`]: the bytes of a fuzzer's input, or a seed. The same choices give the same
//! result everywhere, and a small change of the input is a small change of what is made.
//!
//! ```
//! use channel_file_smith::{Choices, Generated};
//!
//! let mut choices = Choices::seeded(7);
//! let generated = Generated::new(&mut choices)?;
//! let file = channel_file::ChannelFile::open(&generated.bytes()?)?.instances().len();
//! assert!(file > 0);
//!
//! // An event for the first type: one value, or none, for each of its fields.
//! let declared = &generated.types[0];
//! let values = generated.events(declared).event(&mut choices);
//! assert_eq!(values.len(), declared.fields.len());
//! # Ok::<(), channel_file::Error>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | make valid content, and events for it | [`Generated`], [`Events`] |
//! | the same from `arbitrary` or `proptest` | its `Arbitrary`, `generated` (feature `proptest`) |
//! | mutate a file so that it gets past the checksums | [`mutate`], [`cross_over`] |
//! | make a file that is wrong in a known way, with the code that it must meet | [`Fault`], [`Faulty`] |
//! | put a sensor's own code under all this | [`sensor_harness!`] |
//! | take a file apart and put it together again | [`frame`] |
//! | mend lengths and checksums alone | [`repair`], [`repair_most`] |
//! | tell how far into the reader a file gets | [`Gate`] |
//!
//! # Engines
//!
//! [`mutate`] and [`cross_over`] know no engine. With `libfuzzer-sys` each is one line:
//!
//! ```text
//! fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
//!     channel_file_smith::mutate(&mut data[..max], size, seed.into(), &mut |data, size| fuzzer_mutate(data, size, data.len()))
//! });
//! fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
//!     channel_file_smith::cross_over(one, other, out, seed.into())
//! });
//! ```
#![forbid(unsafe_code)]

mod arbitrary;
mod choices;
mod content;
mod crossover;
mod declared;
mod events;
mod expressions;
mod faults;
pub mod frame;
mod gate;
pub mod harness;
mod json_line;
mod layout;
mod model;
mod mutate;
mod patterns;
mod repair;
#[cfg(feature = "proptest")]
mod strategies;
mod swarm;
mod table;
mod texts;
mod words;

pub use self::choices::Choices;
pub use self::content::Generated;
pub use self::crossover::cross_over;
pub use self::declared::Declared;
pub use self::events::{Aim, Events};
pub use self::faults::{Fault, Faulty, tighter_limits, tightest_limits};
pub use self::gate::Gate;
pub use self::json_line::JsonLine;
pub use self::mutate::{EngineMutate, mutate, random_mutate};
pub use self::repair::{repair, repair_most};
#[cfg(feature = "proptest")]
pub use self::strategies::generated;
pub use self::swarm::Swarm;
pub use self::words::Words;

/// The example of the README is one that builds.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
