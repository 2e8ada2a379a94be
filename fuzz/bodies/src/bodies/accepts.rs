//! `accepts`: see [`crate::accepts`].

use channel_file_smith::{Choices, Gate};

use crate::accepts::judge;

/// Events for each release that accepts a content.
const EVENTS: u64 = 12;

pub(crate) fn body(input: &[u8]) -> Gate {
    judge(&mut Choices::of(input), EVENTS);
    Gate::Canonical
}
