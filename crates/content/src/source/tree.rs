//! YAML text as a tree whose every part knows its place.
//!
//! Of YAML this is a part: no anchors and aliases, no tags, no directives, no key twice, keys are texts, at most
//! [`MOST_LEVELS`] levels. What a reader of a rule cannot see is refused as well: control characters as such, and in
//! double quotes the escapes that a Windows path holds by mistake (`"\temp"` begins with a tab).

use std::borrow::Cow;
use std::str::Chars;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

use super::findings::{Findings, quoted};

/// How deep lists and mappings may stand in each other. A rule needs seven levels; dropping a tree recurses.
const MOST_LEVELS: usize = 64;

/// Where in a document something begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1, within the document.
    pub(crate) line: usize,
    /// From 1, in characters.
    pub(crate) column: usize,
}

/// A part of a document.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) place: Place,
    pub(crate) value: Value<'t>,
}

#[derive(Debug)]
pub(crate) enum Value<'t> {
    Scalar(Scalar<'t>),
    Sequence(Vec<Node<'t>>),
    Mapping(Vec<Entry<'t>>),
}

#[derive(Debug)]
pub(crate) struct Scalar<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Quoted,
    Block,
}

/// A key of a mapping with what stands under it.
#[derive(Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) place: Place,
    pub(crate) node: Node<'t>,
}

impl Node<'_> {
    /// What stands here, for messages.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain && scalar.text.is_empty() => "nothing".to_owned(),
            Value::Scalar(scalar) => quoted(&scalar.text),
            Value::Sequence(_) => "a list".to_owned(),
            Value::Mapping(_) => "a mapping".to_owned(),
        }
    }
}

/// Parses one document. `None` if there is nothing in it, or if something is wrong, which is then reported.
pub(crate) fn parse<'t>(text: &'t str, findings: &mut Findings<'_>) -> Option<Node<'t>> {
    refuse_control_characters(text, findings)?;
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder { text, cursor: Cursor::new(text), open: Vec::new(), root: None, documents: 0 };
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => builder.accept(event, span, findings)?,
            Err(error) => {
                report_syntax(text, &error, findings);
                return None;
            }
        }
    }
    let root = builder.root?;
    let nothing = matches!(&root.value, Value::Scalar(Scalar { text, style: Style::Plain }) if text.is_empty());
    (!nothing).then_some(root)
}

/// A list or mapping whose end is still to come.
enum Open<'t> {
    Sequence(Place, Vec<Node<'t>>),
    Mapping(Place, Vec<Entry<'t>>, Option<(Cow<'t, str>, Place)>),
}

struct Builder<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    documents: usize,
}

impl<'t> Builder<'t> {
    fn accept(&mut self, event: Event<'t>, span: Span, findings: &mut Findings<'_>) -> Option<()> {
        let place = place(span.start);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Some(()),
            Event::DocumentStart(_) => {
                self.documents = self.documents.saturating_add(1);
                if self.documents > 1 {
                    findings.report(place, "expected the end of the document; a further one begins with a line `---`");
                    return None;
                }
                Some(())
            }
            Event::Alias(_) => {
                findings.report_with_help(place, ALIAS, QUOTE_HELP);
                None
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_properties(anchor, tag.is_some(), place, findings)?;
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Quoted,
                    ScalarStyle::DoubleQuoted => {
                        let raw = self.cursor.slice(self.text, span)?;
                        refuse_escapes(raw, place, findings)?;
                        Style::Quoted
                    }
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.close(Node { place, value: Value::Scalar(Scalar { text, style }) }, findings)
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_properties(anchor, tag.is_some(), place, findings)?;
                self.begin(Open::Sequence(place, Vec::new()), place, findings)
            }
            Event::MappingStart(anchor, tag) => {
                refuse_properties(anchor, tag.is_some(), place, findings)?;
                self.begin(Open::Mapping(place, Vec::new(), None), place, findings)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop()? {
                    Open::Sequence(place, nodes) => Node { place, value: Value::Sequence(nodes) },
                    Open::Mapping(place, entries, _) => {
                        refuse_repetition(&entries, findings)?;
                        Node { place, value: Value::Mapping(entries) }
                    }
                };
                self.close(node, findings)
            }
        }
    }

    fn begin(&mut self, open: Open<'t>, place: Place, findings: &mut Findings<'_>) -> Option<()> {
        if let Some(Open::Mapping(_, _, None)) = self.open.last() {
            findings.report(place, "expected a text as key, found a list or mapping");
            return None;
        }
        if self.open.len() >= MOST_LEVELS {
            findings.report(place, format!("lists and mappings stand in each other more than {MOST_LEVELS} deep"));
            return None;
        }
        self.open.push(open);
        Some(())
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node<'t>, findings: &mut Findings<'_>) -> Option<()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, nodes)) => nodes.push(node),
            Some(Open::Mapping(_, entries, key)) => match (key.take(), node) {
                (Some((key, place)), node) => entries.push(Entry { key, place, node }),
                (None, Node { place, value: Value::Scalar(scalar) }) => *key = Some((scalar.text, place)),
                (None, node) => {
                    findings.report(node.place, format!("expected a text as key, found {}", node.describe()));
                    return None;
                }
            },
        }
        Some(())
    }
}

const ALIAS: &str = "aliases are not taken";
const QUOTE_HELP: &str = "text that begins with one of * & ! | > % @ ` { } [ ] # , needs quotes: '*.exe'";

fn place(marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col().saturating_add(1) }
}

fn report_syntax(text: &str, error: &ScanError, findings: &mut Findings<'_>) {
    let marker = error.marker();
    let line = text.lines().nth(marker.line().saturating_sub(1));
    let (message, help) = match line.and_then(|line| line.chars().nth(marker.col())) {
        Some('*') => (ALIAS.to_owned(), QUOTE_HELP),
        Some('&' | '!' | '%' | '@' | '`') => (format!("this is no YAML: {}", error.info()), QUOTE_HELP),
        _ if error.info().contains("escape") => (format!("this is no YAML: {}", error.info()), ESCAPE_HELP),
        _ => (format!("this is no YAML: {}", error.info()), ""),
    };
    findings.report_with_help(place(*marker), message, help);
}

fn refuse_control_characters(text: &str, findings: &mut Findings<'_>) -> Option<()> {
    let (mut line, mut column) = (1_usize, 1_usize);
    for character in text.chars() {
        match character {
            '\n' => (line, column) = (line.saturating_add(1), 0),
            '\t' | '\r' => {}
            _ if character.is_control() => {
                let code = u32::from(character);
                findings.report_with_help(
                    Place { line, column },
                    format!("the control character U+{code:04X} is not taken as such"),
                    format!("in double quotes it is written \"\\x{code:02x}\""),
                );
                return None;
            }
            _ => {}
        }
        column = column.saturating_add(1);
    }
    Some(())
}

fn refuse_properties(anchor: usize, tagged: bool, place: Place, findings: &mut Findings<'_>) -> Option<()> {
    if anchor == 0 && !tagged {
        return Some(());
    }
    let what = if tagged { "tags are not taken" } else { "anchors are not taken" };
    findings.report_with_help(place, what, QUOTE_HELP);
    None
}

const ESCAPE_HELP: &str = r#"in 'single quotes' a backslash is a backslash; in double quotes write \\ for it, and \x0a, \u2028 or \U0001f600 for characters by number"#;

/// Refuses, in a text in double quotes, every escape but those of the quote, the backslash and characters by number.
fn refuse_escapes(raw: &str, place: Place, findings: &mut Findings<'_>) -> Option<()> {
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            continue;
        }
        match characters.next() {
            Some('\\' | '"' | 'x' | 'u' | 'U') => {}
            other => {
                let other = other.filter(|other| !other.is_whitespace()).map(String::from).unwrap_or_default();
                let message = format!(r"the escape `\{other}` is not taken: in a path it is a mistake");
                findings.report_with_help(place, message, ESCAPE_HELP);
                return None;
            }
        }
    }
    Some(())
}

fn refuse_repetition(entries: &[Entry<'_>], findings: &mut Findings<'_>) -> Option<()> {
    let mut by_key: Vec<&Entry<'_>> = entries.iter().collect();
    by_key.sort_by(|one, two| one.key.cmp(&two.key));
    let repeated = by_key.array_windows().find(|[one, two]| one.key == two.key);
    let Some([first, second]) = repeated else {
        return Some(());
    };
    let line = findings.line(first.place);
    findings.report(second.place, format!("the key {} stands here twice; first in line {line}", quoted(&second.key)));
    None
}

/// Finds the text of spans, which count in characters and come in order, in one pass.
struct Cursor<'t> {
    rest: Chars<'t>,
    characters: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text.chars(), characters: 0 }
    }

    /// Moves to the character with this index; gives its byte offset.
    fn advance(&mut self, text: &str, index: usize) -> Option<usize> {
        while self.characters < index {
            self.rest.next()?;
            self.characters = self.characters.saturating_add(1);
        }
        text.len().checked_sub(self.rest.as_str().len())
    }

    fn slice(&mut self, text: &'t str, span: Span) -> Option<&'t str> {
        let start = self.advance(text, span.start.index())?;
        let end = self.advance(text, span.end.index())?;
        text.get(start..end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let mut findings = Findings::new("", 0);
        assert!(parse(text, &mut findings).is_none());
        findings.into_diagnostics().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(MOST_LEVELS), &mut Findings::new("", 0)).is_some());
        for text in [nested(MOST_LEVELS + 1), "- ".repeat(100_000), "? ".repeat(100_000), "[".repeat(100_000)] {
            assert_eq!(messages(&text).len(), 1);
        }
    }

    #[test]
    fn places_count_from_one() {
        let root = parse("a:\n  - é: [x, \"y\"]\n", &mut Findings::new("", 0)).unwrap();
        let Value::Mapping(entries) = root.value else { panic!() };
        let Value::Sequence(items) = &entries[0].node.value else { panic!() };
        let Value::Mapping(inner) = &items[0].value else { panic!() };
        assert_eq!(inner[0].place, Place { line: 2, column: 5 });
        let Value::Sequence(texts) = &inner[0].node.value else { panic!() };
        assert_eq!(texts[1].place, Place { line: 2, column: 12 });
    }

    proptest! {
        #[test]
        fn any_text_gives_a_tree_or_a_diagnostic(text in "\\PC*|[-a:{}\\[\\]'\"\\\\ \n?,|>&*!#%x0]{0,60}") {
            let mut findings = Findings::new("", 0);
            let tree = parse(&text, &mut findings);
            prop_assert!(tree.is_none() || findings.is_empty());
        }
    }
}
