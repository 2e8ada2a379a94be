//! Shapes: their types, and where their slots, instances and values end.

use std::ops::Range;

use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, Shape, bytes_of, narrow, put};
use crate::choices::Choices;
use crate::frame::Frame;

// Bytes into a row.
const TYPE: usize = 0;
const FIELD_COUNT: usize = 4;
const SLOTS_END: usize = 6;
const INSTANCES_END: usize = 10;
const TEXTS_END: usize = 14;
const BYTE_STRINGS_END: usize = 18;
const WORDS_END: usize = 22;

const SLOT: usize = 9;

/// Two neighbours the wrong way round, each with its slots.
pub(super) fn swapped(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let first = choices.below(chart.shapes.len().saturating_sub(1));
    let mut shapes = chart.shapes.clone();
    let [one, two] = shapes.get_mut(first..)?.first_chunk_mut()?;
    let other_type = one.template_type != two.template_type;
    std::mem::swap(one, two);
    write(chart, frame, &shapes)?;
    // The first shape of a type is where the library expects that type at the latest.
    Some(if other_type && begins_type(chart, first) { ErrorCode::TypeUnused } else { ErrorCode::ShapeOrder })
}

/// Instances that could be of one shape, in two.
pub(super) fn repeated(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let several: Vec<usize> = many(chart, |shape| shape.instances.len() > 1);
    let place = *choices.one_of(&several)?;
    let mut shapes = chart.shapes.clone();
    let whole = shapes.get(place)?.clone();
    let instances = whole.instances.len();
    let first = choices.within(1, instances.saturating_sub(1));
    let cut = |range: &Range<usize>| {
        let middle = range.len().checked_div(instances)?.saturating_mul(first).saturating_add(range.start);
        Some((range.start..middle, middle..range.end))
    };
    let (instances, texts) = (cut(&whole.instances)?, cut(&whole.texts)?);
    let (byte_strings, words) = (cut(&whole.byte_strings)?, cut(&whole.words)?);
    let part = |instances, texts, byte_strings, words| Shape { instances, texts, byte_strings, words, ..whole.clone() };
    let one = part(instances.0, texts.0, byte_strings.0, words.0);
    let two = part(instances.1, texts.1, byte_strings.1, words.1);
    shapes.splice(place..place.saturating_add(1), [one, two]);
    write(chart, frame, &shapes)?;
    Some(ErrorCode::ShapeOrder)
}

pub(super) fn type_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let types = narrow(chart.types.len());
    let index = choices.pick(&[types, types.saturating_add(1), u32::MAX]).max(types);
    put(frame, SectionKind::Shapes, choices.below(chart.shapes.len()), TYPE, &index.to_le_bytes())?;
    Some(ErrorCode::ShapeType)
}

/// The type before, or the one after, which has another number of fields.
pub(super) fn other_type(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let place = choices.below(chart.shapes.len());
    let own = chart.shapes.get(place)?.template_type;
    let near = [own.checked_sub(1), own.checked_add(1)].into_iter().flatten();
    let other =
        |index: &usize| chart.types.get(*index).is_some_and(|other| other.fields.len() != chart.fields_of(own).len());
    let others: Vec<usize> = near.filter(other).collect();
    let index = *choices.one_of(&others)?;
    put(frame, SectionKind::Shapes, place, TYPE, &narrow(index).to_le_bytes())?;
    let skips = index > own && begins_type(chart, place);
    Some(if skips { ErrorCode::TypeUnused } else { ErrorCode::FieldCount })
}

/// The first shape of a type is of the next.
pub(super) fn type_skipped(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let types = chart.types.len();
    let first = many(chart, |shape| shape.template_type.saturating_add(1) < types);
    let first: Vec<usize> = first.into_iter().filter(|place| begins_type(chart, *place)).collect();
    let place = *choices.one_of(&first)?;
    let next = chart.shapes.get(place)?.template_type.saturating_add(1);
    put(frame, SectionKind::Shapes, place, TYPE, &narrow(next).to_le_bytes())?;
    Some(ErrorCode::TypeUnused)
}

/// The instance was written against a field more than its type declares.
pub(super) fn field_count_more(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    field_count(chart, frame, choices, |fields| fields.checked_add(1))
}

/// The instance was written against a field less than its type declares.
pub(super) fn field_count_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    field_count(chart, frame, choices, |fields| fields.checked_sub(1))
}

pub(super) fn without_slots(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    put_end(frame, place, SLOTS_END, choices.within(0, shape.slots.start))?;
    Some(ErrorCode::ShapeSlots)
}

/// More slots than there are.
pub(super) fn slots_past_the_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, _) = any(chart, choices)?;
    let end = chart.slots.len().saturating_add(1);
    put_end(frame, place, SLOTS_END, choices.pick(&[end, usize::MAX]))?;
    Some(ErrorCode::ShapeSlots)
}

/// The last slot is left to the next shape.
pub(super) fn slot_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    let last = shape.slots.end.checked_sub(1)?;
    put_end(frame, place, SLOTS_END, last)?;
    if shape.slots.len() == 1 {
        return Some(ErrorCode::ShapeSlots);
    }
    // A whole criterion that takes values is missed at once.
    let slot = chart.slots.get(last)?;
    (slot.begins() && slot.each() > 0).then_some(ErrorCode::ShapeValues)
}

pub(super) fn without_instances(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    put_end(frame, place, INSTANCES_END, choices.within(0, shape.instances.start))?;
    Some(ErrorCode::ShapeInstances)
}

pub(super) fn instance_more(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    put_end(frame, place, INSTANCES_END, shape.instances.end.saturating_add(1))?;
    without_its_values(chart, place, shape)
}

pub(super) fn instance_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    put_end(frame, place, INSTANCES_END, shape.instances.end.saturating_sub(1))?;
    if shape.instances.len() == 1 { Some(ErrorCode::ShapeInstances) } else { without_its_values(chart, place, shape) }
}

pub(super) fn texts_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let first = chart.shapes.first()?.texts.start;
    values_end(chart, frame, choices, TEXTS_END, |shape| shape.texts.end.saturating_sub(first))
}

pub(super) fn byte_strings_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    values_end(chart, frame, choices, BYTE_STRINGS_END, |shape| shape.byte_strings.end)
}

pub(super) fn words_end(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    values_end(chart, frame, choices, WORDS_END, |shape| shape.words.end)
}

fn field_count(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
    other: impl Fn(u16) -> Option<u16>,
) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    let declared = u16::try_from(chart.fields_of(shape.template_type).len()).ok()?;
    put(frame, SectionKind::Shapes, place, FIELD_COUNT, &other(declared)?.to_le_bytes())?;
    Some(ErrorCode::FieldCount)
}

/// An end that is one off, or far.
fn values_end(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
    within: usize,
    end: impl Fn(&Shape) -> usize,
) -> Option<ErrorCode> {
    let (place, shape) = any(chart, choices)?;
    let end = end(shape);
    let more = end.saturating_add(1);
    put_end(frame, place, within, choices.pick(&[more, end.checked_sub(1).unwrap_or(more), usize::MAX]))?;
    Some(ErrorCode::ShapeValues)
}

/// What is met first where a shape has other instances than values.
fn without_its_values(chart: &Chart, place: usize, shape: &Shape) -> Option<ErrorCode> {
    if Chart::has_values(shape) {
        return Some(ErrorCode::ShapeValues);
    }
    // Then the next shape has one more or less, and what that means depends on it.
    (place.saturating_add(1) == chart.shapes.len()).then_some(ErrorCode::SectionRows)
}

/// Whether no shape before is of the same type.
fn begins_type(chart: &Chart, place: usize) -> bool {
    let of = |place: usize| chart.shapes.get(place).map(|shape| shape.template_type);
    place.checked_sub(1).and_then(of) != of(place)
}

fn any<'c>(chart: &'c Chart, choices: &mut Choices<'_>) -> Option<(usize, &'c Shape)> {
    let place = choices.below(chart.shapes.len());
    chart.shapes.get(place).map(|shape| (place, shape))
}

fn many(chart: &Chart, suits: impl Fn(&Shape) -> bool) -> Vec<usize> {
    chart.shapes.iter().enumerate().filter(|(_, shape)| suits(shape)).map(|(place, _)| place).collect()
}

fn put_end(frame: &mut Frame, place: usize, within: usize, end: usize) -> Option<()> {
    put(frame, SectionKind::Shapes, place, within, &narrow(end).to_le_bytes())
}

/// Writes other shapes, each with the slots that it had, and ends that fit.
fn write(chart: &Chart, frame: &mut Frame, shapes: &[Shape]) -> Option<()> {
    let (mut rows, mut slots) = (Vec::new(), Vec::new());
    let mut ends = [0_usize; 5];
    for shape in shapes {
        rows.extend(narrow(shape.template_type).to_le_bytes());
        rows.extend(u16::try_from(chart.fields_of(shape.template_type).len()).ok()?.to_le_bytes());
        let sizes = [&shape.slots, &shape.instances, &shape.texts, &shape.byte_strings, &shape.words].map(Range::len);
        for (end, size) in ends.iter_mut().zip(sizes) {
            *end = end.saturating_add(size);
            rows.extend(narrow(*end).to_le_bytes());
        }
        let bytes = shape.slots.start.saturating_mul(SLOT)..shape.slots.end.saturating_mul(SLOT);
        slots.extend_from_slice(bytes_of(&chart.frame, SectionKind::Slots).get(bytes)?);
    }
    frame.section(SectionKind::Shapes).ok()?.bytes = rows;
    frame.section(SectionKind::Slots).ok()?.bytes = slots;
    Some(())
}
