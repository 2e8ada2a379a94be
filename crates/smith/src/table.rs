//! Files out of sections, and section tables that a reader goes on after.

use std::borrow::Cow;

use channel_file::SectionKind as Kind;

use crate::layout::{COUNT, ENTRY, HEADER, VERSION, number, put, sections};

/// The code and the bytes of a section.
pub(crate) type Part<'f> = (u8, Cow<'f, [u8]>);

/// Sections that every file has.
const REQUIRED: &[Kind] = &[
    Kind::Types,
    Kind::Fields,
    Kind::Shapes,
    Kind::Slots,
    Kind::Severities,
    Kind::Dispositions,
    Kind::InstanceRules,
    Kind::Rules,
    Kind::TextEnds,
    Kind::TextHeap,
];

/// The same file with a content version and with sections of known kinds, each once, in order, of whole rows, and a row of zeros for each that lacks. A reader
/// refuses all else before it looks at any row; a fuzzer that goes on from such a file makes more of them.
pub(crate) fn mended(file: &[u8]) -> Vec<u8> {
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(Kind::ALL.len());
    for place in sections(file) {
        let Some(kind) = place.kind.filter(|kind| parts.iter().all(|(code, _)| *code != kind.code())) else { continue };
        let whole = place.rows().saturating_mul(place.row());
        let rows = file.get(place.bytes).and_then(|bytes| bytes.get(..whole)).unwrap_or_default();
        if !rows.is_empty() {
            parts.push((kind.code(), rows.into()));
        }
    }
    complete(&mut parts);
    let mut mended = assembled(file, parts);
    if number::<8>(&mended, VERSION) == Some([0; 8]) {
        put(&mut mended, VERSION, &1_u64.to_le_bytes());
    }
    mended
}

/// A row of zeros for each section that lacks and that every file has.
pub(crate) fn complete(parts: &mut Vec<Part<'_>>) {
    for kind in REQUIRED {
        if parts.iter().all(|(code, _)| *code != kind.code()) {
            let row = usize::try_from(kind.row_bytes()).unwrap_or(1).max(1);
            parts.push((kind.code(), vec![0; row].into()));
        }
    }
}

/// The header of a file, a table for these sections, and the sections, by kind. Checksums are not made.
pub(crate) fn assembled(header: &[u8], mut parts: Vec<Part<'_>>) -> Vec<u8> {
    parts.sort_by_key(|(code, _)| *code);
    let header = header.get(..HEADER).unwrap_or(header);
    let rows = parts.iter().fold(0_usize, |rows, (_, bytes)| rows.saturating_add(bytes.len()));
    let mut file = Vec::with_capacity(rows.saturating_add(HEADER).saturating_add(parts.len().saturating_mul(ENTRY)));
    file.extend_from_slice(header);
    file.resize(HEADER, 0);
    put(&mut file, COUNT, &u32::try_from(parts.len()).unwrap_or_default().to_le_bytes());
    for (code, bytes) in &parts {
        file.push(*code);
        file.extend(u64::try_from(bytes.len()).unwrap_or_default().to_le_bytes());
        file.extend([0; 4]);
    }
    parts.iter().for_each(|(_, bytes)| file.extend_from_slice(bytes));
    file
}
