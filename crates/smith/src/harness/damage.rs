//! Damage to the bytes of a file: what a disk does, and what an attacker does.

use crate::choices::Choices;
use crate::mutate::{mutate, random_mutate};

/// What happened to the bytes. Places are in 65,536ths of the length, so that they stay about the same when the file gets smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    CutOff {
        at: u16,
    },
    Changed {
        at: u16,
        by: u8,
    },
    /// In one section, behind checksums that match.
    Mutated {
        seed: u16,
    },
}

/// A mutant is at most so many bytes longer.
const ROOM: usize = 256;

impl Damage {
    pub(super) fn new(choices: &mut Choices<'_>) -> Self {
        let at = u16::try_from(choices.below(1 << 16)).unwrap_or_default();
        match (choices.below(3), u8::try_from(choices.below(256))) {
            (0, Ok(by)) if by > 0 => Self::Changed { at, by },
            (0 | 1, _) => Self::Mutated { seed: at },
            _ => Self::CutOff { at },
        }
    }

    pub(super) fn apply(self, bytes: &mut Vec<u8>) {
        match self {
            Self::CutOff { at } => bytes.truncate(place(at, bytes.len())),
            Self::Changed { at, by } => {
                let place = place(at, bytes.len());
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= by;
                }
            }
            Self::Mutated { seed } => {
                let (seed, size) = (u64::from(seed), bytes.len());
                let mut chance = Choices::seeded(seed);
                bytes.resize(size.saturating_add(ROOM), 0);
                let size = mutate(bytes, size, seed, &mut |bytes, size| random_mutate(bytes, size, &mut chance));
                bytes.truncate(size);
            }
        }
    }
}

fn place(at: u16, length: usize) -> usize {
    length.saturating_mul(usize::from(at)) >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_within_the_file() {
        for length in [0, 1, 7, 200_000] {
            for at in [0, 1, u16::MAX] {
                let mut bytes = vec![0; length];
                Damage::Changed { at, by: 4 }.apply(&mut bytes);
                assert_eq!(bytes.iter().filter(|byte| **byte == 4).count(), usize::from(length > 0));
                Damage::CutOff { at }.apply(&mut bytes);
                assert!(bytes.len() < length.max(1));
            }
        }
    }
}
