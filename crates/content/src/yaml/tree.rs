//! The parts of a document.

use std::borrow::Cow;

use crate::excerpt::quoted;

/// Where in a document something begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// From 1, within the document; 0 is nowhere in particular.
    pub(crate) line: usize,
    /// From 1, in characters.
    pub(crate) column: usize,
}

/// A part of a document.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) place: Place,
    pub(crate) value: Value<'t>,
}

#[derive(Debug)]
pub(crate) enum Value<'t> {
    Scalar(Scalar<'t>),
    Sequence(Vec<Node<'t>>),
    /// In the author's order; no key twice.
    Mapping(Vec<Entry<'t>>),
}

/// A text, a number or a truth value, as the author wrote it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scalar<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it is: may be a number, a truth value or nothing at all.
    Plain,
    Quoted,
    Block,
}

/// A key of a mapping with what stands under it.
#[derive(Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) place: Place,
    pub(crate) node: Node<'t>,
}

impl Scalar<'_> {
    /// Whether this says that there is no value: `null`, `~` or nothing.
    pub(crate) fn is_null(&self) -> bool {
        self.style == Style::Plain && matches!(&*self.text, "" | "~" | "null" | "Null" | "NULL")
    }
}

impl<'t> Node<'t> {
    /// The entries of a mapping; none if this is something else.
    pub(crate) fn entries(&self) -> &[Entry<'t>] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The entry with this key, if this is a mapping that has it.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        entry(self.entries(), key)
    }

    /// What stands under this key, if this is a mapping that has it.
    pub(crate) fn under(&self, key: &str) -> Option<&Self> {
        under(self.entries(), key)
    }

    /// The members if this is a list; else it alone.
    pub(crate) fn one_or_many(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(nodes) => nodes,
            _ => std::slice::from_ref(self),
        }
    }

    /// The scalar, if this is one and not null.
    pub(crate) fn scalar(&self) -> Option<&Scalar<'t>> {
        match &self.value {
            Value::Scalar(scalar) if !scalar.is_null() => Some(scalar),
            _ => None,
        }
    }

    /// The text of the scalar, if this is one and not null.
    pub(crate) fn text(&self) -> Option<&str> {
        self.scalar().map(|scalar| &*scalar.text)
    }

    /// Whether this says that there is no value.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.is_null())
    }

    /// What stands here, for messages.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain && scalar.text.is_empty() => "nothing".to_owned(),
            Value::Scalar(scalar) => quoted(&scalar.text),
            Value::Sequence(_) => "a list".to_owned(),
            Value::Mapping(_) => "a mapping".to_owned(),
        }
    }
}

/// The entry with this key.
pub(crate) fn entry<'n, 't>(entries: &'n [Entry<'t>], key: &str) -> Option<&'n Entry<'t>> {
    entries.iter().find(|entry| entry.key == key)
}

/// What stands under this key.
pub(crate) fn under<'n, 't>(entries: &'n [Entry<'t>], key: &str) -> Option<&'n Node<'t>> {
    entry(entries, key).map(|entry| &entry.node)
}
