//! What compiling the expressions of a file has taken so far, of all that a budget allows.

use super::super::Budget;
use crate::error::{Error, ErrorCode, Result};
use crate::wire::count;

/// The account of one file.
#[derive(Debug)]
pub(in super::super) struct Spending<'b> {
    pub(super) budget: &'b Budget,
    /// Bytes of dense automata, those included that turned out too large.
    pub(super) automata: u64,
    /// Bytes of states that were built, whether they are kept or not.
    states: u64,
    /// Bytes of expressions that are kept.
    kept: u64,
}

impl<'b> Spending<'b> {
    pub(in super::super) const fn new(budget: &'b Budget) -> Self {
        Self { budget, automata: 0, states: 0, kept: 0 }
    }

    /// Before an expression is parsed. A class of characters takes a few bytes to write, and as long to parse as states of some
    /// size take to build; large classes and what is done with them take longer.
    pub(super) fn parse(&mut self, text: &str) -> Result<()> {
        let (mut bytes, mut escaped, mut before) = (0_u64, false, 0_u8);
        for byte in text.bytes() {
            bytes = bytes.saturating_add(match byte {
                b'[' if !escaped => 1_024,
                b'd' | b'D' | b's' | b'S' if escaped => 1_024,
                b'p' | b'P' | b'w' | b'W' if escaped => 4_096,
                b'&' if before == b'&' => 8_192,
                _ => 0,
            });
            escaped = byte == b'\\' && !escaped;
            before = byte;
        }
        self.built(bytes)
    }

    /// After states have been built.
    pub(super) fn build(&mut self, bytes: usize) -> Result<()> {
        self.built(count(bytes))
    }

    fn built(&mut self, bytes: u64) -> Result<()> {
        let most = self.budget.regex_bytes;
        if bytes > most {
            return Err(Error::new(ErrorCode::RegexSize, most, bytes));
        }
        self.states = self.states.saturating_add(bytes);
        let most = self.budget.regexes_bytes;
        if self.states > most { Err(Error::new(ErrorCode::RegexSize, most, self.states)) } else { Ok(()) }
    }

    /// Before an expression is kept: here already, so that a file of many is not compiled whole before it is refused.
    pub(in super::super) fn keep(&mut self, bytes: usize) -> Result<()> {
        self.kept = self.kept.saturating_add(count(bytes));
        let most = self.budget.bytes;
        if self.kept > most { Err(Error::new(ErrorCode::BudgetBytes, most, self.kept)) } else { Ok(()) }
    }
}
