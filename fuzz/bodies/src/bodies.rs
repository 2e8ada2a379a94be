//! One body a target: takes an input, panics where a promise is broken, gives how far the file of the input got.

pub(crate) mod accepts;
pub(crate) mod canonical;
pub(crate) mod content;
pub(crate) mod decompile;
pub(crate) mod differential;
pub(crate) mod dump;
pub(crate) mod evaluate;
pub(crate) mod faults;
pub(crate) mod inspect;
pub(crate) mod limits;
pub(crate) mod open;
pub(crate) mod operations;
pub(crate) mod roundtrip;
