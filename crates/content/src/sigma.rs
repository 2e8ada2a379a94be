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
//! assert_eq!(import.rules[0].rule.instances().len(), 1);
//! # Ok::<(), channel_file::Error>(())
//! ```

mod alternatives;
mod condition;
mod conjunction;
mod detection;
mod encoding;
mod expression;
mod header;
mod item;
mod logsource;
mod lowering;
mod options;
mod regex;
mod rule;
mod simplify;
mod value;
mod vocabulary;

use channel_file::template::Rule;

pub use self::options::Options;
pub(crate) use self::rule::read as read_rule;
use crate::findings::{Checked, Findings, Problem};
use crate::yaml::{Place, documents};
use crate::{Refused, TypeLibrary};

/// What an import gave.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The rules that were accepted, in the order of the text.
    pub rules: Vec<Imported>,
    /// The documents that were refused, in the order of the text.
    pub refused: Vec<Refused>,
}

/// A rule, and where in the text it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The rule.
    pub rule: Rule,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

/// Imports the rules of a text, which may hold several YAML documents.
///
/// Never fails as a whole: what is not accepted is in [`Import::refused`]. A document that is no YAML is one refusal and
/// leaves the others readable. Time and memory are bounded by the text and by [`Options`]. The result depends on the
/// arguments alone.
#[must_use]
pub fn import(text: &str, source_name: &str, types: &TypeLibrary, options: &Options) -> Import {
    let mut import = Import::default();
    if let Err(problem) = check_length(text, options) {
        let mut findings = Findings::new(source_name, 0);
        findings.push(problem);
        import.refused.extend(findings.into_refused());
        return import;
    }
    for document in documents(text) {
        let mut findings = Findings::new(source_name, document.lines_before);
        if let Some(Some(parsed)) = findings.checked(document.parse())
            && let Some(rule) = read_rule(&parsed.root, types, options, &mut findings)
        {
            let origin = findings.origin(parsed.root.place);
            import.rules.push(Imported { rule, line: origin.line, column: origin.column });
        }
        import.refused.extend(findings.into_refused());
    }
    import
}

/// Whether the import takes texts of this length.
pub(crate) fn check_length(text: &str, options: &Options) -> Checked<()> {
    if text.len() <= options.max_text_bytes {
        return Ok(());
    }
    let message = format!("the text has {} bytes; the limit is {}", text.len(), options.max_text_bytes);
    Err(Problem::new(Place::default(), message))
}
