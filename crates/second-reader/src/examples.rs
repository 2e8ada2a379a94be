//! Chapter 10: examples.

use crate::bytes::{Cursor, count, index};
use crate::codes::{Expectation, FieldKind};
use crate::content::{Example, FieldValue, Rule, TemplateType};
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::supply::Supply;

const CHAPTER: Chapter = Chapter("10. Examples");

pub(crate) struct Row {
    rule: u32,
    type_index: u32,
    expectation: u8,
    values_end: u32,
}

pub(crate) fn rows(section: &[u8], limits: &Limits) -> Result<Vec<Row>, Refusal> {
    let rows = Cursor::rows(section, |row| {
        let (rule, type_index) = (row.u32()?, row.u32()?);
        Some(Row { rule, type_index, expectation: row.u8()?, values_end: row.u32()? })
    });
    limits::keep(limits.examples, count(rows.len()), "too many examples")?;
    Ok(rows)
}

pub(crate) fn read(
    rows: Vec<Row>,
    rules: &[Rule],
    types: &[TemplateType],
    presences: &mut Supply<u8>,
    byte_strings: &mut Supply<Vec<u8>>,
    limits: &Limits,
) -> Result<Vec<Example>, Refusal> {
    let mut examples = Vec::new();
    let mut before = (0, Expectation::Match);
    let mut end = 0;
    for row in rows {
        CHAPTER.some(rules.get(index(row.rule)), "no such rule")?;
        let template = CHAPTER.some(types.get(index(row.type_index)), "no such type")?;
        let expectation = CHAPTER.some(Expectation::from_code(row.expectation), "an unknown expectation")?;
        CHAPTER.demand(before <= (row.rule, expectation), "examples do not ascend by rule and expectation")?;
        before = (row.rule, expectation);

        let values = CHAPTER.some(row.values_end.checked_sub(end), "ends of values descend")?;
        CHAPTER.demand(index(values) == template.fields.len(), "another number of values than fields")?;
        end = row.values_end;
        let values =
            template.fields.iter().map(|field| read_value(field.kind, presences.next()?, byte_strings.next()?, limits));
        let values = values.collect::<Result<_, _>>()?;
        examples.push(Example { rule: row.rule, type_index: row.type_index, expectation, values });
    }
    Ok(examples)
}

fn read_value(kind: FieldKind, presence: u8, bytes: Vec<u8>, limits: &Limits) -> Result<FieldValue, Refusal> {
    limits::keep(limits.example_bytes, count(bytes.len()), "too many example bytes")?;
    CHAPTER.demand(presence <= 1, "a presence that is neither 0 nor 1")?;
    if presence == 0 {
        CHAPTER.demand(bytes.is_empty(), "an absent value with bytes")?;
        return Ok(FieldValue::Absent);
    }
    let value = match kind {
        FieldKind::Text => Some(FieldValue::Text(bytes)),
        FieldKind::Bytes => Some(FieldValue::Bytes(bytes)),
        FieldKind::Unsigned => bytes.try_into().ok().map(u64::from_le_bytes).map(FieldValue::Unsigned),
        FieldKind::Signed => bytes.try_into().ok().map(i64::from_le_bytes).map(FieldValue::Signed),
        FieldKind::Boolean => match *bytes {
            [0] => Some(FieldValue::Boolean(false)),
            [1] => Some(FieldValue::Boolean(true)),
            _ => None,
        },
        FieldKind::IpAddress => match bytes.first_chunk::<4>() {
            Some(address) if bytes.len() == 4 => Some(FieldValue::Ipv4(u32::from_be_bytes(*address))),
            _ => bytes.try_into().ok().map(u128::from_be_bytes).map(FieldValue::Ipv6),
        },
    };
    CHAPTER.some(value, "bytes that are no value of the field's kind")
}
