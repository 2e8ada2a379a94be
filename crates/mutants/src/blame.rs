//! Which mutants the compiler refuses: those in whose piece of text it finds an error.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use crate::Result;

/// What the errors of a build say.
#[derive(Debug, Default)]
pub(crate) struct Blame {
    pub(crate) numbers: BTreeSet<usize>,
    /// Errors in no mutant's piece, as the compiler shows them.
    pub(crate) others: Vec<String>,
}

/// Reads what cargo printed with `--message-format=json`.
pub(crate) fn blame(folder: &Path, printed: &str) -> Result<Blame> {
    let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    let mut blame = Blame::default();
    for line in printed.lines().filter(|line| line.starts_with('{')) {
        let value: Value = serde_json::from_str(line)?;
        let Some(message) = value.get("message").filter(|message| text(message, "level") == "error") else { continue };
        // The primary places first: the others may be where something is right.
        let mut spans: Vec<&Value> = list(message, "spans");
        spans.extend(list(message, "children").into_iter().flat_map(|child| list(child, "spans")));
        spans.sort_by_key(|span| !flag(span, "is_primary"));
        let mut guilty = None;
        for span in spans {
            let file = text(span, "file_name");
            if !pieces.contains_key(file) {
                let own = fs::read_to_string(folder.join(file)).map(|text| find(&text)).unwrap_or_default();
                pieces.insert(file.to_owned(), own);
            }
            let own = pieces.get(file).into_iter().flatten();
            guilty =
                number(span, "byte_start").and_then(|byte| own.into_iter().find(|piece| piece.range.contains(&byte)));
            if guilty.is_some() {
                break;
            }
        }
        // What has no place of its own: where ways of an iterator do not fit, the last that stands there is the oddest.
        let guilty = guilty.or_else(|| {
            let span = list(message, "spans").into_iter().find(|span| flag(span, "is_primary"))?;
            let line = number(span, "line_start")?;
            pieces.get(text(span, "file_name"))?.iter().rfind(|piece| piece.line == line)
        });
        match guilty.map(|piece| piece.number) {
            Some(number) => {
                blame.numbers.insert(number);
            }
            None if !list(message, "spans").is_empty() => blame.others.push(text(message, "rendered").to_owned()),
            None => {}
        }
    }
    Ok(blame)
}

/// A piece of a file that is there for a mutant.
#[derive(Debug, PartialEq)]
struct Piece {
    range: Range<usize>,
    line: usize,
    number: usize,
}

/// The pieces of mutants in a file: between the marks that the rewriting leaves.
fn find(text: &str) -> Vec<Piece> {
    let lines = (1_usize..).zip(text.split_inclusive('\n'));
    let starts = lines.scan(0_usize, |start, (line, text)| {
        let begin = *start;
        *start = begin.saturating_add(text.len());
        Some((begin, line))
    });
    let starts: BTreeMap<usize, usize> = starts.collect();
    text.match_indices("/*<")
        .filter_map(|(begin, mark)| {
            let (number, _) = text.get(begin.checked_add(mark.len())?..)?.split_once("*/")?;
            let number: usize = number.parse().ok()?;
            let (_, end) = crate::rewrite::marks(number);
            let length = text.get(begin..)?.find(&end)?;
            let (_, line) = starts.range(..=begin).next_back()?;
            Some(Piece { range: begin..begin.checked_add(length)?, line: *line, number })
        })
        .collect()
}

fn number(value: &Value, name: &str) -> Option<usize> {
    value.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool) == Some(true)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> Vec<&'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lie_between_their_marks() {
        let pieces = [Piece { range: 2..10, line: 1, number: 12 }, Piece { range: 27..34, line: 2, number: 3 }];
        assert_eq!(find("a /*<12*/b/*>12*/ /*<x*/\nc /*<3*/d/*>3*/"), pieces);
    }
}
