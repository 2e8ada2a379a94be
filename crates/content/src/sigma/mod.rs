//! Import of [Sigma](https://sigmahq.io) rules.
//!
//! A rule becomes a [`Rule`] whose instances are the alternatives of its condition. `docs/SIGMA.md` says how each part
//! of Sigma maps, and what is refused and why. A rule is imported whole or refused: nothing is left out silently.
//!
//! ```
//! use channel_file::template::{FieldKind, TemplateType};
//! use channel_file_content::{TypeLibrary, sigma};
//!
//! let mut types = TypeLibrary::new();
//! let pipe_created = TemplateType::builder(17, 1, "pipe_created").field("PipeName", FieldKind::Text).build()?;
//! types.insert(pipe_created).expect("the library was empty");
//!
//! let rule = r"
//! title: Example Pipe
//! id: 00000000-0000-4000-8000-000000000001
//! logsource: { product: windows, category: pipe_created }
//! detection:
//!     selection:
//!         PipeName|startswith: '\example-'
//!     condition: selection
//! level: high
//! ";
//! let import = sigma::import(rule, "example.yml", &types, &sigma::Options::default());
//! assert!(import.refused.is_empty());
//! assert_eq!(import.rules[0].instances().len(), 1);
//! # Ok::<(), channel_file::Error>(())
//! ```

mod alternatives;
mod condition;
mod detection;
mod encoding;
mod expression;
mod header;
mod item;
mod logsource;
mod lowering;
mod options;
mod problem;
mod regex;
mod rule;
mod simplify;
mod value;
mod vocabulary;
mod yaml;

use channel_file::template::Rule;

pub use self::options::Options;
use self::problem::{Position, Problem};
use self::yaml::{Documents, NodeValue};
use crate::{Diagnostic, TypeLibrary};

/// What an import gave.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The rules that were accepted, in the order of the text.
    pub rules: Vec<Rule>,
    /// The documents that were refused, in the order of the text.
    pub refused: Vec<Refused>,
}

/// A document that could not be said whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rule's id; empty if it has none, or if the text could not be read that far.
    pub id: String,
    /// The rule's title; empty as above.
    pub title: String,
    /// Why: at least one reason, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Imports the rules of a text, which may hold several YAML documents.
///
/// Never fails as a whole: what is not accepted is in [`Import::refused`]. A text that is no YAML is one refusal, after
/// the documents before the error. Time and memory are bounded by the text and by [`Options`]. The result depends on
/// the arguments alone.
#[must_use]
pub fn import(text: &str, source_name: &str, types: &TypeLibrary, options: &Options) -> Import {
    let mut import = Import::default();
    if text.len() > options.max_text_bytes {
        let message = format!("the text has {} bytes; the limit is {}", text.len(), options.max_text_bytes);
        import.refuse(source_name, "", "", vec![Problem::new(Position::default(), message)]);
        return import;
    }
    for document in Documents::new(text) {
        match document {
            Ok(document) if document.value == NodeValue::Null => {}
            Ok(document) => {
                let outcome = rule::import(&document, types, options);
                match outcome.rule {
                    Ok(rule) => import.rules.push(rule),
                    Err(problems) => import.refuse(source_name, &outcome.header.id, &outcome.header.title, problems),
                }
            }
            Err(problem) => import.refuse(source_name, "", "", vec![problem]),
        }
    }
    import
}

impl Import {
    fn refuse(&mut self, source_name: &str, id: &str, title: &str, problems: Vec<Problem>) {
        let name = if id.is_empty() { title } else { id };
        let diagnostics = problems.into_iter().map(|problem| problem.diagnostic(source_name, name)).collect();
        self.refused.push(Refused { id: id.to_owned(), title: title.to_owned(), diagnostics });
    }
}
