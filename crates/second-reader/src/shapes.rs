//! Chapter 7, the first half: shapes and slots, all that does not depend on values.

use core::ops::Range;

use crate::bytes::{Cursor, count, index};
use crate::codes::{Operator, Role, ValueKind, words};
use crate::content::TemplateType;
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::supply::Supply;

const CHAPTER: Chapter = Chapter("7. Shapes, slots and instances");

pub(crate) struct Row {
    type_index: u32,
    fields: u16,
    ends: Ends,
}

/// Where the things of a shape end.
#[derive(Clone, Copy, Default)]
struct Ends {
    slots: u32,
    instances: u32,
    texts: u32,
    byte_strings: u32,
    words: u32,
}

pub(crate) struct SlotRow {
    field: u16,
    role: u8,
    operator: u8,
    value: u8,
    count: u32,
}

/// The order of its parts is that of slots.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) field: u16,
    pub(crate) role: Role,
    pub(crate) operator: Operator,
    pub(crate) value: ValueKind,
    pub(crate) count: u32,
}

/// The order of its parts is that of shapes, as far as those have to ascend; the criteria, one after the other, are its slots.
pub(crate) struct Shape {
    pub(crate) type_index: u32,
    pub(crate) criteria: Vec<Vec<Slot>>,
    pub(crate) instances: Range<u32>,
}

pub(crate) fn rows(section: &[u8]) -> Vec<Row> {
    Cursor::rows(section, |row| {
        let (type_index, fields) = (row.u32()?, row.u16()?);
        let (slots, instances) = (row.u32()?, row.u32()?);
        let ends = Ends { slots, instances, texts: row.u32()?, byte_strings: row.u32()?, words: row.u32()? };
        Some(Row { type_index, fields, ends })
    })
}

pub(crate) fn slot_rows(section: &[u8]) -> Supply<SlotRow> {
    let rows = Cursor::rows(section, |row| {
        let (field, role, operator) = (row.u16()?, row.u8()?, row.u8()?);
        Some(SlotRow { field, role, operator, value: row.u8()?, count: row.u32()? })
    });
    Supply::new("3. Sections, slots", rows)
}

pub(crate) fn read(
    rows: Vec<Row>,
    mut slot_rows: Supply<SlotRow>,
    types: &[TemplateType],
    file_bytes: u64,
    limits: &Limits,
) -> Result<Vec<Shape>, Refusal> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut before = Ends::default();
    let mut total_patterns: u64 = 0;
    for row in rows {
        let template = CHAPTER.some(types.get(index(row.type_index)), "no such type")?;
        CHAPTER.demand(usize::from(row.fields) == template.fields.len(), "another number of fields than the type's")?;
        let criteria = read_criteria(row.ends.slots.checked_sub(before.slots), template, &mut slot_rows, limits)?;
        let instances = before.instances..row.ends.instances;
        CHAPTER.demand(!instances.is_empty(), "a shape without instances")?;

        let of_each = Values::of(&criteria);
        CHAPTER
            .demand(of_each.follow(&before, &row.ends), "a shape's values do not follow those of the shape before")?;
        total_patterns = total_patterns.saturating_add(of_each.patterns.saturating_mul(count(instances.len())));
        limits::keep(limits.instances, u64::from(instances.end), "too many instances")?;
        limits::keep(limits.total_patterns, total_patterns, "too many total patterns")?;
        limits::keep(file_bytes, total_patterns, "more patterns than bytes")?;

        let shape = Shape { type_index: row.type_index, criteria, instances };
        check_order(shapes.last(), &shape)?;
        shapes.push(shape);
        before = row.ends;
    }
    slot_rows.finish()?;
    let used = shapes.last().map(|shape| count(index(shape.type_index)).saturating_add(1));
    CHAPTER.demand(used == Some(count(types.len())), "a type that no shape uses")?;
    Ok(shapes)
}

/// The criteria of a shape with that many slots.
fn read_criteria(
    slots: Option<u32>,
    template: &TemplateType,
    slot_rows: &mut Supply<SlotRow>,
    limits: &Limits,
) -> Result<Vec<Vec<Slot>>, Refusal> {
    let slots = CHAPTER.some(slots, "ends of slots descend")?;
    CHAPTER.demand(slots > 0, "a shape without slots")?;
    let mut criteria: Vec<Vec<Slot>> = Vec::new();
    for _ in 0..slots {
        let slot = read_slot(slot_rows.next()?, template)?;
        if slot.role != Role::Continues {
            criteria.push(vec![slot]);
            continue;
        }
        let criterion = CHAPTER.some(criteria.last_mut(), "no criterion to continue")?;
        let last = CHAPTER.some(criterion.last(), "no criterion to continue")?;
        CHAPTER.demand(last.field == slot.field, "a criterion of two fields")?;
        let ascend = (last.operator, last.value) < (slot.operator, slot.value);
        CHAPTER.demand(ascend, "the slots of a criterion do not ascend")?;
        criterion.push(slot);
    }
    limits::keep(limits.criteria, count(criteria.len()), "too many criteria")?;
    for criterion in &criteria {
        limits::keep(limits.patterns, patterns(criterion), "too many patterns")?;
    }
    check_criteria(&criteria)?;
    Ok(criteria)
}

fn read_slot(row: SlotRow, template: &TemplateType) -> Result<Slot, Refusal> {
    let field = CHAPTER.some(template.fields.get(usize::from(row.field)), "no such field")?;
    let role = CHAPTER.some(Role::from_code(row.role), "an unknown role")?;
    let operator = CHAPTER.some(Operator::from_code(row.operator), "an unknown operator")?;
    let value = CHAPTER.some(ValueKind::from_code(row.value), "an unknown value kind")?;
    CHAPTER.some(words(operator, value, field.kind), "a pattern that the kind of field does not take")?;
    CHAPTER.demand(operator.is_in(field.operators), "an operator that the field does not allow")?;
    let possible = if value == ValueKind::None { row.count == 1 } else { row.count >= 1 };
    CHAPTER.demand(possible, "an impossible number of patterns")?;
    Ok(Slot { field: row.field, role, operator, value, count: row.count })
}

/// Order, as far as it does not depend on values; and none-of once a field.
fn check_criteria(criteria: &[Vec<Slot>]) -> Result<(), Refusal> {
    CHAPTER.demand(criteria.is_sorted(), "criteria do not ascend")?;
    let none_of = criteria.iter().filter_map(|criterion| criterion.first()).filter(|slot| slot.role == Role::NoneOf);
    let mut before = None;
    for slot in none_of {
        CHAPTER.demand(before != Some(slot.field), "two none-of criteria on one field")?;
        before = Some(slot.field);
    }
    Ok(())
}

fn check_order(before: Option<&Shape>, shape: &Shape) -> Result<(), Refusal> {
    let Some(before) = before else {
        return CHAPTER.demand(shape.type_index == 0, "a type that no shape uses");
    };
    let follows = match shape.type_index.checked_sub(before.type_index) {
        Some(0) => before.criteria.iter().flatten().lt(shape.criteria.iter().flatten()),
        Some(1) => true,
        _ => false,
    };
    CHAPTER.demand(follows, "shapes do not ascend, or a type is not used")
}

/// How many values an instance of a shape has. What saturates is beyond every limit and end.
#[derive(Default)]
struct Values {
    patterns: u64,
    texts: u64,
    byte_strings: u64,
    words: u64,
}

impl Values {
    fn of(criteria: &[Vec<Slot>]) -> Values {
        let mut values = Values::default();
        for slot in criteria.iter().flatten() {
            let count = u64::from(slot.count);
            values.patterns = values.patterns.saturating_add(count);
            let (store, each) = match (slot.value, slot.operator) {
                (ValueKind::None, _) => continue,
                (ValueKind::Text | ValueKind::TextIgnoringCase, _) => (&mut values.texts, 1),
                (ValueKind::Bytes, _) => (&mut values.byte_strings, 1),
                (ValueKind::Ipv6, Operator::Cidr) => (&mut values.words, 3),
                (ValueKind::Ipv6, _) | (_, Operator::Cidr | Operator::Range) => (&mut values.words, 2),
                _ => (&mut values.words, 1),
            };
            *store = store.saturating_add(count.saturating_mul(each));
        }
        values
    }

    fn follow(&self, before: &Ends, ends: &Ends) -> bool {
        let instances = u64::from(ends.instances.saturating_sub(before.instances));
        let follows = |before: u32, end: u32, each: u64| {
            u64::from(before).saturating_add(instances.saturating_mul(each)) == u64::from(end)
        };
        follows(before.texts, ends.texts, self.texts)
            && follows(before.byte_strings, ends.byte_strings, self.byte_strings)
            && follows(before.words, ends.words, self.words)
    }
}

fn patterns(criterion: &[Slot]) -> u64 {
    criterion.iter().fold(0, |sum, slot| sum.saturating_add(u64::from(slot.count)))
}
