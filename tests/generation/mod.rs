//! Contents and events made by chance, cheaply: small alphabets, so that patterns overlap and events meet them often.
#![allow(dead_code, reason = "each test takes what it needs")]

pub(crate) mod content;
pub(crate) mod events;
pub(crate) mod expressions;
pub(crate) mod patterns;
pub(crate) mod random;
pub(crate) mod sensor;
pub(crate) mod words;
