//! Detections as the author grouped them: items, and groups of which all or any must be met.

use super::item::Item;
use crate::findings::{Findings, Problem};
use crate::yaml::{Node, Value};

/// One named detection, or a part of it.
#[derive(Clone, Debug)]
pub(super) enum Detection<'n> {
    Item(Item<'n>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<'n> Detection<'n> {
    /// A mapping is all of its items, a list any of its members, a value by itself a keyword.
    ///
    /// The tree is no deeper than the document. Every problem is reported; `None` if there was one.
    pub(super) fn read(node: &'n Node<'n>, findings: &mut Findings<'_>) -> Option<Self> {
        match &node.value {
            Value::Mapping(entries) if !entries.is_empty() => {
                let items = entries.iter().map(|entry| findings.checked(Item::read(entry)).map(Self::Item));
                all_or_none(items.collect()).map(Self::All)
            }
            Value::Sequence(members) if !members.is_empty() => {
                let members = members.iter().map(|member| Self::read(member, findings));
                all_or_none(members.collect()).map(Self::Any)
            }
            Value::Scalar(scalar) if !scalar.is_null() => Some(Self::Item(Item::keyword(node))),
            _ => {
                findings.push(Problem::new(node.place, "a detection without a value says nothing"));
                None
            }
        }
    }

    /// Calls the function for each item.
    pub(super) fn for_each_item<'d>(&'d self, visit: &mut impl FnMut(&'d Item<'n>)) {
        match self {
            Self::Item(item) => visit(item),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_item(visit)),
        }
    }
}

/// All parts, or none if one is missing: each has been looked at by then.
fn all_or_none<T>(parts: Vec<Option<T>>) -> Option<Vec<T>> {
    parts.into_iter().collect()
}
