//! Searching for one text in another without memory and in linear time, whatever the two are.
//!
//! M. Crochemore and D. Perrin, "Two-way string-matching", Journal of the ACM 38 (1991): the needle is cut where its local
//! period is its period; the right part is compared forwards, then the left part backwards. The haystack is asked for a byte
//! at a time, so that it can be folded as it is read.

/// A text of which any byte can be asked for.
#[derive(Clone, Copy)]
pub(super) struct Text<F> {
    pub(super) length: usize,
    /// The byte at a place before the end.
    pub(super) at: F,
}

/// Whether the needle occurs in the haystack.
pub(super) fn occurs(needle: Text<impl Fn(usize) -> u8>, haystack: Text<impl Fn(usize) -> u8>) -> bool {
    let Some(last) = haystack.length.checked_sub(needle.length) else { return false };
    let (cut, period) = critical_cut(&needle);
    let is_period = |place: usize| (needle.at)(place) == (needle.at)(place.saturating_add(period));
    let repeats = (0..cut).all(is_period);
    // Where the left part does not repeat, nothing of what was compared can be kept after a shift, and the shift is longer.
    let shift = if repeats { period } else { cut.max(needle.length.saturating_sub(cut)).saturating_add(1) };
    let (mut start, mut known) = (0_usize, 0_usize);
    while start <= last {
        let agrees = |place: &usize| (needle.at)(*place) == (haystack.at)(start.saturating_add(*place));
        let first = cut.max(known);
        if let Some(differs) = (first..needle.length).find(|place| !agrees(place)) {
            start = start.saturating_add(differs.saturating_sub(cut)).saturating_add(1);
            known = 0;
            continue;
        }
        if (known..cut).rev().all(|place| agrees(&place)) {
            return true;
        }
        start = start.saturating_add(shift);
        known = if repeats { needle.length.saturating_sub(period) } else { 0 };
    }
    false
}

/// Where to cut, and the period of the right part.
fn critical_cut(needle: &Text<impl Fn(usize) -> u8>) -> (usize, usize) {
    let (ascending, descending) = (greatest_suffix(needle, |a, b| a < b), greatest_suffix(needle, |a, b| a > b));
    if ascending.0 > descending.0 { ascending } else { descending }
}

/// Where the greatest suffix begins, and its period.
fn greatest_suffix(needle: &Text<impl Fn(usize) -> u8>, less: impl Fn(u8, u8) -> bool) -> (usize, usize) {
    let (mut left, mut right, mut offset, mut period) = (0_usize, 1_usize, 0_usize, 1_usize);
    while right.saturating_add(offset) < needle.length {
        let one = (needle.at)(right.saturating_add(offset));
        let other = (needle.at)(left.saturating_add(offset));
        if less(one, other) {
            right = right.saturating_add(offset).saturating_add(1);
            offset = 0;
            period = right.saturating_sub(left);
        } else if one == other {
            if offset.saturating_add(1) == period {
                right = right.saturating_add(period);
                offset = 0;
            } else {
                offset = offset.saturating_add(1);
            }
        } else {
            left = right;
            right = right.saturating_add(1);
            offset = 0;
            period = 1;
        }
    }
    (left, period)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use core::cell::Cell;
    use std::vec::Vec;

    use super::*;

    fn text(bytes: &[u8]) -> Text<impl Fn(usize) -> u8> {
        Text { length: bytes.len(), at: |place: usize| bytes[place] }
    }

    /// All texts of two letters up to this length.
    fn texts(most: u32) -> Vec<Vec<u8>> {
        (0..=most)
            .flat_map(|length| {
                (0..1_u32 << length)
                    .map(move |bits| (0..length).map(|bit| if bits >> bit & 1 == 1 { b'b' } else { b'a' }).collect())
            })
            .collect()
    }

    #[test]
    fn finds_what_a_plain_search_finds() {
        let haystacks = texts(10);
        for needle in texts(6).iter().filter(|needle| !needle.is_empty()) {
            for haystack in &haystacks {
                let plain = (0..haystack.len()).any(|start| haystack[start..].starts_with(needle));
                assert_eq!(occurs(text(needle), text(haystack)), plain, "{needle:?} {haystack:?}");
            }
        }
    }

    #[test]
    fn looks_at_each_byte_a_few_times() {
        for needle in [[b'a'; 500].as_slice(), &[b'a'; 499].iter().copied().chain([b'b']).collect::<Vec<_>>()] {
            let looks = Cell::new(0_u64);
            let haystack = |place: usize| {
                looks.set(looks.get() + 1);
                if place % 500 == 499 { b'c' } else { b'a' }
            };
            assert!(!occurs(text(needle), Text { length: 100_000, at: haystack }));
            assert!(looks.get() < 300_000, "{}", looks.get());
        }
    }
}
