//! YAML documents as trees that keep what the author wrote: the text of every scalar, and where it stands.

use std::borrow::Cow;
use std::collections::BTreeSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};

use super::problem::{Checked, Position, Problem, excerpt};

/// Rules nest six deep; the bound keeps every walk over a tree within the stack.
const MOST_DEPTH: usize = 64;

/// A value in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) position: Position,
    pub(super) value: NodeValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeValue {
    /// No value: `null`, `~` or nothing.
    Null,
    Scalar(Scalar),
    Sequence(Vec<Node>),
    /// In the author's order; no key twice.
    Mapping(Vec<Entry>),
}

/// Text, a number or a truth value, as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// Not in quotes, and no block: may be a number or a truth value.
    pub(super) plain: bool,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) position: Position,
    pub(super) value: Node,
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            NodeValue::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The text, if this is a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// What this is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            NodeValue::Null => "nothing",
            NodeValue::Scalar(_) => "a value",
            NodeValue::Sequence(_) => "a list",
            NodeValue::Mapping(_) => "a mapping",
        }
    }
}

/// The documents of a text, one by one. After an error there is no more.
pub(super) struct Documents<'t> {
    parser: Parser<'t, StrInput<'t>>,
    ended: bool,
}

impl<'t> Documents<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { parser: Parser::new_from_str(text), ended: false }
    }

    /// The next document; `None` at the end.
    fn read(&mut self) -> Checked<Option<Node>> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let Some(event) = self.parser.next_event() else { return Ok(None) };
            let (event, span) = event.map_err(|error| {
                Problem::new(position(error.marker()), format!("the text is no YAML: {}", excerpt(error.info())))
            })?;
            let position = position(&span.start);
            let node = match event {
                Event::StreamEnd => return Ok(None),
                Event::Alias(_) => {
                    return Err(Problem::new(position, "aliases (`*name`) are not supported")
                        .help("write the value out where it is used"));
                }
                Event::Scalar(text, style, _, tag) => scalar(text, style, tag.as_deref(), position)?,
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    if open.len() >= MOST_DEPTH {
                        let message = format!("the document nests deeper than {MOST_DEPTH} levels");
                        return Err(Problem::new(position, message));
                    }
                    let mapping = matches!(event, Event::MappingStart(..));
                    open.push(Open {
                        position,
                        content: if mapping { Content::mapping() } else { Content::sequence() },
                    });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                    Some(done) => done.close(),
                    None => continue,
                },
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => continue,
            };
            match open.last_mut() {
                Some(parent) => parent.content.push(node)?,
                None => return Ok(Some(node)),
            }
        }
    }
}

impl Iterator for Documents<'_> {
    type Item = Checked<Node>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let document = self.read();
        self.ended = !matches!(document, Ok(Some(_)));
        document.transpose()
    }
}

/// A list or mapping that has begun and not ended.
struct Open {
    position: Position,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, keys: BTreeSet<String>, key: Option<(String, Position)> },
}

impl Content {
    const fn sequence() -> Self {
        Self::Sequence(Vec::new())
    }

    const fn mapping() -> Self {
        Self::Mapping { entries: Vec::new(), keys: BTreeSet::new(), key: None }
    }

    fn push(&mut self, node: Node) -> Checked<()> {
        let (entries, keys, waiting) = match self {
            Self::Sequence(nodes) => {
                nodes.push(node);
                return Ok(());
            }
            Self::Mapping { entries, keys, key } => (entries, keys, key),
        };
        if let Some((key, position)) = waiting.take() {
            entries.push(Entry { key, position, value: node });
            return Ok(());
        }
        let position = node.position;
        let NodeValue::Scalar(Scalar { text, .. }) = node.value else {
            return Err(Problem::new(position, format!("a key is a text, not {}", node.kind())));
        };
        if !keys.insert(text.clone()) {
            return Err(Problem::new(position, format!("the key '{}' is there twice", excerpt(&text)))
                .help("give both values in one list; the modifier `all` asks for each of them"));
        }
        *waiting = Some((text, position));
        Ok(())
    }
}

impl Open {
    fn close(self) -> Node {
        let value = match self.content {
            Content::Sequence(nodes) => NodeValue::Sequence(nodes),
            Content::Mapping { entries, .. } => NodeValue::Mapping(entries),
        };
        Node { position: self.position, value }
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, position: Position) -> Checked<Node> {
    let tagged_text = match tag {
        None => false,
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => true,
        Some(tag) => {
            let message = format!("the tag '{}' is not supported", excerpt(&tag.to_string()));
            return Err(Problem::new(position, message).help("leave it out, and put text in quotes"));
        }
    };
    let plain = style == ScalarStyle::Plain && !tagged_text;
    let value = if plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL") {
        NodeValue::Null
    } else {
        NodeValue::Scalar(Scalar { text: text.into_owned(), plain })
    };
    Ok(Node { position, value })
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line(), column: marker.col().saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Checked<Node> {
        Documents::new(text).next().unwrap()
    }

    #[test]
    fn scalars_keep_their_text_and_place() {
        let node = first("a: 0x1F\nb: '5'\nc: null\nd:\n  - 1.10\n").unwrap();
        let a = node.get("a").unwrap();
        assert_eq!(a.value.value, NodeValue::Scalar(Scalar { text: "0x1F".into(), plain: true }));
        assert_eq!(a.value.position, Position { line: 1, column: 4 });
        assert_eq!(node.get("b").unwrap().value.value, NodeValue::Scalar(Scalar { text: "5".into(), plain: false }));
        assert_eq!(node.get("c").unwrap().value.value, NodeValue::Null);
        let NodeValue::Sequence(items) = &node.get("d").unwrap().value.value else { panic!() };
        assert_eq!(items[0].text(), Some("1.10"));
        assert_eq!(items[0].position, Position { line: 5, column: 5 });
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        for (text, line, part) in [
            ("a: 1\na: 2", 2, "twice"),
            ("a: &x 1\nb: *x", 2, "aliases"),
            ("a: !!binary aGk=", 1, "tag"),
            ("? [a]\n: b", 1, "key"),
            ("a: [", 1, "no YAML"),
            ("\ta: 'x", 1, "no YAML"),
        ] {
            let problem = first(text).unwrap_err();
            assert!(problem.message.contains(part), "{text}: {problem:?}");
            assert!(problem.position.line >= line, "{text}: {problem:?}");
        }
    }

    #[test]
    fn hostile_depth_ends_early() {
        for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "a:\n".repeat(70)] {
            assert!(first(&text).is_err());
        }
        let deep: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(first(&deep).unwrap_err().message.contains("deeper"));
    }

    #[test]
    fn documents_follow_each_other() {
        assert_eq!(Documents::new("---\na: 1\n---\nb: 2\n---\n").count(), 3);
        assert_eq!(Documents::new("a: 1\n---\nb: [\n---\nc: 3\n").count(), 2);
        assert_eq!(Documents::new("").count(), 0);
    }
}
