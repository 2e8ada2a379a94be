//! Shapes and the columns of the instances.

use channel_file::template::{FieldKind, Operator, Pattern};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::{single, single_text, two_rules, two_types};
use crate::{Frame, Place, Result, valid::valid};

const fn shapes(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Shapes, row, within)
}

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    field_counts(defects)?;
    rows(defects)?;
    values(defects)?;
    columns(defects)
}

fn field_counts(defects: &mut Defects) -> Result<()> {
    let incident = valid()?.into_iter().find(|file| file.name == "incident").map(|file| file.bytes);
    let base = Frame::cut(&incident.unwrap_or_default())?;
    let code = ErrorCode::FieldCount;
    for (name, shows, row, count) in [
        ("field-count-20-for-21", "instances written against 20 fields, a type of 21", 0, 20_u16),
        ("field-count-22-for-21", "instances written against 22 fields, a type of 21", 1, 22),
        ("field-count-0-for-21", "instances written against no field", 0, 0),
        ("field-count-65535-for-21", "instances written against as many fields as 16 bits count", 0, u16::MAX),
    ] {
        defects.put((name, shows, code), &base, shapes(row, 4), &count.to_le_bytes())?;
    }
    let defect = ("field-21-of-21", "a criterion on a field after the last", ErrorCode::SlotField);
    defects.put(defect, &base, Place::new(SectionKind::Slots, 1, 0), &[21, 0])
}

fn rows(defects: &mut Defects) -> Result<()> {
    let base = two_rules()?;
    let code = ErrorCode::ShapeOrder;
    let slot = |row, within| Place::new(SectionKind::Slots, row, within);
    let defect = ("shape-repeated", "two shapes that are one", code);
    defects.put_elsewhere(defect, &base, slot(1, 3), &[Operator::Equals.code()], shapes(1, 0))?;
    let defect = ("shapes-descend", "the later shape first", code);
    defects.put_elsewhere(defect, &base, slot(0, 3), &[Operator::Regex.code()], shapes(1, 0))?;
    let two = two_types()?;
    defects.edit(("shapes-of-types-swapped", "the shape of the second type first", code), &two, |frame| {
        // Three shapes of types 0, 1, 0: a shape of its own for each, one slot and one instance more.
        let (shape, slot) = (frame.row(shapes(0, 0))?, frame.row(Place::new(SectionKind::Slots, 0, 0))?);
        frame.section(SectionKind::Shapes)?.bytes.extend(shape);
        frame.section(SectionKind::Slots)?.bytes.extend(slot);
        for within in [6, 10, 14] {
            frame.put(shapes(2, within), &[3, 0, 0, 0])?;
        }
        Ok(shapes(2, 0))
    })?;
    let code = ErrorCode::ShapeType;
    defects.put(("shape-of-type-1-of-1", "a type after the last", code), &base, shapes(0, 0), &[1, 0, 0, 0])?;
    let defect = ("shape-of-type-2-to-the-32", "a type far after the last", code);
    defects.put(defect, &base, shapes(1, 0), &u32::MAX.to_le_bytes())?;
    let code = ErrorCode::ShapeSlots;
    defects.put(("shape-without-slots", "a shape that asks nothing", code), &base, shapes(0, 6), &[0, 0, 0, 0])?;
    let defect = ("shape-slots-descend", "the slots end before they begin", code);
    defects.put(defect, &base, shapes(1, 6), &[0, 0, 0, 0])?;
    let defect = ("slots-of-2-to-the-32", "as many slots as 32 bits count", code);
    defects.put(defect, &base, shapes(1, 6), &u32::MAX.to_le_bytes())?;
    let code = ErrorCode::ShapeInstances;
    let defect = ("shape-without-instances", "a shape that no instance has", code);
    defects.put(defect, &base, shapes(0, 10), &[0, 0, 0, 0])?;
    let defect = ("shape-instances-descend", "the instances end before they begin", code);
    defects.put(defect, &base, shapes(1, 10), &[1, 0, 0, 0])
}

fn values(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let code = ErrorCode::ShapeValues;
    let max = u32::MAX.to_le_bytes();
    defects.put(
        ("shape-texts-too-many", "a text more than the slots take", code),
        &base,
        shapes(0, 14),
        &[2, 0, 0, 0],
    )?;
    defects.put(("shape-texts-too-few", "a text fewer than the slots take", code), &base, shapes(0, 14), &[0; 4])?;
    let defect = ("shape-byte-strings-too-many", "a byte string, and no slot for it", code);
    defects.put(defect, &base, shapes(0, 18), &[1, 0, 0, 0])?;
    defects.put(("shape-words-too-many", "a word, and no slot for it", code), &base, shapes(0, 22), &[1, 0, 0, 0])?;
    let defect = ("instances-of-2-to-the-32", "as many instances as 32 bits count, a text each", code);
    defects.put_elsewhere(defect, &base, shapes(0, 10), &max, shapes(0, 14))?;
    let bare = single(FieldKind::Text, [Pattern::empty()])?;
    let defect = ("instances-without-values-of-2-to-the-32", "2^32 - 1 instances", ErrorCode::LimitPatternsPerByte);
    defects.put_elsewhere(defect, &bare, shapes(0, 10), &max, shapes(0, 0))?;
    let count = Place::new(SectionKind::Slots, 0, 5);
    let defect = ("patterns-of-2-to-the-32", "as many patterns as 32 bits count", ErrorCode::LimitPatterns);
    defects.put(defect, &base, count, &max)?;
    defects.put_elsewhere(
        ("slot-counts-one-more", "a pattern more than there are texts", code),
        &base,
        count,
        &[2, 0, 0, 0],
        shapes(0, 14),
    )
}

fn columns(defects: &mut Defects) -> Result<()> {
    let base = two_rules()?;
    let severity = Place::new(SectionKind::Severities, 2, 0);
    let disposition = Place::new(SectionKind::Dispositions, 3, 0);
    let defect = ("severity-5", "the first severity that there is not", ErrorCode::SeverityUnknown);
    defects.put(defect, &base, severity, &[5])?;
    let defect = ("disposition-3", "the first disposition that there is not", ErrorCode::DispositionUnknown);
    defects.put(defect, &base, disposition, &[3])?;
    let rules = |row| Place::new(SectionKind::InstanceRules, row, 0);
    let code = ErrorCode::InstanceRule;
    defects.put(("instance-of-rule-2-of-2", "a rule after the last", code), &base, rules(3), &[2, 0, 0, 0])?;
    let defect = ("instance-of-rule-2-to-the-32", "a rule far after the last", code);
    defects.put(defect, &base, rules(2), &u32::MAX.to_le_bytes())?;
    let defect = ("instances-descend", "within a shape the higher rule first", ErrorCode::InstanceOrder);
    defects.put(defect, &base, rules(2), &[0, 0, 0, 0])
}
