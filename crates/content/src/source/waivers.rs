//! What stands under `waivers`: findings about a rule that its author accepts, with or beside the rule.

use std::collections::BTreeSet;

use channel_file::template::{Example, Field, Rule, TemplateInstance, TemplateType};

use super::criteria::field_index;
use super::selection::Types;
use crate::Waiver;
use crate::excerpt::quoted;
use crate::findings::{Findings, Origin};
use crate::yaml::{Node, under};

/// Reads a list of waivers; the rule with this id has them.
pub(crate) fn read(node: &Node<'_>, rule: &str, findings: &mut Findings<'_>) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for node in findings.list(node, "waivers").unwrap_or_default() {
        waivers.extend(waiver(node, rule, findings));
    }
    waivers
}

fn waiver(node: &Node<'_>, rule: &str, findings: &mut Findings<'_>) -> Option<Waiver> {
    let entries = findings.mapping(node, "a waiver with the keys `finding` and `reason`")?;
    findings.only_known_keys(entries, &["finding", "field", "reason"], "a waiver");
    let finding = match under(entries, "finding") {
        Some(node) => word(node, findings),
        None => {
            findings.report(node.place, "the waiver has no key `finding`");
            None
        }
    };
    let field = under(entries, "field").map(|node| findings.name(node, "the name of a field"));
    let reason = match under(entries, "reason") {
        Some(node) => reason(node, findings),
        None => {
            let help = "`reason` says on one line why the finding is accepted";
            findings.report_with_help(node.place, "the waiver has no key `reason`", help);
            None
        }
    };
    let field = match field {
        Some(field) => Some(field?.to_owned()),
        None => None,
    };
    let Origin { source, line, column } = findings.origin(node.place);
    let (finding, reason) = (finding?.to_owned(), reason?.to_owned());
    Some(Waiver { rule: rule.to_owned(), finding, field, reason, source, line, column })
}

/// The code or the name of a finding. Which there are the validator knows.
fn word<'n>(node: &'n Node<'_>, findings: &mut Findings<'_>) -> Option<&'n str> {
    let text = findings.text(node, "the code or name of a finding")?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Some(text);
    }
    let message = format!("expected the code or name of a finding, found {}", quoted(text));
    findings.report_with_help(node.place, message, "it has letters, digits and hyphens alone, such as `no-witness`");
    None
}

fn reason<'n>(node: &'n Node<'_>, findings: &mut Findings<'_>) -> Option<&'n str> {
    let text = findings.text(node, "a reason")?;
    let wrong = if text.trim().is_empty() {
        "expected a reason, found a text without a word".to_owned()
    } else if channel_file::template::is_name(text) {
        return Some(text);
    } else {
        format!("expected a reason on one line and without control characters, found {}", quoted(text))
    };
    findings.report(node.place, wrong);
    None
}

/// The fields that waivers of a rule can name.
#[derive(Debug)]
pub(crate) struct WaivableFields<'l> {
    types: Vec<&'l TemplateType>,
    /// Of all these types.
    names: BTreeSet<&'l str>,
}

impl<'l> WaivableFields<'l> {
    /// The fields of the rule's template types.
    pub(crate) fn of(rule: &Rule, types: &Types<'l>) -> Self {
        let instances = rule.instances().iter().map(TemplateInstance::template_type);
        let keys: BTreeSet<_> = instances.chain(rule.examples().iter().map(Example::template_type)).collect();
        let types: Vec<_> = keys.into_iter().filter_map(|key| types.get(key)).collect();
        let names = types.iter().flat_map(|template_type| template_type.fields()).map(Field::name).collect();
        Self { types, names }
    }

    /// Reports each waiver of the list that names another field.
    pub(crate) fn check(&self, list: &Node<'_>, types: &mut Types<'l>, findings: &mut Findings<'_>) {
        for node in list.one_or_many().iter().filter_map(|waiver| waiver.under("field")) {
            let Some(name) = node.text().filter(|name| !self.names.contains(name)) else {
                continue;
            };
            if let [only] = *self.types {
                field_index(name, node.place, only, types, findings);
            } else {
                let message = format!("no template type of the rule has a field {}", quoted(name));
                findings.report_unknown(node.place, message, name, self.names.iter().copied());
            }
        }
    }
}
