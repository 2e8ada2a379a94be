//! A dump for people: sixteen bytes a line.

use std::fmt::{Arguments, Write as _};
use std::io::{self, Write};

use super::sheet::{Form, Row, RowKind, Share};
use crate::escape::{Escaped, Escaping};
use crate::finding::Finding;
use crate::number::{Grouped, count, digits};
use crate::output::{BAD, FAINT, Output, STRONG};

/// Bytes on a line.
const ACROSS: usize = 16;

/// Writes lines.
pub(super) struct Lines<'o, W> {
    pub(super) output: &'o mut Output<W>,
}

impl<W: Write> Form for Lines<'_, W> {
    fn is_over(&self) -> bool {
        self.output.is_gone()
    }

    fn heading(&mut self, section: &str, details: Arguments<'_>) -> io::Result<()> {
        let strong = self.output.style(STRONG);
        writeln!(self.output, "\n{strong}{section}{strong:#} {}", Escaped(details))
    }

    fn fault(&mut self, fault: &Finding) -> io::Result<()> {
        let bad = self.output.style(BAD);
        let is_limit = fault.kind == "limit";
        let verdict = if is_limit { "refused from here on" } else { "here it stops being a channel file" };
        writeln!(self.output, "{bad}>>>>>>>>{bad:#}  {verdict}: {}", Escaped(&fault.message))
    }

    /// The meaning stands on the first line.
    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let faint = self.output.style(FAINT);
        let (mut offset, mut rest, mut meaning) = (row.offset, row.bytes, row.meaning);
        let mut line = String::with_capacity(160);
        while !rest.is_empty() {
            let (across, further) = rest.split_at_checked(ACROSS).unwrap_or((rest, &[]));
            line.clear();
            // Writing to a string cannot fail.
            let _ = write!(line, "{faint}{offset:08x}{faint:#}  ");
            hexadecimal(&mut line, across);
            if row.kind != RowKind::Plain {
                characters(&mut line, across);
            }
            let _ = Escaping::new(&mut line).write_str(meaning);
            line.truncate(line.trim_end_matches(' ').len());
            line.push('\n');
            self.output.write_all(line.as_bytes())?;
            offset = offset.saturating_add(count(across.len()));
            (rest, meaning) = (further, "");
        }
        Ok(())
    }

    fn finish(&mut self, share: Share, fault: Option<&Finding>) -> io::Result<()> {
        let Share { explained, bytes } = share;
        let all = if explained == bytes { ": 100 %" } else { "" };
        let verdict = match fault {
            None => "",
            Some(fault) if fault.kind == "limit" => "; the file exceeds a limit",
            Some(_) if explained == 0 => "; this is no channel file",
            Some(_) => "; this is no channel file, and rows are explained without what they refer to",
        };
        let (explained, bytes) = (Grouped(explained), Grouped(bytes));
        writeln!(self.output, "\n{explained} of {bytes} bytes explained{all}{verdict}")?;
        self.output.flush()
    }
}

/// Two digits a byte, and room for those that a full line would have.
fn hexadecimal(line: &mut String, bytes: &[u8]) {
    for byte in bytes {
        line.extend(digits(*byte));
        line.push(' ');
    }
    pad(line, bytes, "   ");
    line.push(' ');
}

/// The bytes that are printable ASCII as such, a dot for any other.
fn characters(line: &mut String, bytes: &[u8]) {
    line.push('|');
    for byte in bytes {
        line.push(if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' });
    }
    line.push('|');
    pad(line, bytes, " ");
    line.push_str("  ");
}

fn pad(line: &mut String, bytes: &[u8], room: &str) {
    for _ in bytes.len()..ACROSS {
        line.push_str(room);
    }
}
