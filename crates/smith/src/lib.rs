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
//! [`sensor_harness!`] puts a sensor's own code under what is made here.
#![forbid(unsafe_code)]

mod choices;
mod content;
mod declared;
mod events;
mod expressions;
pub mod harness;
mod json_line;
mod patterns;
mod swarm;
mod texts;
mod words;

pub use self::choices::Choices;
pub use self::content::Generated;
pub use self::declared::Declared;
pub use self::events::{Aim, Events};
pub use self::json_line::JsonLine;
pub use self::swarm::Swarm;
