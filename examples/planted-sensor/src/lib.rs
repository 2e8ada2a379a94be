//! A small sensor, written by hand as one would have been in 2024, in two releases: one with the defect of July 2024, one mended.
//!
//! The template type declares 21 fields. The code of [`release_2024_02`] fills 20 inputs. It opens channel files with the library,
//! which checks every byte, but then goes its own way: it holds content neither against the number of its inputs (`bind`) nor
//! lets the library match events (`Interpreter`). So nothing compares the two numbers, until an event comes for content that asks
//! something of the 21st field.
//!
//! A reconstruction: the names of the fields are invented.
#![forbid(unsafe_code)]

mod matching;
pub mod release_2024_02;
pub mod release_2024_08;
pub mod seen;
pub mod template;
