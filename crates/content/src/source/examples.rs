//! What stands under `examples`: events that a rule must match, or must not.

use std::collections::BTreeSet;

use channel_file::template::{Example, Expectation, FieldKind, OwnedValue};

use super::criteria::field_index;
use super::selection::{Selection, Types};
use super::values::{address, boolean, bytes};
use crate::findings::Findings;
use crate::yaml::{Node, entry, under};

/// Reads a list of examples.
pub(crate) fn read(
    node: &Node<'_>,
    selection: Option<Selection<'_>>,
    mentioned: &BTreeSet<&str>,
    types: &mut Types<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for node in findings.list(node, "examples").unwrap_or_default() {
        examples.extend(example(node, selection, mentioned, types, findings));
    }
    examples
}

fn example(
    node: &Node<'_>,
    selection: Option<Selection<'_>>,
    mentioned: &BTreeSet<&str>,
    types: &mut Types<'_>,
    findings: &mut Findings<'_>,
) -> Option<Example> {
    let entries = findings.mapping(node, "an example with the key `match` or `no-match`")?;
    let known = ["match", "no-match", "type", "type-id", "type-version"];
    findings.only_known_keys(entries, &known, "an example");
    let mut events = Expectation::ALL
        .iter()
        .filter_map(|expectation| Some((*expectation, &entry(entries, expectation.name())?.node)));
    let (Some((expectation, event)), None) = (events.next(), events.next()) else {
        findings.report(node.place, "an example has one of the keys `match` and `no-match`");
        return None;
    };
    let Some(selection) = Selection::read(entries, selection, findings) else {
        if under(entries, "type").is_none() {
            findings.report(node.place, "the rule has no `type`, so the example needs one");
        }
        return None;
    };
    let template_type = types.resolve(selection, mentioned, findings)?;
    let mut values = vec![OwnedValue::Absent; template_type.fields().len()];
    for entry in findings.mapping(event, "a mapping of fields to values")? {
        let Some(index) = field_index(&entry.key, entry.place, template_type, types, findings) else {
            continue;
        };
        let field = template_type.fields().get(usize::from(index))?;
        let slot = values.get_mut(usize::from(index))?;
        if let Some(value) = value(&entry.node, field.kind(), findings) {
            *slot = value;
        }
    }
    match Example::new(template_type, expectation, values) {
        Ok(example) => {
            findings.note_example(&example, node.place);
            Some(example)
        }
        Err(error) => {
            findings.report(node.place, error.to_string());
            None
        }
    }
}

fn value(node: &Node<'_>, kind: FieldKind, findings: &mut Findings<'_>) -> Option<OwnedValue> {
    Some(match kind {
        FieldKind::Text => OwnedValue::Text(bytes(node, findings)?),
        FieldKind::Bytes => OwnedValue::Bytes(bytes(node, findings)?),
        FieldKind::Unsigned => OwnedValue::Unsigned(findings.number(node, 0..=u64::MAX)?),
        FieldKind::Signed => OwnedValue::Signed(findings.number(node, i64::MIN..=i64::MAX)?),
        FieldKind::Boolean => OwnedValue::Boolean(boolean(node, findings)?),
        FieldKind::IpAddress => OwnedValue::IpAddress(address(node, findings)?),
    })
}
