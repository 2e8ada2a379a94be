//! Documents that are rules.

use std::collections::BTreeSet;

use channel_file::template::{Disposition, Rule, Severity, TemplateInstance};

use super::selection::{self, Selection, Types};
use super::waivers::{self, WaivableFields};
use super::{criteria, examples};
use crate::Waiver;
use crate::findings::Findings;
use crate::yaml::{Entry, Node, Place, under};

/// What instances have unless they say otherwise.
#[derive(Clone, Copy)]
struct Defaults<'n> {
    selection: Option<Selection<'n>>,
    severity: Severity,
    disposition: Disposition,
}

impl<'n> Defaults<'n> {
    fn read(self, entries: &'n [Entry<'_>], findings: &mut Findings<'_>) -> Self {
        let severity = under(entries, "severity")
            .and_then(|node| findings.named(node, "a severity", Severity::ALL, Severity::name));
        let disposition = under(entries, "disposition")
            .and_then(|node| findings.named(node, "a disposition", Disposition::ALL, Disposition::name));
        Self {
            selection: Selection::read(entries, self.selection, findings),
            severity: severity.unwrap_or(self.severity),
            disposition: disposition.unwrap_or(self.disposition),
        }
    }
}

/// A rule, and what stands with it without being content.
#[derive(Debug)]
pub(crate) struct Authored {
    pub(crate) rule: Rule,
    pub(crate) waivers: Vec<Waiver>,
}

/// Reads a rule. `None` if anything is wrong with it, which is then reported.
pub(crate) fn read(root: &Node<'_>, types: &mut Types<'_>, findings: &mut Findings<'_>) -> Option<Authored> {
    const KEYS: [&str; 13] = [
        "rule",
        "title",
        "author",
        "references",
        "type",
        "type-id",
        "type-version",
        "severity",
        "disposition",
        "when",
        "instances",
        "examples",
        "waivers",
    ];
    let (place, entries) = (root.place, root.entries());
    let id = under(entries, "rule").and_then(|node| findings.name(node, "the id of a rule"))?;
    findings.set_rule(id, "");
    findings.only_known_keys(entries, &KEYS, "a rule");
    let mut rule = Rule::builder(id);
    if let Some(title) = under(entries, "title").and_then(|node| findings.title(node, "a title")) {
        findings.set_rule(id, title);
        rule = rule.title(title);
    }
    if let Some(author) = under(entries, "author").and_then(|node| findings.title(node, "an author")) {
        rule = rule.author(author);
    }
    for node in under(entries, "references").and_then(|node| findings.list(node, "references")).unwrap_or_default() {
        if let Some(reference) = findings.name(node, "a reference") {
            rule = rule.reference(reference);
        }
    }
    let defaults = Defaults { selection: None, severity: Severity::Medium, disposition: Disposition::Detect };
    let defaults = defaults.read(entries, findings);
    let mentioned = mentioned_fields(root);
    for instance in instances(place, entries, defaults, &mentioned, types, findings) {
        rule = rule.instance(instance);
    }
    if let Some(node) = under(entries, "examples") {
        for example in examples::read(node, defaults.selection, &mentioned, types, findings) {
            rule = rule.example(example);
        }
    }
    let waived = under(entries, "waivers");
    let waivers = waived.map(|node| waivers::read(node, id, findings)).unwrap_or_default();
    if !findings.is_empty() {
        return None;
    }
    match rule.build() {
        Ok(rule) => {
            if let Some(node) = waived {
                WaivableFields::of(&rule, types).check(node, types, findings);
            }
            findings.is_empty().then_some(Authored { rule, waivers })
        }
        Err(error) => {
            findings.report(place, error.to_string());
            None
        }
    }
}

fn instances<'n>(
    place: Place,
    entries: &'n [Entry<'_>],
    defaults: Defaults<'n>,
    mentioned: &BTreeSet<&str>,
    types: &mut Types<'_>,
    findings: &mut Findings<'_>,
) -> Vec<TemplateInstance> {
    match (under(entries, "when"), under(entries, "instances")) {
        (Some(_), None) => instance(place, entries, defaults, mentioned, types, findings).into_iter().collect(),
        (None, Some(node)) => {
            let mut instances = Vec::new();
            for node in findings.list(node, "instances").unwrap_or_default() {
                let Some(entries) = findings.mapping(node, "an instance with the key `when`") else {
                    continue;
                };
                const KEYS: [&str; 6] = ["type", "type-id", "type-version", "severity", "disposition", "when"];
                findings.only_known_keys(entries, &KEYS, "an instance");
                let own = defaults.read(entries, findings);
                instances.extend(instance(node.place, entries, own, mentioned, types, findings));
            }
            instances
        }
        (None, None) => {
            findings.report_with_help(
                place,
                "the rule says nothing",
                "`when` lists the criteria that an event must meet",
            );
            Vec::new()
        }
        (Some(_), Some(instances)) => {
            findings.report_with_help(
                instances.place,
                "the rule has both `when` and `instances`",
                "where there are alternatives, each instance has a `when` of its own",
            );
            Vec::new()
        }
    }
}

fn instance(
    place: Place,
    entries: &[Entry<'_>],
    Defaults { selection, severity, disposition }: Defaults<'_>,
    mentioned: &BTreeSet<&str>,
    types: &mut Types<'_>,
    findings: &mut Findings<'_>,
) -> Option<TemplateInstance> {
    let Some(selection) = selection else {
        if !selection::KEYS.iter().any(|key| under(entries, key).is_some()) {
            findings.report(place, "expected a key `type` with the name of a template type");
        }
        return None;
    };
    let template_type = types.resolve(selection, mentioned, findings)?;
    let Some(when) = under(entries, "when") else {
        findings.report(place, "the instance has no key `when`");
        return None;
    };
    let criteria = criteria::read(when, template_type, types, findings);
    if !findings.is_empty() {
        return None;
    }
    let builder = TemplateInstance::builder(template_type).severity(severity).disposition(disposition);
    match builder.criteria(criteria).build() {
        Ok(instance) => {
            findings.note_instance(&instance, place);
            Some(instance)
        }
        Err(error) => {
            findings.report(when.place, error.to_string());
            None
        }
    }
}

/// The names of all fields that a rule mentions, whatever their type.
fn mentioned_fields<'n>(rule: &'n Node<'_>) -> BTreeSet<&'n str> {
    let mut names = BTreeSet::new();
    let instances = rule.under("instances").map(Node::one_or_many).unwrap_or_default();
    for when in rule.under("when").into_iter().chain(instances.iter().filter_map(|instance| instance.under("when"))) {
        for criterion in when.one_or_many() {
            names.extend(criterion.under("field").and_then(Node::text));
            let patterns = ["any-of", "none-of"].into_iter().filter_map(|sense| criterion.under(sense));
            let references = patterns.flat_map(Node::one_or_many).filter_map(|pattern| pattern.under("field"));
            names.extend(references.flat_map(Node::one_or_many).filter_map(Node::text));
        }
    }
    for example in rule.under("examples").map(Node::one_or_many).unwrap_or_default() {
        for event in ["match", "no-match"].into_iter().filter_map(|expectation| example.under(expectation)) {
            names.extend(event.entries().iter().map(|entry| &*entry.key));
        }
    }
    names
}
