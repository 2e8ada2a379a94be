//! The sheet that a dump is written on.

use std::fmt::{Arguments, Write as _};
use std::io::{self, Write};

use serde::Serialize;

use crate::arguments::Format;
use crate::escape::{Escaped, Escaping};
use crate::finding::Finding;
use crate::json;
use crate::number::{Grouped, Hexadecimal, count};
use crate::output::{BAD, FAINT, Output, STRONG};
use crate::verdict::Verdict;

/// Bytes on a line for people.
const ACROSS: usize = 16;

/// Walks the bytes of a file from the first to the last and writes what they are said to mean.
pub(crate) struct Sheet<'o, 'b> {
    output: &'o mut Output,
    format: Format,
    rest: &'b [u8],
    offset: u64,
    explained: u64,
    section: &'static str,
    fault: Option<Finding>,
    /// Whether the fault has been shown where it is.
    is_fault_shown: bool,
    has_rows: bool,
    text: String,
}

/// A row for programs.
#[derive(Serialize)]
struct Row<'r> {
    offset: u64,
    bytes: String,
    section: &'static str,
    meaning: &'r str,
    #[serde(skip_serializing_if = "is_true")]
    explained: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_true(value: &bool) -> bool {
    *value
}

/// How a run of bytes is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Row,
    Heap,
    Unexplained,
}

impl<'o, 'b> Sheet<'o, 'b> {
    /// Begins a sheet for the bytes of a file, and with the fault of one that does not open.
    pub(crate) fn new(
        output: &'o mut Output,
        format: Format,
        name: &str,
        bytes: &'b [u8],
        fault: Option<Finding>,
    ) -> io::Result<Self> {
        if format == Format::Json {
            let verdict = if fault.is_none() { Verdict::Accepted } else { Verdict::Refused };
            write!(output, "{{\"command\":\"dump\",\"status\":")?;
            json::write(&verdict, &mut *output)?;
            write!(output, ",\"file\":")?;
            json::write(&name, &mut *output)?;
            write!(output, ",\"rows\":[")?;
        }
        Ok(Self {
            output,
            format,
            rest: bytes,
            offset: 0,
            explained: 0,
            section: "header",
            fault,
            is_fault_shown: false,
            has_rows: false,
            text: String::new(),
        })
    }

    /// What follows, as far as there is so much.
    pub(super) fn ahead(&self, most: usize) -> &'b [u8] {
        self.rest.get(..most).unwrap_or(self.rest)
    }

    /// How many bytes follow.
    pub(super) fn left(&self) -> u64 {
        count(self.rest.len())
    }

    /// Whether nobody reads any more.
    pub(super) const fn is_over(&self) -> bool {
        self.output.is_gone()
    }

    /// Begins a section.
    pub(super) fn heading(&mut self, section: &'static str, details: Arguments<'_>) -> io::Result<()> {
        self.section = section;
        if self.format == Format::Human {
            let strong = self.output.style(STRONG);
            writeln!(self.output, "\n{strong}{section}{strong:#} {}", Escaped(details))?;
        }
        Ok(())
    }

    /// Says what the next bytes mean.
    pub(super) fn row(&mut self, length: u64, meaning: Arguments<'_>) -> io::Result<()> {
        self.run(length, meaning, Run::Row)
    }

    /// Says what the next bytes mean, and shows them as characters too.
    pub(super) fn heap(&mut self, length: u64, meaning: Arguments<'_>) -> io::Result<()> {
        self.run(length, meaning, Run::Heap)
    }

    /// Shows bytes that nothing is known of.
    pub(super) fn unexplained(&mut self, length: u64, reason: Arguments<'_>) -> io::Result<()> {
        self.run(length, reason, Run::Unexplained)
    }

    /// Shows whatever follows as unexplained.
    pub(super) fn rest(&mut self) -> io::Result<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        self.heading("unexplained", format_args!("bytes that no section accounts for"))?;
        self.unexplained(self.left(), format_args!("not accounted for"))
    }

    /// Ends the sheet with how much of the file it explains.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.format {
            Format::Human | Format::Sarif => {
                self.show_fault(u64::MAX)?;
                let (explained, all) = (Grouped(self.explained), Grouped(self.offset));
                let share = if self.explained == self.offset { ": 100 %" } else { "" };
                let verdict = match &self.fault {
                    None => "",
                    Some(fault) if fault.kind == "limit" => "; the file exceeds a limit",
                    Some(_) if self.explained == 0 => "; this is no channel file",
                    Some(_) => "; this is no channel file, and rows are explained without what they refer to",
                };
                writeln!(self.output, "\n{explained} of {all} bytes explained{share}{verdict}")?;
            }
            Format::Json => {
                write!(self.output, "],\"bytes\":{},\"explained\":{},\"errors\":", self.offset, self.explained)?;
                json::write(&self.fault.as_slice(), &mut *self.output)?;
                writeln!(self.output, "}}")?;
            }
        }
        self.output.flush()
    }

    fn run(&mut self, length: u64, meaning: Arguments<'_>, run: Run) -> io::Result<()> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (bytes, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        if bytes.is_empty() || self.is_over() {
            return Ok(());
        }
        let end = self.offset.saturating_add(count(bytes.len()));
        self.text.clear();
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(meaning);
        let mut run = run;
        if bytes.len() < length && run == Run::Row {
            // Numbers that are cut off say nothing.
            run = Run::Unexplained;
            self.text.clear();
        }
        if bytes.len() < length {
            self.text.push_str(if self.text.is_empty() { "cut off" } else { " (cut off)" });
        }
        match self.format {
            Format::Human | Format::Sarif => {
                self.show_fault(end)?;
                self.lines(bytes, run)?;
            }
            Format::Json => self.object(bytes, run)?,
        }
        self.rest = rest;
        self.offset = end;
        if run != Run::Unexplained {
            self.explained = self.explained.saturating_add(count(bytes.len()));
        }
        Ok(())
    }

    /// Shows the fault before the row that it is in, which ends here.
    fn show_fault(&mut self, end: u64) -> io::Result<()> {
        let Some(fault) = self.fault.as_ref().filter(|_| !self.is_fault_shown) else { return Ok(()) };
        if fault.offset.is_some_and(|offset| offset < end) || end == u64::MAX {
            self.is_fault_shown = true;
            let bad = self.output.style(BAD);
            let is_limit = fault.kind == "limit";
            let verdict = if is_limit { "refused from here on" } else { "here it stops being a channel file" };
            writeln!(self.output, "{bad}>>>>>>>>{bad:#}  {verdict}: {}", Escaped(&fault.message))?;
        }
        Ok(())
    }

    /// The meaning stands on the first line.
    fn lines(&mut self, bytes: &[u8], run: Run) -> io::Result<()> {
        let faint = self.output.style(FAINT);
        let (mut offset, mut rest, mut meaning) = (self.offset, bytes, self.text.as_str());
        let mut line = String::with_capacity(160);
        while !rest.is_empty() {
            let (across, further) = rest.split_at_checked(ACROSS).unwrap_or((rest, &[]));
            line.clear();
            // Writing to a string cannot fail.
            let _ = write!(line, "{faint}{offset:08x}{faint:#}  ");
            hexadecimal(&mut line, across);
            if run != Run::Row {
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

    fn object(&mut self, bytes: &[u8], run: Run) -> io::Result<()> {
        let row = Row {
            offset: self.offset,
            bytes: Hexadecimal(bytes).to_string(),
            section: self.section,
            meaning: &self.text,
            explained: run != Run::Unexplained,
        };
        if self.has_rows {
            write!(self.output, ",")?;
        }
        self.has_rows = true;
        json::write(&row, &mut *self.output)
    }
}

/// Two digits a byte, and room for those that a full line would have.
fn hexadecimal(line: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for digit in [byte.wrapping_shr(4), byte & 15] {
            line.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
        }
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
