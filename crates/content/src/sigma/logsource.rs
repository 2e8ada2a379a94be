//! Log source and fields: which template type a rule is written against.

use std::collections::BTreeSet;

use channel_file::template::TemplateType;

use super::options::Options;
use crate::TypeLibrary;
use crate::excerpt::quoted;
use crate::findings::{Findings, Problem};
use crate::suggestion::did_you_mean;
use crate::yaml::{Node, Place, Value};

/// The lowest version of the log source's type that has every field; `None` with problems reported.
pub(super) fn template_type<'l>(
    rule: &Node<'_>,
    fields: &[(&str, Place)],
    types: &'l TypeLibrary,
    options: &Options,
    findings: &mut Findings<'_>,
) -> Option<&'l TemplateType> {
    let category = findings.checked(category(rule, options))?;
    let newest = types.versions(category.name).next_back();
    let Some(newest) = newest else {
        let message = format!("there is no template type for the log source category {}", quoted(category.name));
        findings.push(Problem::new(category.place, message).help(did_you_mean(category.name, types.names())));
        return None;
    };
    let ids: BTreeSet<u32> = types.versions(newest.name()).map(|version| version.key().id).collect();
    if ids.len() > 1 {
        let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
        let message = format!(
            "several template types are called {}, the log source category: {}",
            quoted(category.name),
            ids.join(", ")
        );
        findings.push(Problem::new(category.place, message).help("give each of them a name of its own"));
        return None;
    }
    let lacks = |template_type: &TemplateType, field: &str| template_type.field(field).is_none();
    let mut known = true;
    for (field, place) in fields {
        if lacks(newest, field) {
            known = false;
            let names = newest.fields().iter().map(|field| field.name());
            let message = format!("the template type {} has no field {}", quoted(newest.name()), quoted(field));
            findings.push(Problem::new(*place, message).help(did_you_mean(field, names)));
        }
    }
    if !known {
        return None;
    }
    types.versions(newest.name()).find(|version| fields.iter().all(|(field, _)| !lacks(version, field)))
}

struct Category<'n> {
    name: &'n str,
    place: Place,
}

fn category<'n>(rule: &'n Node<'_>, options: &Options) -> Result<Category<'n>, Problem> {
    let Some(entry) = rule.entry("logsource") else {
        return Err(Problem::new(rule.place, "the rule has no log source"));
    };
    let Value::Mapping(parts) = &entry.node.value else {
        let message = format!("a log source is a mapping, found {}", entry.node.describe());
        return Err(Problem::new(entry.node.place, message));
    };
    let mut category = None;
    for part in parts {
        let place = part.node.place;
        let text = part.node.text().unwrap_or_default();
        match &*part.key {
            "definition" => {}
            "category" => category = Some(Category { name: text, place }),
            "product" if options.products.iter().any(|product| product == text) => {}
            "product" => {
                let message = format!("the log source product is {}", quoted(text));
                let known = options.products.join(", ");
                return Err(Problem::new(place, message).help(format!("the template types stand for: {known}")));
            }
            other => {
                let message =
                    format!("the log source is narrowed by {}, which template types do not know", quoted(other));
                return Err(Problem::new(part.place, message).help("a template type stands for a whole category"));
            }
        }
    }
    category.filter(|category| !category.name.is_empty()).ok_or_else(|| {
        Problem::new(entry.place, "the log source has no category")
            .help("the category names the template type; services and products alone do not")
    })
}
