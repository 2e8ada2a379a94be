//! What is wrong with a source, and where; what is refused for it.

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

/// A rule, or a document that may have been one, that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The id of the rule; empty if it has none, or if the document could not be read that far.
    pub id: String,
    /// The title of the rule; empty as above.
    pub title: String,
    /// The reasons, at least one.
    pub diagnostics: Vec<Diagnostic>,
}

impl Refused {
    /// What people call the rule: its id, or its title where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.id.is_empty() { &self.title } else { &self.id }
    }
}
