//! Slots: what a shape asks of which field.

use channel_file::template::{FieldKind, Operator, OperatorSet, Pattern, SlotRole, TemplateType, ValueKind};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::{single, single_text, with_criteria};
use crate::sketch::{any_of, file_of, none_of, text};
use crate::{Frame, Place, Result};

const fn slots(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Slots, row, within)
}

const ROLE: usize = 2;
const OPERATOR: usize = 3;
const VALUE_KIND: usize = 4;
const COUNT: usize = 5;

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    codes(defects)?;
    roles(defects)?;
    operators(defects)?;
    order(defects)
}

fn codes(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let code = ErrorCode::SlotField;
    defects.put(("slot-of-field-3-of-3", "a field after the last", code), &base, slots(0, 0), &[3, 0])?;
    defects.put(("slot-of-field-65535", "a field far after the last", code), &base, slots(0, 0), &[0xFF, 0xFF])?;
    let code = ErrorCode::OperatorUnknown;
    defects.put(("operator-11", "the first operator that there is not", code), &base, slots(0, OPERATOR), &[11])?;
    defects.put(("operator-255", "the last operator that there is not", code), &base, slots(0, OPERATOR), &[255])?;
    let code = ErrorCode::ValueKindUnknown;
    defects.put(
        ("value-kind-10", "the first value kind that there is not", code),
        &base,
        slots(0, VALUE_KIND),
        &[10],
    )?;
    let code = ErrorCode::SlotCount;
    defects.put(("slot-of-no-pattern", "a slot without a pattern", code), &base, slots(0, COUNT), &[0, 0, 0, 0])?;
    let empty = single(FieldKind::Text, [Pattern::empty()])?;
    defects.put(("empty-twice", "two patterns that have no value", code), &empty, slots(0, COUNT), &[2, 0, 0, 0])
}

fn roles(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let code = ErrorCode::SlotRole;
    let continues = [SlotRole::Continues.code()];
    defects.put(("role-3", "the first role that there is not", code), &base, slots(0, ROLE), &[3])?;
    let defect = ("first-slot-continues", "there is no criterion to continue", code);
    defects.put(defect, &base, slots(0, ROLE), &continues)?;
    let two = [any_of(0, [text(Operator::Equals, "x")?])?, any_of(1, [text(Operator::StartsWith, "y")?])?];
    let base = with_criteria(FieldKind::Text, two)?;
    let defect = ("slot-continues-another-field", "the criterion before is of another field", code);
    defects.put(defect, &base, slots(1, ROLE), &continues)
}

fn operators(defects: &mut Defects) -> Result<()> {
    let base = single(FieldKind::Unsigned, [Pattern::unsigned(1)])?;
    let code = ErrorCode::OperatorForKind;
    let mut put = |name, shows, within, byte| {
        defects.put_elsewhere((name, shows, code), &base, slots(0, within), &[byte], slots(0, OPERATOR))
    };
    put("contains-on-a-number", "numbers contain nothing", OPERATOR, Operator::Contains.code())?;
    put("text-on-a-number", "a number that equals text", VALUE_KIND, ValueKind::Text.code())?;
    put("signed-on-an-unsigned", "the wrong sort of number", VALUE_KIND, ValueKind::Signed.code())?;
    put("nothing-on-a-number", "equals, without a value", VALUE_KIND, ValueKind::None.code())?;
    let restricted = TemplateType::builder(1, 1, "t")
        .field_with("a", FieldKind::Text, OperatorSet::of(&[Operator::Equals, Operator::EndsWith]))
        .build()?;
    let base = Frame::cut(&file_of(restricted, [any_of(0, [text(Operator::EndsWith, "x")?])?])?)?;
    let defect = ("operator-not-allowed", "an operator that the type does not allow", ErrorCode::OperatorNotAllowed);
    defects.put(defect, &base, slots(0, OPERATOR), &[Operator::Contains.code()])
}

fn order(defects: &mut Defects) -> Result<()> {
    let patterns = [text(Operator::Equals, "x")?, text(Operator::StartsWith, "y")?];
    let base = single(FieldKind::Text, patterns.clone())?;
    let code = ErrorCode::SlotOrder;
    let defect = ("slot-repeated", "two slots that are one", code);
    defects.put(defect, &base, slots(1, OPERATOR), &[Operator::Equals.code()])?;
    let defect = ("slots-descend", "the later operator first", code);
    defects.put_elsewhere(defect, &base, slots(0, OPERATOR), &[Operator::Contains.code()], slots(1, OPERATOR))?;

    let base = with_criteria(FieldKind::Text, [none_of(0, patterns)?])?;
    let defect = ("none-of-twice", "two none-of criteria that one says", ErrorCode::NoneOfTwice);
    defects.put_elsewhere(defect, &base, slots(1, ROLE), &[SlotRole::NoneOf.code()], slots(1, 0))?;

    let code = ErrorCode::CriterionOrder;
    let two = [any_of(0, [text(Operator::Equals, "x")?])?, any_of(1, [text(Operator::StartsWith, "y")?])?];
    let base = with_criteria(FieldKind::Text, two)?;
    defects.edit(("criteria-of-fields-descend", "the later field first", code), &base, |frame| {
        frame.put(slots(0, 0), &[1, 0])?;
        frame.put(slots(1, 0), &[0, 0])?;
        Ok(slots(1, 0))
    })?;
    let defect = ("none-of-before-any-of", "the roles of a field descend", code);
    let both = [any_of(0, [text(Operator::Equals, "x")?])?, none_of(0, [text(Operator::Equals, "y")?])?];
    let base = with_criteria(FieldKind::Text, both)?;
    defects.edit(defect, &base, |frame| {
        frame.put(slots(0, ROLE), &[SlotRole::NoneOf.code()])?;
        frame.put(slots(1, ROLE), &[SlotRole::AnyOf.code()])?;
        Ok(slots(1, 0))
    })?;
    same_slots(defects)
}

/// Criteria with the same slots: their values decide.
fn same_slots(defects: &mut Defects) -> Result<()> {
    let code = ErrorCode::CriterionOrder;
    let of = |value| any_of(0, [text(Operator::Contains, value)?]);
    let base = with_criteria(FieldKind::Text, [of("x")?, of("y")?])?;
    // Texts: the names of the type and its two fields, then the patterns.
    let second = Place::new(SectionKind::TextEnds, 4, 0);
    let defect = ("criterion-repeated", "two criteria that are one", code);
    defects.put_elsewhere(defect, &base, base.text(4)?, b"x", second)?;
    let defect = ("criteria-descend", "the later value first", code);
    defects.put_elsewhere(defect, &base, base.text(4)?, b"a", second)?;
    let of = |value| any_of(0, [Pattern::unsigned(value)]);
    let base = with_criteria(FieldKind::Unsigned, [of(1)?, of(2)?])?;
    let second = Place::new(SectionKind::Words, 1, 0);
    let defect = ("criteria-on-numbers-descend", "the later number first", code);
    defects.put(defect, &base, second, &[0])?;
    let of = |value: &[u8]| any_of(0, [Pattern::bytes(Operator::Contains, value)?]);
    let base = with_criteria(FieldKind::Bytes, [of(b"x")?, of(b"y")?])?;
    let defect = ("criterion-on-bytes-repeated", "two criteria that are one", code);
    let second = Place::new(SectionKind::ByteEnds, 1, 0);
    defects.put_elsewhere(defect, &base, base.byte_string(1)?, b"x", second)?;
    // `empty` has no value, so that two such criteria are always one: the slot is at fault.
    let criteria = [any_of(0, [Pattern::empty()])?, any_of(1, [Pattern::empty()])?];
    let base = with_criteria(FieldKind::Text, criteria)?;
    let defect = ("criterion-without-values-repeated", "two criteria without a value that are one", code);
    defects.put(defect, &base, slots(1, 0), &[0, 0])
}
