//! Cases written by hand: a pattern, values that meet it, and values that do not.
#![allow(dead_code, reason = "each test takes what it needs")]

pub(crate) mod numbers;
pub(crate) mod references;
pub(crate) mod searches;
pub(crate) mod texts;

use channel_file::template::{Case, FieldKind, Operator, Pattern, Value};

/// One pattern on a field of one kind.
pub(crate) struct Row {
    pub(crate) kind: FieldKind,
    pub(crate) pattern: Pattern,
    /// The value of the other field of this kind, which only references read.
    pub(crate) other: Value<'static>,
    pub(crate) met: Vec<Value<'static>>,
    pub(crate) not_met: Vec<Value<'static>>,
}

impl Row {
    pub(crate) fn new(kind: FieldKind, pattern: Pattern, met: &[Value<'static>], not_met: &[Value<'static>]) -> Self {
        Self { kind, pattern, other: Value::Absent, met: met.to_vec(), not_met: not_met.to_vec() }
    }
}

/// A pattern on text, and texts.
pub(crate) fn on_text(pattern: Pattern, met: &[&'static [u8]], not_met: &[&'static [u8]]) -> Row {
    let values = |texts: &[&'static [u8]]| texts.iter().map(|text| Value::Text(text)).collect::<Vec<_>>();
    Row::new(FieldKind::Text, pattern, &values(met), &values(not_met))
}

/// A text pattern where case counts.
pub(crate) fn exactly(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Sensitive).unwrap()
}

/// A text pattern where case is ignored.
pub(crate) fn ignoring(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Ignored).unwrap()
}

/// All cases there are.
pub(crate) fn all() -> Vec<Row> {
    let chapters = [
        texts::presence(),
        texts::comparisons(),
        texts::folding(),
        texts::stray_bytes(),
        texts::bytes(),
        numbers::numbers(),
        numbers::numbers_in_text(),
        numbers::addresses(),
        numbers::addresses_in_text(),
        searches::globs(),
        searches::expressions(),
        references::references(),
    ];
    chapters.into_iter().flatten().collect()
}
