//! One file out of two, cut where records end.

use std::borrow::Cow;

use channel_file::template::Content;
use channel_file::{ChannelFile, encode};

use crate::choices::Choices;
use crate::layout::{BEGIN, HEADER, Place, put, sections};
use crate::model::{change, cross};
use crate::mutate::{EngineMutate, random_mutate};
use crate::repair::repair_most;
use crate::table::{Part, assembled, complete};

/// Two files together with more bytes than this are large.
const LARGE: usize = 1 << 15;

/// Makes a file out of two, at most as long as the buffer, and gives its size: rules of both, where both are valid, or the valid one
/// with a change. In most cases, since that takes longest, it is the sections instead: one of them, in a quarter of the cases each, is that
/// of the other file, or has the first rows of one and the last of the other.
/// Lengths and checksums are then repaired, but for one file in 32.
///
/// Engine-neutral; the same `seed` and bytes give the same result. Takes time in proportion to both files, but for sorting their rules.
pub fn cross_over(one: &[u8], other: &[u8], buffer: &mut [u8], seed: u64) -> usize {
    let mut choices = Choices::seeded(seed);
    // Of large files, that takes longer than all else.
    let share = if one.len().saturating_add(other.len()) > LARGE { 2 } else { 15 };
    if choices.percent(share)
        && let Some(child) = cross_models(one, other, &mut choices)
        && let Ok(file) = encode(&child)
        && file.len() <= buffer.len()
    {
        put(buffer, 0, &file);
        return file.len();
    }
    let (places, others) = (sections(one), sections(other));
    let header = one.get(..HEADER).or_else(|| other.get(..HEADER)).unwrap_or(&BEGIN);
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(places.len().saturating_add(others.len()));
    // Sections speak of one another: where each comes from anywhere, the first check refuses nearly every child.
    let only = choices.percent(75).then(|| choices.below(places.len()));
    for (index, place) in places.iter().enumerate() {
        let own = one.get(place.bytes.clone()).unwrap_or_default();
        let code = one.get(place.entry).copied().unwrap_or_default();
        let same = others.iter().find(|other| other.kind == place.kind);
        let theirs = same.map_or(&[][..], |same| other.get(same.bytes.clone()).unwrap_or_default());
        let bytes: Cow<'_, [u8]> = match choices.below(4) {
            // What only one has is mostly taken, here and below: most of what can lack makes a file that is refused at once, and
            // so its children.
            _ if only.is_some_and(|only| only != index) => own.into(),
            _ if theirs.is_empty() && choices.percent(90) => own.into(),
            0 | 1 => own.into(),
            2 => theirs.into(),
            _ => spliced(own, theirs, place, &mut choices).into(),
        };
        if !bytes.is_empty() {
            parts.push((code, bytes));
        }
    }
    for place in &others {
        if !places.iter().any(|own| own.kind == place.kind) && choices.percent(90) {
            let code = other.get(place.entry).copied().unwrap_or_default();
            parts.push((code, other.get(place.bytes.clone()).unwrap_or_default().into()));
        }
    }
    if choices.below(8) != 7 {
        complete(&mut parts);
    }
    let mut file = assembled(header, parts);
    file.truncate(buffer.len());
    repair_most(&mut file, &mut choices);
    put(buffer, 0, &file);
    file.len()
}

/// Rules of both. Where only one is valid, that one with a change: else the valid ones of a corpus, mostly few, would have few children.
fn cross_models(one: &[u8], other: &[u8], choices: &mut Choices<'_>) -> Option<Content> {
    // Both are looked at before either is decoded: that takes longest.
    match (ChannelFile::open(one), ChannelFile::open(other)) {
        (Ok(first), Ok(second)) => cross(&first.to_content(), &second.to_content(), choices),
        (Ok(valid), Err(_)) | (Err(_), Ok(valid)) => {
            let mut chance = Choices::seeded(choices.number());
            let engine: &mut EngineMutate<'_> = &mut |bytes, size| random_mutate(bytes, size, &mut chance);
            change(&valid.to_content(), choices, engine)
        }
        (Err(_), Err(_)) => None,
    }
}

/// The first rows of one, the last rows of the other.
fn spliced(one: &[u8], other: &[u8], place: &Place, choices: &mut Choices<'_>) -> Vec<u8> {
    let row = place.row();
    let rows = |bytes: &[u8]| bytes.len().checked_div(row).unwrap_or_default();
    let first = choices.below(rows(one).saturating_add(1)).saturating_mul(row);
    let last = choices.below(rows(other).saturating_add(1)).saturating_mul(row);
    [one.get(..first).unwrap_or_default(), other.get(last..).unwrap_or_default()].concat()
}
