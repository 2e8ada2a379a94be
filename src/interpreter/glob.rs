//! Globs: `*` stands for any run of characters, `?` for one.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::text::{first_character, fold};
use crate::template::Case;

/// A glob, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    tokens: Box<[Token]>,
    case: Case,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This character, folded where case is ignored.
    Literal(char),
    /// `?`: any character, or a byte that is part of none.
    One,
    /// `*`
    Run,
}

impl Glob {
    /// A text in normal form; in a text that is not, a backslash before any other character stands for that character.
    pub(super) fn new(text: &str, case: Case) -> Self {
        let mut characters = text.chars();
        let mut tokens = Vec::with_capacity(text.len());
        let literal = |character| Token::Literal(if case == Case::Ignored { fold(character) } else { character });
        while let Some(character) = characters.next() {
            tokens.push(match character {
                '*' => Token::Run,
                '?' => Token::One,
                '\\' => literal(characters.next().unwrap_or('\\')),
                other => literal(other),
            });
        }
        Self { tokens: tokens.into(), case }
    }

    /// Whether all of the value fits. Looks at each byte at most as often as the longest part between two `*` has characters;
    /// adds to `work` how often it looked.
    pub(super) fn fits(&self, value: &[u8], work: &mut u64) -> bool {
        let (mut tokens, mut rest) = (self.tokens.as_ref(), value);
        // Where to go on when what follows the last `*` does not fit: the `*` stands for a character more.
        let mut retry: Option<(&[Token], &[u8])> = None;
        loop {
            *work = work.saturating_add(1);
            let fitting = match tokens.split_first() {
                Some((Token::Run, [])) => return true,
                Some((Token::Run, after)) => {
                    retry = Some((after, rest));
                    tokens = after;
                    continue;
                }
                None if rest.is_empty() => return true,
                None => None,
                Some((token, after)) => self.fitting(*token, rest).map(|rest| (after, rest)),
            };
            if let Some((after, others)) = fitting {
                (tokens, rest) = (after, others);
                continue;
            }
            // What does not fit the end of the value fits no later place either.
            let Some((after, from)) = retry.filter(|_| !rest.is_empty()) else { return false };
            let from = after_one(from);
            (tokens, rest) = (after, from);
            retry = Some((after, from));
        }
    }

    /// What is left of the value after what the token stands for.
    fn fitting<'v>(&self, token: Token, value: &'v [u8]) -> Option<&'v [u8]> {
        let (first, others) = value.split_first()?;
        match token {
            Token::Literal(literal) if first.is_ascii() => {
                let byte = if self.case == Case::Ignored { first.to_ascii_lowercase() } else { *first };
                (char::from(byte) == literal).then_some(others)
            }
            Token::Literal(literal) => {
                let character = first_character(value)?;
                let folded = if self.case == Case::Ignored { fold(character) } else { character };
                (folded == literal).then(|| after_one(value))
            }
            _ => Some(after_one(value)),
        }
    }

    /// How often a byte of a value is looked at, at the most: once for each character of the longest part between two `*`, and once
    /// more where that does not fit.
    pub(super) fn work(&self) -> usize {
        let parts = self.tokens.split(|token| *token == Token::Run);
        parts.map(<[Token]>::len).max().unwrap_or_default().saturating_add(1)
    }

    /// The longest text that every value that fits must have in it; folded where case is ignored. May be empty.
    pub(super) fn required(&self) -> alloc::string::String {
        let literal = |token: &Token| match token {
            Token::Literal(character) => Some(*character),
            _ => None,
        };
        let runs = self.tokens.split(|token| literal(token).is_none());
        let runs = runs.map(|run| run.iter().filter_map(literal).collect::<alloc::string::String>());
        runs.max_by_key(alloc::string::String::len).unwrap_or_default()
    }

    pub(super) fn memory(&self) -> usize {
        core::mem::size_of_val(self.tokens.as_ref())
    }
}

/// What is left of the value after its first character, or its first byte where that is no character.
fn after_one(value: &[u8]) -> &[u8] {
    let length = match value.first() {
        Some(first) if !first.is_ascii() => first_character(value).map_or(1, char::len_utf8),
        _ => 1,
    };
    value.get(length..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit() {
        for (glob, case, value, expected) in [
            ("a*b", Case::Sensitive, "ab", true),
            ("a*b", Case::Sensitive, "axxb", true),
            ("a*b", Case::Sensitive, "axxbx", false),
            ("a*b", Case::Sensitive, "AB", false),
            ("a*B", Case::Ignored, "AxxB", true),
            ("a?c*", Case::Ignored, "aBc", true),
            ("a?c", Case::Ignored, "ac", false),
            ("?", Case::Sensitive, "ä", true),
            ("?", Case::Sensitive, "", false),
            ("??", Case::Sensitive, "ä", false),
            ("*ä?", Case::Ignored, "xÄ€", true),
            (r"\*a\?*\\b", Case::Sensitive, r"*a?xx\b", true),
            (r"\*a\?*\\b", Case::Sensitive, r"xa?xx\b", false),
            ("*a*b*c*", Case::Sensitive, "xxaxxbxxc", true),
            ("*a*b*c", Case::Sensitive, "xxaxxbxx", false),
            ("*ab", Case::Sensitive, "aab", true),
            ("*aab*", Case::Sensitive, "aaab", true),
        ] {
            assert_eq!(Glob::new(glob, case).fits(value.as_bytes(), &mut 0), expected, "{glob} {value}");
        }
    }

    #[test]
    fn a_byte_that_is_no_character_is_one() {
        let glob = Glob::new("a?b", Case::Ignored);
        let fits = |value: &[u8]| glob.fits(value, &mut 0);
        assert!(fits(b"a\xFFb") && fits(b"a\xC3b") && !fits(b"a\xC3\xC3b"));
        assert!(Glob::new("a??b", Case::Ignored).fits(b"a\xE2\x82b", &mut 0));
    }

    #[test]
    fn a_text_is_required() {
        assert_eq!(Glob::new("a*Bcd?*e", Case::Ignored).required(), "bcd");
        assert_eq!(Glob::new(r"?\**", Case::Ignored).required(), "*");
        assert_eq!(Glob::new("?*", Case::Ignored).required(), "");
        assert_eq!(Glob::new("ab*cde*?", Case::Sensitive).work(), 4);
    }
}
