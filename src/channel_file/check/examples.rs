//! Examples and their values.

use super::super::view::{TypeView, View, value_of};
use super::super::{ChannelFile, row};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::Expectation;
use crate::wire::count;

/// Every example is of a rule and a type that there are, and has a value of the right kind, or none, for each field.
pub(super) fn rows(file: &ChannelFile<'_>) -> Result<()> {
    let mut before = row::Example::default();
    for (example, bytes) in counted(0_u32, file.examples.rows) {
        let row = row::Example::read(bytes);
        let at = file.examples.offset_of(example);
        let fault = |code, expected, found, offset: u64| {
            Err(Error::new(code, expected, found).at(at.saturating_add(offset)).within(Path::example(example)))
        };
        if u64::from(row.rule) >= file.rules.len() || row.rule < before.rule {
            return fault(ErrorCode::ExampleRule, file.rules.len(), u64::from(row.rule), 0);
        }
        if u64::from(row.template_type) >= file.types.len() {
            return fault(ErrorCode::ExampleType, file.types.len(), u64::from(row.template_type), 4);
        }
        let follows = row.rule > before.rule || row.expectation >= before.expectation;
        if Expectation::from_code(row.expectation).is_none() || !follows {
            return fault(ErrorCode::ExampleExpectation, 0, u64::from(row.expectation), 8);
        }
        let template_type = TypeView::at(file, row.template_type);
        let expected = u64::from(before.values_end).saturating_add(u64::from(template_type.field_count()));
        if u64::from(row.values_end) != expected {
            return fault(ErrorCode::ExampleValues, expected, u64::from(row.values_end), 9);
        }
        // Before the walk: what the last row says of their number was all that was compared.
        let there = count(file.presences.bytes.len());
        if expected > there {
            return fault(ErrorCode::ExampleValues, there, expected, 9);
        }
        values(file, example, before.values_end, &template_type)?;
        before = row;
    }
    Ok(())
}

fn values(file: &ChannelFile<'_>, example: u32, first: u32, template_type: &TypeView<'_>) -> Result<()> {
    for (index, (place, field)) in counted(0_u16, counted(first, template_type.fields())) {
        let path = Path::example(example).field(index);
        let bytes = file.example_bytes(place);
        let presence = ChannelFile::code_at(file.presences, place);
        match presence {
            0 if bytes.is_empty() => {}
            1 if value_of(field.kind(), bytes).is_some() => {}
            1 => {
                let string = file.totals().byte_strings.saturating_add(place);
                return Err(Error::new(ErrorCode::ExampleValue, 0, u64::from(field.kind().code()))
                    .at(file.byte_ends.offset_of(string))
                    .within(path));
            }
            _ => {
                return Err(Error::new(ErrorCode::ExamplePresence, 0, u64::from(presence))
                    .at(file.presences.offset.saturating_add(u64::from(place)))
                    .within(path));
            }
        }
    }
    Ok(())
}
