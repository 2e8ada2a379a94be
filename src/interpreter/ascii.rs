//! Lower case of ASCII, eight bytes at a time.
//!
//! Most texts that are compared are a few bytes long, too few for the wide registers that the standard library uses.

/// The bytes of a number, with ASCII letters in lower case.
#[inline]
pub(super) const fn lower(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // The high bit of each byte of a sum says whether that byte, without its own high bit, reaches a letter.
    let low = bytes & !HIGH;
    let from_a = low.wrapping_add((0x80 - 0x41) * ONES);
    let beyond_z = low.wrapping_add((0x7F - 0x5A) * ONES);
    let is_upper = from_a & !beyond_z & !bytes & HIGH;
    bytes | is_upper.wrapping_shr(2)
}

/// Whether bytes are a text in lower case, if ASCII letters are taken in lower case.
#[inline]
pub(super) fn is_lower(text: &[u8], bytes: &[u8]) -> bool {
    if text.len() != bytes.len() {
        return false;
    }
    if let (Some(end), Some(other)) = (text.last_chunk::<8>(), bytes.last_chunk::<8>()) {
        let (chunks, others) = (text.as_chunks::<8>().0, bytes.as_chunks::<8>().0);
        // The last eight bytes overlap those before.
        return agree(end, other) && chunks.iter().zip(others).all(|(chunk, other)| agree(chunk, other));
    }
    if let (Some(start), Some(end)) = (text.first_chunk::<4>(), text.last_chunk::<4>())
        && let (Some(other_start), Some(other_end)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>())
    {
        return agree(&joined(start, end), &joined(other_start, other_end));
    }
    text.iter().zip(bytes).all(|(one, other)| *one == other.to_ascii_lowercase())
}

#[inline]
fn agree(text: &[u8; 8], bytes: &[u8; 8]) -> bool {
    u64::from_le_bytes(*text) == lower(u64::from_le_bytes(*bytes))
}

#[inline]
const fn joined([a, b, c, d]: &[u8; 4], [e, f, g, h]: &[u8; 4]) -> [u8; 8] {
    [*a, *b, *c, *d, *e, *f, *g, *h]
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn every_byte_is_lowered_as_the_standard_library_does() {
        for byte in 0..=u8::MAX {
            for other in [0, b'A', b'Z', b'z', 0x7F, 0x80, 0xC1, 0xFF] {
                let bytes = [byte, other, byte, other, other, byte, other, byte];
                let expected = bytes.map(|byte| byte.to_ascii_lowercase());
                assert_eq!(lower(u64::from_le_bytes(bytes)).to_le_bytes(), expected);
            }
        }
    }

    #[test]
    fn texts_of_every_length_are_compared_whole() {
        for length in 0..40 {
            let text: Vec<u8> = (b'a'..=b'z').cycle().take(length).collect();
            let upper = text.to_ascii_uppercase();
            assert!(is_lower(&text, &upper) && is_lower(&text, &text));
            for at in 0..length {
                let mut other = upper.clone();
                other[at] = b'[';
                assert!(!is_lower(&text, &other), "{length} {at}");
            }
            assert!(!is_lower(&text, &upper[..length.saturating_sub(1)]) || length == 0);
        }
    }
}
