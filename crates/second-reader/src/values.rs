//! Chapter 8: values of patterns.

use crate::codes::{Comparison, FieldKind, Operator, ValueKind};
use crate::content::{Field, TemplateType, Value};
use crate::glob;
use crate::refusal::{Chapter, Refusal};
use crate::shapes::Slot;

const CHAPTER: Chapter = Chapter("8. Values of patterns");

/// A value as it stands in its store. Its order is that of the document: shortlex by the length in front, or word by word.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stored {
    None,
    Text { bytes: usize, text: String },
    Bytes { bytes: usize, string: Vec<u8> },
    Words([u64; 3]),
}

pub(crate) fn read(slot: &Slot, stored: &Stored, template: &TemplateType) -> Result<Value, Refusal> {
    let field = CHAPTER.some(template.fields.get(usize::from(slot.field)), "no such field")?;
    match stored {
        Stored::None => Ok(Value::None),
        Stored::Text { text, .. } => read_text(slot, text),
        Stored::Bytes { string, .. } => {
            CHAPTER.demand(!string.is_empty(), "a pattern without bytes")?;
            Ok(Value::Bytes(string.clone()))
        }
        Stored::Words([first, second, third]) => match slot.value {
            ValueKind::Boolean => read_boolean(*first),
            ValueKind::Unsigned => read_unsigned(slot.operator, field.kind, *first, *second),
            ValueKind::Signed => read_signed(slot.operator, field.kind, *first, *second),
            ValueKind::Ipv4 => read_ipv4(slot.operator, *first, *second),
            ValueKind::Ipv6 => read_ipv6(slot.operator, join(*first, *second), *third),
            ValueKind::Field => read_reference(slot.field, field, *first, template),
            ValueKind::None | ValueKind::Text | ValueKind::TextIgnoringCase | ValueKind::Bytes => {
                Err(CHAPTER.refusal("a value kind without words"))
            }
        },
    }
}

fn read_text(slot: &Slot, text: &str) -> Result<Value, Refusal> {
    CHAPTER.demand(!text.is_empty(), "a pattern without a character")?;
    if slot.operator == Operator::Glob {
        CHAPTER.demand(glob::is_in_normal_form(text), "a glob that is not in normal form")?;
    }
    Ok(match slot.value {
        ValueKind::TextIgnoringCase => Value::TextIgnoringCase(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    })
}

fn read_boolean(word: u64) -> Result<Value, Refusal> {
    CHAPTER.demand(word <= 1, "a truth value that is neither 0 nor 1")?;
    Ok(Value::Boolean(word == 1))
}

fn read_unsigned(operator: Operator, kind: FieldKind, low: u64, high: u64) -> Result<Value, Refusal> {
    if operator != Operator::Range {
        return Ok(Value::Unsigned(low));
    }
    CHAPTER.demand(low < high, "a range of no number, or of one")?;
    CHAPTER.demand(kind == FieldKind::Text || (low, high) != (0, u64::MAX), "a range of every number")?;
    Ok(Value::UnsignedRange { low, high })
}

fn read_signed(operator: Operator, kind: FieldKind, low: u64, high: u64) -> Result<Value, Refusal> {
    let (low, high) = (low.cast_signed(), high.cast_signed());
    CHAPTER.demand(kind != FieldKind::Text || low < 0, "a signed number that is not negative, on text")?;
    if operator != Operator::Range {
        return Ok(Value::Signed(low));
    }
    CHAPTER.demand(low < high, "a range of no number, or of one")?;
    CHAPTER.demand(kind == FieldKind::Text || (low, high) != (i64::MIN, i64::MAX), "a range of every number")?;
    Ok(Value::SignedRange { low, high })
}

fn read_ipv4(operator: Operator, address: u64, prefix: u64) -> Result<Value, Refusal> {
    let address = CHAPTER.some(u32::try_from(address).ok(), "an IPv4 address of more than 32 bits")?;
    if operator != Operator::Cidr {
        return Ok(Value::Ipv4(address));
    }
    let prefix = CHAPTER.some(u8::try_from(prefix).ok().filter(|prefix| *prefix <= 31), "a prefix over 31")?;
    CHAPTER.demand(address.unbounded_shl(u32::from(prefix)) == 0, "bits of the address after the prefix")?;
    Ok(Value::Ipv4Network { address, prefix })
}

fn read_ipv6(operator: Operator, address: u128, prefix: u64) -> Result<Value, Refusal> {
    if operator != Operator::Cidr {
        return Ok(Value::Ipv6(address));
    }
    let prefix = CHAPTER.some(u8::try_from(prefix).ok().filter(|prefix| *prefix <= 127), "a prefix over 127")?;
    CHAPTER.demand(address.unbounded_shl(u32::from(prefix)) == 0, "bits of the address after the prefix")?;
    Ok(Value::Ipv6Network { address, prefix })
}

fn join(high: u64, low: u64) -> u128 {
    u128::from(high).unbounded_shl(64) | u128::from(low)
}

fn read_reference(of: u16, field: &Field, word: u64, template: &TemplateType) -> Result<Value, Refusal> {
    let [low, high, comparison, case, 0, 0, 0, 0] = word.to_le_bytes() else {
        return Err(CHAPTER.refusal("bits of a reference that mean nothing"));
    };
    let other = u16::from_le_bytes([low, high]);
    let kind = template.fields.get(usize::from(other)).map(|other| other.kind);
    CHAPTER
        .demand(other != of && kind == Some(field.kind), "a reference to the field itself, or one of another kind")?;

    let comparison = CHAPTER.some(Comparison::from_code(comparison), "an unknown comparison")?;
    CHAPTER.demand(case <= 1, "a case that is neither 0 nor 1")?;
    CHAPTER.demand(case == 0 || field.kind == FieldKind::Text, "case of what is no text")?;
    let compares_parts = matches!(field.kind, FieldKind::Text | FieldKind::Bytes);
    CHAPTER.demand(compares_parts || comparison == Comparison::Equals, "a comparison of parts of what has none")?;
    Ok(Value::Field { field: other, comparison, ignores_case: case == 1 })
}
