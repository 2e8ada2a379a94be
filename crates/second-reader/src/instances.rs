//! Chapter 7, the second half: instances, and the order of their values.

use crate::bytes::{Cursor, count};
use crate::codes::{Disposition, Role, Severity, ValueKind, words};
use crate::content::{Criterion, Instance, Pattern, TemplateType};
use crate::frame::Sections;
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::shapes::{Shape, Slot};
use crate::supply::Supply;
use crate::values::{self, Stored};

const CHAPTER: Chapter = Chapter("7. Shapes, slots and instances");

/// A row for each instance.
pub(crate) struct Columns {
    severities: Supply<u8>,
    dispositions: Supply<u8>,
    rules: Supply<u32>,
}

impl Columns {
    pub(crate) fn new(sections: &Sections<'_>) -> Columns {
        Columns {
            severities: Supply::new("3. Sections, severities", sections.severities.to_vec()),
            dispositions: Supply::new("3. Sections, dispositions", sections.dispositions.to_vec()),
            rules: Supply::new("3. Sections, instance-rules", Cursor::rows(sections.instance_rules, Cursor::u32)),
        }
    }
}

/// Where the values of patterns come from, in the order of instances and their slots.
pub(crate) struct Stores<'a> {
    pub(crate) texts: &'a mut Supply<String>,
    pub(crate) byte_strings: &'a mut Supply<Vec<u8>>,
    pub(crate) words: &'a mut Supply<u64>,
    pub(crate) limits: &'a Limits,
}

/// All instances, each with ordinal 0: which it is, the rules know.
pub(crate) fn read(
    shapes: &[Shape],
    types: &[TemplateType],
    mut columns: Columns,
    mut stores: Stores<'_>,
) -> Result<Vec<Instance>, Refusal> {
    let mut instances = Vec::new();
    for shape in shapes {
        let template = CHAPTER.some(types.get(crate::bytes::index(shape.type_index)), "no such type")?;
        let mut rule_before = 0;
        for _ in shape.instances.clone() {
            let severity = CHAPTER.some(Severity::from_code(columns.severities.next()?), "an unknown severity")?;
            let disposition = Disposition::from_code(columns.dispositions.next()?);
            let disposition = CHAPTER.some(disposition, "an unknown disposition")?;
            let rule = columns.rules.next()?;
            CHAPTER.demand(rule_before <= rule, "the instances of a shape do not ascend by rule")?;
            rule_before = rule;
            let criteria = read_criteria(&shape.criteria, template, &mut stores)?;
            instances.push(Instance {
                type_index: shape.type_index,
                severity,
                disposition,
                rule,
                ordinal: 0,
                criteria,
            });
        }
    }
    columns.severities.finish()?;
    columns.dispositions.finish()?;
    columns.rules.finish()?;
    Ok(instances)
}

fn read_criteria(
    criteria: &[Vec<Slot>],
    template: &TemplateType,
    stores: &mut Stores<'_>,
) -> Result<Vec<Criterion>, Refusal> {
    let mut read = Vec::new();
    let mut before: Option<(&Vec<Slot>, Vec<Vec<Stored>>)> = None;
    for slots in criteria {
        let stored = slots.iter().map(|slot| take(slot, template, stores)).collect::<Result<Vec<_>, _>>()?;
        if let Some((slots_before, stored_before)) = &before {
            let ascend = *slots_before != slots || *stored_before < stored;
            CHAPTER.demand(ascend, "criteria with the same slots do not ascend by their values")?;
        }
        read.push(read_criterion(slots, &stored, template)?);
        before = Some((slots, stored));
    }
    Ok(read)
}

/// The values of a slot, in order.
fn take(slot: &Slot, template: &TemplateType, stores: &mut Stores<'_>) -> Result<Vec<Stored>, Refusal> {
    let mut values = Vec::new();
    for _ in 0..slot.count {
        values.push(match slot.value {
            ValueKind::None => Stored::None,
            ValueKind::Text | ValueKind::TextIgnoringCase => {
                let text = stores.texts.next()?;
                Stored::Text { bytes: text.len(), text }
            }
            ValueKind::Bytes => {
                let string = stores.byte_strings.next()?;
                Stored::Bytes { bytes: string.len(), string }
            }
            _ => Stored::Words(take_words(slot, template, stores)?),
        });
        if let Some(Stored::Text { bytes, .. } | Stored::Bytes { bytes, .. }) = values.last() {
            limits::keep(stores.limits.pattern_bytes, count(*bytes), "too many pattern bytes")?;
        }
    }
    let ascend = values.array_windows().all(|[before, after]| before < after);
    CHAPTER.demand(ascend, "the values of a slot do not ascend")?;
    Ok(values)
}

/// The words of one value, with zeros after them.
fn take_words(slot: &Slot, template: &TemplateType, stores: &mut Stores<'_>) -> Result<[u64; 3], Refusal> {
    let field = CHAPTER.some(template.fields.get(usize::from(slot.field)), "no such field")?;
    let number = words(slot.operator, slot.value, field.kind).unwrap_or_default();
    let mut taken = [0; 3];
    for word in taken.iter_mut().take(usize::from(number)) {
        *word = stores.words.next()?;
    }
    Ok(taken)
}

fn read_criterion(slots: &[Slot], stored: &[Vec<Stored>], template: &TemplateType) -> Result<Criterion, Refusal> {
    let first = CHAPTER.some(slots.first(), "a criterion without slots")?;
    let mut patterns = Vec::new();
    for (slot, values) in slots.iter().zip(stored) {
        for value in values {
            patterns.push(Pattern { operator: slot.operator, value: values::read(slot, value, template)? });
        }
    }
    Ok(Criterion { field: first.field, none_of: first.role == Role::NoneOf, patterns })
}
