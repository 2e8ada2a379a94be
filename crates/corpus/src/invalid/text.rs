//! The two heaps, their ends, and names.

use channel_file::template::{FieldKind, Operator, Pattern};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::{FIRST_TEXT, single, single_text, two_rules};
use crate::{Place, Result};

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    texts(defects)?;
    byte_strings(defects)?;
    empty_names(defects)?;
    control_characters(defects)
}

fn texts(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Equals, "sample")?;
    let (start, end) = (base.text(FIRST_TEXT)?, Place::new(SectionKind::TextEnds, FIRST_TEXT, 0));
    let code = ErrorCode::TextUtf8;
    defects.put(("text-not-utf-8", "a byte that no UTF-8 has", code), &base, start.further(1), b"\xFF")?;
    defects.put(("text-overlong", "a slash in two bytes", code), &base, start, b"\xC0\xAF")?;
    defects.put(("text-surrogate", "half a surrogate pair", code), &base, start, b"\xED\xA0\x80")?;
    defects.put(("text-beyond-unicode", "a character after the last", code), &base, start, b"\xF4\x90\x80\x80")?;
    let code = ErrorCode::TextEnds;
    defects.put(("text-ends-descend", "a text ends before it begins", code), &base, end, &[0, 0, 0, 0])?;
    defects.put_elsewhere(
        ("text-end-of-2-to-the-32", "a text ends after the heap, and the next before it begins", code),
        &base,
        end,
        &u32::MAX.to_le_bytes(),
        Place::new(SectionKind::TextEnds, FIRST_TEXT.saturating_add(1), 0),
    )?;
    let heap = Place::new(SectionKind::TextHeap, 0, 0);
    let code = ErrorCode::TextHeap;
    defects.edit(("text-heap-longer", "text that no end reaches", code), &base, |frame| {
        frame.section(SectionKind::TextHeap)?.bytes.push(b'x');
        Ok(heap)
    })?;
    defects.edit(("text-heap-shorter", "the last text ends after the heap", code), &base, |frame| {
        frame.section(SectionKind::TextHeap)?.bytes.pop();
        Ok(heap)
    })?;
    let base = single_text(Operator::Equals, "äö")?;
    let inside = base.number(end)?.saturating_sub(1);
    let defect = ("text-ends-within-a-character", "the second byte is the next text's", ErrorCode::TextBoundary);
    defects.put(defect, &base, end, &inside.to_le_bytes())
}

fn byte_strings(defects: &mut Defects) -> Result<()> {
    let patterns = [Pattern::bytes(Operator::Equals, *b"ab")?, Pattern::bytes(Operator::Equals, *b"abc")?];
    let base = single(FieldKind::Bytes, patterns)?;
    let end = |row| Place::new(SectionKind::ByteEnds, row, 0);
    let code = ErrorCode::ByteEnds;
    defects.put(("byte-ends-descend", "a byte string ends before it begins", code), &base, end(1), &[1, 0, 0, 0])?;
    let defect = ("byte-end-of-2-to-the-32", "a byte string ends after the heap, and the next before it begins", code);
    defects.put_elsewhere(defect, &base, end(0), &u32::MAX.to_le_bytes(), end(1))?;
    let heap = Place::new(SectionKind::ByteHeap, 0, 0);
    let code = ErrorCode::ByteHeap;
    defects.edit(("byte-heap-longer", "bytes that no end reaches", code), &base, |frame| {
        frame.section(SectionKind::ByteHeap)?.bytes.push(0);
        Ok(heap)
    })?;
    defects.edit(("byte-heap-shorter", "the last byte string ends after the heap", code), &base, |frame| {
        frame.section(SectionKind::ByteHeap)?.bytes.pop();
        Ok(heap)
    })?;
    let defect = ("byte-pattern-empty", "bytes to equal, but none", ErrorCode::PatternEmpty);
    defects.put(defect, &base, end(0), &[0, 0, 0, 0])?;
    let base = single_text(Operator::Equals, "sample")?;
    let before = base.number(Place::new(SectionKind::TextEnds, FIRST_TEXT.saturating_sub(1), 0))?;
    let defect = ("text-pattern-empty", "text to equal, but none", ErrorCode::PatternEmpty);
    defects.put(defect, &base, Place::new(SectionKind::TextEnds, FIRST_TEXT, 0), &before.to_le_bytes())
}

/// Rules `a` and `b`: texts are the type's name, the field's, four patterns, then id, title and author of each rule.
fn empty_names(defects: &mut Defects) -> Result<()> {
    let base = two_rules()?;
    let code = ErrorCode::NameEmpty;
    for (name, shows, text, refused) in [
        ("type-name-empty", "a type without a name", 0, Place::new(SectionKind::Types, 0, 0)),
        ("field-name-empty", "a field without a name", 1, Place::new(SectionKind::Fields, 0, 3)),
        ("rule-id-empty", "a rule without an id", 6, Place::new(SectionKind::Rules, 0, 0)),
    ] {
        let start = base.number_of_text_start(text)?;
        let place = Place::new(SectionKind::TextEnds, text, 0);
        defects.put_elsewhere((name, shows, code), &base, place, &start.to_le_bytes(), refused)?;
    }
    // The first rule takes a fourth text, which lies before the second rule's id.
    defects.edit(("reference-empty", "a reference without a character", code), &base, |frame| {
        let end = frame.number_of_text_start(9)?.to_le_bytes();
        let at = usize::try_from(SectionKind::TextEnds.row_bytes()).unwrap_or_default().saturating_mul(9);
        frame.section(SectionKind::TextEnds)?.bytes.splice(at..at, end);
        frame.put(Place::new(SectionKind::Rules, 0, 4), &4_u32.to_le_bytes())?;
        frame.put(Place::new(SectionKind::Rules, 1, 4), &7_u32.to_le_bytes())?;
        Ok(Place::new(SectionKind::Rules, 0, 0))
    })
}

fn control_characters(defects: &mut Defects) -> Result<()> {
    let base = two_rules()?;
    for (name, shows, text, control) in [
        ("type-name-with-a-line-break", "a line break in the name of a type", 0, b"\n"),
        ("field-name-with-a-zero", "a zero byte in the name of a field", 1, b"\0"),
        ("rule-id-with-an-escape", "an escape character in the id of a rule", 6, b"\x1B"),
        ("rule-id-with-a-delete", "a delete character in the id of a rule", 9, b"\x7F"),
    ] {
        defects.put((name, shows, ErrorCode::NameControl), &base, base.text(text)?, control)?;
    }
    Ok(())
}
