//! The reader's verdict.

use channel_file::validator::FindingCode;

use super::{At, Case, Input, PIPE_NAME};
use crate::few_words::{any_of, equals};

pub(crate) fn cases() -> Vec<Case> {
    let good = || Input::one([any_of(PIPE_NAME, [equals("evil")])]);
    let damaged = |bytes: Vec<u8>, says| {
        let bad = Input { bytes, ..good() };
        Case::new(FindingCode::Unreadable, bad, At::NOWHERE, says, good())
    };
    let mut flipped = good().bytes;
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let mut short = good().bytes;
    short.truncate(last);
    vec![
        damaged(flipped, &["CF0"]),
        damaged(short, &["CF0"]),
        damaged(vec![0; 500], &["CF0", "zero"]),
        damaged(Vec::new(), &["CF0"]),
    ]
}
