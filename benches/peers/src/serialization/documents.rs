//! What is written and read: plain structs, as whoever uses a format would write them. Texts are of any type: owned or borrowed.

mod log;
mod rules;

use channel_file::template::Content;
use rkyv::vec::ArchivedVec;

pub(crate) use self::log::{Log, Record};
pub(crate) use self::rules::{
    Criterion, Disposition, Instance, Operator, Pattern, Rule, Rules, Sense, Severity, Value,
};
use crate::Failure;

/// A document that owns its texts.
pub(crate) trait Document: Clone + PartialEq + Weigh + Sized {
    /// The same, its texts borrowed from the bytes that it was read from.
    type Borrowed<'a>: bitcode::Decode<'a> + serde::Deserialize<'a> + Weigh;
    /// The same, its texts borrowed where the bytes hold them as they are: JSON escapes some characters.
    type Unescaped<'a>: serde::Deserialize<'a> + Weigh;

    /// What this content says.
    ///
    /// # Errors
    ///
    /// Content that says more than the document can.
    fn of(content: &Content) -> Result<Self, Failure>;

    /// How many records or instances it has.
    fn records(&self) -> usize;
}

/// Content, and the document that says the same.
pub(crate) struct Sample<D> {
    pub(crate) name: String,
    pub(crate) content: Content,
    pub(crate) document: D,
}

impl<D: Document> Sample<D> {
    pub(crate) fn new(name: &str, content: Content) -> Result<Self, Failure> {
        Ok(Self { name: name.to_owned(), document: D::of(&content)?, content })
    }
}

/// What can be read as a whole: every number and the length of every text, added up.
pub(crate) trait Weigh {
    fn weigh(&self) -> u64;
}

impl<W: Weigh> Weigh for Vec<W> {
    fn weigh(&self) -> u64 {
        self.iter().fold(0, |sum, part| sum.wrapping_add(part.weigh()))
    }
}

impl<W: Weigh> Weigh for ArchivedVec<W> {
    fn weigh(&self) -> u64 {
        self.iter().fold(0, |sum, part| sum.wrapping_add(part.weigh()))
    }
}

/// All of them, added up.
pub(crate) fn sum(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0, u64::wrapping_add)
}

/// The length of a text.
pub(crate) fn length(text: impl AsRef<str>) -> u64 {
    text.as_ref().len() as u64
}

/// A text of JSON: borrowed unless characters in it are escaped.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Unescaped<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

impl AsRef<str> for Unescaped<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
