//! Invented words.

use crate::Random;

const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";
const VOWELS: &[u8; 6] = b"aeiouy";

/// A word for a number, of so many letters: nearly always others for others.
pub(crate) fn word(number: u64, letters: usize) -> String {
    let mut random = Random::new(number);
    let letter = |index: usize| {
        let letters: &[u8] = if index.is_multiple_of(2) { CONSONANTS } else { VOWELS };
        char::from(*random.one_of(letters))
    };
    (0..letters).map(letter).collect()
}

/// Words with spaces between them, of so many bytes.
pub(crate) fn sentence(number: u64, bytes: usize) -> String {
    let mut random = Random::new(number);
    let mut text = String::new();
    while text.len() < bytes {
        let letters = 2 + random.index(8);
        text.push_str(&word(random.next(), letters.min(bytes - text.len())));
        if text.len() < bytes {
            text.push(' ');
        }
    }
    text
}
