//! Mutations that know what a channel file is made of: rows, numbers, ends, heaps, sections.

use channel_file::{SectionKind, decode, encode};

use crate::choices::Choices;
use crate::layout::{HEADER, Place, number, put, sections};
use crate::model::change;
use crate::repair::repair_most;
use crate::table::mended;

/// What a fuzzing engine's own mutator does: changes the first `size` bytes of the buffer, to at most all of it, and gives the
/// new size. It is never given an empty buffer.
pub type EngineMutate<'e> = dyn FnMut(&mut [u8], usize) -> usize + 'e;

/// A file with more bytes than this is large.
const LARGE: usize = 1 << 14;

/// What is left as it was is changed again, so often.
const TRIES_TO_DIFFER: u32 = 3;

/// Mutates the first `size` bytes of a buffer in place, to at most all of it, and gives the new size: mostly in one section,
/// with lengths and checksums repaired, so that nearly every result passes every checksum; a quarter of the valid files, of
/// large ones fewer, become other valid files. One in 32 keeps something broken; one in 32 is what the engine's own mutator makes of the bare bytes, unrepaired. A result
/// that is the same as what it was made of is rare.
///
/// Engine-neutral: `engine` is libFuzzer's `fuzzer_mutate`, or anything else that changes bytes. The same `seed`, bytes and
/// engine give the same result. Takes time in proportion to the buffer, beside what the engine takes and what decoding and encoding a
/// valid file do.
///
/// ```
/// use channel_file_smith::{Choices, Generated, mutate, random_mutate};
///
/// let file = Generated::new(&mut Choices::seeded(1))?.bytes()?;
/// let mut buffer = vec![0; 4096];
/// buffer[..file.len()].clone_from_slice(&file);
/// let mut chance = Choices::seeded(2);
/// let size = mutate(&mut buffer, file.len(), 3, &mut |bytes, size| random_mutate(bytes, size, &mut chance));
/// assert_ne!(buffer[..size], file[..]);
/// # Ok::<(), channel_file::Error>(())
/// ```
pub fn mutate(buffer: &mut [u8], size: usize, seed: u64, engine: &mut EngineMutate<'_>) -> usize {
    let mut choices = Choices::seeded(seed);
    let size = size.min(buffer.len());
    let most = buffer.len();
    // A text without bytes where there is no room for any: libFuzzer's own mutator ends the process then.
    let engine: &mut EngineMutate<'_> = &mut |bytes, size| if bytes.is_empty() { 0 } else { engine(bytes, size) };
    if choices.below(32) == 31 {
        return engine(buffer, size).min(most);
    }
    let mut file = buffer.get(..size).unwrap_or_default().to_vec();
    // Of a large file, that takes longer than all else.
    let share = if size > LARGE { 3 } else { 25 };
    if choices.percent(share)
        && let Some(changed) = change_model(&file, most, &mut choices, engine)
    {
        put(buffer, 0, &changed);
        return changed.len();
    }
    // Without sections there is nothing to mend: the engine may find some.
    if choices.below(8) != 7 && !sections(&file).is_empty() {
        file = mended(&file);
    }
    let times = choices.pick(&[1, 1, 1, 2, 4]).max(1);
    for _ in 0..times {
        mutate_once(&mut file, most, &mut choices, engine);
    }
    file.truncate(most);
    repair_most(&mut file, &mut choices);
    // A change of a length or a checksum is undone by the repair.
    for _ in 0..TRIES_TO_DIFFER {
        if buffer.get(..size) != Some(file.as_slice()) {
            break;
        }
        mutate_once(&mut file, most, &mut choices, engine);
        file.truncate(most);
        repair_most(&mut file, &mut choices);
    }
    put(buffer, 0, &file);
    file.len()
}

/// Another valid file, if this one is valid and the other fits.
fn change_model(file: &[u8], most: usize, choices: &mut Choices<'_>, engine: &mut EngineMutate<'_>) -> Option<Vec<u8>> {
    let content = change(&decode(file).ok()?, choices, engine)?;
    encode(&content).ok().filter(|changed| changed.len() <= most)
}

fn mutate_once(file: &mut Vec<u8>, most: usize, choices: &mut Choices<'_>, engine: &mut EngineMutate<'_>) {
    let places: Vec<Place> = sections(file);
    let Some(place) = choices.one_of(&places).cloned() else {
        // No frame at all: whatever the engine makes of it.
        file.resize(most, 0);
        let size = engine(file, most.min(HEADER));
        file.truncate(size);
        return;
    };
    match choices.below(12) {
        0 | 1 => by_engine(file, &place, most, choices, engine),
        2..=4 => change_number(file, &place, choices),
        5 => repeat_rows(file, &place, most, choices),
        6 => remove_rows(file, &place, choices),
        7 => swap_rows(file, &place, choices),
        8 => copy_within(file, &place, choices),
        9 => change_text(file, &places, most, choices, engine),
        10 => change_header(file, choices),
        _ => change_table(file, &places, &place, choices),
    }
}

/// Lets the engine work on the bytes of one section.
fn by_engine(file: &mut Vec<u8>, place: &Place, most: usize, choices: &mut Choices<'_>, engine: &mut EngineMutate<'_>) {
    let room = most.saturating_sub(file.len()).min(256);
    let mut section = file.get(place.bytes.clone()).unwrap_or_default().to_vec();
    let size = section.len();
    section.resize(size.saturating_add(room), 0);
    let size = engine(&mut section, size);
    section.truncate(size);
    // Mostly whole rows: else the length is all that a reader sees.
    if choices.percent(98) {
        let extra = section.len().checked_rem(place.row()).unwrap_or_default();
        section.truncate(section.len().saturating_sub(extra));
    }
    replace_rows(file, place, &section, choices);
}

/// A number somewhere in a row gets a little more, a little less, or the value of another.
fn change_number(file: &mut [u8], place: &Place, choices: &mut Choices<'_>) {
    let row = choices.below(place.rows()).saturating_mul(place.row());
    let at = place.bytes.start.saturating_add(row).saturating_add(choices.below(place.row()));
    if !place.bytes.contains(&at) {
        return;
    }
    let (new, width) = match choices.pick(&[1_u8, 1, 2, 4, 4, 8]) {
        1 => (changed(number::<1>(file, at).map_or(0, |old| u64::from(u8::from_le_bytes(old))), choices), 1),
        2 => (changed(number::<2>(file, at).map_or(0, |old| u64::from(u16::from_le_bytes(old))), choices), 2),
        4 => (changed(number::<4>(file, at).map_or(0, |old| u64::from(u32::from_le_bytes(old))), choices), 4),
        _ => (changed(number::<8>(file, at).map_or(0, u64::from_le_bytes), choices), 8),
    };
    let width = place.bytes.end.saturating_sub(at).min(width);
    put(file, at, new.to_le_bytes().get(..width).unwrap_or_default());
}

fn changed(old: u64, choices: &mut Choices<'_>) -> u64 {
    let small = u64::try_from(choices.below(16)).unwrap_or_default();
    match choices.below(8) {
        0 | 1 => old.wrapping_add(1),
        2 | 3 => old.wrapping_sub(1),
        4 => small,
        5 => old ^ 1_u64.checked_shl(u32::try_from(choices.below(64)).unwrap_or_default()).unwrap_or_default(),
        6 => u64::MAX.wrapping_sub(small),
        _ => old.wrapping_add(small),
    }
}

/// A row, or a few, once more.
fn repeat_rows(file: &mut Vec<u8>, place: &Place, most: usize, choices: &mut Choices<'_>) {
    let Some(rows) = some_rows(place, choices) else { return };
    let taken = file.get(rows.clone()).unwrap_or_default().to_vec();
    if file.len().saturating_add(taken.len()) <= most {
        let mut section = file.get(place.bytes.clone()).unwrap_or_default().to_vec();
        let at = rows.end.saturating_sub(place.bytes.start).min(section.len());
        section.splice(at..at, taken);
        replace(file, place, &section);
    }
}

fn remove_rows(file: &mut Vec<u8>, place: &Place, choices: &mut Choices<'_>) {
    let Some(rows) = some_rows(place, choices) else { return };
    let mut section = file.get(place.bytes.start..rows.start).unwrap_or_default().to_vec();
    section.extend_from_slice(file.get(rows.end..place.bytes.end).unwrap_or_default());
    replace_rows(file, place, &section, choices);
}

/// Mostly not by nothing: a section without rows is refused before anything else is looked at.
fn replace_rows(file: &mut Vec<u8>, place: &Place, section: &[u8], choices: &mut Choices<'_>) {
    if !section.is_empty() || choices.percent(10) {
        replace(file, place, section);
    }
}

fn swap_rows(file: &mut [u8], place: &Place, choices: &mut Choices<'_>) {
    let first = choices.below(place.rows());
    let second = if choices.percent(70) { first.saturating_add(1) } else { choices.below(place.rows()) };
    let row = |index: usize| {
        let start = place.bytes.start.saturating_add(index.saturating_mul(place.row()));
        start..start.saturating_add(place.row())
    };
    let (first, second) = (row(first), row(second));
    if second.end <= place.bytes.end {
        let one = file.get(first.clone()).unwrap_or_default().to_vec();
        let two = file.get(second.clone()).unwrap_or_default().to_vec();
        put(file, first.start, &two);
        put(file, second.start, &one);
    }
}

/// Some rows of a section over others of the same.
fn copy_within(file: &mut [u8], place: &Place, choices: &mut Choices<'_>) {
    let Some(rows) = some_rows(place, choices) else { return };
    let to = choices.below(place.rows()).saturating_mul(place.row());
    let taken = file.get(rows).unwrap_or_default().to_vec();
    let to = place.bytes.start.saturating_add(to);
    let length = place.bytes.end.saturating_sub(to).min(taken.len());
    put(file, to, taken.get(..length).unwrap_or_default());
}

/// Changes one text of the heap, and moves the ends of all that follow: what is changed is the text alone.
fn change_text(
    file: &mut Vec<u8>,
    places: &[Place],
    most: usize,
    choices: &mut Choices<'_>,
    engine: &mut EngineMutate<'_>,
) {
    let (ends, heap) =
        choices.mostly((SectionKind::TextEnds, SectionKind::TextHeap), (SectionKind::ByteEnds, SectionKind::ByteHeap));
    let find = |kind| places.iter().find(|place| place.kind == Some(kind));
    let (Some(ends), Some(heap)) = (find(ends), find(heap)) else { return };
    let index = choices.below(ends.rows());
    let end_at = |file: &[u8], index: usize| {
        let offset = ends.bytes.start.saturating_add(index.saturating_mul(4));
        number::<4>(file, offset).and_then(|end| usize::try_from(u32::from_le_bytes(end)).ok()).unwrap_or_default()
    };
    let start = index.checked_sub(1).map_or(0, |before| end_at(file, before));
    let end = end_at(file, index);
    let offset = |end: usize| heap.bytes.start.saturating_add(end).min(heap.bytes.end);
    let Some(mut text) = file.get(offset(start)..offset(end)).map(<[u8]>::to_vec) else { return };
    let room = most.saturating_sub(file.len()).min(64);
    let before = text.len();
    text.resize(before.saturating_add(room), 0);
    let size = engine(&mut text, before);
    text.truncate(size);
    if choices.percent(60) {
        text.retain(u8::is_ascii);
    }
    let mut section = file.get(heap.bytes.start..offset(start)).unwrap_or_default().to_vec();
    section.extend_from_slice(&text);
    section.extend_from_slice(file.get(offset(end)..heap.bytes.end).unwrap_or_default());
    for row in index..ends.rows() {
        let moved = end_at(file, row).saturating_add(text.len()).saturating_sub(before);
        let moved = u32::try_from(moved).unwrap_or(u32::MAX);
        put(file, ends.bytes.start.saturating_add(row.saturating_mul(4)), &moved.to_le_bytes());
    }
    replace(file, heap, &section);
}

/// Channel, content version or number of sections.
fn change_header(file: &mut [u8], choices: &mut Choices<'_>) {
    let at = choices.pick(&[12_usize, 16, 16, 16, 16, 32]);
    let old = number::<4>(file, at).map_or(0, u32::from_le_bytes);
    let new = changed(u64::from(old), choices);
    put(file, at, new.to_le_bytes().get(..4).unwrap_or_default());
}

/// The kind of a section, or a boundary between two.
fn change_table(file: &mut [u8], places: &[Place], place: &Place, choices: &mut Choices<'_>) {
    if choices.percent(15) {
        let kind = u8::try_from(choices.below(18)).unwrap_or_default();
        put(file, place.entry, &[kind]);
        return;
    }
    let Some(next) = places.iter().find(|other| other.entry > place.entry) else { return };
    let moved = place.row().saturating_mul(next.row());
    // Where the next has too little, the table says what cannot be.
    if moved >= next.bytes.len() && choices.percent(90) {
        return;
    }
    let moved = u64::try_from(moved).unwrap_or(1);
    for (entry, moved) in [(place.entry, moved), (next.entry, moved.wrapping_neg())] {
        let at = entry.saturating_add(1);
        let length = number::<8>(file, at).map_or(0, u64::from_le_bytes);
        put(file, at, &length.wrapping_add(moved).to_le_bytes());
    }
}

/// One to four rows that follow one another.
fn some_rows(place: &Place, choices: &mut Choices<'_>) -> Option<std::ops::Range<usize>> {
    let first = choices.below(place.rows());
    let count = choices.within(1, 4).min(place.rows().saturating_sub(first));
    let start = place.bytes.start.saturating_add(first.saturating_mul(place.row()));
    let end = start.saturating_add(count.saturating_mul(place.row()));
    (end > start && end <= place.bytes.end).then_some(start..end)
}

/// Puts other bytes in the place of a section, and says so in the table.
pub(crate) fn replace(file: &mut Vec<u8>, place: &Place, section: &[u8]) {
    let length = u64::try_from(section.len()).unwrap_or(u64::MAX);
    put(file, place.entry.saturating_add(1), &length.to_le_bytes());
    let end = place.bytes.end.min(file.len());
    file.splice(place.bytes.start.min(end)..end, section.iter().copied());
}

/// A mutator for where no engine has one: changes, inserts, removes or repeats a few bytes of the first `size` of a buffer.
pub fn random_mutate(buffer: &mut [u8], size: usize, choices: &mut Choices<'_>) -> usize {
    let most = buffer.len();
    let mut bytes = buffer.get(..size).unwrap_or_default().to_vec();
    for _ in 0..choices.pick(&[1, 1, 2, 4]).max(1) {
        let at = choices.below(bytes.len().saturating_add(1));
        let byte = u8::try_from(choices.below(256)).unwrap_or_default();
        match (choices.below(6), bytes.get_mut(at)) {
            (0, Some(old)) => *old = byte,
            (1, Some(old)) => *old = old.wrapping_add(1),
            (2, Some(old)) => *old ^= byte & byte.wrapping_neg(),
            (3, Some(_)) => drop(bytes.remove(at)),
            (4, Some(_)) => {
                let end = at.saturating_add(choices.within(1, 8)).min(bytes.len());
                let copy = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, copy);
            }
            _ => bytes.insert(at.min(bytes.len()), byte),
        }
    }
    bytes.truncate(most);
    put(buffer, 0, &bytes);
    bytes.len()
}
