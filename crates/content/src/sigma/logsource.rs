//! Log source and fields: which template type a rule is written against.

use channel_file::template::TemplateType;

use super::options::Options;
use super::problem::{Position, Problem, excerpt, suggestion};
use super::yaml::{Node, NodeValue};
use crate::TypeLibrary;

/// The lowest version of the log source's type that has every field; `None` with problems put down.
pub(super) fn template_type<'l>(
    rule: &Node,
    fields: &[(&str, Position)],
    types: &'l TypeLibrary,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<&'l TemplateType> {
    let category = match category(rule, options) {
        Ok(category) => category,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let newest = types.types().iter().rfind(|template_type| template_type.name() == category.name);
    let Some(newest) = newest else {
        let names = types.types().iter().map(TemplateType::name);
        let message = format!("there is no template type for the log source category '{}'", excerpt(category.name));
        problems.push(Problem::new(category.position, message).help(suggestion(category.name, names)));
        return None;
    };
    let lacks = |template_type: &TemplateType, field: &str| template_type.field(field).is_none();
    let mut known = true;
    for (field, position) in fields {
        if lacks(newest, field) {
            known = false;
            let names = newest.fields().iter().map(|field| field.name());
            let message = format!("the template type '{}' has no field '{}'", newest.name(), excerpt(field));
            problems.push(Problem::new(*position, message).help(suggestion(field, names)));
        }
    }
    if !known {
        return None;
    }
    types.versions(newest.name()).find(|version| fields.iter().all(|(field, _)| !lacks(version, field)))
}

struct Category<'n> {
    name: &'n str,
    position: Position,
}

fn category<'n>(rule: &'n Node, options: &Options) -> Result<Category<'n>, Problem> {
    let Some(entry) = rule.get("logsource") else {
        return Err(Problem::new(rule.position, "the rule has no log source"));
    };
    let NodeValue::Mapping(parts) = &entry.value.value else {
        let message = format!("a log source is a mapping, found {}", entry.value.kind());
        return Err(Problem::new(entry.value.position, message));
    };
    let mut category = None;
    for part in parts {
        let position = part.value.position;
        let text = part.value.text().unwrap_or_default();
        match part.key.as_str() {
            "definition" => {}
            "category" => category = Some(Category { name: text, position }),
            "product" if options.products.iter().any(|product| product == text) => {}
            "product" => {
                let message = format!("the log source product is '{}'", excerpt(text));
                let known = options.products.join(", ");
                return Err(Problem::new(position, message).help(format!("the template types stand for: {known}")));
            }
            other => {
                let message =
                    format!("the log source is narrowed by '{}', which template types do not know", excerpt(other));
                return Err(Problem::new(part.position, message).help("a template type stands for a whole category"));
            }
        }
    }
    category.filter(|category| !category.name.is_empty()).ok_or_else(|| {
        Problem::new(entry.position, "the log source has no category")
            .help("the category names the template type; services and products alone do not")
    })
}
