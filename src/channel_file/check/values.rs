//! The values of patterns: in canonical form, fit for their field, and ascending.

use core::cmp::Ordering;

use super::super::row::{self, RawSlot};
use super::super::view::{Cursor, TypeView, View, ipv4, ipv6, pattern_at};
use super::super::{ChannelFile, SLOT_BYTES};
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::{
    FieldKind, FieldReference, GlobForm, IpNetwork, Operator, Slot, SlotRole, ValueKind, glob_form, shortlex,
    value_fault,
};
use crate::wire::{Ends, count, index};

/// The patterns of every instance, a shape at a time: a slot that asks nothing of its values costs nothing an instance.
pub(super) fn patterns(file: &ChannelFile<'_>) -> Result<()> {
    let mut before = row::Ends::default();
    for bytes in file.shapes.rows {
        let shape = row::Shape::read(bytes);
        let slots = index(before.slots)..index(shape.ends.slots);
        let slots = file.slots.rows.get(slots).unwrap_or_default();
        let run = ShapeRun {
            file,
            template_type: TypeView::at(file, shape.template_type),
            stride: Cursor::stride(&before, &shape.ends),
            instances: before.instances..shape.ends.instances,
        };
        let values = Cursor::behind(file, &before);
        if run.slots(slots, values)? == Neighbours::SomeAlike {
            run.criteria(slots, values)?;
        }
        before = shape.ends;
    }
    Ok(())
}

/// The instances of one shape.
struct ShapeRun<'f, 'a> {
    file: &'f ChannelFile<'a>,
    template_type: TypeView<'f>,
    stride: Cursor,
    instances: core::ops::Range<u32>,
}

/// What is known of the criteria of a shape that follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbours {
    /// Any two begin with slots that differ, so that the slots alone order them.
    AllDiffer,
    /// Two begin with the same slot.
    SomeAlike,
}

impl ShapeRun<'_, '_> {
    /// Each slot of each instance.
    fn slots(&self, slots: &[[u8; SLOT_BYTES]], mut values: Cursor) -> Result<Neighbours> {
        // Index of the slot's first pattern within its criterion.
        let mut first_pattern = 0_u32;
        let mut neighbours = Neighbours::AllDiffer;
        let mut criterion: Option<&[u8; SLOT_BYTES]> = None;
        for bytes in slots {
            let Some(slot) = RawSlot::read(bytes).decode() else { continue };
            if slot.role != SlotRole::Continues {
                first_pattern = 0;
                if criterion.replace(bytes) == Some(bytes) {
                    neighbours = Neighbours::SomeAlike;
                }
            }
            // A single text says nothing that its slot and the heap have not said.
            if slot.count > 1 || slot.operator == Operator::Glob || !slot.value_kind.is_text() {
                self.slot(&slot, values, first_pattern)?;
            }
            first_pattern = first_pattern.saturating_add(slot.count);
            values.skip(&slot);
        }
        Ok(neighbours)
    }

    /// One slot of each instance.
    #[inline(never)]
    fn slot(&self, slot: &Slot, values: Cursor, first_pattern: u32) -> Result<()> {
        if slot.value_kind.is_text() || slot.value_kind == ValueKind::Bytes {
            if slot.count > 1 {
                let check = |values| self.ascend(slot, values);
                self.each(values, check, slot, first_pattern)?;
            }
            if slot.operator == Operator::Glob {
                self.each(values, |values| self.globs(values, slot), slot, first_pattern)?;
            }
        } else if let Some(kind) = self.template_type.field(slot.field).map(|field| field.kind())
            && !(slot.count == 1 && self.at_most(values, largest_word(slot, kind)))
        {
            self.each(values, |values| self.words(values, slot, kind), slot, first_pattern)?;
        }
        Ok(())
    }

    /// Texts or byte strings ascend.
    #[inline]
    fn ascend(&self, slot: &Slot, values: Cursor) -> Result<(), (u32, Error)> {
        let file = self.file;
        let ascending = if slot.value_kind.is_text() {
            ascending(&file.text_ends, file.text_heap.as_bytes(), values.text, slot.count)
        } else {
            ascending(&file.byte_ends, file.byte_heap.bytes, values.byte_string, slot.count)
        };
        ascending.map_err(|place| self.out_of_order(values, slot, place))
    }

    /// Whether a word of every instance is at most this, which is all ones: one pass, no branch on the data. Nothing is not known to be
    /// enough.
    fn at_most(&self, values: Cursor, largest: Option<u64>) -> bool {
        let Some(largest) = largest else { return false };
        if largest == u64::MAX {
            return true;
        }
        let stride = index(self.stride.word);
        let (rows, mut place, mut bits) = (self.file.words.rows, index(values.word), 0);
        for _ in self.instances.clone() {
            let Some(word) = rows.get(place) else { break };
            bits |= u64::from_le_bytes(*word);
            place = place.wrapping_add(stride);
        }
        bits <= largest
    }

    /// Does the same to a slot of every instance; puts the instance's place on the error.
    #[inline(always)]
    fn each(
        &self,
        mut values: Cursor,
        check: impl Fn(Cursor) -> Result<(), (u32, Error)>,
        slot: &Slot,
        first_pattern: u32,
    ) -> Result<()> {
        for instance in self.instances.clone() {
            if let Err((place, error)) = check(values) {
                let pattern = first_pattern.saturating_add(place);
                return Err(error.within(Path::instance(instance).field(slot.field).pattern(pattern)));
            }
            values = values.further(self.stride);
        }
        Ok(())
    }

    #[cold]
    fn out_of_order(&self, values: Cursor, slot: &Slot, place: u32) -> (u32, Error) {
        (place, Error::new(ErrorCode::PatternOrder, 0, 0).at(self.offset(values, slot, place)))
    }

    /// Where in the file the end of a text or byte string, or a word, is written down.
    fn offset(&self, values: Cursor, slot: &Slot, place: u32) -> u64 {
        if slot.value_kind.is_text() {
            self.file.text_ends.offset_of(values.text.saturating_add(place))
        } else if slot.value_kind == ValueKind::Bytes {
            self.file.byte_ends.offset_of(values.byte_string.saturating_add(place))
        } else {
            let words = slot.value_kind.words(slot.operator);
            self.file.words.offset_of(values.word.saturating_add(place.saturating_mul(words)))
        }
    }

    fn globs(&self, values: Cursor, slot: &Slot) -> Result<(), (u32, Error)> {
        for place in 0..slot.count {
            let text = values.text.saturating_add(place);
            let heap = self.file.text_heap_offset;
            let start = heap.saturating_add(u64::from(self.file.text_ends.start(text).unwrap_or_default()));
            match glob_form(self.file.text(text)) {
                Ok(GlobForm::Glob) => {}
                Ok(_) => return Err((place, Error::new(ErrorCode::GlobSimpler, 0, 0).at(start))),
                Err((position, _)) => {
                    let error = Error::new(ErrorCode::GlobForm, 0, count(position));
                    return Err((place, error.at(start.saturating_add(count(position)))));
                }
            }
        }
        Ok(())
    }

    /// Values made of words: each says something, fits the field, and they ascend.
    fn words(&self, mut values: Cursor, slot: &Slot, kind: FieldKind) -> Result<(), (u32, Error)> {
        let each = slot.value_kind.words(slot.operator);
        let depends_on_field = depends_on_field(slot, kind);
        let mut before = [0; 3];
        for place in 0..slot.count {
            let words = match each {
                1 => [self.file.word(values.word), 0, 0],
                _ => [0, 1, 2].map(
                    |word: u32| {
                        if word < each { self.file.word(values.word.saturating_add(word)) } else { 0 }
                    },
                ),
            };
            let mut fault = word_fault(slot, words);
            if fault.is_none() && depends_on_field {
                let kind_of = |index: u16| self.template_type.field(index).map(|field| field.kind());
                let pattern = pattern_at(self.file, slot, values);
                fault = value_fault(pattern.value(), slot.field, kind, kind_of);
            }
            if fault.is_none() && place > 0 && before >= words {
                fault = Some((ErrorCode::PatternOrder, 0, 0));
            }
            if let Some((code, expected, found)) = fault {
                return Err((place, Error::new(code, expected, found).at(self.file.words.offset_of(values.word))));
            }
            before = words;
            values.word = values.word.saturating_add(each);
        }
        Ok(())
    }

    /// Criteria that follow each other with the same slots: their values must ascend.
    #[inline(never)]
    fn criteria(&self, slots: &[[u8; SLOT_BYTES]], mut values: Cursor) -> Result<()> {
        let begins = |bytes: &[u8; SLOT_BYTES]| RawSlot::read(bytes).role != SlotRole::Continues.code();
        let mut before: Option<(&[[u8; SLOT_BYTES]], Cursor)> = None;
        let mut rest = slots;
        while let Some((_, others)) = rest.split_first() {
            let further =
                others.iter().take_while(|next| !begins(next)).fold(0_usize, |count, _| count.saturating_add(1));
            let Some((criterion, after)) = rest.split_at_checked(further.saturating_add(1)) else { break };
            rest = after;
            if let Some((earlier, earlier_values)) = before
                && earlier == criterion
                && let Some(first) = criterion.first().and_then(|bytes| RawSlot::read(bytes).decode())
            {
                let distance = Distance::between(earlier_values, values);
                self.each(
                    values,
                    |values| match self.compare_values(criterion, distance.back(values), values) {
                        Ordering::Less => Ok(()),
                        _ => {
                            let error = Error::new(ErrorCode::CriterionOrder, 0, 0);
                            Err((0, error.at(self.offset(values, &first, 0))))
                        }
                    },
                    &first,
                    0,
                )?;
            }
            before = Some((criterion, values));
            for slot in criterion.iter().filter_map(|bytes| RawSlot::read(bytes).decode()) {
                values.skip(&slot);
            }
        }
        Ok(())
    }

    /// Compares the values of two criteria with the same slots.
    fn compare_values(&self, slots: &[[u8; SLOT_BYTES]], mut one: Cursor, mut two: Cursor) -> Ordering {
        for slot in slots.iter().filter_map(|bytes| RawSlot::read(bytes).decode()) {
            for _ in 0..slot.count {
                let order = if slot.value_kind.is_text() {
                    let (ends, heap) = (&self.file.text_ends, self.file.text_heap.as_bytes());
                    shortlex(entry(ends, heap, one.text), entry(ends, heap, two.text))
                } else if slot.value_kind == ValueKind::Bytes {
                    let (ends, heap) = (&self.file.byte_ends, self.file.byte_heap.bytes);
                    shortlex(entry(ends, heap, one.byte_string), entry(ends, heap, two.byte_string))
                } else {
                    let words = 0..slot.value_kind.words(slot.operator);
                    let at = |first: u32| words.clone().map(move |word| self.file.word(first.saturating_add(word)));
                    at(one.word).cmp(at(two.word))
                };
                if order != Ordering::Equal {
                    return order;
                }
                let single = Slot { count: 1, ..slot };
                one.skip(&single);
                two.skip(&single);
            }
        }
        Ordering::Equal
    }
}

/// How far apart the values of two criteria of one instance lie.
#[derive(Clone, Copy)]
struct Distance {
    text: u32,
    byte_string: u32,
    word: u32,
}

impl Distance {
    fn between(one: Cursor, two: Cursor) -> Self {
        Self {
            text: two.text.saturating_sub(one.text),
            byte_string: two.byte_string.saturating_sub(one.byte_string),
            word: two.word.saturating_sub(one.word),
        }
    }

    fn back(self, values: Cursor) -> Cursor {
        Cursor {
            text: values.text.saturating_sub(self.text),
            byte_string: values.byte_string.saturating_sub(self.byte_string),
            word: values.word.saturating_sub(self.word),
        }
    }
}

/// Whether the entries, none of which is empty, ascend by length, then byte by byte; else the place of the first that does not.
fn ascending(ends: &Ends<'_>, heap: &[u8], first: u32, entries: u32) -> Result<(), u32> {
    let mut rest = ends.rows(first, first.saturating_add(entries)).iter();
    let mut start = index(ends.start(first).unwrap_or_default());
    let (mut before, mut length_before) = (start, 0);
    while let Some(end) = rest.next() {
        let end = index(u32::from_le_bytes(*end));
        let length = end.wrapping_sub(start);
        // Mostly the lengths tell, without a look at the heap.
        if length <= length_before && (length < length_before || heap.get(before..start) >= heap.get(start..end)) {
            let after = u32::try_from(rest.len()).unwrap_or(u32::MAX);
            return Err(entries.saturating_sub(after).saturating_sub(1));
        }
        (before, start, length_before) = (start, end, length);
    }
    Ok(())
}

fn entry<'h>(ends: &Ends<'_>, heap: &'h [u8], row: u32) -> &'h [u8] {
    ends.range(row).and_then(|range| heap.get(range)).unwrap_or_default()
}

/// The largest word that a single value of the slot may be, all ones, where that is all there is to ask of it.
fn largest_word(slot: &Slot, kind: FieldKind) -> Option<u64> {
    if depends_on_field(slot, kind) {
        return None;
    }
    match (slot.operator, slot.value_kind) {
        (_, ValueKind::None) | (Operator::Equals, ValueKind::Unsigned | ValueKind::Signed | ValueKind::Ipv6) => {
            Some(u64::MAX)
        }
        (Operator::Equals, ValueKind::Ipv4) => Some(u64::from(u32::MAX)),
        (_, ValueKind::Boolean) => Some(1),
        _ => None,
    }
}

/// Whether [`value_fault`] has something to say on values of the slot.
fn depends_on_field(slot: &Slot, kind: FieldKind) -> bool {
    match slot.value_kind {
        ValueKind::Field => true,
        ValueKind::Signed if kind == FieldKind::Text => true,
        ValueKind::Signed | ValueKind::Unsigned => slot.operator == Operator::Range,
        _ => false,
    }
}

/// What is wrong with a value by itself.
fn word_fault(slot: &Slot, [first, second, third]: [u64; 3]) -> Option<(ErrorCode, u64, u64)> {
    let range = |ascends: bool| (!ascends).then_some((ErrorCode::RangeOrder, first, second));
    match (slot.value_kind, slot.operator) {
        (ValueKind::Boolean, _) => (first > 1).then_some((ErrorCode::BooleanValue, 1, first)),
        (ValueKind::Unsigned, Operator::Range) => range(first < second),
        (ValueKind::Signed, Operator::Range) => range(first.cast_signed() < second.cast_signed()),
        (ValueKind::Ipv4, operator) => {
            if first > u64::from(u32::MAX) {
                return Some((ErrorCode::AddressValue, u64::from(u32::MAX), first));
            }
            if operator == Operator::Cidr { network_fault(ipv4(first), second, 31) } else { None }
        }
        (ValueKind::Ipv6, Operator::Cidr) => network_fault(ipv6(first, second), third, 127),
        (ValueKind::Field, _) => match FieldReference::from_word(first) {
            None => Some((ErrorCode::FieldReferenceForm, 0, first)),
            Some(_) => None,
        },
        _ => None,
    }
}

fn network_fault(address: core::net::IpAddr, prefix: u64, longest: u8) -> Option<(ErrorCode, u64, u64)> {
    match u8::try_from(prefix) {
        Ok(prefix) if prefix <= longest => match IpNetwork::new(address, prefix) {
            Some(_) => None,
            None => Some((ErrorCode::NetworkHostBits, 0, 0)),
        },
        _ => Some((ErrorCode::NetworkPrefix, u64::from(longest), prefix)),
    }
}
