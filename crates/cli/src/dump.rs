//! What every byte of a channel file means.
//!
//! A [`Sheet`] walks the bytes from the first to the last and is told, row by row, what they mean; so nothing can be left
//! out or said twice. A [`Form`] writes the rows, for people in [`lines`] and for programs in [`rows`]. [`frame`] explains header and section table, [`columns`] the rows of a section, [`heaps`] texts, byte
//! strings and words, [`owners`] whom each of those belongs to.

mod columns;
mod frame;
mod heaps;
mod lines;
mod numbers;
mod owners;
mod rows;
mod sheet;

use std::io::{self, Write};

use channel_file::{ChannelFile, Limits};

use self::lines::Lines;
use self::rows::Objects;
pub(crate) use self::rows::Rows;
pub use self::sheet::Row;
use self::sheet::{Form, Sheet};
use crate::arguments::Format;
use crate::finding::Finding;
use crate::output::Output;
use crate::verdict::Verdict;

/// Writes what the bytes of a file mean.
pub(crate) fn write<W: Write>(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    format: Format,
    output: &mut Output<W>,
) -> io::Result<Verdict> {
    match format {
        Format::Human | Format::Sarif => explain(name, bytes, limits, &mut Lines { output }),
        Format::Json => explain(name, bytes, limits, &mut Objects { output, has_rows: false }),
    }
}

/// Gives all bytes of a file to a form, with what they mean; the verdict is that of the limits.
pub(crate) fn explain(name: &str, bytes: &[u8], limits: &Limits, form: &mut dyn Form) -> io::Result<Verdict> {
    let opened = ChannelFile::open_with(bytes, limits);
    let fault = opened.err().map(|error| Finding::of_bytes(name, error, bytes));
    // A limit says nothing against what the bytes mean.
    let file = opened.or_else(|_| ChannelFile::open_with(bytes, &Limits::FORMAT));
    let verdict = if fault.is_none() { Verdict::Accepted } else { Verdict::Refused };
    form.begin(name, verdict)?;
    let mut sheet = Sheet::new(form, bytes, fault);
    explain_all(&mut sheet, file.as_ref().ok())?;
    sheet.finish()?;
    Ok(verdict)
}

/// Explains all bytes of the sheet. Without a file, which is one that opened, it goes as far as the frame does.
fn explain_all(sheet: &mut Sheet<'_, '_>, file: Option<&ChannelFile<'_>>) -> io::Result<()> {
    for entry in frame::explain(sheet)? {
        if sheet.is_over() {
            break;
        }
        match entry.kind {
            Some(kind) => columns::explain(sheet, file, kind, entry.length)?,
            None => {
                sheet.heading("unknown", format_args!("section of unknown kind {}", entry.code))?;
                sheet.unexplained(entry.length, format_args!("section of unknown kind {}", entry.code))?;
            }
        }
    }
    sheet.rest()
}
