//! The keys that say how a pattern looks at a value.

use channel_file::template::{Operator, OperatorSet};

use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Entry, Node};

const OPERATORS: [(&str, Operator); 11] = [
    ("equals", Operator::Equals),
    ("starts-with", Operator::StartsWith),
    ("ends-with", Operator::EndsWith),
    ("contains", Operator::Contains),
    ("glob", Operator::Glob),
    ("regex", Operator::Regex),
    ("number", Operator::Equals),
    ("range", Operator::Range),
    ("address", Operator::Equals),
    ("cidr", Operator::Cidr),
    ("field", Operator::FieldReference),
];

/// Whether this is a key that says how a pattern looks at a value.
pub(crate) fn is_operator(key: &str) -> bool {
    OPERATORS.iter().any(|(name, _)| *name == key)
}

/// The one key that says how the pattern looks at a value.
pub(crate) fn operator<'n, 't>(
    node: &'n Node<'t>,
    entries: &'n [Entry<'t>],
    findings: &mut Findings<'_>,
) -> Option<(&'static str, Operator, &'n Node<'t>)> {
    let mut found: Option<(&'static str, Operator, &'n Node<'t>)> = None;
    for entry in entries {
        if let Some((key, operator)) = OPERATORS.iter().find(|(key, _)| *key == entry.key) {
            if let Some((first, ..)) = found {
                findings.report_with_help(
                    entry.place,
                    format!("a pattern has one operator; `{key}` stands beside `{first}`"),
                    "alternatives are items of the list; what must hold together are criteria of their own",
                );
                return None;
            }
            found = Some((*key, *operator, &entry.node));
        } else if !["case", "comparison"].contains(&&*entry.key) {
            let known = OPERATORS.iter().map(|(key, _)| *key).chain(["case", "comparison"]);
            findings.report_unknown(
                entry.place,
                format!("there is no operator {}", quoted(&entry.key)),
                &entry.key,
                known,
            );
            return None;
        }
    }
    if found.is_none() {
        let known = names(OPERATORS.iter().map(|(key, _)| *key));
        findings.report(node.place, format!("expected a pattern with one of {known}"));
    }
    found
}

/// The operators of a set, as the format calls them.
pub(crate) fn keys(operators: OperatorSet) -> String {
    names(operators.iter().map(|operator| match operator {
        Operator::FieldReference => "field",
        _ => operator.name(),
    }))
}

/// `a`, `b` and `c`, each in quotes.
fn names(names: impl Iterator<Item = impl std::fmt::Display>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
