//! Numbers that look random, the same on every machine.

/// A small generator (splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound, which is not 0.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// The same for what is counted in memory.
    pub fn index(&mut self, length: usize) -> usize {
        let bound = u64::try_from(length).expect("a length");
        usize::try_from(self.below(bound)).expect("below a length")
    }

    /// One of a few.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.index(all.len())]
    }

    /// True in so many cases of a thousand.
    pub const fn per_mille(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// Small numbers far more often than large ones, as names in rules are.
    pub const fn skewed(&mut self, bound: u64) -> u64 {
        let mut number = self.below(bound);
        let mut times = 0;
        while times < 3 {
            number = self.below(number + 1);
            times += 1;
        }
        number
    }

    /// A number from a distribution: pairs of a share in a thousand, ascending to 1000, and the largest number up to there. Between two
    /// pairs all numbers are alike.
    pub fn from(&mut self, quantiles: &[(u64, u64)]) -> u64 {
        let share = self.below(1000);
        let (mut least, mut most) = (1, 1);
        for (up_to, largest) in quantiles {
            most = *largest;
            if share < *up_to {
                break;
            }
            least = most + 1;
        }
        let least = least.min(most);
        least + self.below(most - least + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_kept() {
        let mut random = Random::new(1);
        let numbers: Vec<u64> = (0..10_000).map(|_| random.from(&[(500, 1), (900, 4), (1000, 9)])).collect();
        let share = |of: &dyn Fn(u64) -> bool| numbers.iter().filter(|number| of(**number)).count();
        assert!(share(&|number| number == 1).abs_diff(5_000) < 200);
        assert!(share(&|number| (2..=4).contains(&number)).abs_diff(4_000) < 200);
        assert!(share(&|number| (5..=9).contains(&number)).abs_diff(1_000) < 200);
    }
}
