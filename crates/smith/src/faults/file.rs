//! Header, section table and sections as a whole.

use channel_file::{ErrorCode, SectionKind};

use super::Broken;
use crate::choices::Choices;
use crate::frame::{Frame, Section, put, seal_header, seal_table};
use crate::layout::{ENTRY, HEADER};

const MOST_SECTIONS: usize = SectionKind::ALL.len();

/// Offsets within the header.
const MAJOR: usize = 8;
const MINOR: usize = 10;
const LENGTH: usize = 24;
const COUNT: usize = 32;
const TABLE_CHECKSUM: usize = 36;

// Too short, too long.

pub(super) fn cut_in_header(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    cut(frame.bytes(), choices.below(HEADER)).map(|bytes| (bytes, ErrorCode::Truncated))
}

pub(super) fn cut_after_header(frame: &Frame, _: &mut Choices<'_>) -> Option<Broken> {
    cut(frame.bytes(), HEADER).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_in_table(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let length = choices.within(HEADER.saturating_add(1), heads(frame).saturating_sub(1));
    cut(frame.bytes(), length).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_after_table(frame: &Frame, _: &mut Choices<'_>) -> Option<Broken> {
    cut(frame.bytes(), heads(frame)).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_between_sections(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let sections = choices.within(1, frame.sections.len().saturating_sub(1));
    cut(frame.bytes(), start(frame, sections)).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_in_section(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let bytes = frame.bytes();
    let length = choices.within(heads(frame), bytes.len().saturating_sub(1));
    cut(bytes, length).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_by_one(frame: &Frame, _: &mut Choices<'_>) -> Option<Broken> {
    let bytes = frame.bytes();
    let length = bytes.len().saturating_sub(1);
    cut(bytes, length).map(|bytes| (bytes, ErrorCode::Length))
}

pub(super) fn cut_in_table_with_fitting_length(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = cut(frame.bytes(), choices.within(HEADER, heads(frame).saturating_sub(1)))?;
    seal_length(&mut bytes)?;
    Some((bytes, ErrorCode::Truncated))
}

pub(super) fn cut_with_fitting_length(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let bytes = frame.bytes();
    let length = choices.within(heads(frame), bytes.len().saturating_sub(1));
    let mut bytes = cut(bytes, length)?;
    seal_length(&mut bytes)?;
    // A checksum would be looked at before, were there enough bytes of the section.
    Some((bytes, ErrorCode::SectionLengths))
}

pub(super) fn longer(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    extend(&mut bytes, choices);
    Some((bytes, ErrorCode::Length))
}

pub(super) fn longer_with_fitting_length(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    extend(&mut bytes, choices);
    seal_length(&mut bytes)?;
    Some((bytes, ErrorCode::SectionLengths))
}

// Header.

pub(super) fn all_zero(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let whole = frame.bytes().len();
    let length = choices.pick(&[whole, 1, 7, HEADER, 512, 4096]).max(1);
    Some((vec![0; length], ErrorCode::AllZero))
}

pub(super) fn magic(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    change(&mut bytes, choices.below(8), choices)?;
    Some((bytes, ErrorCode::Magic))
}

pub(super) fn text_mode(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let bytes = frame.bytes();
    let damaged = match choices.below(3) {
        0 => without_returns(&bytes),
        1 => bytes
            .iter()
            .flat_map(|byte| if *byte == b'\n' { b"\r\n".as_slice() } else { std::slice::from_ref(byte) })
            .copied()
            .collect(),
        _ => bytes.iter().map(|byte| byte & 0x7F).collect(),
    };
    Some((damaged, ErrorCode::Magic))
}

pub(super) fn major_version(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    version(frame, MAJOR, choices)
}

pub(super) fn minor_version(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    version(frame, MINOR, choices)
}

pub(super) fn header_checksum(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    change(&mut bytes, choices.within(12, HEADER.saturating_sub(1)), choices)?;
    Some((bytes, ErrorCode::HeaderChecksum))
}

pub(super) fn content_version(frame: &Frame, _: &mut Choices<'_>) -> Option<Broken> {
    Some((Frame { content_version: 0, ..frame.clone() }.bytes(), ErrorCode::ContentVersion))
}

pub(super) fn declared_length(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    let length = u64::try_from(bytes.len()).ok()?;
    let other = choices.pick(&[length.saturating_add(1), length.saturating_sub(1), 0, u64::MAX]);
    put(&mut bytes, LENGTH, &other.to_le_bytes()).ok()?;
    seal_header(&mut bytes);
    Some((bytes, ErrorCode::Length))
}

pub(super) fn impossible_count(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let most = u32::try_from(MOST_SECTIONS).ok()?;
    counting(frame, choices.pick(&[0, most.saturating_add(1), 255, 256, u32::MAX]), ErrorCode::SectionCount)
}

pub(super) fn other_count(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let there = u32::try_from(frame.sections.len()).ok()?;
    let other = choices.pick(&[there.saturating_sub(1), there.saturating_add(1)]);
    let table = usize::try_from(other).ok()?.saturating_mul(ENTRY).saturating_add(HEADER);
    // Another number of bytes is taken for the table.
    let fits = other > 0 && other <= u32::try_from(MOST_SECTIONS).ok()? && table <= frame.bytes().len();
    fits.then(|| counting(frame, other, ErrorCode::TableChecksum))?
}

// Section table.

pub(super) fn table_checksum(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    if choices.percent(50) {
        change(&mut bytes, choices.within(HEADER, heads(frame).saturating_sub(1)), choices)?;
    } else {
        change(&mut bytes, choices.within(TABLE_CHECKSUM, TABLE_CHECKSUM.saturating_add(3)), choices)?;
        seal_header(&mut bytes);
    }
    Some((bytes, ErrorCode::TableChecksum))
}

pub(super) fn kind_unknown(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = frame.clone();
    let place = choices.below(frame.sections.len());
    frame.sections.get_mut(place)?.code = unknown_kind(choices);
    Some((frame.bytes(), ErrorCode::SectionUnknown))
}

pub(super) fn section_of_another_version(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = with_room(frame)?;
    frame.sections.push(Section { code: unknown_kind(choices), bytes: b"of a later version".to_vec() });
    Some((frame.bytes(), ErrorCode::SectionUnknown))
}

pub(super) fn section_repeated(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = with_room(frame)?;
    let place = choices.below(frame.sections.len());
    let again = frame.sections.get(place)?.clone();
    frame.sections.insert(place, again);
    Some((frame.bytes(), ErrorCode::SectionOrder))
}

pub(super) fn sections_swapped(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = frame.clone();
    let place = choices.below(frame.sections.len().saturating_sub(1));
    let [one, two] = frame.sections.get_mut(place..)?.first_chunk_mut()?;
    std::mem::swap(one, two);
    Some((frame.bytes(), ErrorCode::SectionOrder))
}

pub(super) fn section_missing(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let optional = 9..=13;
    let required: Vec<u8> =
        frame.sections.iter().map(|section| section.code).filter(|code| !optional.contains(code)).collect();
    let gone = *choices.one_of(&required)?;
    let mut frame = frame.clone();
    frame.sections.retain(|section| section.code != gone);
    Some((frame.bytes(), ErrorCode::SectionMissing))
}

pub(super) fn section_emptied(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = frame.clone();
    let place = choices.below(frame.sections.len());
    frame.sections.get_mut(place)?.bytes.clear();
    Some((frame.bytes(), ErrorCode::SectionEmpty))
}

pub(super) fn empty_section_added(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = with_room(frame)?;
    let there = |code: &u8| frame.sections.iter().any(|section| section.code == *code);
    let absent: Vec<u8> = SectionKind::ALL.iter().map(|kind| kind.code()).filter(|code| !there(code)).collect();
    let code = *choices.one_of(&absent)?;
    let place = frame.sections.partition_point(|section| section.code < code);
    frame.sections.insert(place, Section { code, bytes: Vec::new() });
    Some((frame.bytes(), ErrorCode::SectionEmpty))
}

pub(super) fn ragged(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut frame = frame.clone();
    let with_rows: Vec<usize> = (0..frame.sections.len()).filter(|place| row_of(&frame, *place) > Some(1)).collect();
    let place = *choices.one_of(&with_rows)?;
    let row = row_of(&frame, place)?;
    let bytes = choices.within(1, row.saturating_sub(1));
    let section = frame.sections.get_mut(place)?;
    if choices.percent(50) {
        section.bytes.resize(section.bytes.len().saturating_add(bytes), 0);
    } else {
        section.bytes.truncate(section.bytes.len().saturating_sub(bytes));
    }
    Some((frame.bytes(), ErrorCode::SectionRagged))
}

pub(super) fn section_past_the_end(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let place = choices.below(frame.sections.len());
    let row = u64::try_from(row_of(frame, place)?).ok()?;
    let there = u64::try_from(frame.bytes().len()).ok()?;
    // As many rows as are longer than the file; or as many as 64 bits count.
    let rows = if choices.percent(50) { there } else { u64::MAX.checked_div(row)? };
    let mut bytes = frame.bytes();
    put(&mut bytes, entry(place).saturating_add(1), &rows.saturating_mul(row).to_le_bytes()).ok()?;
    seal_table(&mut bytes, frame.sections.len());
    Some((bytes, ErrorCode::SectionLengths))
}

/// A section takes a row of the next one, which begins later, and so on: the last has too few bytes.
pub(super) fn section_longer(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let place = choices.below(frame.sections.len());
    let length = frame.sections.get(place)?.bytes.len().saturating_add(row_of(frame, place)?);
    relisted(frame, place, length)
}

/// A section leaves a row to the next one, which begins sooner, and so on: bytes are left at the end.
pub(super) fn section_shorter(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let with_rows = (0..frame.sections.len()).filter(|place| {
        let length = frame.sections.get(*place).map(|section| section.bytes.len());
        row_of(frame, *place) < length
    });
    let with_rows: Vec<usize> = with_rows.collect();
    let place = *choices.one_of(&with_rows)?;
    let length = frame.sections.get(place)?.bytes.len().saturating_sub(row_of(frame, place)?);
    relisted(frame, place, length)
}

pub(super) fn section_checksum(frame: &Frame, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    let place = choices.below(frame.sections.len());
    if choices.percent(75) {
        let length = frame.sections.get(place)?.bytes.len();
        change(&mut bytes, start(frame, place).saturating_add(choices.below(length)), choices)?;
    } else {
        change(&mut bytes, entry(place).saturating_add(choices.within(9, 12)), choices)?;
        seal_table(&mut bytes, frame.sections.len());
    }
    Some((bytes, ErrorCode::SectionChecksum))
}

fn version(frame: &Frame, place: usize, choices: &mut Choices<'_>) -> Option<Broken> {
    let mut bytes = frame.bytes();
    change(&mut bytes, place.saturating_add(choices.below(2)), choices)?;
    // Whether the checksum fits or not: a later version may have none there.
    if choices.percent(50) {
        seal_header(&mut bytes);
    }
    Some((bytes, ErrorCode::FormatVersion))
}

fn counting(frame: &Frame, count: u32, code: ErrorCode) -> Option<Broken> {
    let mut bytes = frame.bytes();
    put(&mut bytes, COUNT, &count.to_le_bytes()).ok()?;
    seal_header(&mut bytes);
    Some((bytes, code))
}

/// The file as it is, but with another length for one section in the table; checksums are those of the bytes that the table
/// now gives to each section.
fn relisted(frame: &Frame, place: usize, length: usize) -> Option<Broken> {
    let mut bytes = frame.bytes();
    let (mut at, whole) = (heads(frame), bytes.len());
    for (index, section) in frame.sections.iter().enumerate() {
        let length = if index == place { length } else { section.bytes.len() };
        let end = at.saturating_add(length);
        let checksum = crc_fast::crc32_iscsi(bytes.get(at..end.min(whole))?);
        let listed = u64::try_from(length).ok()?.to_le_bytes();
        put(&mut bytes, entry(index).saturating_add(1), &listed).ok()?;
        put(&mut bytes, entry(index).saturating_add(9), &checksum.to_le_bytes()).ok()?;
        at = end.min(whole);
    }
    seal_table(&mut bytes, frame.sections.len());
    Some((bytes, ErrorCode::SectionLengths))
}

fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let kept = bytes.iter().zip(next).filter(|pair| !matches!(pair, (b'\r', Some(b'\n'))));
    kept.map(|(byte, _)| *byte).collect()
}

fn with_room(frame: &Frame) -> Option<Frame> {
    (frame.sections.len() < MOST_SECTIONS).then(|| frame.clone())
}

fn unknown_kind(choices: &mut Choices<'_>) -> u8 {
    let last = u8::try_from(MOST_SECTIONS).unwrap_or(u8::MAX);
    choices.pick(&[0, last.saturating_add(1), 0x7F, u8::MAX])
}

fn row_of(frame: &Frame, place: usize) -> Option<usize> {
    let kind = SectionKind::from_code(frame.sections.get(place)?.code)?;
    usize::try_from(kind.row_bytes()).ok()
}

/// Another byte in the place of one.
fn change(bytes: &mut [u8], place: usize, choices: &mut Choices<'_>) -> Option<()> {
    let byte = bytes.get_mut(place)?;
    *byte ^= u8::try_from(choices.within(1, 255)).ok()?;
    Some(())
}

fn extend(bytes: &mut Vec<u8>, choices: &mut Choices<'_>) {
    let fill = choices.pick(&[0, b'\n', 0x1A, 0xFF]);
    bytes.resize(bytes.len().saturating_add(choices.within(1, 40)), fill);
}

fn seal_length(bytes: &mut [u8]) -> Option<()> {
    let length = u64::try_from(bytes.len()).ok()?.to_le_bytes();
    put(bytes, LENGTH, &length).ok()?;
    seal_header(bytes);
    Some(())
}

fn cut(mut bytes: Vec<u8>, length: usize) -> Option<Vec<u8>> {
    (length < bytes.len()).then(|| bytes.truncate(length))?;
    Some(bytes)
}

/// Bytes of header and table.
fn heads(frame: &Frame) -> usize {
    entry(frame.sections.len())
}

fn entry(place: usize) -> usize {
    HEADER.saturating_add(place.saturating_mul(ENTRY))
}

/// Where a section begins.
fn start(frame: &Frame, place: usize) -> usize {
    frame.sections.iter().take(place).map(|section| section.bytes.len()).fold(heads(frame), usize::saturating_add)
}
