//! Slots: fields, roles, operators, value kinds and counts, and the order of slots and criteria.

use channel_file::template::{Operator, OperatorSet, SlotRole, ValueKind};
use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, Slot, bytes_of, narrow, put};
use crate::choices::Choices;
use crate::frame::Frame;

// Bytes into a row.
const FIELD: usize = 0;
const ROLE: usize = 2;
const OPERATOR: usize = 3;
const VALUE_KIND: usize = 4;
const COUNT: usize = 5;

const SLOT: usize = 9;
/// The default limit of patterns of a criterion.
const MOST_PATTERNS: u32 = 16_384;

pub(super) fn field_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, _| true)?;
    let fields = u16::try_from(fields_of(chart, &slot)).ok()?;
    let field = choices.pick(&[fields, u16::MAX]);
    put(frame, SectionKind::Slots, row, FIELD, &field.to_le_bytes())?;
    Some(ErrorCode::SlotField)
}

pub(super) fn role_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    put_code(chart, frame, choices, ROLE, 3)?;
    Some(ErrorCode::SlotRole)
}

pub(super) fn operator_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    put_code(chart, frame, choices, OPERATOR, 11)?;
    Some(ErrorCode::OperatorUnknown)
}

pub(super) fn value_kind_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    put_code(chart, frame, choices, VALUE_KIND, 10)?;
    Some(ErrorCode::ValueKindUnknown)
}

/// The first slot of a shape, or one on another field than the slot before, as if a criterion went on.
pub(super) fn nothing_to_continue(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let alone = |row: usize, slot: &Slot| match row.checked_sub(1).and_then(|before| chart.slots.get(before)) {
        Some(before) => before.shape != slot.shape || before.field != slot.field,
        None => true,
    };
    let (row, _) = chart.slot(choices, alone)?;
    put(frame, SectionKind::Slots, row, ROLE, &[SlotRole::Continues.code()])?;
    Some(ErrorCode::SlotRole)
}

/// A slot that continues a criterion, on another field.
pub(super) fn continues_elsewhere(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, slot| !slot.begins() && fields_of(chart, slot) > 1)?;
    let field = if slot.field == 0 { 1 } else { slot.field.saturating_sub(1) };
    put(frame, SectionKind::Slots, row, FIELD, &field.to_le_bytes())?;
    Some(ErrorCode::SlotRole)
}

/// A value kind that no pattern of this operator has on the field.
pub(super) fn value_kind_of_others(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, _| true)?;
    let others = ValueKind::ALL.iter().filter(|kind| !slot.kind.takes(slot.operator, **kind));
    let others: Vec<ValueKind> = others.copied().collect();
    put(frame, SectionKind::Slots, row, VALUE_KIND, &[choices.one_of(&others)?.code()])?;
    Some(ErrorCode::OperatorForKind)
}

/// An operator that no field of this kind has with the value kind.
pub(super) fn operator_of_others(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, _| true)?;
    let others = Operator::ALL.iter().filter(|operator| !slot.kind.takes(**operator, slot.value_kind));
    let others: Vec<Operator> = others.copied().collect();
    put(frame, SectionKind::Slots, row, OPERATOR, &[choices.one_of(&others)?.code()])?;
    Some(ErrorCode::OperatorForKind)
}

/// The type no longer allows an operator that content uses.
pub(super) fn operator_not_allowed(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (_, slot) = chart.slot(choices, |_, _| true)?;
    let of = chart.types.get(chart.shapes.get(slot.shape)?.template_type)?;
    let row = of.fields.start.saturating_add(usize::from(slot.field));
    let less = chart.fields.get(row)?.operators & !OperatorSet::of(&[slot.operator]).bits();
    // Without any, the field itself is at fault.
    put(frame, SectionKind::Fields, row, 1, &less.to_le_bytes()).filter(|()| less != 0)?;
    Some(ErrorCode::OperatorNotAllowed)
}

pub(super) fn count_0(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = chart.slot(choices, |_, _| true)?;
    put_count(frame, row, 0)?;
    Some(ErrorCode::SlotCount)
}

pub(super) fn several_without_value(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = chart.slot(choices, |_, slot| slot.each() == 0)?;
    put_count(frame, row, choices.pick(&[2, 3, u32::MAX]).max(2))?;
    Some(ErrorCode::SlotCount)
}

pub(super) fn count_more(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, slot| slot.each() > 0)?;
    (patterns(chart, row) < MOST_PATTERNS).then_some(())?;
    count(chart, frame, row, slot.count.saturating_add(1))
}

pub(super) fn count_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, slot) = chart.slot(choices, |_, slot| slot.each() > 0 && slot.count > 1)?;
    count(chart, frame, row, slot.count.saturating_sub(1))
}

pub(super) fn count_beyond_limit(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = chart.slot(choices, |_, slot| slot.each() > 0)?;
    put_count(frame, row, choices.pick(&[u32::MAX, MOST_PATTERNS.saturating_add(1)]))?;
    Some(ErrorCode::LimitPatterns)
}

/// Two slots of a criterion the wrong way round, or one of them twice.
pub(super) fn slots_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = chart.slot(choices, |_, slot| !slot.begins())?;
    let before = row.checked_sub(1)?;
    let said = |row| tail(chart, row);
    put(frame, SectionKind::Slots, row, OPERATOR, said(before)?)?;
    if choices.percent(50) {
        put(frame, SectionKind::Slots, before, OPERATOR, said(row)?)?;
    }
    Some(ErrorCode::SlotOrder)
}

/// Two criteria the wrong way round.
pub(super) fn criteria_swapped(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let differ = |one: &[Slot], two: &[Slot]| !one.iter().map(Slot::key).eq(two.iter().map(Slot::key));
    let (one, two) = chart.pair_of_criteria(choices, differ)?;
    let rows = two.clone().chain(one.clone()).filter_map(|row| row_bytes(chart, row)).flatten().copied();
    let rows: Vec<u8> = rows.collect();
    put(frame, SectionKind::Slots, one.start, 0, &rows)?;
    Some(ErrorCode::CriterionOrder)
}

/// Two criteria on one field, both of them none-of.
pub(super) fn none_of_twice(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let same = |one: &[Slot], two: &[Slot]| one.first().map(|slot| slot.field) == two.first().map(|slot| slot.field);
    let (one, two) = chart.pair_of_criteria(choices, same)?;
    for row in [one.start, two.start] {
        put(frame, SectionKind::Slots, row, ROLE, &[SlotRole::NoneOf.code()])?;
    }
    Some(ErrorCode::NoneOfTwice)
}

/// Criteria come before values: another count may put them out of order.
fn count(chart: &Chart, frame: &mut Frame, row: usize, count: usize) -> Option<ErrorCode> {
    put_count(frame, row, narrow(count))?;
    let shape = chart.shapes.get(chart.slots.get(row)?.shape)?;
    let key = |place: usize| {
        let slot = chart.slots.get(place)?;
        Some(if place == row { Slot { count, ..*slot }.key() } else { slot.key() })
    };
    let lists = chart.criteria(shape).into_iter().map(|criterion| criterion.map(key).collect());
    let lists: Vec<Vec<_>> = lists.collect();
    let descend = lists.array_windows().any(|[one, two]| one > two);
    Some(if descend { ErrorCode::CriterionOrder } else { ErrorCode::ShapeValues })
}

/// Patterns of the criterion that a row of slots belongs to.
fn patterns(chart: &Chart, row: usize) -> u32 {
    let Some(shape) = chart.slots.get(row).and_then(|slot| chart.shapes.get(slot.shape)) else { return u32::MAX };
    let own = chart.criteria(shape).into_iter().find(|criterion| criterion.contains(&row));
    let slots = own.and_then(|own| chart.slots.get(own)).unwrap_or_default();
    slots.iter().fold(0, |sum: u32, slot| sum.saturating_add(narrow(slot.count)))
}

fn fields_of(chart: &Chart, slot: &Slot) -> usize {
    chart.shapes.get(slot.shape).map_or(0, |shape| chart.fields_of(shape.template_type).len())
}

fn row_bytes(chart: &Chart, row: usize) -> Option<&[u8]> {
    let start = row.saturating_mul(SLOT);
    bytes_of(&chart.frame, SectionKind::Slots).get(start..start.saturating_add(SLOT))
}

/// Operator, value kind and count of a row.
fn tail(chart: &Chart, row: usize) -> Option<&[u8]> {
    row_bytes(chart, row)?.get(OPERATOR..)
}

/// A code from the first that means nothing on.
fn put_code(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>, within: usize, first: usize) -> Option<()> {
    let (row, _) = chart.slot(choices, |_, _| true)?;
    let code = u8::try_from(choices.within(first, 255)).ok()?;
    put(frame, SectionKind::Slots, row, within, &[code])
}

fn put_count(frame: &mut Frame, row: usize, count: u32) -> Option<()> {
    put(frame, SectionKind::Slots, row, COUNT, &count.to_le_bytes())
}
