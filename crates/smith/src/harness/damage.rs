//! Simple damage to the bytes of a file.

use crate::choices::Choices;

/// What happened to the bytes. Places are in 65,536ths of the length, so that they stay about the same when the file gets smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    CutOff { at: u16 },
    Changed { at: u16, by: u8 },
}

impl Damage {
    pub(super) fn new(choices: &mut Choices<'_>) -> Self {
        let at = u16::try_from(choices.below(1 << 16)).unwrap_or_default();
        match u8::try_from(choices.below(256)) {
            Ok(by) if by > 0 => Self::Changed { at, by },
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
