//! Events held against the content of a channel file.
//!
//! [`lines`] cuts the input into batches of whole lines, [`object`] and [`values`] make an event of a line, [`types`] knows
//! which type it is of and where its fields are, a [`Worker`](worker::Worker) judges batch after batch, [`in_order`] lets
//! several do so, and [`summary`] says what the [`Tally`](tally::Tally) of all batches comes to.

pub(crate) mod in_order;
pub(crate) mod lines;
pub(crate) mod object;
pub(crate) mod summary;
pub(crate) mod tally;
pub(crate) mod types;
pub(crate) mod values;
pub(crate) mod worker;
