//! Template types and their fields.

use super::super::view::{TypeView, View};
use super::super::{ChannelFile, row};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::template::{FieldKind, OperatorSet};

/// The rows: order, versions, number of fields, kinds and operators.
pub(super) fn rows(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    limits.types(file.types.len()).map_err(|error| error.at(file.types.offset))?;
    let mut before = row::Type::default();
    for (index, bytes) in counted(0_u32, file.types.rows) {
        let (row, at) = (row::Type::read(bytes), file.types.offset_of(index));
        let path = Path::template_type(index);
        let fault = |code, expected, found, offset| {
            Err(Error::new(code, expected, found).at(at.saturating_add(offset)).within(path))
        };
        if row.version == 0 {
            return fault(ErrorCode::TypeVersion, 1, 0, 4);
        }
        // Before the first row stands id 0, version 0, which no row has.
        if (row.id, row.version) <= (before.id, before.version) {
            return fault(ErrorCode::TypeOrder, 0, 0, 0);
        }
        let Some(fields) = row.fields_end.checked_sub(before.fields_end) else {
            return fault(ErrorCode::FieldRows, u64::from(before.fields_end), u64::from(row.fields_end), 8);
        };
        if fields == 0 {
            return fault(ErrorCode::TypeWithoutFields, 1, 0, 8);
        }
        let most = u64::from(u16::MAX);
        if u64::from(fields) > most {
            return fault(ErrorCode::LimitFields, most, u64::from(fields), 8);
        }
        limits.fields(u64::from(fields)).map_err(|error| error.at(at.saturating_add(8)).within(path))?;
        before = row;
    }
    if u64::from(before.fields_end) != file.fields.len() {
        let at = file.types.offset_of(file.types.len_u32().saturating_sub(1)).saturating_add(8);
        return Err(Error::new(ErrorCode::FieldRows, file.fields.len(), u64::from(before.fields_end)).at(at));
    }
    for (index, bytes) in counted(0_u32, file.fields.rows) {
        let (row, at) = (row::Field::read(bytes), file.fields.offset_of(index));
        let Some(kind) = FieldKind::from_code(row.kind) else {
            let error = Error::new(ErrorCode::FieldKindUnknown, 0, u64::from(row.kind));
            return Err(error.at(at).within(path_of_field(file, index)));
        };
        let operators = OperatorSet::from_bits(row.operators);
        if !operators.is_some_and(|set| !set.is_empty() && set.is_subset_of(kind.operators())) {
            let allowed = u64::from(kind.operators().bits());
            let error = Error::new(ErrorCode::FieldOperators, allowed, u64::from(row.operators));
            return Err(error.at(at.saturating_add(1)).within(path_of_field(file, index)));
        }
    }
    Ok(())
}

/// The names: there, printable and unique; and the versions of a type, each of which begins with the one before.
pub(super) fn names(file: &ChannelFile<'_>) -> Result<()> {
    let end = file.first_pattern_text();
    super::rules::printable(file, 0, end)?;
    let mut before: Option<TypeView<'_>> = None;
    for (index, _) in counted(0_u32, file.types.rows) {
        let view = TypeView::at(file, index);
        let path = Path::template_type(index);
        if view.name().is_empty() {
            return Err(Error::new(ErrorCode::NameEmpty, 1, 0).at(file.types.offset_of(index)).within(path));
        }
        field_names(file, &view)?;
        if let Some(before) = before
            && before.key().id == view.key().id
            && !extends(&before, &view)
        {
            let error = Error::new(ErrorCode::TypeNotExtended, 0, u64::from(view.key().version));
            return Err(error.at(file.types.offset_of(index)).within(path));
        }
        before = Some(view);
    }
    Ok(())
}

/// Every name is there, and walked in the order of the alphabetical index they ascend: so no name is twice, and the index
/// names each field once.
fn field_names(file: &ChannelFile<'_>, view: &TypeView<'_>) -> Result<()> {
    let first = view.fields_end().saturating_sub(u32::from(view.field_count()));
    let mut before: Option<&str> = None;
    for place in 0..view.field_count() {
        let row = first.saturating_add(u32::from(place));
        let at = file.fields.offset_of(row).saturating_add(3);
        let path = Path::template_type(view.index()).field(place);
        let index = file.fields.get(row).map_or(u16::MAX, |bytes| row::Field::read(bytes).by_name);
        if index >= view.field_count() {
            return Err(Error::new(ErrorCode::FieldNames, 0, 0).at(at).within(path));
        }
        let name = view.field_name(index);
        if name.is_empty() {
            return Err(Error::new(ErrorCode::NameEmpty, 1, 0).at(at).within(path));
        }
        if before.is_some_and(|before| before >= name) {
            return Err(Error::new(ErrorCode::FieldNames, 0, 0).at(at).within(path));
        }
        before = Some(name);
    }
    Ok(())
}

/// Whether the later version appends fields to those of the earlier one.
fn extends(earlier: &TypeView<'_>, later: &TypeView<'_>) -> bool {
    let same = || {
        counted(0_u16, earlier.fields().zip(later.fields())).all(|(index, (one, two))| {
            one.kind() == two.kind()
                && one.operators() == two.operators()
                && earlier.field_name(index) == later.field_name(index)
        })
    };
    earlier.name() == later.name() && earlier.field_count() < later.field_count() && same()
}

fn path_of_field(file: &ChannelFile<'_>, field: u32) -> Path {
    let ends_before = |bytes: &[u8; row::TYPE_BYTES]| row::Type::read(bytes).fields_end <= field;
    let index = u32::try_from(file.types.rows.partition_point(ends_before)).unwrap_or(u32::MAX);
    let view = TypeView::at(file, index);
    let first = view.fields_end().saturating_sub(u32::from(view.field_count()));
    Path::template_type(index).field(u16::try_from(field.saturating_sub(first)).unwrap_or(u16::MAX))
}
