//! What was found out of one event, forgotten at once when the next one comes.

use alloc::vec::Vec;

/// What is known, or nothing yet, of each of a fixed number of things.
#[derive(Debug)]
pub(super) struct Memo {
    /// The event that the knowledge is of, in all bits but the lowest two, and the knowledge.
    entries: Vec<u32>,
    event: u32,
}

/// What is known of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Met,
    NotMet,
    /// It may be met, and is worth finding out.
    Possible,
}

const LAST_EVENT: u32 = u32::MAX >> 2;

impl Memo {
    pub(super) fn new(length: usize) -> Self {
        Self { entries: alloc::vec![0; length], event: 0 }
    }

    /// Forgets everything, in constant time but for once in a thousand million times.
    pub(super) fn forget(&mut self) {
        if self.event == LAST_EVENT {
            self.entries.fill(0);
            self.event = 0;
        }
        self.event = self.event.saturating_add(1);
    }

    #[inline]
    pub(super) fn get(&self, at: u32) -> Option<Known> {
        let entry = self.entries.get(crate::wire::index(at)).copied().unwrap_or_default();
        if entry.wrapping_shr(2) != self.event {
            return None;
        }
        Some(match entry & 3 {
            0 => Known::NotMet,
            1 => Known::Met,
            _ => Known::Possible,
        })
    }

    #[inline]
    pub(super) fn set(&mut self, at: u32, known: Known) {
        let code = match known {
            Known::NotMet => 0,
            Known::Met => 1,
            Known::Possible => 2,
        };
        if let Some(entry) = self.entries.get_mut(crate::wire::index(at)) {
            *entry = self.event.wrapping_shl(2) | code;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knowledge_is_of_one_event() {
        let mut memo = Memo::new(3);
        for last in [0, LAST_EVENT - 1, LAST_EVENT] {
            memo.event = last;
            memo.forget();
            let all = |memo: &Memo| [0, 1, 2, 3].map(|at| memo.get(at));
            assert_eq!(all(&memo), [None; 4]);
            memo.set(0, Known::Met);
            memo.set(1, Known::NotMet);
            memo.set(2, Known::Possible);
            memo.set(3, Known::Met);
            assert_eq!(all(&memo), [Some(Known::Met), Some(Known::NotMet), Some(Known::Possible), None]);
            memo.forget();
            assert_eq!(all(&memo), [None; 4]);
        }
    }
}
