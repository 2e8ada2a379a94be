//! Patterns as items of a list, those alike in one.

use std::fmt;

use channel_file::template::{Case, Comparison, Criterion, FieldKind, Operator, PatternRef, PatternValue};

use super::super::quote::scalar;
use super::bytes_text;

/// One item under `any-of` or `none-of`.
pub(super) struct Item {
    /// The operator's key, or the word that needs no value.
    pub(super) key: &'static str,
    /// Scalars; none for a word.
    pub(super) values: Vec<String>,
    /// Keys that stand beside the operator.
    pub(super) modifiers: Vec<(&'static str, &'static str)>,
}

/// The patterns of a criterion, in order; neighbours that differ in their value alone share an item.
pub(super) fn items<'f>(
    criterion: &Criterion,
    kind: FieldKind,
    name: impl Fn(u16) -> &'f str,
) -> impl Iterator<Item = Item> {
    let patterns = criterion.patterns();
    patterns.chunk_by(move |one, two| head(one.as_ref(), kind) == head(two.as_ref(), kind)).filter_map(move |run| {
        let (key, modifiers) = head(run.first()?.as_ref(), kind);
        let values = run.iter().filter_map(|pattern| value(pattern.as_ref().value(), &name)).collect();
        Some(Item { key, values, modifiers })
    })
}

/// One pattern in the words of the source format.
///
/// ```
/// use channel_file::template::{Case, FieldKind, Operator, Pattern};
/// use channel_file_content::PatternText;
///
/// let pattern = Pattern::text(Operator::EndsWith, r"\evil.exe", Case::Sensitive)?;
/// let text = PatternText::of(pattern.as_ref(), FieldKind::Text, |_| "");
/// assert_eq!(text.to_string(), r"ends-with '\evil.exe' (case: sensitive)");
/// # Ok::<(), channel_file::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternText {
    /// The operator's key in a source, or the word that needs no value.
    pub key: &'static str,
    /// The value as a scalar, without hidden characters; none after a word.
    pub value: Option<String>,
    /// Keys that stand beside the operator, with their values.
    pub modifiers: Vec<(&'static str, &'static str)>,
}

impl PatternText {
    /// A pattern on a field of this kind. `name` gives the names of the fields by their indices.
    #[must_use]
    pub fn of<'f>(pattern: PatternRef<'_>, kind: FieldKind, name: impl Fn(u16) -> &'f str) -> Self {
        let (key, modifiers) = head(pattern, kind);
        Self { key, value: value(pattern.value(), name), modifiers }
    }
}

impl fmt::Display for PatternText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        if let Some(value) = &self.value {
            write!(f, " {value}")?;
        }
        self.modifiers.iter().try_for_each(|(key, value)| write!(f, " ({key}: {value})"))
    }
}

/// What stands in an item apart from values.
fn head(pattern: PatternRef<'_>, kind: FieldKind) -> (&'static str, Vec<(&'static str, &'static str)>) {
    let key = match (pattern.operator(), pattern.value()) {
        (Operator::FieldReference, _) => "field",
        (Operator::Equals, PatternValue::Unsigned(_) | PatternValue::Signed(_)) if kind == FieldKind::Text => "number",
        (Operator::Equals, PatternValue::Address(_)) if kind == FieldKind::Text => "address",
        (operator, _) => operator.name(),
    };
    let mut modifiers = Vec::new();
    if kind == FieldKind::Text && case(pattern.value()) == Some(Case::Sensitive) {
        modifiers.push(("case", "sensitive"));
    }
    if let PatternValue::Field(reference) = pattern.value()
        && reference.comparison != Comparison::Equals
    {
        modifiers.push(("comparison", reference.comparison.name()));
    }
    (key, modifiers)
}

fn case(value: PatternValue<'_>) -> Option<Case> {
    match value {
        PatternValue::Text(_, case) => Some(case),
        PatternValue::Field(reference) => Some(reference.case),
        _ => None,
    }
}

fn value<'f>(value: PatternValue<'_>, name: impl Fn(u16) -> &'f str) -> Option<String> {
    Some(match value {
        PatternValue::None => return None,
        PatternValue::Text(text, _) => scalar(text),
        PatternValue::Bytes(bytes) => bytes_text(bytes),
        PatternValue::Boolean(value) => value.to_string(),
        PatternValue::Unsigned(number) => number.to_string(),
        PatternValue::Signed(number) => number.to_string(),
        PatternValue::Address(address) => scalar(&address.to_string()),
        PatternValue::Network(network) => scalar(&network.to_string()),
        PatternValue::UnsignedRange(low, high) => format!("[{low}, {high}]"),
        PatternValue::SignedRange(low, high) => format!("[{low}, {high}]"),
        PatternValue::Field(reference) => scalar(name(reference.field)),
    })
}
