//! Which criteria of an instance an event meets, and through which pattern.

use std::fmt;

use channel_file::ChannelFile;
use channel_file::interpreter::{CriterionVerdict, Event, Interpreter, Scratch};
use channel_file::template::{FieldKind, Value};
use channel_file::view::{CriterionView, TypeView};
use channel_file_content::{PatternText, value_text};
use serde::Serialize;

use crate::escape::Escaped;
use crate::number::{Grouped, count};

/// What an event does to one criterion. The fields are those of the JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedCriterion {
    field: String,
    sense: &'static str,
    #[serde(rename = "met")]
    pub(crate) is_met: bool,
    /// The operator of the pattern that the value meets; left out where it meets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<&'static str>,
    /// That pattern, as a source has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    /// How many patterns the criterion has.
    patterns: u64,
    /// The value, shortened; `null` where it is absent.
    value: Option<String>,
    /// For people, the one pattern that there is.
    #[serde(skip)]
    only: Option<String>,
    /// The value for people.
    #[serde(skip)]
    shown: String,
}

/// Explains all criteria of an instance, in the order of the file; nothing for an instance on other events.
pub(crate) fn explain(
    file: &ChannelFile<'_>,
    interpreter: &Interpreter<'_>,
    event: &Event<'_>,
    instance: u32,
    scratch: &mut Scratch,
) -> Vec<ExplainedCriterion> {
    let (Some(verdicts), Some(instance)) = (interpreter.explain(event, instance, scratch), file.instance(instance))
    else {
        return Vec::new();
    };
    let template_type = instance.template_type();
    let explained = instance.criteria().zip(&verdicts).map(|(criterion, verdict)| {
        let value = event.values().get(usize::from(verdict.field)).copied().unwrap_or(Value::Absent);
        ExplainedCriterion::of(&template_type, &criterion, verdict, value)
    });
    explained.collect()
}

impl ExplainedCriterion {
    fn of(
        template_type: &TypeView<'_>,
        criterion: &CriterionView<'_>,
        verdict: &CriterionVerdict,
        value: Value<'_>,
    ) -> Self {
        let name = |field| template_type.field(field).map_or("", |field| field.name());
        let kind = template_type.field(verdict.field).map_or(FieldKind::Text, |field| field.kind());
        let number = verdict.pattern.and_then(|number| usize::try_from(number).ok());
        let pattern = number.and_then(|number| criterion.patterns().nth(number));
        let text = |pattern| PatternText::of(pattern, kind, name).to_string();
        Self {
            field: name(verdict.field).to_owned(),
            sense: criterion.sense().name(),
            is_met: verdict.is_met,
            operator: pattern.map(|pattern| pattern.operator().name()),
            pattern: pattern.map(text),
            patterns: count(criterion.patterns().len()),
            only: criterion.patterns().next().filter(|_| criterion.patterns().len() == 1).map(text),
            value: plain(value),
            shown: shown(value),
        }
    }
}

impl fmt::Display for ExplainedCriterion {
    /// `PipeName any-of: starts-with '\odd-' is met by '\odd-7'`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", Escaped(&self.field), self.sense)?;
        let shown = &self.shown;
        match (&self.pattern, &self.only) {
            (Some(pattern), _) => write!(f, "{pattern} is met by {shown}"),
            (None, Some(only)) => write!(f, "{only} is not met by {shown}"),
            (None, None) => write!(f, "none of {} patterns is met by {shown}", Grouped(self.patterns)),
        }
    }
}

/// How much of a value is shown, in bytes.
const SHOWN: usize = 200;

/// A value for people, without hidden characters.
pub(crate) fn shown(value: Value<'_>) -> String {
    shown_within(value, SHOWN)
}

/// The same, with as many bytes at the most.
pub(crate) fn shown_within(value: Value<'_>, most: usize) -> String {
    let (start, mark) = shortened(value, most);
    match start {
        Value::Absent => "an absent value".to_owned(),
        start => value_text(start) + mark,
    }
}

/// A value for programs.
fn plain(value: Value<'_>) -> Option<String> {
    let (start, mark) = shortened(value, SHOWN);
    match start {
        Value::Absent => None,
        Value::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned() + mark),
        start => Some(value_text(start) + mark),
    }
}

/// The start of a value, and a mark if there is more. Text is not cut within a character.
fn shortened(value: Value<'_>, most: usize) -> (Value<'_>, &'static str) {
    let start = |bytes: &[u8]| {
        let is_boundary = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
        (0..=most).rev().find(is_boundary).unwrap_or_default()
    };
    match value {
        Value::Text(bytes) if bytes.len() > most => (Value::Text(bytes.get(..start(bytes)).unwrap_or_default()), "…"),
        Value::Bytes(bytes) if bytes.len() > most => (Value::Bytes(bytes.get(..most).unwrap_or_default()), "…"),
        value => (value, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_between_characters() {
        let long = "é".repeat(150);
        let text = plain(Value::Text(long.as_bytes())).unwrap();
        assert_eq!(text.chars().count(), 101);
        assert!(text.ends_with("é…"));
        let odd = format!("a{long}");
        assert_eq!(plain(Value::Text(odd.as_bytes())).unwrap().chars().count(), 101);
        assert_eq!(plain(Value::Text(&[0x80; 300])).unwrap(), "…");
        assert_eq!(shown(Value::Text(b"a\x1bb\x9b")), "{ hex: '611b629b' }");
        assert_eq!(shown(Value::Unsigned(7)), "7");
        assert_eq!(shown(Value::Absent), "an absent value");
        assert_eq!(plain(Value::Absent), None);
    }
}
