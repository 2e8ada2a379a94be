//! What texts are made of, one step at a time.

use alloc::vec::Vec;

use crate::interpreter::fold;

/// A character, or a byte that is part of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Symbol(u32);

/// Stray bytes are numbered after the last character.
const STRAY: u32 = 0x11_0000;

impl Symbol {
    pub(super) const fn byte(byte: u8) -> Self {
        Self(STRAY | byte_number(byte))
    }

    /// The number of a character, or one beyond all characters.
    pub(super) const fn number(self) -> u32 {
        self.0
    }

    pub(super) fn character(self) -> Option<char> {
        char::from_u32(self.0)
    }

    /// The same without regard to case, as the interpreter compares texts.
    pub(super) fn folded(self) -> Self {
        self.character().map_or(self, |character| fold(character).into())
    }

    pub(super) fn push_to(self, text: &mut Vec<u8>) {
        match self.character() {
            Some(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            None => text.push(self.0.to_le_bytes()[0]),
        }
    }

    /// What a text is made of.
    pub(super) fn of_text(text: &[u8]) -> Vec<Self> {
        let chunks = text.utf8_chunks();
        let symbols = chunks.flat_map(|chunk| {
            let valid = chunk.valid().chars().map(Self::from);
            valid.chain(chunk.invalid().iter().map(|byte| Self::byte(*byte)))
        });
        symbols.collect()
    }

    /// What a byte string is made of: there each byte stands for itself.
    pub(super) fn of_bytes(bytes: &[u8]) -> Vec<Self> {
        bytes.iter().map(|byte| Self::byte(*byte)).collect()
    }
}

impl From<char> for Symbol {
    fn from(character: char) -> Self {
        Self(u32::from(character))
    }
}

/// The characters that are the same where case is ignored, this one included.
pub(super) fn same_ignoring_case(character: char) -> impl Iterator<Item = char> {
    let folded = fold(character);
    let others = folded.to_uppercase().chain(NOT_UPPER_CASE.chars());
    others.filter(move |other| *other != folded && fold(*other) == folded).chain([folded])
}

/// Characters that fold to one whose upper case they are not.
const NOT_UPPER_CASE: &str = "ǅǈǋǲϴᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ";

const fn byte_number(byte: u8) -> u32 {
    u32::from_le_bytes([byte, 0, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_characters_that_fold_to_one_are_known() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert!(same_ignoring_case(fold(character)).any(|same| same == character), "{character}");
        }
    }
}
