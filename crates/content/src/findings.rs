//! What is found wrong with one document.

use std::fmt;

use crate::origins::Parts;
use crate::suggestion::nearest;
use crate::yaml::Place;
use crate::{Diagnostic, Refused};

/// One thing that is wrong, before it is known which rule of which source it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// What can be refused for one reason.
pub(crate) type Checked<T> = Result<T, Problem>;

impl Problem {
    #[cold]
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: String::new() }
    }

    #[cold]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// The problems of one document so far, the rule that they belong to, and where its parts stand.
///
/// Functions that read a part of it report what is wrong and give `None`; their callers read on, so that an author learns
/// of everything at once.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    source: &'s str,
    /// Lines of the source before the document.
    lines_before: usize,
    id: String,
    title: String,
    problems: Vec<Problem>,
    pub(crate) parts: Parts,
}

/// A document with more mistakes than this is no attempt at a rule.
const MOST_PROBLEMS: usize = 50;

/// Longer lists of names do not help.
const MOST_LISTED: usize = 40;

impl<'s> Findings<'s> {
    pub(crate) fn new(source: &'s str, lines_before: usize) -> Self {
        let (id, title) = (String::new(), String::new());
        Self { source, lines_before, id, title, problems: Vec::new(), parts: Parts::default() }
    }

    /// What is found, before and after, belongs to this rule.
    pub(crate) fn set_rule(&mut self, id: &str, title: &str) {
        id.clone_into(&mut self.id);
        title.clone_into(&mut self.title);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        // What several parts of a rule rest on is reported once.
        if self.problems.len() < MOST_PROBLEMS && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// What was checked, if nothing was wrong with it.
    pub(crate) fn checked<T>(&mut self, checked: Checked<T>) -> Option<T> {
        checked.map_err(|problem| self.push(problem)).ok()
    }

    pub(crate) fn report(&mut self, place: Place, message: impl Into<String>) {
        self.push(Problem::new(place, message));
    }

    pub(crate) fn report_with_help(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Problem::new(place, message).help(help));
    }

    /// Reports a name that is none of those known, with the known one that it resembles most.
    pub(crate) fn report_unknown<'k>(
        &mut self,
        place: Place,
        message: impl Into<String>,
        found: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        if self.problems.len() >= MOST_PROBLEMS {
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

    /// Where in the source a place of the document is.
    pub(crate) fn origin(&self, place: Place) -> Origin {
        let (line, column) = self.position(place);
        Origin { source: self.source.to_owned(), line, column }
    }

    /// Line and column within the source.
    pub(crate) const fn position(&self, place: Place) -> (usize, usize) {
        (self.lines_before.saturating_add(place.line), place.column)
    }

    /// Puts the problems in the order of the text.
    pub(crate) fn sort(&mut self) {
        self.problems.sort_by_key(|problem| problem.place);
    }

    pub(crate) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let problems = std::mem::take(&mut self.problems);
        let rule = if self.id.is_empty() { &self.title } else { &self.id };
        problems
            .into_iter()
            .map(|Problem { place, message, help }| self.origin(place).diagnostic(rule, message, &help))
            .collect()
    }

    /// The rule that is refused for what was found; `None` if that is nothing.
    pub(crate) fn into_refused(self) -> Option<Refused> {
        let (id, title) = (self.id.clone(), self.title.clone());
        let diagnostics = self.into_diagnostics();
        (!diagnostics.is_empty()).then_some(Refused { id, title, diagnostics })
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
