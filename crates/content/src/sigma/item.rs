//! One item of a detection: a field, modifiers, and the values that they work on.

use super::value;
use crate::excerpt::{excerpt, quoted};
use crate::findings::{Checked, Problem};
use crate::suggestion::did_you_mean;
use crate::yaml::{Entry, Node, Place, Value};
use rsigma_parser::{Modifier, SigmaParserError, parse_field_spec};

/// Modifiers on one key. Public rules have at most four.
const MOST_MODIFIERS: usize = 16;

/// `Image|endswith: ['\a.exe', '\b.exe']`
#[derive(Clone, Debug)]
pub(super) struct Item<'n> {
    /// `None` for keywords, which any text field may hold.
    pub(super) field: Option<String>,
    pub(super) place: Place,
    /// In the author's order, without `all` and `neq`.
    pub(super) modifiers: Vec<Modifier>,
    /// Every value must be met, not just one (`all`).
    pub(super) all: bool,
    /// The item must not be met (`neq`).
    pub(super) negated: bool,
    /// At least one; scalars and nothing else.
    pub(super) values: Vec<&'n Node<'n>>,
}

impl<'n> Item<'n> {
    /// A value without a key.
    pub(super) fn keyword(node: &'n Node<'n>) -> Self {
        Self { field: None, place: node.place, modifiers: Vec::new(), all: false, negated: false, values: vec![node] }
    }

    /// A key and what it holds.
    pub(super) fn read(entry: &'n Entry<'n>) -> Checked<Self> {
        let place = entry.place;
        let count = entry.key.matches('|').count();
        if count > MOST_MODIFIERS {
            let message = format!("the key has {count} modifiers; the limit is {MOST_MODIFIERS}");
            return Err(Problem::new(place, message));
        }
        let specification = parse_field_spec(&entry.key).map_err(|error| key_problem(&error, place))?;
        if let Some(field) = &specification.name {
            check_field_name(field, place)?;
        }
        let mut item = Self { field: specification.name, ..Self::keyword(&entry.node) };
        item.place = place;
        for modifier in specification.modifiers {
            match modifier {
                Modifier::All => item.all = true,
                Modifier::Neq => item.negated = true,
                _ => item.modifiers.push(modifier),
            }
        }
        value::check_order(&item.modifiers).map_err(|message| Problem::new(place, message))?;
        item.values = values(&entry.node, &entry.key)?;
        Ok(item)
    }

    /// Whether the values name other fields.
    pub(super) fn refers_to_fields(&self) -> bool {
        self.modifiers.contains(&Modifier::FieldRef)
    }
}

fn values<'n>(node: &'n Node<'n>, key: &str) -> Checked<Vec<&'n Node<'n>>> {
    let members = match &node.value {
        Value::Sequence(members) if members.is_empty() => {
            return Err(Problem::new(node.place, format!("{} has an empty list: nothing could meet it", quoted(key))));
        }
        Value::Sequence(members) => members.iter().collect(),
        _ => vec![node],
    };
    match members.iter().find(|member| !matches!(member.value, Value::Scalar(_))) {
        None => Ok(members),
        Some(other) => {
            let message = format!("{} expects values, found {}", quoted(key), other.describe());
            Err(Problem::new(other.place, message))
        }
    }
}

fn check_field_name(field: &str, place: Place) -> Checked<()> {
    if field == "<<" {
        return Err(Problem::new(place, "merge keys (`<<`) are not supported").help("write the items out"));
    }
    if field.contains(['[', ']']) {
        let message = format!("{} matches members of an array; template types have no arrays", quoted(field));
        return Err(Problem::new(place, message));
    }
    Ok(())
}

fn key_problem(error: &SigmaParserError, place: Place) -> Problem {
    match error {
        SigmaParserError::UnknownModifier(name) => {
            Problem::new(place, format!("the modifier {} is unknown", quoted(name)))
                .help(did_you_mean(name, MODIFIERS.iter().copied()))
        }
        SigmaParserError::NotIsNotAModifier => Problem::new(place, "`not` is no modifier")
            .help("negate in the condition (`selection and not filter`), or use the modifier `neq`"),
        other => Problem::new(place, excerpt(&other.to_string())),
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
