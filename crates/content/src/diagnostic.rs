//! What is wrong with a source, and where.

use std::fmt;

/// One thing that is wrong with a source: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the source, mostly a path; empty when unknown.
    pub source: String,
    /// Line from 1; 0 when only the source as a whole is to blame.
    pub line: usize,
    /// Column from 1, in characters; 0 with line 0.
    pub column: usize,
    /// The id of the rule, or its title where it has none; empty outside of rules.
    pub rule: String,
    /// What was expected and what was found.
    pub message: String,
    /// What to do about it; empty when there is nothing to add.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    /// `rules/pipe.yaml:12:9: rule 5f3a…: expected an operator, found 'startswith'`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.source.is_empty() {
            write!(f, "{}:", self.source)?;
        }
        if self.line > 0 {
            write!(f, "{}:{}:", self.line, self.column)?;
        }
        if !self.source.is_empty() || self.line > 0 {
            write!(f, " ")?;
        }
        if !self.rule.is_empty() {
            write!(f, "rule {}: ", self.rule)?;
        }
        write!(f, "{}", self.message)
    }
}

impl std::error::Error for Diagnostic {}
