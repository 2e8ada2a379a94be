//! Whether a pattern's value fits the field that it is asked of: what depends on more than the operator and value kind.

use super::{Case, Comparison, FieldKind, FieldReference, PatternValue};
use crate::error::ErrorCode;

/// What is wrong with the value for this field, with the two numbers of the error; `kind_of` gives the kinds of the
/// type's fields.
pub(crate) fn value_fault(
    value: PatternValue<'_>,
    field: u16,
    kind: FieldKind,
    kind_of: impl Fn(u16) -> Option<FieldKind>,
) -> Option<(ErrorCode, u64, u64)> {
    match (value, kind) {
        (PatternValue::Signed(value) | PatternValue::SignedRange(value, _), FieldKind::Text) if value >= 0 => {
            Some((ErrorCode::SignedOnText, 0, value.cast_unsigned()))
        }
        (PatternValue::UnsignedRange(u64::MIN, u64::MAX), FieldKind::Unsigned)
        | (PatternValue::SignedRange(i64::MIN, i64::MAX), FieldKind::Signed) => Some((ErrorCode::RangeWhole, 0, 0)),
        (PatternValue::Field(reference), _) => reference_fault(reference, field, kind, kind_of),
        _ => None,
    }
}

fn reference_fault(
    reference: FieldReference,
    field: u16,
    kind: FieldKind,
    kind_of: impl Fn(u16) -> Option<FieldKind>,
) -> Option<(ErrorCode, u64, u64)> {
    if reference.field == field || kind_of(reference.field) != Some(kind) {
        return Some((ErrorCode::FieldReferenceTarget, 0, u64::from(reference.field)));
    }
    let comparable = match kind {
        FieldKind::Text => true,
        FieldKind::Bytes => reference.case == Case::Sensitive,
        _ => reference.case == Case::Sensitive && reference.comparison == Comparison::Equals,
    };
    (!comparable).then_some((ErrorCode::FieldReferenceForm, 0, reference.to_word()))
}
