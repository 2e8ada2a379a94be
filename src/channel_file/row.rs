//! The rows of the columns: fixed-width numbers, little-endian.

use crate::template::{FieldKind, Operator, OperatorSet, Slot, SlotRole, ValueKind};

pub(super) const TYPE_BYTES: usize = 12;
pub(super) const FIELD_BYTES: usize = 5;
pub(super) const SHAPE_BYTES: usize = 26;
pub(super) const SLOT_BYTES: usize = 9;
pub(super) const RULE_BYTES: usize = 8;
pub(super) const EXAMPLE_BYTES: usize = 13;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) id: u32,
    pub(super) version: u32,
    pub(super) fields_end: u32,
}

impl Type {
    pub(super) const fn read(bytes: &[u8; TYPE_BYTES]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *bytes;
        Self {
            id: u32::from_le_bytes([a, b, c, d]),
            version: u32::from_le_bytes([e, f, g, h]),
            fields_end: u32::from_le_bytes([i, j, k, l]),
        }
    }
}

/// A field as the file holds it: codes that may mean nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) kind: u8,
    pub(super) operators: u16,
    /// At the place of the n-th field: the index of the field whose name is the n-th in alphabetical order.
    pub(super) by_name: u16,
}

impl Field {
    pub(super) const fn read(bytes: &[u8; FIELD_BYTES]) -> Self {
        let [a, b, c, d, e] = *bytes;
        Self { kind: a, operators: u16::from_le_bytes([b, c]), by_name: u16::from_le_bytes([d, e]) }
    }

    pub(super) const fn kind(&self) -> FieldKind {
        match FieldKind::from_code(self.kind) {
            Some(kind) => kind,
            None => FieldKind::Text,
        }
    }

    pub(super) const fn operators(&self) -> OperatorSet {
        match OperatorSet::from_bits(self.operators) {
            Some(operators) => operators,
            None => OperatorSet::of(&[]),
        }
    }
}

/// Where a shape's slots, instances and values end; those of the next shape begin there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) slots: u32,
    pub(super) instances: u32,
    pub(super) texts: u32,
    pub(super) byte_strings: u32,
    pub(super) words: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) template_type: u32,
    pub(super) field_count: u16,
    pub(super) ends: Ends,
}

impl Shape {
    pub(super) const fn read(bytes: &[u8; SHAPE_BYTES]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z] = *bytes;
        Self {
            template_type: u32::from_le_bytes([a, b, c, d]),
            field_count: u16::from_le_bytes([e, f]),
            ends: Ends {
                slots: u32::from_le_bytes([g, h, i, j]),
                instances: u32::from_le_bytes([k, l, m, n]),
                texts: u32::from_le_bytes([o, p, q, r]),
                byte_strings: u32::from_le_bytes([s, t, u, v]),
                words: u32::from_le_bytes([w, x, y, z]),
            },
        }
    }
}

/// A slot as the file holds it: codes that may mean nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RawSlot {
    pub(super) field: u16,
    pub(super) role: u8,
    pub(super) operator: u8,
    pub(super) value_kind: u8,
    pub(super) count: u32,
}

impl RawSlot {
    pub(super) const fn read(bytes: &[u8; SLOT_BYTES]) -> Self {
        let [a, b, role, operator, value_kind, f, g, h, i] = *bytes;
        Self { field: u16::from_le_bytes([a, b]), role, operator, value_kind, count: u32::from_le_bytes([f, g, h, i]) }
    }

    /// The slot, where its codes mean something.
    pub(super) const fn decode(&self) -> Option<Slot> {
        match (
            SlotRole::from_code(self.role),
            Operator::from_code(self.operator),
            ValueKind::from_code(self.value_kind),
        ) {
            (Some(role), Some(operator), Some(value_kind)) => {
                Some(Slot { field: self.field, role, operator, value_kind, count: self.count })
            }
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) first_instance: u32,
    pub(super) texts_end: u32,
}

impl Rule {
    pub(super) const fn read(bytes: &[u8; RULE_BYTES]) -> Self {
        let [a, b, c, d, e, f, g, h] = *bytes;
        Self { first_instance: u32::from_le_bytes([a, b, c, d]), texts_end: u32::from_le_bytes([e, f, g, h]) }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Example {
    pub(super) rule: u32,
    pub(super) template_type: u32,
    pub(super) expectation: u8,
    pub(super) values_end: u32,
}

impl Example {
    pub(super) const fn read(bytes: &[u8; EXAMPLE_BYTES]) -> Self {
        let [a, b, c, d, e, f, g, h, expectation, j, k, l, m] = *bytes;
        Self {
            rule: u32::from_le_bytes([a, b, c, d]),
            template_type: u32::from_le_bytes([e, f, g, h]),
            expectation,
            values_end: u32::from_le_bytes([j, k, l, m]),
        }
    }
}

/// How many entries of each store one instance of a shape takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Footprint {
    pub(super) texts: u64,
    pub(super) byte_strings: u64,
    pub(super) words: u64,
}

impl Footprint {
    /// Adds the values of a slot.
    pub(super) fn add(&mut self, slot: &Slot) {
        let count = u64::from(slot.count);
        let words = u64::from(slot.value_kind.words(slot.operator));
        if slot.value_kind.is_text() {
            self.texts = self.texts.saturating_add(count);
        } else if slot.value_kind == ValueKind::Bytes {
            self.byte_strings = self.byte_strings.saturating_add(count);
        }
        self.words = self.words.saturating_add(count.saturating_mul(words));
    }
}
