//! Text from files, made harmless for a terminal.

use std::fmt::{self, Write};

use channel_file_content::is_hidden;

/// Displays a text with every hidden character as `\u{202e}`.
pub(crate) struct Escaped<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping { to: f, keep: None }, "{}", self.0)
    }
}

/// Displays a text of several lines with every hidden character but line ends as `\u{202e}`.
pub(crate) struct EscapedLines<'t>(pub(crate) &'t str);

impl fmt::Display for EscapedLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaping { to: f, keep: Some('\n') }.write_str(self.0)
    }
}

/// Escapes whatever is written through it.
pub(crate) struct Escaping<'w, W> {
    to: &'w mut W,
    keep: Option<char>,
}

impl<'w, W: Write> Escaping<'w, W> {
    /// Escapes every hidden character.
    pub(crate) const fn new(to: &'w mut W) -> Self {
        Self { to, keep: None }
    }
}

impl<W: Write> Write for Escaping<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Most text is plain, and then it is written at once.
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return self.to.write_str(text);
        }
        let is_escaped = |character| is_hidden(character) && self.keep != Some(character);
        for piece in text.split_inclusive(is_escaped) {
            match piece.chars().next_back().filter(|last| is_escaped(*last)) {
                Some(hidden) => {
                    self.to.write_str(piece.strip_suffix(hidden).unwrap_or_default())?;
                    write!(self.to, "{}", hidden.escape_unicode())?;
                }
                None => self.to.write_str(piece)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_is_left() {
        let text = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2066}\u{feff}\u{2028}ß日\\n";
        let expected = r"a\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2066}\u{feff}\u{2028}ß日\n";
        assert_eq!(Escaped(text).to_string(), expected);
        assert_eq!(EscapedLines("a\n\r").to_string(), "a\n\\u{d}");
    }
}
