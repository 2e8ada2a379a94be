//! What stands under `when`: criteria, all of which an event must meet.

use channel_file::template::{Criterion, Sense, TemplateType};

use super::operators;
use super::patterns::{self, Target};
use super::selection::Types;
use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Node, Place, Value, entry, under};

/// Reads criteria on the fields of this type.
pub(crate) fn read<'l>(
    when: &Node<'_>,
    template_type: &'l TemplateType,
    types: &mut Types<'l>,
    findings: &mut Findings<'_>,
) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    for node in findings.list(when, "criteria").unwrap_or_default() {
        criterion(node, template_type, types, findings, &mut criteria);
    }
    criteria
}

fn criterion<'l>(
    node: &Node<'_>,
    template_type: &'l TemplateType,
    types: &mut Types<'l>,
    findings: &mut Findings<'_>,
    criteria: &mut Vec<Criterion>,
) -> Option<()> {
    let entries = findings.mapping(node, "a criterion with the keys `field` and `any-of` or `none-of`")?;
    let mut operator_astray = false;
    for stray in entries.iter().filter(|entry| !["field", "any-of", "none-of"].contains(&&*entry.key)) {
        if operators::is_operator(&stray.key) {
            operator_astray = true;
            let help = format!("write `any-of: [{{ {}: … }}]`", stray.key);
            findings.report_with_help(stray.place, format!("a criterion has no key {}", quoted(&stray.key)), help);
        } else {
            findings.only_known_keys(std::slice::from_ref(stray), &["field", "any-of", "none-of"], "a criterion");
        }
    }
    let Some(name) = under(entries, "field") else {
        findings.report(node.place, "the criterion has no key `field`");
        return None;
    };
    let place = name.place;
    let name = findings.text(name, "the name of a field")?;
    let index = field_index(name, place, template_type, types, findings)?;
    let field = template_type.fields().get(usize::from(index))?;
    let senses = Sense::ALL.iter().filter_map(|sense| Some((*sense, entry(entries, sense.name())?)));
    let is_two = senses.clone().count() > 1;
    for (sense, list) in senses.clone() {
        let place = if is_two { list.place } else { node.place };
        let target = Target { template_type, index, field, sense, criterion: place };
        let mut found = Vec::new();
        for pattern in list.node.one_or_many() {
            patterns::read(pattern, target, types, findings, &mut found);
        }
        let empty = matches!(&list.node.value, Value::Sequence(nodes) if nodes.is_empty());
        if empty {
            findings.report(list.node.place, format!("the list under `{sense}` is empty"));
        }
        // Nothing found: what is wrong has been reported.
        if let Ok(criterion) = Criterion::new(index, sense, found) {
            findings.note_criterion(name, sense, criterion.patterns().iter(), place);
            criteria.push(criterion);
        }
    }
    if senses.count() == 0 && !operator_astray {
        findings.report_with_help(
            node.place,
            "the criterion has neither `any-of` nor `none-of`",
            "a field about which nothing is said has no criterion; any value that is there: `none-of: [absent]`",
        );
    }
    Some(())
}

/// Index of the field with this name.
pub(crate) fn field_index<'l>(
    name: &str,
    place: Place,
    template_type: &'l TemplateType,
    types: &mut Types<'l>,
    findings: &mut Findings<'_>,
) -> Option<u16> {
    let index = types.field(template_type, name);
    if index.is_some() {
        findings.note_field(name, place);
    } else {
        let version = template_type.key().version;
        let message = format!("{} version {version} has no field {}", quoted(template_type.name()), quoted(name));
        if let Some(later) = types.version_with(template_type, name) {
            findings.report_with_help(place, message, format!("version {later} has it"));
            return None;
        }
        let known = template_type.fields().iter().map(channel_file::template::Field::name);
        findings.report_unknown(place, message, name, known);
    }
    index
}
