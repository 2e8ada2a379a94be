//! Template types and their fields.

use channel_file::template::{FieldKind, Operator, Pattern};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::{single_text, two_types};
use crate::sketch::{any_of, file, instance, rule, template_type};
use crate::{Frame, Place, Result};

const fn types(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Types, row, within)
}

const fn fields(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Fields, row, within)
}

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    rows(defects)?;
    field_rows(defects)?;
    names(defects)?;
    versions(defects)
}

fn rows(defects: &mut Defects) -> Result<()> {
    let base = two_types()?;
    let code = ErrorCode::TypeOrder;
    defects.put(("type-repeated", "two types with one id and version", code), &base, types(1, 0), &[1, 0, 0, 0])?;
    defects.put(("types-descend", "the higher id first", code), &base, types(1, 0), &[0, 0, 0, 0])?;
    let defect = ("type-version-0", "versions of types count from 1", ErrorCode::TypeVersion);
    defects.put(defect, &base, types(0, 4), &[0, 0, 0, 0])?;
    let defect = ("type-without-fields", "the first type has no field", ErrorCode::TypeWithoutFields);
    defects.put(defect, &base, types(0, 8), &[0, 0, 0, 0])?;
    let code = ErrorCode::FieldRows;
    defects.put(("fields-missing-from-column", "a field more than rows", code), &base, types(1, 8), &[3, 0, 0, 0])?;
    let defect = ("fields-left-over", "a row that no type has", code);
    defects.edit(defect, &base, |frame| {
        frame.section(SectionKind::Fields)?.bytes.extend([0, 1, 0, 0, 0]);
        Ok(types(1, 8))
    })?;
    defects.edit(("fields-end-descends", "the second type ends before it begins", code), &base, |frame| {
        frame.put(types(0, 8), &[2, 0, 0, 0])?;
        frame.put(types(1, 8), &[1, 0, 0, 0])?;
        Ok(types(1, 8))
    })?;
    let code = ErrorCode::LimitFields;
    let defect = ("fields-of-2-to-the-32", "the first type has as many fields as 32 bits count", code);
    defects.put(defect, &base, types(0, 8), &u32::MAX.to_le_bytes())?;
    // Both instances of the first type: the second has no content.
    let shape = Place::new(SectionKind::Shapes, 1, 0);
    let defect = ("type-unused", "the last type has no instance", ErrorCode::TypeUnused);
    defects.put_elsewhere(defect, &base, shape, &[0, 0, 0, 0], types(1, 0))?;
    let defect = ("type-skipped", "the first type has no instance", ErrorCode::TypeUnused);
    defects.put(defect, &base, Place::new(SectionKind::Shapes, 0, 0), &[1, 0, 0, 0])
}

fn field_rows(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let code = ErrorCode::FieldKindUnknown;
    defects.put(("field-kind-6", "the first kind that there is not", code), &base, fields(1, 0), &[6])?;
    defects.put(("field-kind-255", "the last kind that there is not", code), &base, fields(2, 0), &[255])?;
    let code = ErrorCode::FieldOperators;
    defects.put(("field-without-operators", "a field that no content can use", code), &base, fields(1, 1), &[0, 0])?;
    defects.put(("field-operator-11", "an operator that there is not", code), &base, fields(1, 1), &[1, 8])?;
    let defect = ("boolean-with-a-glob", "a kind that does not have the operator", code);
    defects.put(defect, &base, fields(2, 1), &[0x45, 0])
}

fn names(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let code = ErrorCode::FieldNames;
    let defect = ("alphabetical-index-too-high", "the index names no field", code);
    defects.put(defect, &base, fields(2, 3), &[3, 0])?;
    let defect = ("alphabetical-index-repeated", "the index names one field twice", code);
    defects.put(defect, &base, fields(1, 3), &[0, 0])?;
    defects.edit(("alphabetical-index-swapped", "the index is not the alphabet's", code), &base, |frame| {
        frame.put(fields(0, 3), &[1, 0])?;
        frame.put(fields(1, 3), &[0, 0])?;
        Ok(fields(1, 3))
    })?;
    let defect = ("field-name-repeated", "two fields of one name", code);
    defects.put_elsewhere(defect, &base, base.text(2)?, b"a", fields(1, 3))
}

/// Type 1 with one field, and its version 2 with two: texts are `t`, `a`, `t`, `a`, `b`.
fn versions(defects: &mut Defects) -> Result<()> {
    let one = template_type(1, 1, "t", &[("a", FieldKind::Text)])?;
    let two = template_type(1, 2, "t", &[("a", FieldKind::Text), ("b", FieldKind::Text)])?;
    let of_one = instance(&one, [any_of(0, [Pattern::empty()])?])?;
    let of_two = instance(&two, [any_of(0, [Pattern::empty()])?])?;
    let base = Frame::cut(&file([one, two], [rule("r", [of_one, of_two])?])?)?;
    let code = ErrorCode::TypeNotExtended;
    let mut add =
        |name, shows, place, bytes: &[u8]| defects.put_elsewhere((name, shows, code), &base, place, bytes, types(1, 0));
    add("later-version-renames-the-type", "the versions have different names", base.text(2)?, b"u")?;
    add("later-version-renames-a-field", "the first field has another name", base.text(3)?, b"A")?;
    add("later-version-changes-operators", "the first field has other operators", fields(1, 1), &[3, 0])?;
    let defect = ("later-version-with-as-many-fields", "the later version appends no field", code);
    defects.edit(defect, &base, |frame| {
        frame.put(types(1, 8), &[2, 0, 0, 0])?;
        frame.put(Place::new(SectionKind::Shapes, 1, 4), &[1, 0])?;
        let fields = frame.section(SectionKind::Fields)?;
        fields.bytes.truncate(fields.bytes.len().saturating_sub(5));
        // Its name goes too.
        let name = frame.text(4)?;
        let ends = frame.section(SectionKind::TextEnds)?;
        let mut rows: Vec<u32> = ends.bytes.as_chunks().0.iter().map(|row| u32::from_le_bytes(*row)).collect();
        rows.remove(4);
        rows.iter_mut().skip(4).for_each(|end| *end = end.saturating_sub(1));
        ends.bytes = rows.iter().flat_map(|end| end.to_le_bytes()).collect();
        frame.remove_byte(name)?;
        Ok(types(1, 0))
    })
}
