//! What was found out of one event, forgotten at once when the next one comes.

use alloc::vec::Vec;

/// A truth value, or none yet, for each of a fixed number of things.
#[derive(Debug)]
pub(super) struct Memo {
    /// The event that the value is of, in all bits but the lowest, and the value.
    entries: Vec<u32>,
    event: u32,
}

const LAST_EVENT: u32 = u32::MAX >> 1;

impl Memo {
    pub(super) fn new(length: usize) -> Self {
        Self { entries: alloc::vec![0; length], event: 0 }
    }

    /// Forgets all values, in constant time but for once in two thousand million times.
    pub(super) fn forget(&mut self) {
        if self.event == LAST_EVENT {
            self.entries.fill(0);
            self.event = 0;
        }
        self.event = self.event.saturating_add(1);
    }

    #[inline]
    pub(super) fn get(&self, at: u32) -> Option<bool> {
        let entry = self.entries.get(crate::wire::index(at)).copied().unwrap_or_default();
        (entry.wrapping_shr(1) == self.event).then_some(entry & 1 == 1)
    }

    #[inline]
    pub(super) fn set(&mut self, at: u32, value: bool) {
        if let Some(entry) = self.entries.get_mut(crate::wire::index(at)) {
            *entry = self.event.wrapping_shl(1) | u32::from(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_one_event() {
        let mut memo = Memo::new(2);
        for last in [0, LAST_EVENT - 1, LAST_EVENT] {
            memo.event = last;
            memo.forget();
            assert_eq!((memo.get(0), memo.get(1)), (None, None));
            memo.set(0, true);
            memo.set(1, false);
            assert_eq!((memo.get(0), memo.get(1), memo.get(2)), (Some(true), Some(false), None));
            memo.forget();
            assert_eq!((memo.get(0), memo.get(1)), (None, None));
        }
    }
}
