//! A line of JSON Lines as keys and values.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::lines::LONGEST;

/// Why no event could be made of a line.
#[derive(Debug)]
pub(crate) struct Fault {
    /// In characters, from 1, where it is known.
    pub(crate) column: Option<usize>,
    pub(crate) message: String,
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self { column: None, message }
    }
}

/// The text of a line; `None` if it is blank.
pub(crate) fn text(line: &[u8]) -> Result<Option<&str>, Fault> {
    if line.len() > LONGEST {
        return Err(format!("the line is longer than {LONGEST} bytes").into());
    }
    match std::str::from_utf8(line) {
        Ok(text) => Ok(Some(text).filter(|text| !text.trim_ascii().is_empty())),
        Err(error) => Err(format!("the line is not UTF-8 (at byte {:#x})", error.valid_up_to()).into()),
    }
}

/// Keys with their values, in the order of the line.
pub(crate) struct Object<'l>(pub(crate) Vec<(Cow<'l, str>, &'l RawValue)>);

impl<'l> Object<'l> {
    pub(crate) fn parse(text: &'l str) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|error| {
            let said = error.to_string();
            let message = said.rsplit_once(" at line ").map_or(&*said, |(message, _)| message);
            let before = error.column().checked_sub(1).and_then(|at| text.get(..at));
            let column = before.map(|before| before.chars().count().saturating_add(1));
            Fault { column, message: format!("expected an object of JSON: {message}") }
        })
    }
}

impl<'l> Deserialize<'l> for Object<'l> {
    fn deserialize<D: Deserializer<'l>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'l> Visitor<'l> for ObjectVisitor {
    type Value = Object<'l>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'l>>(self, mut map: A) -> Result<Object<'l>, A::Error> {
        // Most events have fewer fields.
        let mut entries = Vec::with_capacity(32);
        while let Some((Key(key), value)) = map.next_entry()? {
            entries.push((key, value));
        }
        Ok(Object(entries))
    }
}

/// A key, borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Key<'l>(#[serde(borrow)] Cow<'l, str>);
