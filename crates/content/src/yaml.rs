//! YAML text as trees whose every part knows its place: what both front ends read.
//!
//! Text is cut into [documents](mod@documents), and each is [parsed](mod@parsing) to a [tree](mod@tree) by itself. Of YAML
//! this is a part: no aliases, no tags that change a meaning, no key twice, keys are texts, nesting is bounded, no control
//! characters as such.

mod cursor;
mod documents;
mod parsing;
mod tree;

pub(crate) use self::documents::{Document, documents};
pub(crate) use self::parsing::Parsed;
pub(crate) use self::tree::{Entry, Node, Place, Scalar, Style, Value, entry, under};
