//! What a rule says of itself: id, title, author, references, level.

use crate::excerpt::quoted;
use crate::findings::{Checked, Findings, Problem};
use crate::suggestion::did_you_mean;
use crate::yaml::{Node, Place, Value};
use channel_file::Limits;
use channel_file::template::Severity;

/// Words for people, on one line each, and how bad a match is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) references: Vec<String>,
    pub(super) severity: Option<Severity>,
}

impl Header {
    /// What is there counts even if other things are missing, so that problems can name the rule.
    pub(super) fn read(rule: &Node<'_>, limits: &Limits, findings: &mut Findings<'_>) -> Self {
        let mut header = Self {
            id: text(rule, "id", limits, findings),
            title: text(rule, "title", limits, findings),
            author: authors(rule, limits, findings),
            references: references(rule, limits, findings),
            severity: None,
        };
        findings.set_rule(&header.id, &header.title);
        if header.id.is_empty() {
            findings.push(
                Problem::new(rule.place, "the rule has no id")
                    .help("add `id:` with a random UUID; it names the rule across versions of the content"),
            );
        }
        if header.title.is_empty() {
            findings.push(Problem::new(rule.place, "the rule has no title"));
        }
        header.severity = findings.checked(severity(rule)).flatten();
        header
    }
}

/// One line: each run of white space and control characters becomes one space.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let blank = |character: char| character.is_whitespace() || character.is_control();
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn text(rule: &Node<'_>, key: &str, limits: &Limits, findings: &mut Findings<'_>) -> String {
    let Some(entry) = rule.entry(key) else { return String::new() };
    match &entry.node.value {
        Value::Scalar(scalar) if scalar.is_null() => String::new(),
        Value::Scalar(scalar) => bounded(&scalar.text, key, entry.node.place, limits, findings),
        Value::Sequence(_) | Value::Mapping(_) => {
            let message = format!("'{key}' is a text, found {}", entry.node.describe());
            findings.push(Problem::new(entry.node.place, message));
            String::new()
        }
    }
}

/// One text, or a list of names.
fn authors(rule: &Node<'_>, limits: &Limits, findings: &mut Findings<'_>) -> String {
    match rule.under("author") {
        Some(Node { value: Value::Sequence(names), place }) => {
            let names: Vec<_> = names.iter().filter_map(Node::text).collect();
            bounded(&names.join(", "), "author", *place, limits, findings)
        }
        _ => text(rule, "author", limits, findings),
    }
}

fn references(rule: &Node<'_>, limits: &Limits, findings: &mut Findings<'_>) -> Vec<String> {
    let Some(entry) = rule.entry("references") else { return Vec::new() };
    let references = entry.node.one_or_many().iter().filter_map(|member| {
        let text = bounded(member.text()?, "references", member.place, limits, findings);
        (!text.is_empty()).then_some(text)
    });
    let references: Vec<_> = references.collect();
    if u64::try_from(references.len()).is_ok_and(|count| count > limits.references) {
        let message = format!("the rule has {} references; the limit is {}", references.len(), limits.references);
        findings.push(Problem::new(entry.place, message));
    }
    references
}

fn bounded(text: &str, key: &str, place: Place, limits: &Limits, findings: &mut Findings<'_>) -> String {
    let line = one_line(text);
    if u64::try_from(line.len()).is_ok_and(|length| length > limits.name_bytes) {
        let message = format!("'{key}' has {} bytes; the limit is {}", line.len(), limits.name_bytes);
        findings.push(Problem::new(place, message));
    }
    line
}

fn severity(rule: &Node<'_>) -> Checked<Option<Severity>> {
    let Some(entry) = rule.entry("level") else { return Ok(None) };
    let node = &entry.node;
    let Some(level) = node.text() else {
        let wrong = || Problem::new(node.place, format!("'level' is a text, found {}", node.describe()));
        return if node.is_null() { Ok(None) } else { Err(wrong()) };
    };
    Severity::from_name(level).map(Some).ok_or_else(|| {
        let names = Severity::ALL.iter().map(|severity| severity.name());
        let near = did_you_mean(level, names.clone());
        let help = if near.is_empty() { format!("known are: {}", names.collect::<Vec<_>>().join(", ")) } else { near };
        Problem::new(node.place, format!("the level {} is unknown", quoted(level))).help(help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_on_one_line() {
        assert_eq!(one_line("  a\n\tb\u{1b}[31m  c\u{7f}\n"), "a b [31m c");
        assert_eq!(one_line("\n"), "");
    }
}
