//! One item of a detection: a field, modifiers, and the values that they work on.

use rsigma_parser::{Modifier, SigmaParserError, parse_field_spec};

use super::problem::{Checked, Position, Problem, excerpt, suggestion};
use super::yaml::{Entry, Node, NodeValue};

/// `Image|endswith: ['\a.exe', '\b.exe']`
#[derive(Clone, Debug)]
pub(super) struct Item<'n> {
    /// `None` for keywords, which any text field may hold.
    pub(super) field: Option<String>,
    pub(super) position: Position,
    /// In the author's order, without `all` and `neq`.
    pub(super) modifiers: Vec<Modifier>,
    /// Every value must be met, not just one (`all`).
    pub(super) all: bool,
    /// The item must not be met (`neq`).
    pub(super) negated: bool,
    /// At least one; scalars and nothing else.
    pub(super) values: Vec<&'n Node>,
}

impl<'n> Item<'n> {
    /// A value without a key.
    pub(super) fn keyword(node: &'n Node) -> Self {
        Self {
            field: None,
            position: node.position,
            modifiers: Vec::new(),
            all: false,
            negated: false,
            values: vec![node],
        }
    }

    /// A key and what it holds.
    pub(super) fn read(entry: &'n Entry) -> Checked<Self> {
        let position = entry.position;
        let specification = parse_field_spec(&entry.key).map_err(|error| key_problem(&error, position))?;
        if let Some(field) = &specification.name {
            check_field_name(field, position)?;
        }
        let mut item = Self { field: specification.name, ..Self::keyword(&entry.value) };
        item.position = position;
        for modifier in specification.modifiers {
            match modifier {
                Modifier::All => item.all = true,
                Modifier::Neq => item.negated = true,
                _ => item.modifiers.push(modifier),
            }
        }
        item.values = values(&entry.value, &entry.key)?;
        Ok(item)
    }

    /// Whether the values name other fields.
    pub(super) fn refers_to_fields(&self) -> bool {
        self.modifiers.contains(&Modifier::FieldRef)
    }
}

fn values<'n>(node: &'n Node, key: &str) -> Checked<Vec<&'n Node>> {
    let members = match &node.value {
        NodeValue::Sequence(members) if members.is_empty() => {
            return Err(Problem::new(
                node.position,
                format!("'{}' has an empty list: nothing could meet it", excerpt(key)),
            ));
        }
        NodeValue::Sequence(members) => members.iter().collect(),
        _ => vec![node],
    };
    match members.iter().find(|member| !matches!(member.value, NodeValue::Scalar(_) | NodeValue::Null)) {
        None => Ok(members),
        Some(other) => {
            let message = format!("'{}' expects values, found {}", excerpt(key), other.kind());
            Err(Problem::new(other.position, message))
        }
    }
}

fn check_field_name(field: &str, position: Position) -> Checked<()> {
    if field == "<<" {
        return Err(Problem::new(position, "merge keys (`<<`) are not supported").help("write the items out"));
    }
    if field.contains(['[', ']']) {
        let message = format!("'{}' matches members of an array; template types have no arrays", excerpt(field));
        return Err(Problem::new(position, message));
    }
    Ok(())
}

fn key_problem(error: &SigmaParserError, position: Position) -> Problem {
    match error {
        SigmaParserError::UnknownModifier(name) => {
            Problem::new(position, format!("the modifier '{}' is unknown", excerpt(name)))
                .help(suggestion(name, MODIFIERS.iter().copied()))
        }
        SigmaParserError::NotIsNotAModifier => Problem::new(position, "`not` is no modifier")
            .help("negate in the condition (`selection and not filter`), or use the modifier `neq`"),
        other => Problem::new(position, excerpt(&other.to_string())),
    }
}

/// For suggestions.
const MODIFIERS: [&str; 28] = [
    "contains",
    "startswith",
    "endswith",
    "all",
    "base64",
    "base64offset",
    "wide",
    "utf16le",
    "utf16be",
    "utf16",
    "windash",
    "re",
    "cidr",
    "cased",
    "exists",
    "expand",
    "fieldref",
    "gt",
    "gte",
    "lt",
    "lte",
    "neq",
    "i",
    "ignorecase",
    "m",
    "multiline",
    "s",
    "dotall",
];
