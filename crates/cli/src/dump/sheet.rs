//! The sheet that a dump is made on, and the form that it takes.

use std::fmt::{Arguments, Write as _};
use std::io;

use crate::finding::Finding;
use crate::number::count;
use crate::verdict::Verdict;

/// Some of the bytes of a file, and what they mean.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// Where the bytes begin in the file.
    pub offset: u64,
    /// The bytes; at least one.
    pub bytes: &'r [u8],
    /// The name of the section that they are in, `header` and `section-table` among them.
    pub section: &'static str,
    /// What they mean; text of the file is in it as it is, not escaped.
    pub meaning: &'r str,
    pub(super) kind: RowKind,
}

impl Row<'_> {
    /// Whether it is known what the bytes mean; otherwise the meaning says why not.
    #[must_use]
    pub const fn is_explained(&self) -> bool {
        !matches!(self.kind, RowKind::Unexplained)
    }
}

/// How a row is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Plain,
    /// With the bytes as characters too.
    Heap,
    Unexplained,
}

/// How much of a file is explained, in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    pub(super) explained: u64,
    pub(super) bytes: u64,
}

/// What becomes of the rows.
pub(crate) trait Form {
    /// Whether nobody reads any more.
    fn is_over(&self) -> bool {
        false
    }

    /// Begins the dump of a file.
    fn begin(&mut self, _name: &str, _verdict: Verdict) -> io::Result<()> {
        Ok(())
    }

    /// Begins a section.
    fn heading(&mut self, _section: &str, _details: Arguments<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Shows the fault of the file, before the row that it is in or after all of them.
    fn fault(&mut self, _fault: &Finding) -> io::Result<()> {
        Ok(())
    }

    /// Shows a row.
    fn row(&mut self, row: &Row<'_>) -> io::Result<()>;

    /// Ends the dump.
    fn finish(&mut self, _share: Share, _fault: Option<&Finding>) -> io::Result<()> {
        Ok(())
    }
}

/// Walks the bytes of a file from the first to the last and hands on what they are said to mean.
pub(super) struct Sheet<'o, 'b> {
    form: &'o mut dyn Form,
    rest: &'b [u8],
    offset: u64,
    explained: u64,
    section: &'static str,
    fault: Option<Finding>,
    /// Whether the fault has been shown where it is.
    is_fault_shown: bool,
    text: String,
}

impl<'o, 'b> Sheet<'o, 'b> {
    /// Begins a sheet for the bytes of a file, and with the fault of one that does not open.
    pub(super) fn new(form: &'o mut dyn Form, bytes: &'b [u8], fault: Option<Finding>) -> Self {
        Self {
            form,
            rest: bytes,
            offset: 0,
            explained: 0,
            section: "header",
            fault,
            is_fault_shown: false,
            text: String::new(),
        }
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
    pub(super) fn is_over(&self) -> bool {
        self.form.is_over()
    }

    /// Begins a section.
    pub(super) fn heading(&mut self, section: &'static str, details: Arguments<'_>) -> io::Result<()> {
        self.section = section;
        self.form.heading(section, details)
    }

    /// Says what the next bytes mean.
    pub(super) fn row(&mut self, length: u64, meaning: Arguments<'_>) -> io::Result<()> {
        self.advance(length, meaning, RowKind::Plain)
    }

    /// Says what the next bytes mean, and shows them as characters too.
    pub(super) fn heap(&mut self, length: u64, meaning: Arguments<'_>) -> io::Result<()> {
        self.advance(length, meaning, RowKind::Heap)
    }

    /// Shows bytes that nothing is known of.
    pub(super) fn unexplained(&mut self, length: u64, reason: Arguments<'_>) -> io::Result<()> {
        self.advance(length, reason, RowKind::Unexplained)
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
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.show_fault(u64::MAX)?;
        self.form.finish(Share { explained: self.explained, bytes: self.offset }, self.fault.as_ref())
    }

    fn advance(&mut self, length: u64, meaning: Arguments<'_>, kind: RowKind) -> io::Result<()> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (bytes, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        if bytes.is_empty() || self.is_over() {
            return Ok(());
        }
        let end = self.offset.saturating_add(count(bytes.len()));
        self.text.clear();
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(meaning);
        let mut kind = kind;
        if bytes.len() < length && kind == RowKind::Plain {
            // Numbers that are cut off say nothing.
            kind = RowKind::Unexplained;
            self.text.clear();
        }
        if bytes.len() < length {
            self.text.push_str(if self.text.is_empty() { "cut off" } else { " (cut off)" });
        }
        self.show_fault(end)?;
        let row = Row { offset: self.offset, bytes, section: self.section, meaning: &self.text, kind };
        self.form.row(&row)?;
        self.rest = rest;
        self.offset = end;
        if row.is_explained() {
            self.explained = self.explained.saturating_add(count(bytes.len()));
        }
        Ok(())
    }

    /// Shows the fault before the row that it is in, which ends here.
    fn show_fault(&mut self, end: u64) -> io::Result<()> {
        let Some(fault) = self.fault.as_ref().filter(|_| !self.is_fault_shown) else { return Ok(()) };
        if fault.offset.is_some_and(|offset| offset < end) || end == u64::MAX {
            self.is_fault_shown = true;
            self.form.fault(fault)?;
        }
        Ok(())
    }
}
