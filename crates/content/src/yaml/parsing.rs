//! From the text of one document to its tree.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::cursor::Cursor;
use super::documents::Document;
use super::tree::{Entry, Node, Place, Scalar, Style, Value};
use crate::excerpt::quoted;
use crate::findings::{Checked, Problem};

/// How deep lists and mappings may stand in each other. A rule needs seven levels; dropping a tree recurses.
const MOST_LEVELS: usize = 64;

/// A document that has been parsed.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    pub(crate) root: Node<'t>,
    /// The first thing that readers of a rule do not see or that does nothing: an anchor, the tag `!!str`, or in double
    /// quotes an escape that a Windows path holds by mistake (`"\temp"` begins with a tab). The own format refuses it.
    pub(crate) objection: Option<Problem>,
}

impl<'t> Document<'t> {
    /// Parses the document. `None` if there is nothing in it.
    ///
    /// # Errors
    ///
    /// The first thing that is no YAML, or none of the part of it that is taken.
    pub(crate) fn parse(&self) -> Checked<Option<Parsed<'t>>> {
        let text = self.text;
        check_control_characters(text)?;
        let mut parser = Parser::new_from_str(text);
        let mut builder = Builder::new(self);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| syntax_problem(text, &error))?;
            builder.accept(event, span)?;
        }
        let objection = builder.objection;
        Ok(builder.root.filter(|root| !root.is_null()).map(|root| Parsed { root, objection }))
    }
}

/// A list or mapping whose end is still to come.
enum Open<'t> {
    Sequence(Place, Vec<Node<'t>>),
    Mapping(Place, Vec<Entry<'t>>, Option<(Cow<'t, str>, Place)>),
}

struct Builder<'t> {
    text: &'t str,
    lines_before: usize,
    cursor: Cursor<'t>,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    documents: usize,
    objection: Option<Problem>,
}

impl<'t> Builder<'t> {
    fn new(document: &Document<'t>) -> Self {
        Self {
            text: document.text,
            lines_before: document.lines_before,
            cursor: Cursor::new(document.text),
            open: Vec::new(),
            root: None,
            documents: 0,
            objection: None,
        }
    }

    fn accept(&mut self, event: Event<'t>, span: Span) -> Checked<()> {
        let place = place(span.start);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.documents = self.documents.saturating_add(1);
                if self.documents > 1 {
                    let message = "expected the end of the document; a further one begins with a line `---`";
                    return Err(Problem::new(place, message));
                }
                Ok(())
            }
            Event::Alias(_) => Err(Problem::new(place, ALIAS).help(QUOTE_HELP)),
            Event::Scalar(text, style, anchor, tag) => {
                self.look_at_properties(anchor, tag.as_deref(), place)?;
                let style = match style {
                    ScalarStyle::Plain if tag.is_none() => Style::Plain,
                    ScalarStyle::Plain | ScalarStyle::SingleQuoted => Style::Quoted,
                    ScalarStyle::DoubleQuoted => {
                        self.look_at_escapes(span);
                        Style::Quoted
                    }
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.close(Node { place, value: Value::Scalar(Scalar { text, style }) })
            }
            Event::SequenceStart(anchor, tag) => {
                self.look_at_properties(anchor, tag.as_deref(), place)?;
                self.begin(Open::Sequence(place, Vec::new()), place)
            }
            Event::MappingStart(anchor, tag) => {
                self.look_at_properties(anchor, tag.as_deref(), place)?;
                self.begin(Open::Mapping(place, Vec::new(), None), place)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                None => Ok(()),
                Some(Open::Sequence(place, nodes)) => self.close(Node { place, value: Value::Sequence(nodes) }),
                Some(Open::Mapping(place, entries, _)) => {
                    check_repetition(&entries, self.lines_before)?;
                    self.close(Node { place, value: Value::Mapping(entries) })
                }
            },
        }
    }

    fn begin(&mut self, open: Open<'t>, place: Place) -> Checked<()> {
        if let Some(Open::Mapping(_, _, None)) = self.open.last() {
            return Err(Problem::new(place, "expected a text as key, found a list or mapping"));
        }
        if self.open.len() >= MOST_LEVELS {
            let message = format!("lists and mappings stand in each other more than {MOST_LEVELS} deep");
            return Err(Problem::new(place, message));
        }
        self.open.push(open);
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node<'t>) -> Checked<()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, nodes)) => nodes.push(node),
            Some(Open::Mapping(_, entries, key)) => match (key.take(), node) {
                (Some((key, place)), node) => entries.push(Entry { key, place, node }),
                (None, Node { place, value: Value::Scalar(scalar) }) if !scalar.is_null() => {
                    *key = Some((scalar.text, place));
                }
                (None, node) => {
                    let message = format!("expected a text as key, found {}", node.describe());
                    return Err(Problem::new(node.place, message));
                }
            },
        }
        Ok(())
    }

    fn look_at_properties(&mut self, anchor: usize, tag: Option<&Tag>, place: Place) -> Checked<()> {
        if let Some(tag) = tag {
            let problem = Problem::new(place, "tags are not taken").help(QUOTE_HELP);
            if !(tag.is_yaml_core_schema() && tag.suffix == "str") {
                return Err(problem);
            }
            self.objection.get_or_insert(problem);
        }
        if anchor != 0 {
            self.objection.get_or_insert_with(|| Problem::new(place, "anchors are not taken").help(QUOTE_HELP));
        }
        Ok(())
    }

    /// Finds, in a text in double quotes, the first escape but those of the quote, the backslash and characters by number.
    fn look_at_escapes(&mut self, span: Span) {
        let place = place(span.start);
        let mut characters = self.cursor.slice(self.text, span).unwrap_or_default().chars();
        while let Some(character) = characters.next() {
            if character != '\\' {
                continue;
            }
            let escape = characters.next();
            if !matches!(escape, Some('\\' | '"' | 'x' | 'u' | 'U')) {
                self.objection.get_or_insert_with(|| {
                    let escape = escape.filter(|escape| !escape.is_whitespace()).map(String::from).unwrap_or_default();
                    let message = format!(r"the escape `\{escape}` is not taken: in a path it is a mistake");
                    Problem::new(place, message).help(ESCAPE_HELP)
                });
                return;
            }
        }
    }
}

const ALIAS: &str = "aliases are not taken";
const QUOTE_HELP: &str = "text that begins with one of * & ! | > % @ ` { } [ ] # , needs quotes: '*.exe'";
const ESCAPE_HELP: &str = r#"in 'single quotes' a backslash is a backslash; in double quotes write \\ for it, and \x0a, \u2028 or \U0001f600 for characters by number"#;

fn place(marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col().saturating_add(1) }
}

fn syntax_problem(text: &str, error: &ScanError) -> Problem {
    let marker = error.marker();
    let line = text.lines().nth(marker.line().saturating_sub(1));
    let message = format!("this is no YAML: {}", error.info());
    let (message, help) = match line.and_then(|line| line.chars().nth(marker.col())) {
        Some('*') => (ALIAS.to_owned(), QUOTE_HELP),
        Some('&' | '!' | '%' | '@' | '`') => (message, QUOTE_HELP),
        _ if error.info().contains("escape") => (message, ESCAPE_HELP),
        _ => (message, ""),
    };
    Problem::new(place(*marker), message).help(help)
}

/// YAML has none but tabs and line ends, and its readers differ in what they make of others.
fn check_control_characters(text: &str) -> Checked<()> {
    let (mut line, mut column) = (1_usize, 1_usize);
    for character in text.chars() {
        match character {
            '\n' => (line, column) = (line.saturating_add(1), 0),
            '\t' | '\r' => {}
            _ if character.is_control() => {
                let code = u32::from(character);
                let message = format!("the control character U+{code:04X} is not taken as such");
                let help = format!("in double quotes it is written \"\\x{code:02x}\"");
                return Err(Problem::new(Place { line, column }, message).help(help));
            }
            _ => {}
        }
        column = column.saturating_add(1);
    }
    Ok(())
}

fn check_repetition(entries: &[Entry<'_>], lines_before: usize) -> Checked<()> {
    let mut by_key: Vec<&Entry<'_>> = entries.iter().collect();
    by_key.sort_by(|one, two| one.key.cmp(&two.key));
    let repeated = by_key.array_windows().find(|[one, two]| one.key == two.key);
    let Some([first, second]) = repeated else {
        return Ok(());
    };
    let line = lines_before.saturating_add(first.place.line);
    let message = format!("the key {} stands here twice; first in line {line}", quoted(&second.key));
    Err(Problem::new(second.place, message))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Checked<Option<Parsed<'_>>> {
        Document { text, lines_before: 0 }.parse()
    }

    fn root(text: &str) -> Node<'_> {
        parsed(text).unwrap().unwrap().root
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parsed(&nested(MOST_LEVELS)).is_ok());
        for text in [
            nested(MOST_LEVELS + 1),
            "- ".repeat(100_000),
            "? ".repeat(100_000),
            "[".repeat(100_000),
            "{a: ".repeat(100_000),
        ] {
            assert!(parsed(&text).is_err());
        }
        let deep: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(parsed(&deep).unwrap_err().message.contains("64 deep"));
    }

    #[test]
    fn places_count_from_one() {
        let root = root("a:\n  - é: [x, \"y\"]\n");
        let [item] = root.under("a").unwrap().one_or_many() else { panic!() };
        assert_eq!(item.entries()[0].place, Place { line: 2, column: 5 });
        assert_eq!(item.entries()[0].node.one_or_many()[1].place, Place { line: 2, column: 12 });
    }

    #[test]
    fn scalars_keep_their_text() {
        let root = root("a: 0x1F\nb: '5'\nc: null\nd: !!str 7\ne: 1.10\n");
        let scalar = |key: &str| root.under(key).unwrap().scalar();
        let found = |text: &str, style| Scalar { text: text.to_owned().into(), style };
        assert_eq!(scalar("a"), Some(&found("0x1F", Style::Plain)));
        assert_eq!(scalar("b"), Some(&found("5", Style::Quoted)));
        assert_eq!(scalar("c"), None);
        assert_eq!(scalar("d"), Some(&found("7", Style::Quoted)));
        assert_eq!(scalar("e"), Some(&found("1.10", Style::Plain)));
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        for (text, line, part) in [
            ("a: 1\na: 2", 2, "twice; first in line 1"),
            ("a: &x 1\nb: *x", 2, "aliases"),
            ("a: !!binary aGk=", 1, "tags"),
            ("? [a]\n: b", 1, "key"),
            (": b", 1, "expected a text as key, found nothing"),
            ("a: [", 2, "no YAML"),
            ("\ta: 'x", 1, "no YAML"),
            ("a: 1\nb: \u{0}", 2, "U+0000"),
        ] {
            let problem = parsed(text).unwrap_err();
            assert!(problem.message.contains(part), "{text}: {problem:?}");
            assert_eq!(problem.place.line, line, "{text}: {problem:?}");
        }
    }

    #[test]
    fn what_is_not_seen_is_noted() {
        for (text, part) in [
            ("a: &x 1", Some("anchors")),
            ("a: !!str 1", Some("tags")),
            (r#"a: "\temp""#, Some(r"`\t`")),
            (r#"a: "\x41\\""#, None),
        ] {
            let objection = parsed(text).unwrap().unwrap().objection;
            assert_eq!(objection.is_some(), part.is_some(), "{text}: {objection:?}");
            assert!(objection.is_none_or(|problem| problem.message.contains(part.unwrap())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_tree_or_a_problem(text in "\\PC*|[-a:{}\\[\\]'\"\\\\ \n?,|>&*!#%x0]{0,60}") {
            let _ = parsed(&text);
        }
    }
}
