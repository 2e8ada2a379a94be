//! Texts and byte strings replaced by longer or shorter ones, with ends that fit.

use channel_file::SectionKind;

use super::chart::{bytes_of, narrow, wide};
use crate::frame::{Frame, Section};

/// Puts another text in the place of one.
pub(super) fn replace_text(frame: &mut Frame, text: usize, new: &[u8]) -> Option<()> {
    let ends = ends(frame, SectionKind::TextEnds);
    let (start, end) = (start(&ends, text)?, *ends.get(text)?);
    let ends = ends.iter().enumerate().map(|(row, old)| if row < text { *old } else { moved(*old, end, start, new) });
    write(frame, SectionKind::TextEnds, ends.collect());
    splice(frame, SectionKind::TextHeap, start, end, new)
}

/// Puts another byte string in the place of one.
pub(super) fn replace_byte_string(frame: &mut Frame, string: usize, new: &[u8]) -> Option<()> {
    let ends = ends(frame, SectionKind::ByteEnds);
    let (start, end) = (start(&ends, string)?, *ends.get(string)?);
    let ends = ends.iter().enumerate().map(|(row, old)| if row < string { *old } else { moved(*old, end, start, new) });
    write(frame, SectionKind::ByteEnds, ends.collect());
    splice(frame, SectionKind::ByteHeap, start, end, new)
}

/// Puts a text before one.
pub(super) fn insert_text(frame: &mut Frame, text: usize, new: &[u8]) -> Option<()> {
    let mut ends = ends(frame, SectionKind::TextEnds);
    let start = start(&ends, text)?;
    ends.get(text)?;
    ends.insert(text, start);
    write(frame, SectionKind::TextEnds, ends);
    replace_text(frame, text, new)
}

fn ends(frame: &Frame, kind: SectionKind) -> Vec<usize> {
    bytes_of(frame, kind).as_chunks().0.iter().map(|end| wide(u32::from_le_bytes(*end))).collect()
}

fn start(ends: &[usize], row: usize) -> Option<usize> {
    row.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())
}

fn moved(old: usize, end: usize, start: usize, new: &[u8]) -> usize {
    old.saturating_sub(end).saturating_add(start).saturating_add(new.len())
}

fn write(frame: &mut Frame, kind: SectionKind, ends: Vec<usize>) {
    let bytes = ends.into_iter().flat_map(|end| narrow(end).to_le_bytes()).collect();
    if let Ok(section) = frame.section(kind) {
        section.bytes = bytes;
    }
}

/// A heap that gets its first byte is put in, one that loses its last is left out.
fn splice(frame: &mut Frame, kind: SectionKind, start: usize, end: usize, new: &[u8]) -> Option<()> {
    let code = kind.code();
    if bytes_of(frame, kind).is_empty() {
        let place =
            frame.sections.iter().take_while(|section| section.code < code).fold(0_usize, |n, _| n.saturating_add(1));
        frame.sections.insert(place, Section { code, bytes: Vec::new() });
    }
    let heap = &mut frame.section(kind).ok()?.bytes;
    heap.get(start..end)?;
    heap.splice(start..end, new.iter().copied());
    frame.sections.retain(|section| section.code != code || !section.bytes.is_empty());
    Some(())
}
