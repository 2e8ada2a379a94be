//! Examples.

use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::with_examples;
use crate::{Frame, Place, Result};

const fn examples(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Examples, row, within)
}

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    let base = with_examples()?;
    rows(defects, &base)?;
    values(defects, &base)
}

/// Examples 0 and 1 are of rule 0, examples 2 and 3 of rule 1.
fn rows(defects: &mut Defects, base: &Frame) -> Result<()> {
    let code = ErrorCode::ExampleRule;
    defects.put(("example-of-rule-2-of-2", "a rule after the last", code), base, examples(3, 0), &[2, 0, 0, 0])?;
    defects.edit(("examples-descend", "the later rule first", code), base, |frame| {
        frame.put(examples(1, 0), &[1, 0, 0, 0])?;
        frame.put(examples(2, 0), &[0, 0, 0, 0])?;
        Ok(examples(2, 0))
    })?;
    let code = ErrorCode::ExampleType;
    defects.put(("example-of-type-1-of-1", "a type after the last", code), base, examples(1, 4), &[1, 0, 0, 0])?;
    let code = ErrorCode::ExampleExpectation;
    defects.put(("expectation-2", "neither to match nor not to", code), base, examples(1, 8), &[2])?;
    let defect = ("match-after-no-match", "examples to match come first", code);
    defects.edit(defect, base, |frame| {
        frame.put(examples(0, 8), &[1])?;
        frame.put(examples(1, 8), &[0])?;
        Ok(examples(1, 8))
    })?;
    let code = ErrorCode::ExampleValues;
    let defect = ("example-of-3-values-for-4", "a value fewer than fields", code);
    defects.put(defect, base, examples(0, 9), &[3, 0, 0, 0])?;
    let defect = ("example-of-5-values-for-4", "a value more than fields", code);
    defects.put(defect, base, examples(1, 9), &[9, 0, 0, 0])?;
    let defect = ("example-values-of-2-to-the-32", "as many values as 32 bits count", code);
    defects.put(defect, base, examples(2, 9), &u32::MAX.to_le_bytes())?;
    let defect = ("examples-of-values-that-the-last-denies", "values that no column holds, walked by none", code);
    defects.edit(defect, base, |frame| {
        // The last row alone says how many values there are.
        frame.put(examples(3, 9), &[0; 4])?;
        let holds_values =
            [SectionKind::Presences, SectionKind::ByteEnds, SectionKind::ByteHeap].map(SectionKind::code);
        frame.sections.retain(|section| !holds_values.contains(&section.code));
        Ok(examples(0, 9))
    })?;
    let defect = ("last-example-with-a-value-more", "a value that there is not", ErrorCode::SectionRows);
    defects.put_elsewhere(defect, base, examples(3, 9), &[17, 0, 0, 0], Place::new(SectionKind::Presences, 0, 0))
}

/// Each example has four values: none, a number, a truth value and an IPv4 address.
fn values(defects: &mut Defects, base: &Frame) -> Result<()> {
    let presence = |value| Place::new(SectionKind::Presences, value, 0);
    let code = ErrorCode::ExamplePresence;
    defects.put(("presence-2", "neither absent nor present", code), base, presence(4), &[2])?;
    defects.put(("absent-with-bytes", "bytes of a value that is absent", code), base, presence(5), &[0])?;
    let end = |value| Place::new(SectionKind::ByteEnds, value, 0);
    let code = ErrorCode::ExampleValue;
    let defect = ("truth-value-of-an-example-2", "neither true nor false", code);
    defects.put_elsewhere(defect, base, base.byte_string(2)?, &[2], end(2))?;
    let number_end = base.number(end(1))?;
    let longer = number_end.saturating_add(1).to_le_bytes();
    let defect = ("number-of-9-bytes", "a number has 8 bytes", code);
    defects.put(defect, base, end(1), &longer)?;
    let longer = base.number(end(2))?.saturating_add(1).to_le_bytes();
    let defect = ("truth-value-of-2-bytes", "a truth value has one byte", code);
    defects.put(defect, base, end(2), &longer)?;
    let defect = ("address-of-5-bytes", "an address has 4 or 16 bytes", code);
    defects.edit(defect, base, |frame| {
        // The last value of all: nothing stands after it.
        let longer = frame.number(end(15))?.saturating_add(1).to_le_bytes();
        frame.put(end(15), &longer)?;
        frame.section(SectionKind::ByteHeap)?.bytes.push(1);
        Ok(end(15))
    })
}
