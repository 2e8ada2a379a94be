//! Header, section table and checksums.

use channel_file::template::{FieldKind, Pattern};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::single;
use crate::valid::valid;
use crate::{Frame, Place, Result, Section, put, seal_header, seal_table};

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    let smallest = valid()?.into_iter().find(|file| file.name == "smallest").map(|file| file.bytes).unwrap_or_default();
    let frame = Frame::cut(&smallest)?;
    header(defects, &frame, &smallest)?;
    lengths(defects, &frame, &smallest)?;
    table(defects, &frame)?;
    checksums(defects, &frame, &smallest)?;
    rows(defects, &frame)
}

fn header(defects: &mut Defects, frame: &Frame, smallest: &[u8]) -> Result<()> {
    defects.bytes(("empty", "no byte at all", ErrorCode::Truncated), 0, Vec::new());
    let cut = |length| smallest.get(..length).unwrap_or_default().to_vec();
    defects.bytes(("magic-cut-short", "the first seven bytes alone", ErrorCode::Truncated), 7, cut(7));
    defects.bytes(("header-cut-short", "the header lacks its last byte", ErrorCode::Truncated), 43, cut(43));
    for (name, length) in [("all-zero-1-byte", 1), ("all-zero-header", 44), ("all-zero-4096-bytes", 4096)] {
        defects.bytes((name, "zeros, as after lost power", ErrorCode::AllZero), 0, vec![0; length]);
    }
    let seven_bits = smallest.iter().map(|byte| byte & 0x7F).collect();
    defects.bytes(("magic-of-7-bits", "a transfer cut the highest bit of each byte", ErrorCode::Magic), 0, seven_bits);
    let mut unix = smallest.to_vec();
    unix.remove(4);
    defects.bytes(("magic-of-text-mode", "a transfer made CR LF into LF", ErrorCode::Magic), 0, unix);
    let other = b"PK\x03\x04 another sort of file, longer than a header and no channel file".to_vec();
    defects.bytes(("magic-of-another-format", "another sort of file", ErrorCode::Magic), 0, other);
    for (name, version) in [
        ("format-version-1-1", [1, 0, 1, 0]),
        ("format-version-2-0", [2, 0, 0, 0]),
        ("format-version-0-0", [0; 4]),
        ("format-version-256-0", [0, 1, 0, 0]),
    ] {
        let mut bytes = smallest.to_vec();
        put(&mut bytes, 8, &version)?;
        seal_header(&mut bytes);
        defects.bytes((name, "a version that is not known", ErrorCode::FormatVersion), 8, bytes);
    }
    let zero = Frame { content_version: 0, ..frame.clone() };
    defects.bytes(("content-version-0", "content versions count from 1", ErrorCode::ContentVersion), 16, zero.bytes());
    Ok(())
}

fn lengths(defects: &mut Defects, frame: &Frame, smallest: &[u8]) -> Result<()> {
    let mut longer = smallest.to_vec();
    longer.push(0);
    defects.bytes(("one-byte-after-the-end", "a byte that the header does not count", ErrorCode::Length), 24, longer);
    let shorter = smallest.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default();
    defects.bytes(("last-byte-missing", "the header counts a byte more", ErrorCode::Length), 24, shorter);
    let lie = |length: u64| {
        let mut bytes = smallest.to_vec();
        put(&mut bytes, 24, &length.to_le_bytes())?;
        seal_header(&mut bytes);
        Ok::<_, crate::Error>(bytes)
    };
    defects.bytes(("length-of-2-to-the-64", "the length has every bit set", ErrorCode::Length), 24, lie(u64::MAX)?);
    defects.bytes(("length-of-0", "the header counts no byte", ErrorCode::Length), 24, lie(0)?);
    for (name, count) in [("no-sections", 0), ("16-sections", 16), ("count-of-2-to-the-32", u32::MAX)] {
        let mut bytes = smallest.to_vec();
        put(&mut bytes, 32, &count.to_le_bytes())?;
        seal_header(&mut bytes);
        defects.bytes((name, "as many sections as there cannot be", ErrorCode::SectionCount), 32, bytes);
    }
    // Ten sections are listed, and the file ends within the list.
    let mut bytes = smallest.get(..100).unwrap_or_default().to_vec();
    put(&mut bytes, 24, &100_u64.to_le_bytes())?;
    seal_header(&mut bytes);
    defects.bytes(("table-cut-short", "the file ends within the section table", ErrorCode::Truncated), 100, bytes);
    let entries = frame.sections.len();
    let last = entries.saturating_sub(1);
    for (name, entry, length) in [
        ("section-past-the-end", last, 12_u64),
        ("section-of-2-to-the-63", last, 1 << 63),
        ("section-of-2-to-the-64", last, u64::MAX),
    ] {
        let mut bytes = smallest.to_vec();
        let place = frame.entry_offset(entry).saturating_add(1);
        put(&mut bytes, place, &length.to_le_bytes())?;
        seal_table(&mut bytes, entries);
        defects.bytes((name, "a section goes on after the end of the file", ErrorCode::SectionLengths), place, bytes);
    }
    let mut gap = frame.bytes();
    let end = gap.len();
    gap.push(0);
    let length = u64::try_from(gap.len()).unwrap_or_default().to_le_bytes();
    put(&mut gap, 24, &length)?;
    seal_header(&mut gap);
    defects.bytes(("section-gap", "a byte that belongs to no section", ErrorCode::SectionLengths), end, gap);
    Ok(())
}

fn table(defects: &mut Defects, frame: &Frame) -> Result<()> {
    let entries = frame.sections.len();
    let mut with = |defect, entry: usize, within: usize, edit: &dyn Fn(&mut Vec<Section>)| {
        let mut frame = frame.clone();
        edit(&mut frame.sections);
        defects.bytes(defect, frame.entry_offset(entry).saturating_add(within), frame.bytes());
    };
    let unknown = |code| Section { code, bytes: b"what a later version may say".to_vec() };
    let code = ErrorCode::SectionUnknown;
    with(("section-unknown", "kind 16, which no version has", code), entries, 0, &|all| all.push(unknown(16)));
    with(("section-kind-255", "the highest kind there could be", code), entries, 0, &|all| all.push(unknown(255)));
    with(("section-kind-0", "kinds count from 1", code), 0, 0, &|all| all.insert(0, unknown(0)));
    let code = ErrorCode::SectionOrder;
    with(("section-repeated", "the types twice", code), 1, 0, &|all| {
        all.extend(all.first().cloned());
        all.rotate_right(1);
    });
    with(("sections-swapped", "fields before types", code), 1, 0, &|all| all.swap(0, 1));
    let empty = Section { code: SectionKind::Examples.code(), bytes: Vec::new() };
    let defect = ("zero-length-section", "a section without rows", ErrorCode::SectionEmpty);
    with(defect, 8, 1, &|all| all.insert(8, empty.clone()));
    for (entry, name) in (0_usize..).zip([
        "types-missing",
        "fields-missing",
        "shapes-missing",
        "slots-missing",
        "severities-missing",
        "dispositions-missing",
        "instance-rules-missing",
        "rules-missing",
        "text-ends-missing",
        "text-heap-missing",
    ]) {
        // The table begins where the error is: the section that is not there has no offset.
        let defect = (name, "a section that every file has is left out", ErrorCode::SectionMissing);
        with(defect, 0, 0, &|all| drop(all.remove(entry)));
    }
    let ragged = ("section-ragged", "a row of a type is cut short", ErrorCode::SectionRagged);
    with(ragged, 0, 1, &|all| all.iter_mut().take(1).for_each(|types| types.bytes.truncate(11)));
    let ragged = ("section-ragged-longer", "four bytes after the last slot", ErrorCode::SectionRagged);
    with(ragged, 3, 1, &|all| all.iter_mut().skip(3).take(1).for_each(|slots| slots.bytes.extend([0; 4])));
    Ok(())
}

fn checksums(defects: &mut Defects, frame: &Frame, smallest: &[u8]) -> Result<()> {
    let mut bytes = smallest.to_vec();
    put(&mut bytes, 12, &292_u32.to_le_bytes())?;
    let defect = ("header-checksum", "another channel under the same checksum", ErrorCode::HeaderChecksum);
    defects.bytes(defect, 40, bytes);
    let mut bytes = smallest.to_vec();
    put(&mut bytes, 44, &[2])?;
    defects.bytes(("table-checksum", "another kind under the same checksum", ErrorCode::TableChecksum), 44, bytes);
    let mut start = frame.entry_offset(frame.sections.len());
    for (section, name) in frame.sections.iter().zip(["section-checksum", "section-checksum-of-fields"]) {
        let mut bytes = smallest.to_vec();
        put(&mut bytes, start, &[0xFF])?;
        defects.bytes((name, "another byte under the same checksum", ErrorCode::SectionChecksum), start, bytes);
        start = start.saturating_add(section.bytes.len());
    }
    Ok(())
}

fn rows(defects: &mut Defects, frame: &Frame) -> Result<()> {
    for (name, kind) in [
        ("slots-left-over", SectionKind::Slots),
        ("severities-left-over", SectionKind::Severities),
        ("dispositions-left-over", SectionKind::Dispositions),
        ("instance-rules-left-over", SectionKind::InstanceRules),
        ("text-ends-left-over", SectionKind::TextEnds),
    ] {
        let defect = (name, "a row more than the content needs", ErrorCode::SectionRows);
        defects.edit(defect, frame, |frame| {
            let section = frame.section(kind)?;
            let row = usize::try_from(kind.row_bytes()).unwrap_or_default();
            let last = section.bytes.rchunks(row).next().unwrap_or_default().to_vec();
            section.bytes.extend(last);
            Ok(Place::new(kind, 0, 0))
        })?;
    }
    for (name, kind, place) in [
        ("words-left-over", SectionKind::Words, 8),
        ("presences-left-over", SectionKind::Presences, 8),
        ("byte-ends-left-over", SectionKind::ByteEnds, 8),
    ] {
        let defect = (name, "a column that the content does not need", ErrorCode::SectionRows);
        defects.edit(defect, frame, |frame| {
            frame.sections.insert(place, Section { code: kind.code(), bytes: vec![0; 8] });
            Ok(Place::new(kind, 0, 0))
        })?;
    }
    missing(defects)
}

/// Sections that not every file has, left out of files that need them: refused at the table, which should list them.
fn missing(defects: &mut Defects) -> Result<()> {
    let files = valid()?;
    let examples = files.into_iter().find(|file| file.name == "examples").map(|file| file.bytes).unwrap_or_default();
    let words = single(FieldKind::Unsigned, [Pattern::unsigned(1)])?;
    let examples = Frame::cut(&examples)?;
    for (name, base, kind, code) in [
        ("words-missing", &words, SectionKind::Words, ErrorCode::SectionRows),
        ("presences-missing", &examples, SectionKind::Presences, ErrorCode::SectionRows),
        ("byte-ends-missing", &examples, SectionKind::ByteEnds, ErrorCode::SectionRows),
        ("byte-heap-missing", &examples, SectionKind::ByteHeap, ErrorCode::ByteHeap),
    ] {
        let mut frame = base.clone();
        frame.sections.retain(|section| section.code != kind.code());
        let defect = (name, "a section that this content needs is left out", code);
        defects.bytes(defect, frame.entry_offset(0), frame.bytes());
    }
    Ok(())
}
