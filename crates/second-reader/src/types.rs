//! Chapter 6: template types.

use crate::bytes::{Cursor, count};
use crate::codes::FieldKind;
use crate::content::{Field, TemplateType};
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::supply::Supply;
use crate::texts;

const CHAPTER: Chapter = Chapter("6. Template types");

pub(crate) struct Row {
    id: u32,
    version: u32,
    fields_end: u32,
}

pub(crate) struct FieldRow {
    kind: u8,
    operators: u16,
    alphabetical: u16,
}

pub(crate) fn rows(section: &[u8], limits: &Limits) -> Result<Vec<Row>, Refusal> {
    let rows = Cursor::rows(section, |row| Some(Row { id: row.u32()?, version: row.u32()?, fields_end: row.u32()? }));
    limits::keep(limits.types, count(rows.len()), "too many types")?;
    Ok(rows)
}

pub(crate) fn field_rows(section: &[u8]) -> Supply<FieldRow> {
    let rows = Cursor::rows(section, |row| {
        Some(FieldRow { kind: row.u8()?, operators: row.u16()?, alphabetical: row.u16()? })
    });
    Supply::new("3. Sections, fields", rows)
}

pub(crate) fn read(
    rows: Vec<Row>,
    mut field_rows: Supply<FieldRow>,
    texts: &mut Supply<String>,
    limits: &Limits,
) -> Result<Vec<TemplateType>, Refusal> {
    let mut types: Vec<TemplateType> = Vec::new();
    let mut end = 0;
    for row in rows {
        CHAPTER.demand(row.version >= 1, "type version 0")?;
        let fields = CHAPTER.some(row.fields_end.checked_sub(end), "ends of fields descend")?;
        CHAPTER.demand((1..=65_535).contains(&fields), "an impossible number of fields")?;
        limits::keep(limits.fields, u64::from(fields), "too many fields")?;
        end = row.fields_end;
        let next = read_type(&row, fields, &mut field_rows, texts, limits)?;
        if let Some(before) = types.last() {
            CHAPTER.demand((before.id, before.version) < (next.id, next.version), "types do not ascend")?;
            CHAPTER.demand(before.id != next.id || is_later_version(before, &next), "no later version of the type")?;
        }
        types.push(next);
    }
    field_rows.finish()?;
    Ok(types)
}

fn read_type(
    row: &Row,
    fields: u32,
    field_rows: &mut Supply<FieldRow>,
    texts: &mut Supply<String>,
    limits: &Limits,
) -> Result<TemplateType, Refusal> {
    let name = texts::name(texts, limits)?;
    let mut read = Vec::new();
    let mut alphabetical = Vec::new();
    for _ in 0..fields {
        let row = field_rows.next()?;
        let kind = CHAPTER.some(FieldKind::from_code(row.kind), "an unknown kind of field")?;
        let allowed = row.operators != 0 && row.operators & !kind.operators() == 0;
        CHAPTER.demand(allowed, "operators that the kind does not have, or none")?;
        read.push(Field { name: texts::name(texts, limits)?, kind, operators: row.operators });
        alphabetical.push(row.alphabetical);
    }

    let mut before: Option<&str> = None;
    for field in alphabetical {
        let field = CHAPTER.some(read.get(usize::from(field)), "an alphabetical index of no field")?;
        CHAPTER.demand(before < Some(&field.name), "names are repeated, or not in alphabetical order")?;
        before = Some(&field.name);
    }
    Ok(TemplateType { id: row.id, version: row.version, name, fields: read })
}

fn is_later_version(before: &TemplateType, next: &TemplateType) -> bool {
    before.name == next.name && before.fields.len() < next.fields.len() && next.fields.starts_with(&before.fields)
}
