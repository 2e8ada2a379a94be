//! Examples: events that come with the content and say what it must do.

use core::iter::FusedIterator;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::super::row;
use super::{ChannelFile, FieldView, RuleView, TypeView, View, Views};
use crate::template::{Expectation, FieldKind, Value};
use crate::wire::index;

/// An event that a rule must match, or must not.
#[derive(Clone, Copy)]
pub struct ExampleView<'a> {
    file: &'a ChannelFile<'a>,
    index: u32,
    row: row::Example,
    first_value: u32,
}

impl<'a> ChannelFile<'a> {
    /// The examples, by rule.
    #[must_use]
    pub fn examples(&'a self) -> Views<'a, ExampleView<'a>> {
        Views::new(self, 0, self.examples.len_u32())
    }
}

impl<'a> View<'a> for ExampleView<'a> {
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self {
        let row = |index| file.examples.get(index).map(row::Example::read);
        let first_value = index.checked_sub(1).and_then(row).map_or(0, |before| before.values_end);
        Self { file, index, row: row(index).unwrap_or_default(), first_value }
    }
}

impl<'a> ExampleView<'a> {
    /// Index within the file.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// The rule that must match, or must not.
    #[must_use]
    pub fn rule(&self) -> RuleView<'a> {
        RuleView::at(self.file, self.row.rule)
    }

    /// The type of the event.
    #[must_use]
    pub fn template_type(&self) -> TypeView<'a> {
        TypeView::at(self.file, self.row.template_type)
    }

    /// What the rule must do with it.
    #[must_use]
    pub fn expectation(&self) -> Expectation {
        Expectation::from_code(self.row.expectation).unwrap_or(Expectation::NoMatch)
    }

    /// The values, one a field of the type.
    #[must_use]
    pub fn values(&self) -> Values<'a> {
        Values { file: self.file, fields: self.template_type().fields(), next: self.first_value }
    }
}

impl core::fmt::Debug for ExampleView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ExampleView").field("index", &self.index).finish_non_exhaustive()
    }
}

/// The values of an example, one a field.
#[derive(Clone)]
pub struct Values<'a> {
    file: &'a ChannelFile<'a>,
    fields: Views<'a, FieldView<'a>>,
    next: u32,
}

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let field = self.fields.next()?;
        let place = self.next;
        self.next = place.saturating_add(1);
        let present = self.file.presences.bytes.get(index(place)).is_some_and(|presence| *presence != 0);
        let value = if present { value_of(field.kind(), self.file.example_bytes(place)) } else { None };
        Some(value.unwrap_or(Value::Absent))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.fields.size_hint()
    }
}

impl ExactSizeIterator for Values<'_> {
    fn len(&self) -> usize {
        self.fields.len()
    }
}

impl FusedIterator for Values<'_> {}

impl core::fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a> ChannelFile<'a> {
    /// The bytes of a value of the examples: they come after those of the patterns.
    pub(in super::super) fn example_bytes(&self, value: u32) -> &'a [u8] {
        self.byte_string(self.totals().byte_strings.saturating_add(value))
    }
}

/// The value of this kind that the bytes are, if they are one.
pub(in super::super) fn value_of(kind: FieldKind, bytes: &[u8]) -> Option<Value<'_>> {
    Some(match kind {
        FieldKind::Text => Value::Text(bytes),
        FieldKind::Bytes => Value::Bytes(bytes),
        FieldKind::Unsigned => Value::Unsigned(u64::from_le_bytes(bytes.try_into().ok()?)),
        FieldKind::Signed => Value::Signed(i64::from_le_bytes(bytes.try_into().ok()?)),
        FieldKind::Boolean => match bytes {
            [0] => Value::Boolean(false),
            [1] => Value::Boolean(true),
            _ => return None,
        },
        FieldKind::IpAddress => match (<[u8; 4]>::try_from(bytes), <[u8; 16]>::try_from(bytes)) {
            (Ok(address), _) => Value::IpAddress(IpAddr::V4(Ipv4Addr::from_octets(address))),
            (_, Ok(address)) => Value::IpAddress(IpAddr::V6(Ipv6Addr::from_octets(address))),
            _ => return None,
        },
    })
}
