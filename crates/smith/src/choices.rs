//! Where every decision of a generator comes from: the bytes of a fuzzer's input, or a seed.

/// Decisions, one after the other: from the bytes of an input, so that a small change of the input is a small change of what
/// is made, or from a seed, so that there is no end to them. The same ones give the same result everywhere.
///
/// Bytes that have run out read as zeros, and zero is the simplest decision everywhere: a shorter input makes less.
#[derive(Clone, Debug)]
pub struct Choices<'c>(Source<'c>);

#[derive(Clone, Debug)]
enum Source<'c> {
    Bytes(&'c [u8]),
    /// The state of SplitMix64: small, fast, and good enough to choose test cases.
    Seed(u64),
}

impl<'c> Choices<'c> {
    /// Decisions that an input takes.
    #[must_use]
    pub const fn of(bytes: &'c [u8]) -> Self {
        Self(Source::Bytes(bytes))
    }

    /// Decisions by chance, without end.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self(Source::Seed(seed))
    }

    /// Decisions for one part of the whole: at most so many bytes of the input are its own. However many it takes, what comes
    /// after stays the same.
    #[must_use]
    pub fn part(&mut self, bytes: usize) -> Self {
        match &mut self.0 {
            Source::Bytes(rest) => {
                let (part, after) = rest.split_at_checked(bytes).unwrap_or((rest, &[]));
                *rest = after;
                Self::of(part)
            }
            Source::Seed(_) => Self::seeded(self.number()),
        }
    }

    /// The bytes of the input that no decision has taken; none of a seed.
    #[must_use]
    pub const fn rest(&self) -> &'c [u8] {
        match self.0 {
            Source::Bytes(rest) => rest,
            Source::Seed(_) => &[],
        }
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.bytes(8)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let width = match bound {
            0 | 1 => return 0,
            2..=0x100 => 1,
            0x101..=0x1_0000 => 2,
            _ => 8,
        };
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        self.bytes(width).checked_rem(bound).and_then(|chosen| usize::try_from(chosen).ok()).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included; `low` if there is none.
    pub fn within(&mut self, low: usize, high: usize) -> usize {
        low.saturating_add(self.below(high.saturating_sub(low).saturating_add(1)))
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of these; `None` if there is none.
    pub fn one_of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of these; the default if there is none.
    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        self.one_of(from).copied().unwrap_or_default()
    }

    /// Mostly the first, in a quarter of the cases the second.
    pub(crate) fn mostly<T>(&mut self, first: T, second: T) -> T {
        if self.below(4) == 3 { second } else { first }
    }

    /// So many bytes, at most 8, as a number.
    fn bytes(&mut self, width: usize) -> u64 {
        match &mut self.0 {
            Source::Bytes(rest) => {
                let (taken, after) = rest.split_at_checked(width).unwrap_or((rest, &[]));
                *rest = after;
                taken.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
            }
            Source::Seed(state) => {
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                mixed ^ (mixed >> 31)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_until_they_run_out() {
        let mut choices = Choices::of(&[7, 0x34, 0x12, 201]);
        assert_eq!((choices.below(5), choices.below(0x1_0000), choices.percent(1)), (2, 0x1234, false));
        assert_eq!((choices.below(5), choices.number(), choices.within(3, 9)), (0, 0, 3));
    }

    #[test]
    fn parts_do_not_move_what_comes_after() {
        let bytes: Vec<u8> = (0..40).collect();
        for taken in 0..30 {
            let mut choices = Choices::of(&bytes);
            let mut part = choices.part(16);
            (0..taken).for_each(|_| _ = part.below(256));
            assert_eq!(choices.below(256), 16);
            let mut choices = Choices::seeded(1);
            let mut part = choices.part(16);
            (0..taken).for_each(|_| _ = part.below(256));
            assert_eq!(choices.number(), 0xBEEB_8DA1_658E_EC67);
        }
    }

    #[test]
    fn there_is_nothing_to_choose_from_nothing() {
        let mut choices = Choices::seeded(3);
        assert_eq!((choices.one_of::<u8>(&[]), choices.pick::<u8>(&[]), choices.below(0)), (None, 0, 0));
        assert_eq!(choices.within(7, 3), 7);
    }
}
