//! Makes the frame of a file fit again: beginning, lengths and checksums. So what a mutation has changed is met by the checks
//! that it is about, and not by a checksum; and what a fuzzer finds is found in the library as it ships.

use crc_fast::crc32_iscsi;

use crate::choices::Choices;
use crate::layout::{BEGIN, COUNT, ENTRY, HEADER, HEADER_CHECKSUM, LENGTH, TABLE_CHECKSUM, put, sections};

/// One in so many files is left with one thing unrepaired: a reader is to meet that, too.
const LEFT_WRONG: usize = 32;

/// A part of the frame that [`repair_most`] may leave as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Left {
    #[default]
    Nothing,
    Beginning,
    Length,
    SectionLengths,
    SectionChecksum(usize),
    TableChecksum,
    HeaderChecksum,
}

/// Repairs magic, format version, lengths and checksums in place. What the sections hold stays as it is, and so does the
/// length of the file: what is too much or too little for the table goes to the account of the last sections.
///
/// Bytes without room for a header are left alone. Takes time in proportion to the file.
pub fn repair(file: &mut [u8]) {
    repair_but(file, Left::Nothing);
}

/// The same, but one in 32 files keeps one wrong thing. A wrong checksum is the one from before, or one that a reader might take for none.
pub fn repair_most(file: &mut [u8], choices: &mut Choices<'_>) {
    let left = if choices.below(LEFT_WRONG) == LEFT_WRONG.saturating_sub(1) {
        match choices.below(6) {
            0 => Left::Beginning,
            1 => Left::Length,
            2 => Left::SectionLengths,
            3 => Left::SectionChecksum(choices.below(15)),
            4 => Left::TableChecksum,
            _ => Left::HeaderChecksum,
        }
    } else {
        Left::Nothing
    };
    let checksum = match left {
        Left::SectionChecksum(index) => sections(file).get(index).map(|place| place.entry.saturating_add(9)),
        Left::TableChecksum => Some(TABLE_CHECKSUM),
        Left::HeaderChecksum => Some(HEADER_CHECKSUM),
        _ => None,
    };
    if let Some(at) = checksum.filter(|_| choices.percent(50)) {
        put(file, at, &choices.pick(&[0, u32::MAX]).to_le_bytes());
    }
    repair_but(file, left);
}

fn repair_but(file: &mut [u8], left: Left) {
    if file.len() < HEADER {
        return;
    }
    if left != Left::Beginning {
        put(file, 0, &BEGIN);
    }
    if left != Left::Length {
        let length = u64::try_from(file.len()).unwrap_or(u64::MAX);
        put(file, LENGTH, &length.to_le_bytes());
    }
    let mut places = sections(file);
    let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
    put(file, COUNT, &count.to_le_bytes());
    if left != Left::SectionLengths {
        for place in &places {
            put(file, place.entry.saturating_add(1), &length(place.bytes.len()));
        }
        if let Some(last) = places.last_mut() {
            last.bytes.end = file.len();
            put(file, last.entry.saturating_add(1), &length(last.bytes.len()));
        }
    }
    for (index, place) in places.iter().enumerate() {
        if left != Left::SectionChecksum(index) {
            let checksum = file.get(place.bytes.clone()).map(crc32_iscsi).unwrap_or_default();
            put(file, place.entry.saturating_add(9), &checksum.to_le_bytes());
        }
    }
    if left != Left::TableChecksum {
        let end = HEADER.saturating_add(places.len().saturating_mul(ENTRY));
        let checksum = file.get(HEADER..end).map(crc32_iscsi).unwrap_or_default();
        put(file, TABLE_CHECKSUM, &checksum.to_le_bytes());
    }
    if left != Left::HeaderChecksum {
        let checksum = file.get(..HEADER_CHECKSUM).map(crc32_iscsi).unwrap_or_default();
        put(file, HEADER_CHECKSUM, &checksum.to_le_bytes());
    }
}

fn length(bytes: usize) -> [u8; 8] {
    u64::try_from(bytes).unwrap_or(u64::MAX).to_le_bytes()
}
