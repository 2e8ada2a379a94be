//! channel-file beside others, in one process and on one thread: detection-matching engines over the same events (`matching`), and
//! formats over the same content (`serialization`).
#![deny(unsafe_code)]

mod allocations;
mod machine;
pub mod matching;
mod output;
pub mod serialization;
mod spread;

use std::error::Error;

type Failure = Box<dyn Error>;
