//! Patterns of a criterion.

use core::iter::FusedIterator;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::super::row::{Ends, RawSlot, SLOT_BYTES};
use super::ChannelFile;
use crate::template::{
    Case, Comparison, FieldReference, IpNetwork, Operator, PatternRef, PatternValue, Slot, ValueKind,
};
use crate::wire::index;

/// Where the next value of each store is.
#[derive(Clone, Copy)]
pub(in super::super) struct Cursor {
    pub(in super::super) text: u32,
    pub(in super::super) byte_string: u32,
    pub(in super::super) word: u32,
}

impl Cursor {
    /// Moves past the values of a slot. In an open file all of them have a place, so nothing wraps.
    #[inline]
    pub(in super::super) fn skip(&mut self, slot: &Slot) {
        if slot.value_kind.is_text() {
            self.text = self.text.wrapping_add(slot.count);
        } else if slot.value_kind == ValueKind::Bytes {
            self.byte_string = self.byte_string.wrapping_add(slot.count);
        } else {
            let words = slot.value_kind.words(slot.operator);
            self.word = self.word.wrapping_add(slot.count.wrapping_mul(words));
        }
    }

    /// Where the values of a shape begin that begins where another ends.
    #[inline]
    pub(in super::super) fn behind(file: &ChannelFile<'_>, before: &Ends) -> Self {
        let text = file.first_pattern_text().wrapping_add(before.texts);
        Self { text, byte_string: before.byte_strings, word: before.words }
    }

    /// How far the values of two instances of a shape that follow each other are apart, after where the shape begins and ends: in an open file
    /// all its instances take equally many.
    #[inline]
    pub(in super::super) fn stride(before: &Ends, ends: &Ends) -> Self {
        let instances = ends.instances.wrapping_sub(before.instances);
        let each = |begin: u32, end: u32| {
            let all = end.wrapping_sub(begin);
            if instances == 1 { all } else { all.checked_div(instances).unwrap_or_default() }
        };
        Self {
            text: each(before.texts, ends.texts),
            byte_string: each(before.byte_strings, ends.byte_strings),
            word: each(before.words, ends.words),
        }
    }

    /// The place that is a stride further. In an open file it is one, so nothing wraps.
    #[inline]
    pub(in super::super) const fn further(self, stride: Self) -> Self {
        self.after(stride, 1)
    }

    /// The place that is so many strides further. In an open file it is one, so nothing wraps.
    #[inline]
    pub(super) const fn after(self, stride: Self, instances: u32) -> Self {
        Self {
            text: self.text.wrapping_add(stride.text.wrapping_mul(instances)),
            byte_string: self.byte_string.wrapping_add(stride.byte_string.wrapping_mul(instances)),
            word: self.word.wrapping_add(stride.word.wrapping_mul(instances)),
        }
    }
}

/// The patterns of a criterion, ascending.
#[derive(Clone)]
pub struct Patterns<'a> {
    file: &'a ChannelFile<'a>,
    slots: &'a [[u8; SLOT_BYTES]],
    /// The slot that is being walked, with what is left of its count.
    slot: Slot,
    values: Cursor,
}

impl<'a> Patterns<'a> {
    #[inline]
    pub(super) const fn new(
        file: &'a ChannelFile<'a>,
        first: Slot,
        further: &'a [[u8; SLOT_BYTES]],
        values: Cursor,
    ) -> Self {
        Self { file, slots: further, slot: first, values }
    }
}

/// A slot without patterns.
pub(super) const NOTHING: Slot = Slot {
    field: 0,
    role: crate::template::SlotRole::Continues,
    operator: Operator::Absent,
    value_kind: ValueKind::None,
    count: 0,
};

impl<'a> Iterator for Patterns<'a> {
    type Item = PatternRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<PatternRef<'a>> {
        while self.slot.count == 0 {
            let (first, rest) = self.slots.split_first()?;
            self.slots = rest;
            self.slot = RawSlot::read(first).decode().unwrap_or(NOTHING);
        }
        self.slot.count = self.slot.count.wrapping_sub(1);
        let pattern = pattern_at(self.file, &self.slot, self.values);
        self.values.skip(&Slot { count: 1, ..self.slot });
        Some(pattern)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl ExactSizeIterator for Patterns<'_> {
    /// Takes time in the number of slots that are left.
    fn len(&self) -> usize {
        let left = self.slots.iter().map(|bytes| RawSlot::read(bytes).count);
        index(left.fold(self.slot.count, u32::saturating_add))
    }
}

impl FusedIterator for Patterns<'_> {}

impl core::fmt::Debug for Patterns<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Patterns").field("remaining", &self.len()).finish_non_exhaustive()
    }
}

/// The pattern of this slot whose value the cursor is at. Handing it back through memory would take longer than finding it.
#[inline(always)]
pub(in super::super) fn pattern_at<'a>(file: &ChannelFile<'a>, slot: &Slot, values: Cursor) -> PatternRef<'a> {
    let word = |further: u32| file.word(values.word.saturating_add(further));
    let value = match (slot.value_kind, slot.operator) {
        (ValueKind::None, _) => PatternValue::None,
        (ValueKind::Text, _) => PatternValue::Text(file.text(values.text), Case::Sensitive),
        (ValueKind::TextIgnoringCase, _) => PatternValue::Text(file.text(values.text), Case::Ignored),
        (ValueKind::Bytes, _) => PatternValue::Bytes(file.byte_string(values.byte_string)),
        (ValueKind::Boolean, _) => PatternValue::Boolean(word(0) != 0),
        (ValueKind::Unsigned, Operator::Range) => PatternValue::UnsignedRange(word(0), word(1)),
        (ValueKind::Unsigned, _) => PatternValue::Unsigned(word(0)),
        (ValueKind::Signed, Operator::Range) => PatternValue::SignedRange(word(0).cast_signed(), word(1).cast_signed()),
        (ValueKind::Signed, _) => PatternValue::Signed(word(0).cast_signed()),
        (ValueKind::Ipv4, Operator::Cidr) => network(ipv4(word(0)), word(1)),
        (ValueKind::Ipv4, _) => PatternValue::Address(ipv4(word(0))),
        (ValueKind::Ipv6, Operator::Cidr) => network(ipv6(word(0), word(1)), word(2)),
        (ValueKind::Ipv6, _) => PatternValue::Address(ipv6(word(0), word(1))),
        (ValueKind::Field, _) => PatternValue::Field(FieldReference::from_word(word(0)).unwrap_or(FieldReference {
            field: u16::MAX,
            comparison: Comparison::Equals,
            case: Case::Sensitive,
        })),
    };
    PatternRef { operator: slot.operator, value }
}

/// The address in the low half of a word.
pub(in super::super) fn ipv4(word: u64) -> IpAddr {
    let [a, b, c, d, ..] = word.to_le_bytes();
    IpAddr::V4(Ipv4Addr::from_bits(u32::from_le_bytes([a, b, c, d])))
}

/// The address in two words, high half first.
pub(in super::super) fn ipv6(high: u64, low: u64) -> IpAddr {
    IpAddr::V6(Ipv6Addr::from_bits(u128::from(high).wrapping_shl(64) | u128::from(low)))
}

fn network<'a>(address: IpAddr, prefix: u64) -> PatternValue<'a> {
    match u8::try_from(prefix).ok().and_then(|prefix| IpNetwork::new(address, prefix)) {
        Some(network) => PatternValue::Network(network),
        None => PatternValue::Address(address),
    }
}
