//! Shapes and their slots: what is checked once here need not be checked for each instance.

use core::cmp::Ordering;

use super::super::row::{self, Footprint, RawSlot};
use super::super::view::{TypeView, View};
use super::super::{ChannelFile, SLOT_BYTES};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::template::{Operator, Slot, SlotRole, ValueKind};
use crate::wire::index;

/// The rows of shapes and slots.
pub(super) fn rows(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    let mut before = row::Shape::default();
    let mut slots_before: &[[u8; SLOT_BYTES]] = &[];
    let mut next_type = 0_u32;
    let mut patterns = 0_u64;
    for (place, bytes) in counted(0_u32, file.shapes.rows) {
        let shape = row::Shape::read(bytes);
        let path = || Path::instance(before.ends.instances);
        let fault_at = |path: Path, code, expected, found, offset: u64| {
            let at = file.shapes.offset_of(place).saturating_add(offset);
            Err(Error::new(code, expected, found).at(at).within(path))
        };
        if u64::from(shape.template_type) >= file.types.len() {
            return fault_at(path(), ErrorCode::ShapeType, file.types.len(), u64::from(shape.template_type), 0);
        }
        if shape.template_type > next_type {
            return fault_at(path(), ErrorCode::TypeUnused, 0, u64::from(next_type), 0);
        }
        let fault = |code, expected, found, offset| {
            fault_at(path().of_type(shape.template_type), code, expected, found, offset)
        };
        let template_type = TypeView::at(file, shape.template_type);
        let declared = template_type.field_count();
        if declared != shape.field_count {
            return fault(ErrorCode::FieldCount, u64::from(declared), u64::from(shape.field_count), 4);
        }
        let slots = index(before.ends.slots)..index(shape.ends.slots);
        let slots = match file.slots.rows.get(slots) {
            Some(slots) if !slots.is_empty() => slots,
            _ => {
                let least = u64::from(before.ends.slots).saturating_add(1);
                return fault(ErrorCode::ShapeSlots, least, u64::from(shape.ends.slots), 6);
            }
        };
        let instances = match shape.ends.instances.checked_sub(before.ends.instances) {
            Some(instances) if instances > 0 => u64::from(instances),
            _ => {
                let least = u64::from(before.ends.instances).saturating_add(1);
                return fault(ErrorCode::ShapeInstances, least, u64::from(shape.ends.instances), 10);
            }
        };
        // Shapes ascend: most begin as the one before does.
        let known = if shape.template_type == before.template_type { common(slots_before, slots) } else { 0 };
        let walk = SlotWalk { file, template_type, slots, known, shape: &shape, before: &before.ends, limits };
        let (footprint, patterns_each) = walk.check()?;
        let expected = |before: u32, each: u64| u64::from(before).saturating_add(instances.saturating_mul(each));
        let texts = expected(before.ends.texts, footprint.texts);
        if u64::from(shape.ends.texts) != texts {
            return fault(ErrorCode::ShapeValues, texts, u64::from(shape.ends.texts), 14);
        }
        let byte_strings = expected(before.ends.byte_strings, footprint.byte_strings);
        if u64::from(shape.ends.byte_strings) != byte_strings {
            return fault(ErrorCode::ShapeValues, byte_strings, u64::from(shape.ends.byte_strings), 18);
        }
        let words = expected(before.ends.words, footprint.words);
        if u64::from(shape.ends.words) != words {
            return fault(ErrorCode::ShapeValues, words, u64::from(shape.ends.words), 22);
        }
        // Before the first row stands type 0 without slots, which every row comes after.
        let order = before.template_type.cmp(&shape.template_type);
        let of_slots =
            || compare(slots_before.get(known..).unwrap_or_default(), slots.get(known..).unwrap_or_default());
        if order.then_with(of_slots) != Ordering::Less {
            return fault(ErrorCode::ShapeOrder, 0, 0, 0);
        }
        patterns = patterns.saturating_add(instances.saturating_mul(patterns_each));
        next_type = shape.template_type.saturating_add(1);
        before = shape;
        slots_before = slots;
    }
    if u64::from(next_type) != file.types.len() {
        let error = Error::new(ErrorCode::TypeUnused, 0, u64::from(next_type));
        return Err(error.at(file.types.offset_of(next_type)).within(Path::template_type(next_type)));
    }
    Limits::patterns_per_byte(patterns, file.header.length)
        .and_then(|()| limits.total_patterns(patterns))
        .map_err(|error| error.at(file.shapes.offset))
}

/// With how many slots both begin.
fn common(one: &[[u8; SLOT_BYTES]], two: &[[u8; SLOT_BYTES]]) -> usize {
    let alike = one.iter().zip(two).take_while(|(one, two)| one == two);
    alike.fold(0_usize, |count, _| count.saturating_add(1))
}

/// Orders runs of slots as shapes and criteria order.
pub(super) fn compare(one: &[[u8; SLOT_BYTES]], two: &[[u8; SLOT_BYTES]]) -> Ordering {
    let key = |bytes: &[u8; SLOT_BYTES]| {
        let slot = RawSlot::read(bytes);
        (slot.field, slot.role, slot.operator, slot.value_kind, slot.count)
    };
    match one.iter().zip(two).find(|(one, two)| one != two) {
        Some((one, two)) => key(one).cmp(&key(two)),
        None => one.len().cmp(&two.len()),
    }
}

/// Checks the slots of one shape.
struct SlotWalk<'f, 'a> {
    file: &'f ChannelFile<'a>,
    template_type: TypeView<'f>,
    slots: &'f [[u8; SLOT_BYTES]],
    /// So many of them the shape before has too, so that they are known to be good.
    known: usize,
    shape: &'f row::Shape,
    /// Where the shape's slots and instances begin.
    before: &'f row::Ends,
    limits: &'f Limits,
}

impl SlotWalk<'_, '_> {
    /// How much of each store an instance takes, and how many patterns it has.
    fn check(&self) -> Result<(Footprint, u64)> {
        let mut footprint = Footprint::default();
        let (mut patterns, mut criteria) = (0_u64, 0_u64);
        let mut in_criterion = 0_u64;
        // The criterion before and the one that is being walked, as places among the slots, and whether their fields leave their order open.
        let (mut earlier, mut current, mut open) = (0_usize, 0_usize, false);
        let mut field_before = None;
        for (place, bytes) in counted(0_usize, self.slots) {
            let raw = RawSlot::read(bytes);
            let slot = match raw.decode() {
                Some(slot) if place < self.known => slot,
                _ => self.slot(place, &raw)?,
            };
            if slot.role == SlotRole::Continues {
                in_criterion = in_criterion.saturating_add(u64::from(slot.count));
            } else {
                criteria = criteria.saturating_add(1);
                in_criterion = u64::from(slot.count);
                if open && place >= self.known {
                    self.order(earlier, current, place)?;
                }
                open = field_before.replace(slot.field).is_some_and(|before| before >= slot.field);
                (earlier, current) = (current, place);
            }
            let fault = |error: Error| self.located(error, place, 5, slot.field);
            self.limits.patterns(in_criterion).map_err(fault)?;
            self.limits.criteria(criteria).map_err(fault)?;
            patterns = patterns.saturating_add(u64::from(slot.count));
            footprint.add(&slot);
        }
        if open {
            self.order(earlier, current, self.slots.len())?;
        }
        Ok((footprint, patterns))
    }

    /// One slot by itself and as the successor of the one before.
    fn slot(&self, place: usize, raw: &RawSlot) -> Result<Slot> {
        let fault = |code, expected, found, offset| {
            Err(self.located(Error::new(code, expected, found), place, offset, raw.field))
        };
        let Some(field) = self.template_type.field(raw.field) else {
            let fields = u64::from(self.template_type.field_count());
            return fault(ErrorCode::SlotField, fields, u64::from(raw.field), 0);
        };
        let Some(operator) = Operator::from_code(raw.operator) else {
            return fault(ErrorCode::OperatorUnknown, 0, u64::from(raw.operator), 3);
        };
        let Some(value_kind) = ValueKind::from_code(raw.value_kind) else {
            return fault(ErrorCode::ValueKindUnknown, 0, u64::from(raw.value_kind), 4);
        };
        // Of a slot that continues a criterion: the one before.
        let (role, before) = match SlotRole::from_code(raw.role) {
            Some(role @ (SlotRole::AnyOf | SlotRole::NoneOf)) => (role, None),
            Some(SlotRole::Continues) => match self.raw(place.wrapping_sub(1)) {
                Some(before) if before.field == raw.field => (SlotRole::Continues, Some(before)),
                _ => return fault(ErrorCode::SlotRole, 0, u64::from(raw.role), 2),
            },
            None => return fault(ErrorCode::SlotRole, 0, u64::from(raw.role), 2),
        };
        if !field.kind().takes(operator, value_kind) {
            return fault(ErrorCode::OperatorForKind, u64::from(field.kind().code()), u64::from(raw.operator), 3);
        }
        if !field.operators().contains(operator) {
            return fault(ErrorCode::OperatorNotAllowed, 0, u64::from(raw.operator), 3);
        }
        if raw.count == 0 || (value_kind == ValueKind::None && raw.count > 1) {
            return fault(ErrorCode::SlotCount, 1, u64::from(raw.count), 5);
        }
        if before.is_some_and(|before| (before.operator, before.value_kind) >= (raw.operator, raw.value_kind)) {
            return fault(ErrorCode::SlotOrder, 0, 0, 3);
        }
        Ok(Slot { field: raw.field, role, operator, value_kind, count: raw.count })
    }

    fn raw(&self, place: usize) -> Option<RawSlot> {
        self.slots.get(place).map(RawSlot::read)
    }

    /// The criterion from `current` to `end` against the one from `earlier` to `current`, whose field is not below. Where their slots are alike
    /// the values decide, later; where there are none, the criteria are one.
    #[inline(never)]
    fn order(&self, earlier: usize, current: usize, end: usize) -> Result<()> {
        let (Some(one @ [first, ..]), Some(two @ [second, ..])) =
            (self.slots.get(earlier..current), self.slots.get(current..end))
        else {
            return Ok(());
        };
        let (first, second) = (RawSlot::read(first), RawSlot::read(second));
        let none_of = SlotRole::NoneOf.code();
        let no_value = |bytes: &[u8; SLOT_BYTES]| RawSlot::read(bytes).value_kind == ValueKind::None.code();
        let descend = match compare(one, two) {
            Ordering::Less => false,
            Ordering::Equal => two.iter().all(no_value),
            Ordering::Greater => true,
        };
        let code = if first.field == second.field && first.role == none_of && second.role == none_of {
            ErrorCode::NoneOfTwice
        } else if descend {
            ErrorCode::CriterionOrder
        } else {
            return Ok(());
        };
        Err(self.located(Error::new(code, 0, 0), current, 0, second.field))
    }

    /// Puts the place of a slot on an error; `offset` is that of the part at fault within the row.
    #[cold]
    fn located(&self, error: Error, place: usize, offset: u64, field: u16) -> Error {
        let row = self.before.slots.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        let path = Path::instance(self.before.instances).of_type(self.shape.template_type).field(field);
        error.at(self.file.slots.offset_of(row).saturating_add(offset)).within(path)
    }
}
