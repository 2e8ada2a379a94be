//! From the parser's spans to the text.

use std::str::Chars;

use saphyr_parser::Span;

/// Finds the text of spans, which count in characters and come in order, in one pass.
pub(super) struct Cursor<'t> {
    rest: Chars<'t>,
    characters: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text.chars(), characters: 0 }
    }

    /// Moves to the character with this index; gives its byte offset.
    fn advance(&mut self, text: &str, index: usize) -> Option<usize> {
        while self.characters < index {
            self.rest.next()?;
            self.characters = self.characters.saturating_add(1);
        }
        text.len().checked_sub(self.rest.as_str().len())
    }

    pub(super) fn slice(&mut self, text: &'t str, span: Span) -> Option<&'t str> {
        let start = self.advance(text, span.start.index())?;
        let end = self.advance(text, span.end.index())?;
        text.get(start..end)
    }
}
