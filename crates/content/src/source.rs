//! The own source format: YAML text to and from template types and rules. `docs/SOURCE.md` describes it.
//!
//! Text is cut into [documents](mod@documents), each becomes a [`tree`] with places, and from trees come a channel's [`header`],
//! [template types](template_type) and [rules](rule). [Printing](mod@print) leads back.

mod criteria;
mod documents;
mod examples;
mod findings;
mod glob;
mod header;
mod patterns;
mod print;
mod quote;
mod reading;
mod rule;
mod selection;
mod suggestion;
mod template_type;
mod tree;

use channel_file::Limits;
use channel_file::template::TemplateType;

pub use self::print::decompile;
use self::tree::{Entry, Node, Place, Value};
pub(crate) use self::{
    documents::documents,
    findings::{Findings, Origin, quoted},
    header::Header,
    selection::Types,
};
use crate::Diagnostic;

/// A text with a name, mostly that of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source<'t> {
    /// What diagnostics call it.
    pub name: &'t str,
    /// What it says.
    pub text: &'t str,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Header,
    TemplateType,
    Rule,
}

impl Kind {
    const ALL: [(&'static str, Self); 3] =
        [("rule", Self::Rule), ("template-type", Self::TemplateType), ("channel", Self::Header)];
}

/// A document that has been parsed, of a kind that its keys give.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) entries: Vec<Entry<'t>>,
}

/// Parses a document. `None` if there is nothing in it, or if something is wrong, which is then reported.
pub(crate) fn parse<'t>(text: &'t str, findings: &mut Findings<'_>) -> Option<Parsed<'t>> {
    let Node { place, value } = tree::parse(text, findings)?;
    let Value::Mapping(entries) = value else {
        findings.report(place, "expected a document with the key `rule`, `template-type` or `channel`");
        return None;
    };
    let Some((_, kind)) = Kind::ALL.iter().find(|(key, _)| reading::entry(&entries, key).is_some()) else {
        let known = Kind::ALL.iter().map(|(key, _)| *key);
        let meant = entries.iter().find(|entry| suggestion::nearest(&entry.key, known.clone()).is_some());
        let (place, found) = meant.or(entries.first()).map_or((place, ""), |entry| (entry.place, &*entry.key));
        let message =
            format!("expected a document with the key `rule`, `template-type` or `channel`, found {}", quoted(found));
        findings.report_unknown(place, message, found, known);
        return None;
    };
    Some(Parsed { kind: *kind, place, entries })
}

impl Parsed<'_> {
    /// The header; the document is one.
    pub(crate) fn header(&self, findings: &mut Findings<'_>) -> Option<Header> {
        header::read(&self.entries, findings)
    }

    /// The versions of the template type; the document is one.
    pub(crate) fn template_types(&self, limits: &Limits, findings: &mut Findings<'_>) -> Option<Vec<TemplateType>> {
        template_type::read(self.place, &self.entries, limits, findings)
    }

    /// The rule; the document is one.
    pub(crate) fn rule(
        &self,
        types: &mut Types<'_>,
        findings: &mut Findings<'_>,
    ) -> Option<channel_file::template::Rule> {
        rule::read(self.place, &self.entries, types, findings)
    }
}

/// The template types that a source declares, each in all its versions, by document and version; other documents are passed over.
pub(crate) fn declared_types(source: &Source<'_>) -> (Vec<TemplateType>, Vec<Diagnostic>) {
    let mut types = Vec::new();
    let mut diagnostics = Vec::new();
    for document in documents(source.text) {
        let mut findings = Findings::new(source.name, document.lines_before);
        let parsed = parse(document.text, &mut findings).filter(|parsed| parsed.kind == Kind::TemplateType);
        let found = parsed.and_then(|parsed| parsed.template_types(&Limits::DEFAULT, &mut findings));
        types.extend(found.into_iter().flatten());
        diagnostics.extend(findings.into_diagnostics());
    }
    (types, diagnostics)
}
