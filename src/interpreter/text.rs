//! Text as events have it: bytes that need not be UTF-8, compared exactly or without regard to case.
//!
//! Case is folded a character at a time, and a folded character takes as many bytes as the character did, so every byte
//! keeps its place: a value is folded where it stands, while it is read, and never copied.

use alloc::string::String;

use memchr::memchr2;

use super::ascii;
use super::two_way::{self, Text};

/// The character that stands for all that differ from it in case alone: its lower case, if that is one character of as
/// many bytes, else itself.
pub(crate) fn fold(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == character.len_utf8() => one,
        _ => character,
    }
}

/// A text with every character folded.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Whether ASCII is not enough to compare a folded text: it has a character outside it that has a case.
pub(super) fn is_wide(folded: &str) -> bool {
    let is_cased = |character: char| {
        !character.is_ascii()
            && (!character.to_lowercase().eq([character]) || !character.to_uppercase().eq([character]))
    };
    folded.chars().any(is_cased)
}

/// What a value is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needle<'p> {
    /// Folded where case is ignored.
    pub(super) bytes: &'p [u8],
    pub(super) folding: Folding,
    /// Place of the byte that is likely to be the rarest.
    pub(super) rarest: usize,
}

/// How much of Unicode a comparison has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Folding {
    /// Case counts: bytes are compared.
    None,
    /// Case is ignored, and outside ASCII the needle has none.
    Ascii,
    /// Case is ignored, and the needle has one outside ASCII.
    Wide,
}

impl Folding {
    /// What is needed for a folded text.
    pub(super) fn of(folded: &str) -> Self {
        if is_wide(folded) { Self::Wide } else { Self::Ascii }
    }
}

impl Needle<'_> {
    /// Whether these bytes are the needle.
    #[inline]
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        match self.folding {
            Folding::None => self.bytes == bytes,
            Folding::Ascii => ascii::is_lower(self.bytes, bytes),
            Folding::Wide => self.bytes.len() == bytes.len() && (Folded { bytes }).is(self.bytes),
        }
    }

    #[inline]
    pub(super) fn begins(&self, value: &[u8]) -> bool {
        value.get(..self.bytes.len()).is_some_and(|start| self.is(start))
    }

    #[inline]
    pub(super) fn ends(&self, value: &[u8]) -> bool {
        let start = value.len().checked_sub(self.bytes.len());
        start.and_then(|start| value.get(start..)).is_some_and(|end| self.is(end))
    }

    /// Whether the needle stands at this place.
    #[inline]
    pub(super) fn stands_at(&self, value: &[u8], start: usize) -> bool {
        value.get(start..start.saturating_add(self.bytes.len())).is_some_and(|part| self.is(part))
    }

    /// Whether the needle is anywhere in the value; linear in both. Adds to `work` a unit for each byte that it has looked at.
    pub(super) fn occurs(&self, value: &[u8], work: &mut u64) -> bool {
        let Some(last) = value.len().checked_sub(self.bytes.len()) else { return false };
        *work = work.saturating_add(crate::wire::count(value.len()));
        let Some(rarest) = self.bytes.get(self.rarest).copied() else { return true };
        if self.folding == Folding::Wide {
            return two_way::occurs(plain(self.bytes), Folded { bytes: value }.text());
        }
        let other = if self.folding == Folding::None { rarest } else { rarest.to_ascii_uppercase() };
        // Comparing at each place where the rarest byte is can take long for a value that is made for it.
        let mut allowance = value.len().saturating_mul(4).saturating_add(64);
        let mut start = 0_usize;
        while start <= last {
            let window =
                value.get(start.saturating_add(self.rarest)..last.saturating_add(self.rarest).saturating_add(1));
            let Some(found) = window.and_then(|window| memchr2(rarest, other, window)) else { return false };
            start = start.saturating_add(found);
            if self.stands_at(value, start) {
                return true;
            }
            start = start.saturating_add(1);
            match allowance.checked_sub(self.bytes.len()) {
                Some(rest) => allowance = rest,
                None => return self.occurs_after_all(value),
            }
        }
        false
    }

    #[cold]
    fn occurs_after_all(&self, value: &[u8]) -> bool {
        match self.folding {
            Folding::None => two_way::occurs(plain(self.bytes), plain(value)),
            // Outside ASCII the needle need not be folded: a text that an expression needs is as it stands there.
            Folding::Ascii => two_way::occurs(plain(self.bytes), lower(value)),
            Folding::Wide => two_way::occurs(plain(self.bytes), Folded { bytes: value }.text()),
        }
    }
}

fn plain(bytes: &[u8]) -> Text<impl Fn(usize) -> u8> {
    Text { length: bytes.len(), at: |place: usize| bytes.get(place).copied().unwrap_or_default() }
}

/// Bytes read as if every ASCII letter were in lower case.
fn lower(bytes: &[u8]) -> Text<impl Fn(usize) -> u8> {
    Text { length: bytes.len(), at: |place: usize| bytes.get(place).map_or(0, u8::to_ascii_lowercase) }
}

/// A value read as if every character of it were folded. Bytes that are no UTF-8 stay as they are.
#[derive(Clone, Copy)]
pub(super) struct Folded<'v> {
    pub(super) bytes: &'v [u8],
}

impl<'v> Folded<'v> {
    /// The byte at this place; zero beyond the end.
    pub(super) fn at(self, place: usize) -> u8 {
        let byte = self.bytes.get(place).copied().unwrap_or_default();
        if byte.is_ascii() {
            return byte.to_ascii_lowercase();
        }
        let before = |back: usize| {
            let start = place.checked_sub(back)?;
            let character =
                first_character(self.bytes.get(start..)?).filter(|character| character.len_utf8() > back)?;
            let mut folded = [0; 4];
            fold(character).encode_utf8(&mut folded).as_bytes().get(back).copied()
        };
        (0..4).find_map(before).unwrap_or(byte)
    }

    pub(super) fn text(self) -> Text<impl Fn(usize) -> u8> {
        Text { length: self.bytes.len(), at: move |place| self.at(place) }
    }

    /// Whether all of it is this text, which is folded.
    pub(super) fn is(self, folded: &[u8]) -> bool {
        self.bytes.len() == folded.len() && self.iter().eq(folded.iter().copied())
    }

    /// The bytes, folded.
    pub(super) fn iter(self) -> impl Iterator<Item = u8> + 'v {
        self.bytes.utf8_chunks().flat_map(|chunk| {
            let valid = chunk.valid().chars().flat_map(|character| {
                let mut folded = [0; 4];
                let length = fold(character).encode_utf8(&mut folded).len();
                folded.into_iter().take(length)
            });
            valid.chain(chunk.invalid().iter().copied())
        })
    }
}

/// The character that the bytes begin with, if they begin with one.
pub(super) fn first_character(bytes: &[u8]) -> Option<char> {
    let start = bytes.get(..4).unwrap_or(bytes);
    let valid = start.utf8_chunks().next()?.valid();
    valid.chars().next()
}

#[cfg(test)]
mod tests {
    extern crate std;
    use alloc::vec::Vec;

    use super::*;

    fn needle(text: &str, folding: Folding) -> Needle<'_> {
        Needle { bytes: text.as_bytes(), folding, rarest: 0 }
    }

    #[test]
    fn folding_keeps_lengths_and_is_done_once() {
        for character in '\0'..=char::MAX {
            let one = fold(character);
            assert_eq!(one.len_utf8(), character.len_utf8(), "{character:?}");
            assert_eq!(fold(one), one, "{character:?}");
            // Only characters that say so have another that folds to them.
            if one != character && !character.is_ascii() {
                assert!(is_wide(one.encode_utf8(&mut [0; 4])), "{character:?}");
            }
        }
    }

    #[test]
    fn ascii_stays_ascii() {
        assert_eq!(folded("K\u{212A}ſİẞÅ"), "k\u{212A}ſİẞå");
        assert_eq!(folded("ÄΣЖ"), "äσж");
    }

    #[test]
    fn what_has_no_case_outside_ascii_is_compared_as_ascii() {
        for (text, folding) in [
            ("plain", Folding::Ascii),
            ("漢字 – 1 €", Folding::Ascii),
            ("ä", Folding::Wide),
            // Its upper case is two letters.
            ("straße", Folding::Wide),
        ] {
            assert_eq!(Folding::of(text), folding, "{text}");
        }
    }

    #[test]
    fn values_are_folded_where_they_stand() {
        for value in ["AÄ\u{212A}ж€🤷Z".as_bytes(), b"\xC3A\xE2\x82\xF0\x9F\x84", b"\xFF\xD0\x90\xD0", b""] {
            let read: Vec<u8> = Folded { bytes: value }.iter().collect();
            let at: Vec<u8> = (0..value.len()).map(|place| Folded { bytes: value }.at(place)).collect();
            assert_eq!(read, at);
            let lossless = String::from_utf8(value.to_vec());
            if let Ok(text) = lossless {
                assert_eq!(read, folded(&text).as_bytes());
            }
        }
    }

    #[test]
    fn needles_are_found() {
        let mut work = 0;
        for (text, folding, value, expected) in [
            ("abc", Folding::Ascii, b"xxABCxx".as_slice(), true),
            ("abc", Folding::None, b"xxABCxx", false),
            ("abc", Folding::None, b"xxabc", true),
            ("äb", Folding::Wide, "xÄBx".as_bytes(), true),
            ("äb", Folding::Wide, b"\xC3\x84", false),
            ("–a", Folding::Ascii, "x–A".as_bytes(), true),
            ("a", Folding::Ascii, b"", false),
        ] {
            assert_eq!(needle(text, folding).occurs(value, &mut work), expected, "{text}");
        }
        assert!(needle("äb", Folding::Wide).begins("ÄBC".as_bytes()));
        assert!(needle("äb", Folding::Wide).ends("CÄB".as_bytes()));
        assert!(!needle("äb", Folding::Wide).ends(b"\x84B"));
    }

    #[test]
    fn hostile_values_take_linear_time() {
        let text = "a".repeat(4096) + "b";
        let value = "a".repeat(1 << 20);
        let mut work = 0;
        assert!(!needle(&text, Folding::Ascii).occurs(value.as_bytes(), &mut work));
        let value = value + "aB";
        assert!(needle(&text, Folding::Ascii).occurs(value.as_bytes(), &mut work));
    }
}
