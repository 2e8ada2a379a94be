//! What a rule says of itself: id, title, author, references, level.

use channel_file::Limits;
use channel_file::template::Severity;

use super::problem::{Checked, Position, Problem, excerpt, suggestion};
use super::yaml::{Node, NodeValue};

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
    pub(super) fn read(rule: &Node, limits: &Limits, problems: &mut Vec<Problem>) -> Self {
        let mut header = Self {
            id: text(rule, "id", limits, problems),
            title: text(rule, "title", limits, problems),
            author: authors(rule, limits, problems),
            references: references(rule, limits, problems),
            severity: None,
        };
        if header.id.is_empty() {
            problems.push(
                Problem::new(rule.position, "the rule has no id")
                    .help("add `id:` with a random UUID; it names the rule across versions of the content"),
            );
        }
        if header.title.is_empty() {
            problems.push(Problem::new(rule.position, "the rule has no title"));
        }
        match severity(rule) {
            Ok(severity) => header.severity = severity,
            Err(problem) => problems.push(problem),
        }
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

fn text(rule: &Node, key: &str, limits: &Limits, problems: &mut Vec<Problem>) -> String {
    let Some(entry) = rule.get(key) else { return String::new() };
    match &entry.value.value {
        NodeValue::Null => String::new(),
        NodeValue::Scalar(scalar) => bounded(&scalar.text, key, entry.value.position, limits, problems),
        NodeValue::Sequence(_) | NodeValue::Mapping(_) => {
            let message = format!("'{key}' is a text, found {}", entry.value.kind());
            problems.push(Problem::new(entry.value.position, message));
            String::new()
        }
    }
}

/// One text, or a list of names.
fn authors(rule: &Node, limits: &Limits, problems: &mut Vec<Problem>) -> String {
    match rule.get("author").map(|entry| &entry.value) {
        Some(Node { value: NodeValue::Sequence(names), position }) => {
            let names: Vec<_> = names.iter().filter_map(Node::text).collect();
            bounded(&names.join(", "), "author", *position, limits, problems)
        }
        _ => text(rule, "author", limits, problems),
    }
}

fn references(rule: &Node, limits: &Limits, problems: &mut Vec<Problem>) -> Vec<String> {
    let Some(entry) = rule.get("references") else { return Vec::new() };
    let members = match &entry.value.value {
        NodeValue::Sequence(members) => members.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    let references = members.iter().filter_map(|member| {
        let text = bounded(member.text()?, "references", member.position, limits, problems);
        (!text.is_empty()).then_some(text)
    });
    let references: Vec<_> = references.collect();
    if u64::try_from(references.len()).is_ok_and(|count| count > limits.references) {
        let message = format!("the rule has {} references; the limit is {}", references.len(), limits.references);
        problems.push(Problem::new(entry.position, message));
    }
    references
}

fn bounded(text: &str, key: &str, position: Position, limits: &Limits, problems: &mut Vec<Problem>) -> String {
    let line = one_line(text);
    if u64::try_from(line.len()).is_ok_and(|length| length > limits.name_bytes) {
        let message = format!("'{key}' has {} bytes; the limit is {}", line.len(), limits.name_bytes);
        problems.push(Problem::new(position, message));
    }
    line
}

fn severity(rule: &Node) -> Checked<Option<Severity>> {
    let Some(entry) = rule.get("level") else { return Ok(None) };
    let Some(level) = entry.value.text() else {
        return match entry.value.value {
            NodeValue::Null => Ok(None),
            _ => Err(Problem::new(entry.value.position, format!("'level' is a text, found {}", entry.value.kind()))),
        };
    };
    Severity::from_name(level).map(Some).ok_or_else(|| {
        let names = Severity::ALL.iter().map(|severity| severity.name());
        let near = suggestion(level, names.clone());
        let help = if near.is_empty() { format!("known are: {}", names.collect::<Vec<_>>().join(", ")) } else { near };
        Problem::new(entry.value.position, format!("the level '{}' is unknown", excerpt(level))).help(help)
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
