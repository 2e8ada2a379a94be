//! `evaluate`: see [`crate::evaluate`].

use std::cell::RefCell;

use channel_file::interpreter::Scratch;
use channel_file_smith::{Choices, Gate};

use crate::evaluate::compare;

/// Events for each content.
const EVENTS: u64 = 24;

thread_local! {
    /// Of the content before: it is to make no difference.
    static SCRATCH: RefCell<Option<Scratch>> = const { RefCell::new(None) };
}

pub(crate) fn body(input: &[u8]) -> Gate {
    let compared = SCRATCH.with_borrow_mut(|scratch| compare(&mut Choices::of(input), EVENTS, scratch));
    if let Err(difference) = compared {
        panic!("{difference}");
    }
    Gate::Canonical
}
