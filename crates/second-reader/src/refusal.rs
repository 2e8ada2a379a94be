//! Why a file is refused.

use core::fmt;

/// A rule that the file breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The chapter of `docs/FORMAT.md` that has the rule.
    pub chapter: &'static str,
    /// What is wrong.
    pub reason: &'static str,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.chapter, self.reason)
    }
}

impl core::error::Error for Refusal {}

/// A chapter of the document, as the source of demands.
#[derive(Clone, Copy)]
pub(crate) struct Chapter(pub(crate) &'static str);

impl Chapter {
    pub(crate) fn refusal(self, reason: &'static str) -> Refusal {
        Refusal { chapter: self.0, reason }
    }

    pub(crate) fn demand(self, holds: bool, reason: &'static str) -> Result<(), Refusal> {
        if holds { Ok(()) } else { Err(self.refusal(reason)) }
    }

    pub(crate) fn some<T>(self, found: Option<T>, reason: &'static str) -> Result<T, Refusal> {
        found.ok_or(self.refusal(reason))
    }
}
