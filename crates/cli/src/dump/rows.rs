//! A dump for programs: an object of JSON, or the rows themselves.

use std::io::{self, Write};

use serde::Serialize;

use super::sheet::{Form, Row, Share};
use crate::finding::Finding;
use crate::json;
use crate::number::Hexadecimal;
use crate::output::Output;
use crate::verdict::Verdict;

/// Writes an object of JSON, row by row.
pub(super) struct Objects<'o, W> {
    pub(super) output: &'o mut Output<W>,
    pub(super) has_rows: bool,
}

/// A row in JSON.
#[derive(Serialize)]
struct Object<'r> {
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

impl<W: Write> Form for Objects<'_, W> {
    fn is_over(&self) -> bool {
        self.output.is_gone()
    }

    fn begin(&mut self, name: &str, verdict: Verdict) -> io::Result<()> {
        write!(self.output, "{{\"command\":\"dump\",\"status\":")?;
        json::write(&verdict, &mut *self.output)?;
        write!(self.output, ",\"file\":")?;
        json::write(&name, &mut *self.output)?;
        write!(self.output, ",\"rows\":[")
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        if self.has_rows {
            write!(self.output, ",")?;
        }
        self.has_rows = true;
        let object = Object {
            offset: row.offset,
            bytes: Hexadecimal(row.bytes).to_string(),
            section: row.section,
            meaning: row.meaning,
            explained: row.is_explained(),
        };
        json::write(&object, &mut *self.output)
    }

    fn finish(&mut self, share: Share, fault: Option<&Finding>) -> io::Result<()> {
        let Share { explained, bytes } = share;
        write!(self.output, "],\"bytes\":{bytes},\"explained\":{explained},\"errors\":")?;
        json::write(&fault.as_slice(), &mut *self.output)?;
        writeln!(self.output, "}}")?;
        self.output.flush()
    }
}

/// Gives the rows to a function.
pub(crate) struct Rows<F>(pub(crate) F);

impl<F: FnMut(&Row<'_>) -> io::Result<()>> Form for Rows<F> {
    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.0(row)
    }
}
