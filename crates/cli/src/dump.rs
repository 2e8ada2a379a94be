//! What every byte of a channel file means.
//!
//! A [`Sheet`] walks the bytes from the first to the last and is told, run by run, what they mean; so nothing can be left
//! out or said twice. [`frame`] explains header and section table, [`columns`] the rows of a section, [`heaps`] texts, byte
//! strings and words, [`owners`] whom each of those belongs to.

mod columns;
mod frame;
mod heaps;
mod numbers;
mod owners;
mod sheet;

use std::io;

use channel_file::ChannelFile;

pub(crate) use self::sheet::Sheet;

/// Explains all bytes of the sheet. Without a file, which is one that opened, it goes as far as the frame does.
pub(crate) fn explain_all(sheet: &mut Sheet<'_, '_>, file: Option<&ChannelFile<'_>>) -> io::Result<()> {
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
