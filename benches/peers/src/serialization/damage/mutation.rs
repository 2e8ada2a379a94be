//! Damage that is done to bytes.

use channel_file_scenarios::Random;
use serde::Serialize;

/// What is done to bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// One bit is another.
    BitFlip,
    /// One byte is another.
    ByteChange,
    /// The end is missing.
    Truncation,
    /// There are further bytes at the end: up to 16, of any value.
    Extension,
    /// Two ranges of one length have changed places.
    Swap,
    /// A range comes twice, one after the other.
    Duplication,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::BitFlip, Self::ByteChange, Self::Truncation, Self::Extension, Self::Swap, Self::Duplication];

    /// As the table names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::BitFlip => "one bit",
            Self::ByteChange => "one byte",
            Self::Truncation => "cut off",
            Self::Extension => "appended",
            Self::Swap => "swapped",
            Self::Duplication => "doubled",
        }
    }

    /// Damages bytes, which are at least two and not all alike. They are never the same afterwards.
    pub(super) fn damage(self, bytes: &[u8], random: &mut Random) -> Vec<u8> {
        loop {
            let damaged = self.attempt(bytes, random);
            if damaged != bytes {
                return damaged;
            }
        }
    }

    fn attempt(self, bytes: &[u8], random: &mut Random) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        let at = random.index(bytes.len());
        match self {
            Self::BitFlip => damaged[at] ^= 1 << random.below(8),
            Self::ByteChange => damaged[at] = random.next() as u8,
            Self::Truncation => damaged.truncate(at),
            Self::Extension => {
                let further = 1 + random.below(16);
                // Zeros in half of the cases: what stands in memory and on disks after the end.
                let zeros = random.per_mille(500);
                damaged.extend((0..further).map(|_| if zeros { 0 } else { random.next() as u8 }));
            }
            Self::Swap => {
                let length = range(bytes.len() / 2, random);
                let first = random.index(bytes.len() - 2 * length + 1);
                let second = first + length + random.index(bytes.len() - 2 * length - first + 1);
                let (one, other) = (first..first + length, second..second + length);
                let (before, between, after) = (&bytes[..first], &bytes[one.end..second], &bytes[other.end..]);
                damaged = [before, &bytes[other], between, &bytes[one], after].concat();
            }
            Self::Duplication => {
                let length = range(bytes.len() - at, random);
                let after = at + length;
                damaged.splice(after..after, bytes[at..after].iter().copied());
            }
        }
        damaged
    }
}

/// The length of a range: 1 to 32, and no more than there are.
fn range(most: usize, random: &mut Random) -> usize {
    1 + random.index(most.min(32))
}

/// The place of a number among so many.
pub(super) fn place(number: u64, of: usize) -> usize {
    (number % of as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_does_what_it_says() {
        let bytes: Vec<u8> = (0..100).collect();
        for seed in 0..1_000 {
            let of = |kind: Kind| kind.damage(&bytes, &mut Random::new(seed));
            let different = |damaged: &[u8]| damaged.iter().zip(&bytes).filter(|(one, other)| one != other).count();
            let flipped = of(Kind::BitFlip);
            let bits = flipped.iter().zip(&bytes).fold(0, |bits, (one, other)| bits + (one ^ other).count_ones());
            assert_eq!((flipped.len(), bits), (100, 1));
            assert_eq!(different(&of(Kind::ByteChange)), 1);
            assert!(bytes.starts_with(&of(Kind::Truncation)));
            assert!(of(Kind::Extension).starts_with(&bytes) && of(Kind::Extension).len() > 100);
            let mut swapped = of(Kind::Swap);
            assert!(different(&swapped) >= 2);
            swapped.sort_unstable();
            assert_eq!(swapped, bytes);
            let mut duplicated = of(Kind::Duplication);
            assert!(duplicated.len() > 100);
            duplicated.sort_unstable();
            duplicated.dedup();
            assert_eq!(duplicated, bytes);
        }
    }
}
