//! Short digests of what instances say. They find what may be the same; whether it is, a comparison says.

use core::hash::{Hash, Hasher};

use crate::channel_file::view::CriterionView;

/// The digest of a value.
pub(super) fn digest(value: &impl Hash) -> u64 {
    let mut digest = Digest(0);
    value.hash(&mut digest);
    digest.finish()
}

/// The digest of a criterion: field, sense and patterns.
pub(super) fn of_criterion(criterion: &CriterionView<'_>) -> u64 {
    let mut digest = Digest(0);
    (criterion.field(), criterion.sense()).hash(&mut digest);
    criterion.patterns().for_each(|pattern| pattern.hash(&mut digest));
    digest.finish()
}

/// Takes eight bytes at a time.
struct Digest(u64);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        let last = rest.iter().fold(1_u64, |last, byte| last.wrapping_shl(8) | u64::from(*byte));
        self.write_u64(last);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(0xF135_7AEA_2E62_A9C5);
    }

    fn finish(&self) -> u64 {
        // Digests are added up, so each of their bits has to depend on all that was taken.
        let mixed = (self.0 ^ self.0.wrapping_shr(30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed.wrapping_shr(27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed.wrapping_shr(31)
    }
}
