//! The own source format: YAML text to and from template types and rules. `docs/SOURCE.md` describes it.
//!
//! From the [tree](crate::yaml) of a document come a channel's [header](mod@header), a [template type](mod@template_type) or a [rule](mod@rule).
//! [Printing](mod@print) leads back.

mod criteria;
mod examples;
mod header;
mod numbers;
mod operators;
mod patterns;
mod print;
mod quote;
mod reading;
mod rule;
mod selection;
mod template_type;
mod values;
mod waivers;

use channel_file::Limits;
use channel_file::template::TemplateType;

pub(crate) use self::header::{Header, read as read_header};
pub use self::print::{PatternText, decompile, value_text};
pub(crate) use self::rule::{Authored, read as read_rule};
pub(crate) use self::selection::Types;
pub(crate) use self::template_type::read as read_template_types;
pub use self::values::bytes_of_hexadecimal;
pub(crate) use self::waivers::{WaivableFields, read as read_waivers};
use crate::Diagnostic;
use crate::document::{self, Kind};
use crate::findings::Findings;
use crate::yaml::documents;

/// A text with a name, mostly that of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source<'t> {
    /// What diagnostics call it.
    pub name: &'t str,
    /// What it says.
    pub text: &'t str,
}

/// The template types that a source declares, each in all its versions, by document and version; other documents are
/// passed over.
pub(crate) fn declared_types(source: &Source<'_>) -> (Vec<TemplateType>, Vec<Diagnostic>) {
    let mut types = Vec::new();
    let mut diagnostics = Vec::new();
    for document in documents(source.text) {
        let mut findings = Findings::new(source.name, document.lines_before);
        if let Some((Kind::TemplateType, root)) = document::read(document, &mut findings) {
            types.extend(read_template_types(&root, &Limits::DEFAULT, &mut findings).into_iter().flatten());
        }
        diagnostics.extend(findings.into_diagnostics());
    }
    (types, diagnostics)
}
