//! Columns with a row too many or too few.

use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, bytes_of};
use crate::frame::{Frame, Section};

/// The last row twice, or a first row in a column that the file does not need.
pub(super) fn row_too_many(_: &Chart, frame: &mut Frame, kind: SectionKind) -> Option<ErrorCode> {
    let row = usize::try_from(kind.row_bytes()).ok()?;
    let code = kind.code();
    let mut bytes = bytes_of(frame, kind).to_vec();
    match bytes.rchunks(row).next().map(<[u8]>::to_vec) {
        // A character of its own, whatever the last one is.
        _ if kind == SectionKind::TextHeap => bytes.push(b'x'),
        Some(last) => bytes.extend(last),
        None => bytes.resize(row, 0),
    }
    frame.sections.retain(|section| section.code != code);
    let place = frame.sections.partition_point(|section| section.code < code);
    frame.sections.insert(place, Section { code, bytes });
    Some(match kind {
        SectionKind::Types => ErrorCode::TypeOrder,
        SectionKind::Fields => ErrorCode::FieldRows,
        SectionKind::Shapes => ErrorCode::ShapeSlots,
        SectionKind::Rules => ErrorCode::RuleTexts,
        // It has no values, so that no other column is to have more rows.
        SectionKind::Examples => ErrorCode::ExampleValues,
        SectionKind::ByteHeap => ErrorCode::ByteHeap,
        SectionKind::TextHeap => ErrorCode::TextHeap,
        _ => ErrorCode::SectionRows,
    })
}

/// Without the last row; the column is left out where that is the only one.
pub(super) fn row_too_few(chart: &Chart, frame: &mut Frame, kind: SectionKind) -> Option<ErrorCode> {
    use SectionKind as K;
    let mut row = usize::try_from(kind.row_bytes()).ok()?;
    let code = kind.code();
    let bytes = &mut frame.section(kind).ok()?.bytes;
    if kind == K::TextHeap {
        // A whole character.
        row = std::str::from_utf8(bytes).ok()?.chars().next_back()?.len_utf8();
    }
    bytes.truncate(bytes.len().saturating_sub(row));
    let optional = matches!(kind, K::Examples | K::Presences | K::Words | K::ByteEnds | K::ByteHeap);
    if bytes.is_empty() {
        // Another fault: a section that every file has.
        optional.then(|| frame.sections.retain(|section| section.code != code))?;
    }
    Some(match kind {
        K::Types | K::Fields => ErrorCode::FieldRows,
        K::Slots => ErrorCode::ShapeSlots,
        K::Shapes => match chart.shapes.as_slice() {
            [.., before, last] if before.template_type == last.template_type => ErrorCode::SectionRows,
            _ => ErrorCode::TypeUnused,
        },
        K::ByteHeap => ErrorCode::ByteHeap,
        K::TextHeap => ErrorCode::TextHeap,
        _ => ErrorCode::SectionRows,
    })
}
