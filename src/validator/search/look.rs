//! What stands around a place in a text.

use regex_syntax::hir::Look;

use super::symbol::Symbol;

/// What looking around tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// There is nothing: the value begins or ends here.
    Nothing,
    LineFeed,
    CarriageReturn,
    /// Part of a word, in ASCII.
    Word,
    /// Part of a word, outside ASCII.
    WideWord,
    /// Part of no character.
    Stray,
    Other,
}

impl Sort {
    pub(super) fn of(symbol: Symbol) -> Self {
        match symbol.character() {
            Some('\n') => Self::LineFeed,
            Some('\r') => Self::CarriageReturn,
            Some(character) if character.is_ascii_alphanumeric() || character == '_' => Self::Word,
            Some(character) if !character.is_ascii() && is_word(character) => Self::WideWord,
            Some(_) => Self::Other,
            None => Self::Stray,
        }
    }

    const fn is_word(self, is_unicode: bool) -> bool {
        matches!(self, Self::Word) || (is_unicode && matches!(self, Self::WideWord))
    }
}

fn is_word(character: char) -> bool {
    regex_syntax::try_is_word_character(character).unwrap_or_default()
}

/// Whether the place between two symbols is one that is looked for.
pub(super) fn holds(look: Look, before: Sort, after: Sort) -> bool {
    let border = |is_unicode| before.is_word(is_unicode) != after.is_word(is_unicode);
    let begins = |is_unicode| !before.is_word(is_unicode) && after.is_word(is_unicode);
    let ends = |is_unicode| before.is_word(is_unicode) && !after.is_word(is_unicode);
    match look {
        Look::Start => before == Sort::Nothing,
        Look::End => after == Sort::Nothing,
        Look::StartLF => matches!(before, Sort::Nothing | Sort::LineFeed),
        Look::EndLF => matches!(after, Sort::Nothing | Sort::LineFeed),
        Look::StartCRLF => match before {
            Sort::Nothing | Sort::LineFeed => true,
            Sort::CarriageReturn => after != Sort::LineFeed,
            _ => false,
        },
        Look::EndCRLF => match after {
            Sort::Nothing | Sort::CarriageReturn => true,
            Sort::LineFeed => before != Sort::CarriageReturn,
            _ => false,
        },
        Look::WordAscii => border(false),
        Look::WordAsciiNegate => !border(false),
        Look::WordUnicode => border(true),
        // Beside a stray byte these hold nowhere.
        Look::WordUnicodeNegate => !border(true) && before != Sort::Stray && after != Sort::Stray,
        Look::WordStartAscii => begins(false),
        Look::WordEndAscii => ends(false),
        Look::WordStartUnicode => begins(true),
        Look::WordEndUnicode => ends(true),
        Look::WordStartHalfAscii => !before.is_word(false),
        Look::WordEndHalfAscii => !after.is_word(false),
        Look::WordStartHalfUnicode => !before.is_word(true) && before != Sort::Stray,
        Look::WordEndHalfUnicode => !after.is_word(true) && after != Sort::Stray,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use regex_automata::util::look;

    use super::*;

    /// Of every kind of neighbour, on both sides, for all that can be looked for.
    #[test]
    fn places_are_those_of_the_engine() {
        let neighbours: [&[u8]; 8] = [b"", b"\n", b"\r", b"a", b"_", "é".as_bytes(), b"\xFF", b" "];
        let sort = |text: &[u8]| Symbol::of_text(text).first().map_or(Sort::Nothing, |symbol| Sort::of(*symbol));
        let engine = look::LookMatcher::new();
        let looks: Vec<Look> = (0..32).filter_map(|bit| Look::from_repr(1 << bit)).collect();
        assert_eq!(looks.len(), 18);
        for look in looks {
            let same = look::Look::from_repr(look.as_repr()).unwrap();
            for (before, after) in neighbours.iter().flat_map(|one| neighbours.map(|other| (*one, other))) {
                let expected = engine.matches(same, &[before, after].concat(), before.len());
                assert_eq!(
                    holds(look, sort(before), sort(after)),
                    expected,
                    "{look:?} between {before:?} and {after:?}"
                );
            }
        }
    }
}
