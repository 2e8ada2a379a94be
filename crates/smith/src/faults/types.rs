//! Template types and their fields.

use channel_file::template::OperatorSet;
use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, Type, narrow, put};
use super::strings::{insert_text, replace_text};
use crate::choices::Choices;
use crate::frame::Frame;

// Default limits: what is beyond them is met as such.
const MOST_FIELDS: usize = 256;
const MOST_NAME_BYTES: usize = 2048;

// Bytes into a row of types, and of fields.
const ID: usize = 0;
const VERSION: usize = 4;
const FIELDS_END: usize = 8;
const KIND: usize = 0;
const OPERATORS: usize = 1;
const BY_NAME: usize = 3;

pub(super) fn swapped(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, before) = later(chart, choices)?;
    for (from, to) in [(row, before), (before, row)] {
        let key = chart.types.get(from)?;
        put_key(frame, to, key.id, key.version)?;
    }
    Some(ErrorCode::TypeOrder)
}

pub(super) fn repeated(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, before) = later(chart, choices)?;
    let key = chart.types.get(before)?;
    put_key(frame, row, key.id, key.version)?;
    Some(ErrorCode::TypeOrder)
}

pub(super) fn version_0(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    put(frame, SectionKind::Types, choices.below(chart.types.len()), VERSION, &[0; 4])?;
    Some(ErrorCode::TypeVersion)
}

/// A field too many, which the next type lacks.
pub(super) fn field_more(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.types.len());
    let own = chart.types.get(row).filter(|own| own.fields.len() < MOST_FIELDS)?;
    put_end(frame, row, own.fields.end.saturating_add(1))?;
    Some(match chart.types.get(row.saturating_add(1)).map(|next| next.fields.len()) {
        None => ErrorCode::FieldRows,
        Some(1) => ErrorCode::TypeWithoutFields,
        // Its instances carry the number that it has.
        Some(_) => ErrorCode::FieldCount,
    })
}

/// A field too few, which the next type has too many.
pub(super) fn field_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.types.len());
    let own = chart.types.get(row)?;
    put_end(frame, row, own.fields.end.saturating_sub(1))?;
    let next = chart.types.get(row.saturating_add(1)).map(|next| next.fields.len());
    match next {
        _ if own.fields.len() == 1 => Some(ErrorCode::TypeWithoutFields),
        None => Some(ErrorCode::FieldRows),
        Some(fields) => (fields < MOST_FIELDS).then_some(ErrorCode::FieldCount),
    }
}

pub(super) fn without_fields(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.types.len());
    put_end(frame, row, chart.types.get(row)?.fields.start)?;
    Some(ErrorCode::TypeWithoutFields)
}

pub(super) fn fields_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = later(chart, choices)?;
    put_end(frame, row, choices.below(chart.types.get(row)?.fields.start))?;
    Some(ErrorCode::FieldRows)
}

pub(super) fn too_many_fields(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.types.len());
    let start = chart.types.get(row)?.fields.start;
    let count = choices.pick(&[MOST_FIELDS.saturating_add(1), 0xFFFF, 0x1_0000, usize::MAX]);
    put_end(frame, row, start.saturating_add(count))?;
    Some(ErrorCode::LimitFields)
}

pub(super) fn kind_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let kind = u8::try_from(choices.within(6, 255)).ok()?;
    put(frame, SectionKind::Fields, choices.below(chart.fields.len()), KIND, &[kind])?;
    Some(ErrorCode::FieldKindUnknown)
}

pub(super) fn no_operators(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    put(frame, SectionKind::Fields, choices.below(chart.fields.len()), OPERATORS, &[0; 2])?;
    Some(ErrorCode::FieldOperators)
}

pub(super) fn operator_of_another_kind(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
) -> Option<ErrorCode> {
    let row = choices.below(chart.fields.len());
    let field = chart.fields.get(row)?;
    let foreign: Vec<u16> = bits().filter(|bit| field.kind.operators().bits() & bit == 0).collect();
    let operators = field.operators | choices.one_of(&foreign)?;
    put(frame, SectionKind::Fields, row, OPERATORS, &operators.to_le_bytes())?;
    Some(ErrorCode::FieldOperators)
}

pub(super) fn index_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let own = choices.one_of(&chart.types)?;
    let row = own.fields.start.saturating_add(choices.below(own.fields.len()));
    let index = u16::try_from(choices.pick(&[own.fields.len(), 0xFFFF]).max(own.fields.len())).ok()?;
    put(frame, SectionKind::Fields, row, BY_NAME, &index.to_le_bytes())?;
    Some(ErrorCode::FieldNames)
}

/// The names of two fields the wrong way round, or one of them twice.
pub(super) fn index_not_the_alphabet(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (one, two) = two_fields(chart, choices)?;
    let by_name = |row: usize| chart.fields.get(row).map(|field| field.by_name.to_le_bytes());
    put(frame, SectionKind::Fields, two, BY_NAME, &by_name(one)?)?;
    if choices.percent(50) {
        put(frame, SectionKind::Fields, one, BY_NAME, &by_name(two)?)?;
    }
    Some(ErrorCode::FieldNames)
}

pub(super) fn field_name_repeated(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (one, two) = two_fields(chart, choices)?;
    replace_text(frame, name_of_field(chart, two)?, chart.text(name_of_field(chart, one)?))?;
    Some(ErrorCode::FieldNames)
}

pub(super) fn later_version_renamed(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let (row, _) = later_version(chart, choices)?;
    replace_text(frame, chart.types.get(row)?.name, b"another name")?;
    (chart.text(chart.types.get(row)?.name) != b"another name").then_some(ErrorCode::TypeNotExtended)
}

/// A longer name for a field that both have, which changes nothing in the order of names.
pub(super) fn later_version_renames_a_field(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
) -> Option<ErrorCode> {
    let (row, before) = later_version(chart, choices)?;
    let own = &chart.types.get(row)?.fields;
    let earlier = chart.types.get(before)?.fields.len();
    let by_name = |place: usize| {
        let field = chart.fields.get(own.start.saturating_add(place)).filter(|_| place < own.len())?;
        Some((usize::from(field.by_name), name_of_field(chart, own.start.saturating_add(usize::from(field.by_name)))?))
    };
    let renamed = (0..own.len()).filter_map(|place| {
        let (field, name) = by_name(place)?;
        let longer = [chart.text(name), b"~"].concat();
        let next = by_name(place.saturating_add(1)).map(|(_, name)| chart.text(name));
        let suits =
            field < earlier && longer.len() <= MOST_NAME_BYTES && next.is_none_or(|next| longer.as_slice() < next);
        suits.then_some((name, longer))
    });
    let renamed: Vec<_> = renamed.collect();
    let (name, longer) = choices.one_of(&renamed)?;
    replace_text(frame, *name, longer)?;
    Some(ErrorCode::TypeNotExtended)
}

/// The later version allows less on a field that both have.
pub(super) fn later_version_changes_operators(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
) -> Option<ErrorCode> {
    let (row, before) = later_version(chart, choices)?;
    let index = choices.below(chart.types.get(before)?.fields.len());
    let field = chart.types.get(row)?.fields.start.saturating_add(index);
    let operators = chart.fields.get(field)?.operators;
    let of_type = chart.shapes.iter().filter(|shape| shape.template_type == row);
    let slots = of_type.flat_map(|shape| chart.slots_of(shape)).filter(|slot| usize::from(slot.field) == index);
    let used = slots.fold(0, |used, slot| used | OperatorSet::of(&[slot.operator]).bits());
    let unused: Vec<u16> = bits().filter(|bit| operators & bit != 0 && used & bit == 0).collect();
    let less = operators ^ choices.one_of(&unused)?;
    put(frame, SectionKind::Fields, field, OPERATORS, &less.to_le_bytes()).filter(|()| less != 0)?;
    Some(ErrorCode::TypeNotExtended)
}

/// A type that takes the id of the one before for its own, and is no later version of it.
pub(super) fn version_of_another_type(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
) -> Option<ErrorCode> {
    let differ = |one: &Type, two: &Type| {
        one.id != two.id && (chart.text(one.name) != chart.text(two.name) || one.fields.len() >= two.fields.len())
    };
    let before = *choices.one_of(&pairs(chart, differ))?;
    let other = chart.types.get(before)?;
    put_key(frame, before.saturating_add(1), other.id, other.version.checked_add(1)?)?;
    Some(ErrorCode::TypeNotExtended)
}

/// A type more, with a field and names, and no instance.
pub(super) fn unused(chart: &Chart, frame: &mut Frame, _: &mut Choices<'_>) -> Option<ErrorCode> {
    let last = chart.types.last()?;
    let (id, end) = (last.id.checked_add(1)?, narrow(last.fields.end.saturating_add(1)));
    let row = [id, 1, end].map(u32::to_le_bytes);
    frame.section(SectionKind::Types).ok()?.bytes.extend(row.as_flattened());
    frame.section(SectionKind::Fields).ok()?.bytes.extend([0, 0xFF, 0x07, 0, 0]);
    let first_pattern = chart.shapes.first()?.texts.start;
    insert_text(frame, first_pattern, b"field")?;
    insert_text(frame, first_pattern, b"type")?;
    Some(ErrorCode::TypeUnused)
}

/// A type and the one before.
fn later(chart: &Chart, choices: &mut Choices<'_>) -> Option<(usize, usize)> {
    let before = *choices.one_of(&pairs(chart, |_, _| true))?;
    Some((before.saturating_add(1), before))
}

/// A later version of the type before.
fn later_version(chart: &Chart, choices: &mut Choices<'_>) -> Option<(usize, usize)> {
    let before = *choices.one_of(&pairs(chart, |one, two| one.id == two.id))?;
    Some((before.saturating_add(1), before))
}

/// The first of each two neighbours that this is true of.
fn pairs(chart: &Chart, suits: impl Fn(&Type, &Type) -> bool) -> Vec<usize> {
    let pairs = chart.types.array_windows().enumerate();
    pairs.filter(|(_, [one, two])| suits(one, two)).map(|(row, _)| row).collect()
}

/// Rows of two fields of one type.
fn two_fields(chart: &Chart, choices: &mut Choices<'_>) -> Option<(usize, usize)> {
    let several: Vec<_> = chart.types.iter().filter(|own| own.fields.len() > 1).collect();
    let fields = choices.one_of(&several)?.fields.clone();
    let one = choices.below(fields.len());
    let distance = choices.within(1, fields.len().saturating_sub(1));
    let two = one.saturating_add(distance).checked_rem(fields.len())?;
    Some((fields.start.saturating_add(one), fields.start.saturating_add(two)))
}

/// The text that is the name of a row of fields.
fn name_of_field(chart: &Chart, row: usize) -> Option<usize> {
    let own = chart.types.iter().find(|own| own.fields.contains(&row))?;
    Some(own.name.saturating_add(1).saturating_add(row.saturating_sub(own.fields.start)))
}

fn put_key(frame: &mut Frame, row: usize, id: u32, version: u32) -> Option<()> {
    put(frame, SectionKind::Types, row, ID, [id, version].map(u32::to_le_bytes).as_flattened())
}

fn put_end(frame: &mut Frame, row: usize, end: usize) -> Option<()> {
    put(frame, SectionKind::Types, row, FIELDS_END, &narrow(end).to_le_bytes())
}

fn bits() -> impl Iterator<Item = u16> {
    (0..16).map(|bit| 1_u16 << bit)
}
