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
    let mut next = 0;
    for shape in file.shapes.rows {
        let end = row::Shape::read(shape).ends.instances;
        let first = core::mem::replace(&mut next, end);
        let rows = file.instance_rules.rows.get(index(first)..index(end)).unwrap_or_default();
        let Some(one) = rows.first().map(|row| u32::from_le_bytes(*row)) else { continue };
        rule(file, first, one)?;
        // What holds for an instance holds for the next of the same rule; often all of a shape are of one.
        let differing = rows.iter().fold(0, |bits, row| bits | (u32::from_le_bytes(*row) ^ one));
        let pairs = if differing == 0 { &[] } else { rows };
        for (instance, [one, two]) in counted(first.saturating_add(1), pairs.array_windows()) {
            if one == two {
                continue;
            }
            let (one, two) = (u32::from_le_bytes(*one), u32::from_le_bytes(*two));
            if one > two {
                return Err(Error::new(ErrorCode::InstanceOrder, u64::from(one), u64::from(two))
                    .at(file.instance_rules.offset_of(instance))
                    .within(Path::instance(instance)));
            }
            rule(file, instance, two)?;
        }
    }
    Ok(())
}

/// The rule exists, and this is not before its first instance, which is of the rule (see `rules`).
fn rule(file: &ChannelFile<'_>, instance: u32, rule: u32) -> Result<()> {
    let (code, expected, found) = match file.rules.get(rule).map(row::Rule::read) {
        None => (ErrorCode::InstanceRule, file.rules.len(), rule),
        Some(row) if row.first_instance > instance => {
            (ErrorCode::RuleFirstInstance, u64::from(row.first_instance), instance)
        }
        Some(_) => return Ok(()),
    };
    let error = Error::new(code, expected, u64::from(found));
    Err(error.at(file.instance_rules.offset_of(instance)).within(Path::instance(instance)))
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
