//! The columns of the instances.

use super::super::{ChannelFile, row};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::{Disposition, Severity};
use crate::wire::{Section, index};

/// Severities, dispositions and rules: each known, and within a shape the instances ascend by rule.
pub(super) fn columns(file: &ChannelFile<'_>) -> Result<()> {
    let known = |code| Severity::from_code(code).is_some();
    codes(file.severities, Severity::ALL.len(), known, ErrorCode::SeverityUnknown)?;
    let known = |code| Disposition::from_code(code).is_some();
    codes(file.dispositions, Disposition::ALL.len(), known, ErrorCode::DispositionUnknown)?;
    for (instance, bytes) in counted(0_u32, file.instance_rules.rows) {
        let rule = u32::from_le_bytes(*bytes);
        let located =
            |error: Error| Err(error.at(file.instance_rules.offset_of(instance)).within(Path::instance(instance)));
        let Some(row) = file.rules.get(rule).map(row::Rule::read) else {
            return located(Error::new(ErrorCode::InstanceRule, file.rules.len(), u64::from(rule)));
        };
        // A rule's first instance is of the rule (see `rules`) and no instance of the rule comes before it.
        if row.first_instance > instance {
            let (first, found) = (u64::from(row.first_instance), u64::from(instance));
            return located(Error::new(ErrorCode::RuleFirstInstance, first, found));
        }
    }
    let mut first = 0;
    for shape in file.shapes.rows {
        let end = row::Shape::read(shape).ends.instances;
        let rows = file.instance_rules.rows.get(index(first)..index(end)).unwrap_or_default();
        for (instance, [one, two]) in counted(first.saturating_add(1), rows.array_windows()) {
            let (one, two) = (u32::from_le_bytes(*one), u32::from_le_bytes(*two));
            if one > two {
                return Err(Error::new(ErrorCode::InstanceOrder, u64::from(one), u64::from(two))
                    .at(file.instance_rules.offset_of(instance))
                    .within(Path::instance(instance)));
            }
        }
        first = end;
    }
    Ok(())
}

/// Codes count from 0 without a gap, so that the largest tells whether all are known.
fn codes(section: Section<'_>, known_codes: usize, known: impl Fn(u8) -> bool, code: ErrorCode) -> Result<()> {
    let largest = section.bytes.iter().fold(0, |largest: u8, code| largest.max(*code));
    if usize::from(largest) < known_codes {
        return Ok(());
    }
    for (instance, (at, found)) in counted(0_u32, counted(section.offset, section.bytes)) {
        if !known(*found) {
            return Err(Error::new(code, 0, u64::from(*found)).at(at).within(Path::instance(instance)));
        }
    }
    Ok(())
}
