//! What is found wrong with one document.

use std::fmt;

use super::suggestion::nearest;
use super::tree::Place;
use crate::Diagnostic;

/// The diagnostics of one document so far.
///
/// Functions that read a part of it report what is wrong and give `None`; their callers read on, so that an author learns
/// of everything at once.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    source: &'s str,
    /// Lines of the source before the document.
    lines_before: usize,
    rule: String,
    diagnostics: Vec<Diagnostic>,
}

/// A document with more mistakes than this is no attempt at a rule.
const MOST_DIAGNOSTICS: usize = 50;

impl<'s> Findings<'s> {
    pub(crate) const fn new(source: &'s str, lines_before: usize) -> Self {
        Self { source, lines_before, rule: String::new(), diagnostics: Vec::new() }
    }

    /// From now on what is found belongs to this rule.
    pub(crate) fn enter_rule(&mut self, rule: &str) {
        rule.clone_into(&mut self.rule);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    pub(crate) fn report(&mut self, place: Place, message: impl Into<String>) {
        self.report_with_help(place, message, "");
    }

    pub(crate) fn report_with_help(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = self.origin(place).diagnostic(&self.rule, message.into(), &help.into());
        // What several parts of a rule rest on is reported once.
        if self.diagnostics.len() < MOST_DIAGNOSTICS && !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports a name that is none of those known, with the known one that it resembles most.
    pub(crate) fn report_unknown<'k>(
        &mut self,
        place: Place,
        message: impl Into<String>,
        found: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        if self.diagnostics.len() >= MOST_DIAGNOSTICS {
            return;
        }
        let help = match nearest(found, known.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let names: Vec<_> = known.take(MOST_LISTED.saturating_add(1)).collect();
                match names.split_at_checked(MOST_LISTED) {
                    Some((listed, [_, ..])) => format!("known are `{}`, …", listed.join("`, `")),
                    _ if names.is_empty() => String::new(),
                    _ => format!("known are `{}`", names.join("`, `")),
                }
            }
        };
        self.report_with_help(place, message, help);
    }

    /// `line 12`, for messages that point elsewhere in the source.
    pub(crate) fn line(&self, place: Place) -> usize {
        self.lines_before.saturating_add(place.line)
    }

    /// Where in the source a place of the document is.
    pub(crate) fn origin(&self, place: Place) -> Origin {
        Origin { source: self.source.to_owned(), line: self.line(place), column: place.column }
    }

    /// The id of the rule that is being read.
    pub(crate) fn rule(&self) -> &str {
        &self.rule
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

/// Where something was defined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) source: String,
    /// From 1; 0 when unknown.
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Origin {
    /// A diagnostic that points here.
    pub(crate) fn diagnostic(&self, rule: &str, message: String, help: &str) -> Diagnostic {
        Diagnostic {
            source: self.source.clone(),
            line: self.line,
            column: self.column,
            rule: rule.to_owned(),
            message,
            help: help.to_owned(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if self.line > 0 { write!(f, ":{}:{}", self.line, self.column) } else { Ok(()) }
    }
}

/// Longer lists of names do not help.
const MOST_LISTED: usize = 40;

/// A text as messages show it: in single quotes, cut where it is long, with control characters as escapes.
pub(crate) fn quoted(text: &str) -> String {
    const MOST_CHARACTERS: usize = 60;
    let mut shown = String::from("'");
    for (index, character) in text.chars().enumerate() {
        if index == MOST_CHARACTERS {
            shown.push('…');
            break;
        }
        if super::quote::is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown.push('\'');
    shown
}
