//! Tables.

use std::io::{self, Write};

use crate::output::{FAINT, Output};

/// Columns of a table: title, whether its cells are aligned to the right, cells.
#[derive(Default)]
pub(super) struct Columns(Vec<(&'static str, bool, Vec<String>)>);

impl Columns {
    pub(super) fn add<R>(&mut self, title: &'static str, is_right: bool, rows: &[R], cell: impl FnMut(&R) -> String) {
        self.0.push((title, is_right, rows.iter().map(cell).collect()));
    }

    pub(super) fn write(&self, output: &mut Output) -> io::Result<()> {
        let faint = output.style(FAINT);
        let rows = self.0.iter().map(|(_, _, cells)| cells.len()).max().unwrap_or_default();
        let line = |row: Option<usize>| {
            let mut line = String::new();
            for (title, is_right, cells) in &self.0 {
                let widest = cells.iter().map(|cell| width(cell)).chain([width(title)]).max().unwrap_or_default();
                let cell = match row {
                    None => title,
                    Some(row) => cells.get(row).map_or("", String::as_str),
                };
                let gap = " ".repeat(widest.saturating_sub(width(cell)));
                line.push_str("  ");
                line.push_str(&if *is_right { gap + cell } else { cell.to_owned() + &gap });
            }
            line.trim_end().to_owned()
        };
        writeln!(output, "  {faint}{}{faint:#}", line(None).strip_prefix("  ").unwrap_or_default())?;
        (0..rows).try_for_each(|row| writeln!(output, "{}", line(Some(row))))
    }
}

/// About how many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}
