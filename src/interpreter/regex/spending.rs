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

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(text: &str) -> u64 {
        let mut spending = Spending::new(&Budget::DEFAULT);
        assert_eq!(spending.parse(text), Ok(()), "{text}");
        spending.states
    }

    #[test]
    fn classes_are_paid_for_before_they_are_parsed() {
        for (text, bytes) in [
            ("", 0),
            ("pdDsSwW plain", 0),
            ("[ab][cd]", 2 * 1_024),
            (r"\d\D\s\S", 4 * 1_024),
            (r"\pL\PL\w\W", 4 * 4_096),
            (r"\[\\[x]", 1_024),
            (r"\\d\\\d\\w", 1_024),
            (r"[a&&b]", 1_024 + 8_192),
            ("a&b", 0),
            ("a&b&&&c", 2 * 8_192),
        ] {
            assert_eq!(spent(text), bytes, "{text}");
        }
    }

    /// What takes as much as is allowed is allowed; what was spent before counts.
    #[test]
    fn the_budget_is_what_may_be_spent() {
        let budget = Budget { regex_bytes: 2_048, regexes_bytes: 3_072, bytes: 100, ..Budget::DEFAULT };
        let refused = |code, most, found| Err(Error::new(code, most, found));
        let mut spending = Spending::new(&budget);
        assert_eq!(spending.parse("[a][b][c]"), refused(ErrorCode::RegexSize, 2_048, 3_072));
        assert_eq!(spending.build(2_049), refused(ErrorCode::RegexSize, 2_048, 2_049));
        assert_eq!((spending.build(2_048), spending.parse("[a]")), (Ok(()), Ok(())));
        assert_eq!(spending.build(1), refused(ErrorCode::RegexSize, 3_072, 3_073));
        assert_eq!((spending.keep(60), spending.keep(40)), (Ok(()), Ok(())));
        assert_eq!(spending.keep(1), refused(ErrorCode::BudgetBytes, 100, 101));
    }
}
