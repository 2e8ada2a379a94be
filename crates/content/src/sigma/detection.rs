//! Detections as the author grouped them: items, and groups of which all or any must be met.

use super::item::Item;
use super::problem::{Checked, Problem};
use super::yaml::{Node, NodeValue};

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
    /// The tree is no deeper than the document. Every problem is put down; `None` if there was one.
    pub(super) fn read(node: &'n Node, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.value {
            NodeValue::Mapping(entries) if !entries.is_empty() => {
                let items = entries.iter().map(|entry| put_down(Item::read(entry), problems).map(Self::Item));
                all_or_none(items.collect()).map(Self::All)
            }
            NodeValue::Sequence(members) if !members.is_empty() => {
                let members = members.iter().map(|member| Self::read(member, problems));
                all_or_none(members.collect()).map(Self::Any)
            }
            NodeValue::Scalar(_) => Some(Self::Item(Item::keyword(node))),
            NodeValue::Null | NodeValue::Mapping(_) | NodeValue::Sequence(_) => {
                problems.push(Problem::new(node.position, "a detection without a value says nothing"));
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

fn put_down<T>(checked: Checked<T>, problems: &mut Vec<Problem>) -> Option<T> {
    checked.map_err(|problem| problems.push(problem)).ok()
}

/// All parts, or none if one is missing: each has been looked at by then.
fn all_or_none<T>(parts: Vec<Option<T>>) -> Option<Vec<T>> {
    parts.into_iter().collect()
}
