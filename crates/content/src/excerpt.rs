//! Texts of authors as messages show them.

/// Longer texts are cut.
const MOST_CHARACTERS: usize = 60;

/// A text as messages show it: in single quotes, cut where it is long, with hidden characters as escapes.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", excerpt(text))
}

/// The same without quotes.
pub(crate) fn excerpt(text: &str) -> String {
    let mut shown = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == MOST_CHARACTERS {
            shown.push('…');
            break;
        }
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character cannot be seen where it stands, or changes how others are shown: control characters, line and
/// paragraph separators, marks of direction, joiners, fillers, byte order marks. Texts of strangers are shown with such
/// characters as escapes.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_and_long_texts_cut() {
        assert_eq!(quoted("a\n\u{202e}b"), r"'a\u{a}\u{202e}b'");
        assert_eq!(excerpt(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(excerpt(&"é".repeat(60)), "é".repeat(60));
    }
}
