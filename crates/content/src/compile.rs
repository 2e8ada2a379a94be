//! From sources to the content of one channel file.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::Limits;
use channel_file::template::{Content, ContentBuilder, Rule, TypeKey};

use crate::document::{self, EXPECTED, Kind};
use crate::excerpt::quoted;
use crate::findings::{Findings, Origin};
use crate::source::{self, Authored, Header, Types};
use crate::yaml::{Node, Place, documents};
use crate::{Diagnostic, Origins, Refused, RuleOrigin, Source, TypeLibrary, Waiver, sigma};

mod accept;
mod limits;
mod waivers;

/// What [`compile()`] is told beside sources and types.
#[derive(Clone, Debug, Default)]
pub struct CompileOptions {
    /// The channel, whatever the sources say.
    pub channel: Option<u32>,
    /// The content version, whatever the sources say. Without it and without a header it is 1.
    pub content_version: Option<u64>,
    /// Gives content without the rules that were refused; otherwise one refusal refuses all.
    pub skip_refused: bool,
    /// What template types and rules in sources keep to, each alone and all rules together. How long the file becomes, and
    /// how many types it has, is the writer's to check.
    pub limits: Limits,
    /// How Sigma rules are read.
    pub sigma: sigma::Options,
}

/// What came of sources.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The content; `None` if there are diagnostics, if no rule is left, or if one was refused and that is not allowed.
    pub content: Option<Content>,
    /// How many rules were accepted, whether they became content or not.
    pub accepted: usize,
    /// The rules that were refused, by source and line.
    pub refused: Vec<Refused>,
    /// What is wrong beside rules, by source and line.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether nothing is wrong but that the sources hold no rule: they may declare types for others.
    pub holds_no_rule: bool,
    /// Where the accepted rules were written.
    pub origins: Origins,
    /// What the sources waive of the accepted rules, by source and line.
    pub waivers: Vec<Waiver>,
}

/// Compiles sources to content. Each document of a source is of the own format or a Sigma rule, whichever its keys say.
///
/// Template types that sources declare are known to the rules of all of them. The order of the sources does not matter.
///
/// A short rule can have many alternatives, each of which becomes an instance: time and memory of one rule are bounded by
/// [`sigma::Options`], memory of all of them by the limits on instances and patterns, beyond which rules are refused. For
/// all else both are linear in the sources, but for sorting.
#[must_use]
pub fn compile(sources: &[Source<'_>], types: &TypeLibrary, options: &CompileOptions) -> Compiled {
    let mut sources = sources.to_vec();
    sources.sort_unstable();

    let mut faults = Faults::default();
    let mut documents = read(&sources, options, &mut faults);
    let types = add_types(types.clone(), &mut documents, options, &mut faults);
    let header = header(&mut documents, &mut faults);
    let beside = of_kind(&mut documents, Kind::Waivers);
    let mut known = Types::new(&types);
    let candidates = read_rules(documents, &mut known, &types, options, &mut faults);
    let candidates = accept::accept(candidates, &mut faults);
    let mut waivers = waivers::read(beside, &candidates, &mut known, &mut faults);
    let mut origins = Origins::default();
    let mut rules = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        origins.insert(candidate.rule.id(), candidate.written);
        waivers.extend(candidate.waivers);
        rules.push(candidate.rule);
    }

    let accepted = rules.len();
    let complete = faults.diagnostics.is_empty() && (faults.refused.is_empty() || options.skip_refused);
    let holds_no_rule = complete && accepted == 0 && faults.refused.is_empty();
    let content = if complete { build(rules, header, &types, options, &mut faults) } else { None };
    let Faults { mut refused, mut diagnostics } = faults;
    refused.sort_by(|one, two| one.diagnostics.first().map(position).cmp(&two.diagnostics.first().map(position)));
    diagnostics.sort_by(|one, two| position(one).cmp(&position(two)));
    waivers.sort_by(|one, two| (&one.source, one.line, one.column).cmp(&(&two.source, two.line, two.column)));
    Compiled { content, accepted, refused, diagnostics, holds_no_rule, origins, waivers }
}

/// The template types that sources declare; what else is in them is passed over.
///
/// # Errors
///
/// What is wrong with the declarations, and where documents cannot be read, by source and line.
pub fn template_types(sources: &[Source<'_>], limits: &Limits) -> Result<TypeLibrary, Vec<Diagnostic>> {
    let options = CompileOptions { limits: *limits, ..CompileOptions::default() };
    let mut faults = Faults::default();
    let mut documents = read(sources, &options, &mut faults);
    let types = add_types(TypeLibrary::new(), &mut documents, &options, &mut faults);
    let Faults { refused, mut diagnostics } = faults;
    diagnostics.extend(refused.into_iter().flat_map(|refused| refused.diagnostics));
    diagnostics.sort_by(|one, two| position(one).cmp(&position(two)));
    if diagnostics.is_empty() { Ok(types) } else { Err(diagnostics) }
}

/// What has been found wrong so far.
#[derive(Debug, Default)]
struct Faults {
    refused: Vec<Refused>,
    diagnostics: Vec<Diagnostic>,
}

impl Faults {
    fn refuse(&mut self, findings: Findings<'_>) {
        self.refused.extend(findings.into_refused());
    }
}

fn position(diagnostic: &Diagnostic) -> (&str, usize, usize) {
    (&diagnostic.source, diagnostic.line, diagnostic.column)
}

/// A document that has been parsed, and what is found in it from then on.
struct Document<'t> {
    kind: Kind,
    root: Node<'t>,
    findings: Findings<'t>,
}

/// A rule, where it was written, and what is waived with it.
struct Candidate {
    rule: Rule,
    written: RuleOrigin,
    waivers: Vec<Waiver>,
}

/// Parses every document. What cannot be parsed may be a rule: it is refused as one without a name. So is a source in
/// which there is nothing.
fn read<'t>(sources: &[Source<'t>], options: &CompileOptions, faults: &mut Faults) -> Vec<Document<'t>> {
    let mut read = Vec::new();
    for source in sources {
        let found_before = (read.len(), faults.refused.len());
        for document in documents(source.text) {
            let mut findings = Findings::new(source.name, document.lines_before);
            let Some((kind, root)) = document::read(document, &mut findings) else {
                faults.refuse(findings);
                continue;
            };
            if kind == Kind::Sigma
                && let Err(problem) = sigma::check_length(source.text, &options.sigma)
            {
                findings.push(problem);
                faults.refuse(findings);
                continue;
            }
            read.push(Document { kind, root, findings });
        }
        if found_before == (read.len(), faults.refused.len()) {
            let mut findings = Findings::new(source.name, 0);
            findings.report(Place::default(), format!("expected {EXPECTED}, found nothing"));
            faults.refuse(findings);
        }
    }
    read
}

/// Takes the documents of this kind out.
fn of_kind<'t>(documents: &mut Vec<Document<'t>>, kind: Kind) -> Vec<Document<'t>> {
    documents.extract_if(.., |document| document.kind == kind).collect()
}

/// Adds the types that documents declare; two documents may declare the same one alike.
fn add_types(
    mut library: TypeLibrary,
    documents: &mut Vec<Document<'_>>,
    options: &CompileOptions,
    faults: &mut Faults,
) -> TypeLibrary {
    let mut declared = Vec::new();
    for Document { root, mut findings, .. } in of_kind(documents, Kind::TemplateType) {
        let types = source::read_template_types(&root, &options.limits, &mut findings);
        let origin = findings.origin(root.place);
        declared.extend(types.into_iter().flatten().map(|template_type| (template_type, origin.clone())));
        faults.diagnostics.extend(findings.into_diagnostics());
    }
    declared.sort_by_key(|(template_type, _)| template_type.key());
    for (template_type, _) in &declared {
        library.make_way_for(template_type);
    }
    let mut known = BTreeMap::new();
    for (template_type, origin) in declared {
        let key = template_type.key();
        match library.insert(template_type) {
            Ok(()) => {
                known.entry(key.id).or_insert(origin);
            }
            Err(refused) => {
                let elsewhere = known.get(&key.id).map_or_else(String::new, Origin::to_string);
                let message = format!(
                    "the template type {} contradicts another with id {}: {elsewhere}",
                    quoted(refused.name()),
                    key.id
                );
                let help = "an id has one name, a version one list of fields, and each version appends fields to the one before";
                faults.diagnostics.push(origin.diagnostic("", message, help));
            }
        }
    }
    library
}

/// The header; there is at most one.
fn header(documents: &mut Vec<Document<'_>>, faults: &mut Faults) -> Option<Header> {
    let mut first: Option<(Option<Header>, Origin)> = None;
    for Document { root, mut findings, .. } in of_kind(documents, Kind::Header) {
        let header = source::read_header(&root, &mut findings);
        let origin = findings.origin(root.place);
        faults.diagnostics.extend(findings.into_diagnostics());
        match &first {
            None => first = Some((header, origin)),
            Some((_, elsewhere)) => {
                let message = format!("the channel is given a second time; first in {elsewhere}");
                faults.diagnostics.push(origin.diagnostic("", message, "one document among all sources gives it"));
            }
        }
    }
    first?.0
}

/// Reads the rules of both formats.
fn read_rules<'l>(
    documents: Vec<Document<'_>>,
    types: &mut Types<'l>,
    library: &'l TypeLibrary,
    options: &CompileOptions,
    faults: &mut Faults,
) -> Vec<Candidate> {
    let mut totals = limits::Totals::default();
    let mut candidates = Vec::new();
    for Document { kind, root, mut findings } in documents {
        let read = match kind {
            Kind::Sigma => sigma::read_rule(&root, library, &options.sigma, &mut findings)
                .map(|rule| Authored { rule, waivers: Vec::new() }),
            _ => source::read_rule(&root, types, &mut findings),
        };
        let read = read.filter(|Authored { rule, .. }| {
            limits::check(rule, &root, &options.limits, &mut findings)
                .and_then(|()| totals.add(rule, root.place, &options.limits, &mut findings))
                .is_some()
        });
        match read {
            Some(Authored { rule, waivers }) => {
                let written = findings.into_rule_origin(&rule, root.place);
                candidates.push(Candidate { rule, written, waivers });
            }
            None => faults.refuse(findings),
        }
    }
    candidates
}

fn build(
    rules: Vec<Rule>,
    header: Option<Header>,
    types: &TypeLibrary,
    options: &CompileOptions,
    faults: &mut Faults,
) -> Option<Content> {
    let nowhere = Origin::default();
    if rules.is_empty() {
        let (message, help) = if faults.refused.is_empty() {
            ("the sources hold no rule", "content needs a rule: a document with the key `rule`, or a Sigma rule")
        } else {
            ("no rule was accepted", "content needs at least one rule that is not refused")
        };
        faults.diagnostics.push(nowhere.diagnostic("", message.to_owned(), help));
        return None;
    }
    let Some(channel) = options.channel.or(header.map(|header| header.channel)) else {
        let message = "no source says which channel this is".to_owned();
        faults.diagnostics.push(nowhere.diagnostic(
            "",
            message,
            "a document `channel: 291` in one of the sources says it",
        ));
        return None;
    };
    let version = options.content_version.or(header.map(|header| header.content_version)).unwrap_or(1);
    let used: BTreeSet<TypeKey> =
        rules.iter().flat_map(|rule| rule.instances().iter().map(|instance| instance.template_type())).collect();
    let builder = Content::builder(channel, version);
    let builder = used.iter().filter_map(|key| types.get(*key)).cloned().fold(builder, ContentBuilder::template_type);
    match rules.into_iter().fold(builder, ContentBuilder::rule).build() {
        Ok(content) => Some(content),
        Err(error) => {
            faults.diagnostics.push(nowhere.diagnostic("", error.to_string(), ""));
            None
        }
    }
}
