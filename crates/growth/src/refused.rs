//! Files that are refused late: the last of all that is checked is wrong.

use channel_file::template::{Example, Expectation, FieldKind, OwnedValue, Pattern};
use channel_file::{Limits, SectionKind, encode_with};
use channel_file_corpus::{Frame, Place};

use crate::words::{any_of, content, instance, rule, template_type};
use crate::{Result, operations};

/// Files that are wrong in one way.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// How many rules and examples the smaller one has.
    size: u32,
    spoil: fn(Vec<u8>) -> Result<Vec<u8>>,
}

/// In the order of the reader's checks.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "last byte wrong",
        size: 2_000,
        spoil: |mut bytes| {
            let last = bytes.last_mut().ok_or("there is no byte")?;
            *last ^= 1;
            Ok(bytes)
        },
    },
    Shape { name: "last text not UTF-8", size: 2_000, spoil: |bytes| edit(bytes, SectionKind::TextHeap, 1, &[0xFF]) },
    Shape {
        name: "last name too long",
        size: 2_000,
        spoil: |bytes| {
            let mut frame = Frame::cut(&bytes)?;
            // The last text takes them all.
            frame.section(SectionKind::TextHeap)?.bytes.extend([b'x'; 4_096]);
            let heap = u32::try_from(frame.section(SectionKind::TextHeap)?.bytes.len())?;
            put_last(&mut frame, SectionKind::TextEnds, 4, &heap.to_le_bytes())?;
            Ok(frame.bytes())
        },
    },
    Shape {
        name: "last pattern out of order",
        size: 2_000,
        spoil: |bytes| edit(bytes, SectionKind::Words, 8, &[0; 8]),
    },
    Shape {
        name: "last example of another field",
        size: 2_000,
        spoil: |bytes| edit(bytes, SectionKind::Presences, 1, &[2]),
    },
];

impl Shape {
    pub(crate) fn run(&self) -> Result {
        for size in [self.size, self.size.saturating_mul(2)] {
            operations::refuse(self.name, &(self.spoil)(valid(size)?)?)?;
        }
        Ok(())
    }
}

/// As many rules, each with an example, and in the last instance as many numbers.
fn valid(size: u32) -> Result<Vec<u8>> {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Unsigned])?;
    let example = Example::new(&of, Expectation::NoMatch, [OwnedValue::Text("ä".into()), OwnedValue::Absent])?;
    let small = instance(&of, [any_of(0, [Ok(Pattern::absent())])])?;
    let large = instance(&of, [any_of(1, (0..size).map(|number| Ok(Pattern::unsigned(u64::from(number)))))])?;
    let rules = (0..size).map(|number| {
        let small = [Ok(small.clone())];
        Ok(rule(&format!("{number:08}"), small)?.title("ä rule").example(example.clone()))
    });
    let content = content([of.clone()], rules.chain([rule("last", [Ok(large)])]))?;
    Ok(encode_with(&content, &Limits::DEFAULT)?)
}

/// The file with other bytes at the end of a section; lengths and checksums fit.
fn edit(bytes: Vec<u8>, kind: SectionKind, row: usize, other: &[u8]) -> Result<Vec<u8>> {
    let mut frame = Frame::cut(&bytes)?;
    put_last(&mut frame, kind, row, other)?;
    Ok(frame.bytes())
}

fn put_last(frame: &mut Frame, kind: SectionKind, row_bytes: usize, other: &[u8]) -> Result {
    let rows = frame.section(kind)?.bytes.len().checked_div(row_bytes).unwrap_or_default();
    Ok(frame.put(Place::new(kind, rows.saturating_sub(1), 0), other)?)
}
