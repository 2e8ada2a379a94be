//! Values of patterns: their order, their form, and whether they fit their field.

use channel_file::template::{FieldKind, Operator, ValueKind};
use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, Slot, Values, put};
use super::strings::{replace_byte_string, replace_text};
use crate::choices::Choices;
use crate::frame::Frame;

const IGNORES_CASE: u64 = 1 << 24;
const COMPARISON: u32 = 16;

/// Two patterns of a slot the wrong way round, or one of them twice.
pub(super) fn patterns_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = chart.values(choices, |slot| slot.count > 1)?;
    let place = choices.below(values.slot.count.saturating_sub(1));
    let one = values.first.saturating_add(place.saturating_mul(values.each));
    disturb(chart, frame, &values.slot, [one, one.saturating_add(values.each)], values.each, choices.percent(50))?;
    Some(ErrorCode::PatternOrder)
}

/// Two criteria with the same slots and the wrong values: those of the other, or both the same.
pub(super) fn criteria_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let alike = |one: &[Slot], two: &[Slot]| one.iter().map(Slot::key).eq(two.iter().map(Slot::key));
    let (one, two) = chart.pair_of_criteria(choices, alike)?;
    let shape = chart.shapes.get(chart.slots.get(one.start)?.shape)?;
    let instance = choices.below(shape.instances.len());
    let both = choices.percent(50);
    for (one, two) in one.zip(two) {
        let (first, second) = (chart.values_in(one, instance)?, chart.values_in(two, instance)?);
        for value in 0..first.slot.count {
            let at = |values: Values| values.first.saturating_add(value.saturating_mul(values.each));
            disturb(chart, frame, &first.slot, [at(first), at(second)], first.each, both)?;
        }
    }
    Some(ErrorCode::CriterionOrder)
}

pub(super) fn glob_that_is_simpler(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    glob(chart, frame, choices, &[b"g", b"*", b"*g", b"g*", b"*g*", br"\*", br"*\?"])?;
    Some(ErrorCode::GlobSimpler)
}

pub(super) fn glob_of_another_form(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    glob(chart, frame, choices, &[b"g**", b"**", b"g*?", b"*?g", br"g\h", br"?\"])?;
    Some(ErrorCode::GlobForm)
}

pub(super) fn boolean(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = chart.values(choices, |slot| slot.value_kind == ValueKind::Boolean)?;
    put_word(frame, one_of(&values, choices), choices.pick(&[2, 3, 256, 1 << 63, u64::MAX]).max(2))?;
    Some(ErrorCode::BooleanValue)
}

pub(super) fn long_ipv4(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = chart.values(choices, |slot| slot.value_kind == ValueKind::Ipv4)?;
    let word = one_of(&values, choices);
    put_word(frame, word, chart.word(word)? | (1 << choices.within(32, 63)))?;
    Some(ErrorCode::AddressValue)
}

pub(super) fn long_prefix(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = network(chart, choices)?;
    let bits: u64 = if values.slot.value_kind == ValueKind::Ipv4 { 32 } else { 128 };
    let prefix = choices.pick(&[bits, bits.saturating_add(1), 256, u64::MAX]).max(bits);
    put_word(frame, last_of(one_of(&values, choices), &values), prefix)?;
    Some(ErrorCode::NetworkPrefix)
}

/// The last bit of the address: the prefix of a network ends before it.
pub(super) fn host_bits(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = network(chart, choices)?;
    let word = last_of(one_of(&values, choices), &values).checked_sub(1)?;
    put_word(frame, word, chart.word(word)? | 1)?;
    Some(ErrorCode::NetworkHostBits)
}

pub(super) fn range_of_one(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let low = range(chart, choices, |_| true)?;
    put_word(frame, low.saturating_add(1), chart.word(low)?)?;
    Some(ErrorCode::RangeOrder)
}

pub(super) fn range_inverted(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let low = range(chart, choices, |_| true)?;
    let high = low.saturating_add(1);
    put_word(frame, low, chart.word(high)?)?;
    put_word(frame, high, chart.word(low)?)?;
    Some(ErrorCode::RangeOrder)
}

pub(super) fn range_of_all(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let signed = choices.percent(50);
    let (kind, [low, high]) = if signed {
        (FieldKind::Signed, [i64::MIN, i64::MAX].map(i64::cast_unsigned))
    } else {
        (FieldKind::Unsigned, [u64::MIN, u64::MAX])
    };
    let word = range(chart, choices, |slot| slot.kind == kind)?;
    put_word(frame, word, low)?;
    put_word(frame, word.saturating_add(1), high)?;
    Some(ErrorCode::RangeWhole)
}

/// On a field of text a number that is not negative, but of the value kind for those that are.
pub(super) fn signed_on_text(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let on_text = |slot: &Slot| slot.kind == FieldKind::Text && slot.value_kind == ValueKind::Signed;
    let values = chart.values(choices, on_text)?;
    let word = one_of(&values, choices);
    put_word(frame, word, choices.pick(&[0, 1, 77]))?;
    if values.slot.operator == Operator::Range {
        put_word(frame, word.saturating_add(1), 78)?;
    }
    Some(ErrorCode::SignedOnText)
}

pub(super) fn reference_to_itself(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = reference(chart, choices, |_| true)?;
    refer(chart, frame, one_of(&values, choices), values.slot.field)
}

pub(super) fn reference_to_nothing(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = reference(chart, choices, |_| true)?;
    let fields = u16::try_from(fields_of(chart, &values.slot).len()).ok()?;
    refer(chart, frame, one_of(&values, choices), choices.pick(&[fields, u16::MAX]).max(fields))
}

pub(super) fn reference_to_another_kind(
    chart: &Chart,
    frame: &mut Frame,
    choices: &mut Choices<'_>,
) -> Option<ErrorCode> {
    let values = reference(chart, choices, |_| true)?;
    let fields = (0_u16..).zip(fields_of(chart, &values.slot));
    let others: Vec<u16> = fields.filter(|(_, field)| field.kind != values.slot.kind).map(|(index, _)| index).collect();
    refer(chart, frame, one_of(&values, choices), *choices.one_of(&others)?)
}

/// A comparison, a case or a bit that means nothing.
pub(super) fn comparison_unknown(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = reference(chart, choices, |_| true)?;
    let word = one_of(&values, choices);
    let nonsense = choices.pick(&[4 << COMPARISON, 0x80 << COMPARISON, IGNORES_CASE << 1, 1 << 32, 1 << 63]);
    put_word(frame, word, chart.word(word)? | nonsense.max(4 << COMPARISON))?;
    Some(ErrorCode::FieldReferenceForm)
}

pub(super) fn comparison_of_text(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let values = reference(chart, choices, |slot| slot.kind != FieldKind::Text)?;
    let word = one_of(&values, choices);
    let starts_with = if values.slot.kind == FieldKind::Bytes { IGNORES_CASE } else { 1 << COMPARISON };
    let of_text = if choices.percent(50) { IGNORES_CASE } else { starts_with };
    put_word(frame, word, chart.word(word)? | of_text)?;
    Some(ErrorCode::FieldReferenceForm)
}

/// Copies one value over the next, and that over the one where `both` are to change places.
fn disturb(
    chart: &Chart,
    frame: &mut Frame,
    slot: &Slot,
    [one, two]: [usize; 2],
    each: usize,
    both: bool,
) -> Option<()> {
    for (from, to) in [(one, two), (two, one)].into_iter().take(if both { 2 } else { 1 }) {
        match slot.value_kind {
            ValueKind::Text | ValueKind::TextIgnoringCase => replace_text(frame, to, chart.text(from))?,
            ValueKind::Bytes => replace_byte_string(frame, to, chart.byte_string(from))?,
            _ => {
                for word in 0..each {
                    put_word(frame, to.saturating_add(word), chart.word(from.saturating_add(word))?)?;
                }
            }
        }
    }
    Some(())
}

/// Another text for a glob that is the only one of its slot: among several, order is looked at first.
fn glob(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>, texts: &[&[u8]]) -> Option<()> {
    let values = chart.values(choices, |slot| slot.operator == Operator::Glob && slot.count == 1)?;
    replace_text(frame, values.first, choices.one_of(texts)?)
}

fn network(chart: &Chart, choices: &mut Choices<'_>) -> Option<Values> {
    chart.values(choices, |slot| slot.operator == Operator::Cidr)
}

/// The word with the lower bound of a range.
fn range(chart: &Chart, choices: &mut Choices<'_>, suits: impl Fn(&Slot) -> bool) -> Option<usize> {
    let values = chart.values(choices, |slot| slot.operator == Operator::Range && suits(slot))?;
    Some(one_of(&values, choices))
}

fn reference(chart: &Chart, choices: &mut Choices<'_>, suits: impl Fn(&Slot) -> bool) -> Option<Values> {
    chart.values(choices, |slot| slot.operator == Operator::FieldReference && suits(slot))
}

fn refer(chart: &Chart, frame: &mut Frame, word: usize, field: u16) -> Option<ErrorCode> {
    put_word(frame, word, (chart.word(word)? & !0xFFFF) | u64::from(field))?;
    Some(ErrorCode::FieldReferenceTarget)
}

fn fields_of<'c>(chart: &'c Chart, slot: &Slot) -> &'c [super::chart::Field] {
    chart.shapes.get(slot.shape).map(|shape| chart.fields_of(shape.template_type)).unwrap_or_default()
}

/// The first word, text or byte string of one of the values.
fn one_of(values: &Values, choices: &mut Choices<'_>) -> usize {
    values.first.saturating_add(choices.below(values.slot.count).saturating_mul(values.each))
}

/// The last word of a value.
fn last_of(first: usize, values: &Values) -> usize {
    first.saturating_add(values.each.saturating_sub(1))
}

fn put_word(frame: &mut Frame, word: usize, value: u64) -> Option<()> {
    put(frame, SectionKind::Words, word, 0, &value.to_le_bytes())
}
