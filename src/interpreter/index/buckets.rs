//! A hash table that is asked for what it mostly does not hold.

use alloc::vec::Vec;

use super::size_of_all;
use crate::wire::index;

/// Where a key is put: one of a power of two of slots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// How far the hash is shifted to be a slot.
    shift: u32,
}

/// Runs of things by the slot of their key. Whether a slot has a run is one bit, and few slots have: a look at the bit is
/// nearly always all.
#[derive(Debug)]
pub(super) struct Buckets {
    slots: Slots,
    /// A bit for each slot.
    filter: Vec<u64>,
    /// For each word of the filter how many runs there are for the words before.
    before: Vec<u32>,
    /// Where each run begins, and where the last one ends.
    ends: Vec<u32>,
}

impl Slots {
    /// Slots for so many keys: sixteen for each, so that nearly all are free.
    pub(super) fn for_keys(count: usize) -> Self {
        const LEAST: u32 = 6;
        const MOST: u32 = 26;
        let bits = count.saturating_mul(32).checked_next_power_of_two().map_or(MOST, usize::trailing_zeros);
        Self { shift: 64_u32.saturating_sub(bits.clamp(LEAST, MOST)) }
    }

    #[inline]
    pub(super) fn of(self, key: u64) -> usize {
        // Fits: the shift leaves at most 26 bits.
        usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_shr(self.shift)).unwrap_or(usize::MAX)
    }
}

impl Buckets {
    /// Runs of things; their slots in the order of the things, which ascends.
    pub(super) fn new(slots: Slots, of_things: impl Iterator<Item = usize>) -> Self {
        let words = 1_usize.wrapping_shl(58_u32.saturating_sub(slots.shift));
        let mut buckets =
            Self { slots, filter: alloc::vec![0; words], before: Vec::with_capacity(words), ends: Vec::new() };
        let (mut last, mut count) = (None, 0_u32);
        for slot in of_things {
            if last != Some(slot) {
                last = Some(slot);
                buckets.ends.push(count);
                if let Some(word) = buckets.filter.get_mut(slot.wrapping_shr(6)) {
                    *word |= bit(slot);
                }
            }
            count = count.saturating_add(1);
        }
        buckets.ends.push(count);
        buckets.ends.shrink_to_fit();
        let mut runs = 0_u32;
        for word in &buckets.filter {
            buckets.before.push(runs);
            runs = runs.saturating_add(word.count_ones());
        }
        buckets
    }

    /// Whether there may be things with this key; seldom if there are none.
    #[inline]
    pub(super) fn may_have(&self, key: u64) -> bool {
        let slot = self.slots.of(key);
        let word = self.filter.get(slot.wrapping_shr(6)).copied().unwrap_or_default();
        word.wrapping_shr(within_word(slot)) & 1 == 1
    }

    /// The run of things that are in the slot of a key.
    pub(super) fn find<'t, T>(&self, key: u64, things: &'t [T]) -> Option<&'t [T]> {
        let slot = self.slots.of(key);
        let word = slot.wrapping_shr(6);
        let bits = *self.filter.get(word)?;
        if bits & bit(slot) == 0 {
            return None;
        }
        let before = (bits & bit(slot).wrapping_sub(1)).count_ones();
        let run = index(self.before.get(word)?.saturating_add(before));
        let (start, end) = (*self.ends.get(run)?, *self.ends.get(run.saturating_add(1))?);
        things.get(index(start)..index(end))
    }

    pub(super) fn memory(&self) -> usize {
        size_of_all(&self.filter).saturating_add(size_of_all(&self.before)).saturating_add(size_of_all(&self.ends))
    }
}

#[inline]
fn bit(slot: usize) -> u64 {
    1_u64.wrapping_shl(within_word(slot))
}

#[inline]
fn within_word(slot: usize) -> u32 {
    u32::try_from(slot & 63).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_and_others_are_not() {
        for count in [0_u64, 1, 2, 63, 1000] {
            let mut keys: Vec<u64> = (0..count).map(|number| number * number * 7).collect();
            let slots = Slots::for_keys(keys.len());
            keys.sort_by_key(|key| slots.of(*key));
            let buckets = Buckets::new(slots, keys.iter().map(|key| slots.of(*key)));
            let is_found = |key: u64| buckets.find(key, &keys).is_some_and(|run| run.contains(&key));
            assert!(keys.iter().all(|key| is_found(*key)), "{count}");
            assert!((0..1000).map(|key| key * 7 + 1).all(|key| !is_found(key)), "{count}");
        }
    }

    /// Sixteen slots or more for each key: that one of another key is taken is rare, and where it is free nothing is compared.
    #[test]
    fn nearly_all_that_is_not_there_is_told_by_one_bit() {
        for count in [0_u64, 1, 2, 63, 64, 1000, 5000] {
            let mut keys: Vec<u64> = (0..count).map(|number| number * number * 7).collect();
            let slots = Slots::for_keys(keys.len());
            keys.sort_by_key(|key| slots.of(*key));
            let buckets = Buckets::new(slots, keys.iter().map(|key| slots.of(*key)));
            assert!(keys.iter().all(|key| buckets.may_have(*key)), "{count}");
            let others: Vec<u64> = (0..10_000).map(|key| key * 7 + 1).collect();
            assert!(others.iter().filter(|key| buckets.may_have(**key)).count() < 1000, "{count}");
            for key in others {
                let run = buckets.find(key, &keys);
                assert_eq!(run.is_some(), buckets.may_have(key), "{count} {key}");
                assert!(run.unwrap_or_default().iter().all(|own| slots.of(*own) == slots.of(key)), "{count} {key}");
            }
        }
    }
}
