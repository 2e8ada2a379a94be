//! A second reader of channel files, written from `docs/FORMAT.md` alone.
//!
//! Where two readers that share no line disagree, one of them is wrong, or the document is. So this one depends on nothing of the
//! project, copies everything into owned values, and is clear before it is fast: a file for each chapter of the document, in its
//! order. Time and memory are in proportion to the file.
//!
//! ```
//! let refusal = channel_file_second_reader::read(&[0; 44]).unwrap_err();
//! assert_eq!(refusal.to_string(), "2. Layout of a file: nothing but zero bytes");
//! ```
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod bytes;
mod codes;
mod content;
mod examples;
mod frame;
mod glob;
mod instances;
mod limits;
mod refusal;
mod rules;
mod shapes;
mod supply;
mod text;
mod texts;
mod types;
mod values;

pub use codes::{Comparison, Disposition, Expectation, FieldKind, Operator, Role, Severity, ValueKind};
pub use content::{Content, Criterion, Example, Field, FieldValue, Instance, Pattern, Rule, TemplateType, Value};
pub use limits::Limits;
pub use refusal::Refusal;

use bytes::{Cursor, count};
use supply::Supply;

/// Reads a whole file.
///
/// # Errors
///
/// When the file breaks a rule of the document, or a limit of its preset `default`. Which rule is named first, where several
/// are broken, is chance.
pub fn read(file: &[u8]) -> Result<Content, Refusal> {
    read_with(file, &Limits::default())
}

/// Reads a whole file within other limits than those of the preset.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_with(file: &[u8], limits: &Limits) -> Result<Content, Refusal> {
    let (header, sections) = frame::read(file, limits)?;

    let type_rows = types::rows(sections.types, limits)?;
    let field_rows = types::field_rows(sections.fields);
    let shape_rows = shapes::rows(sections.shapes);
    let slot_rows = shapes::slot_rows(sections.slots);
    let rule_rows = rules::rows(sections.rules, limits)?;
    let example_rows = examples::rows(sections.examples, limits)?;
    let mut texts = texts::texts(sections.text_ends, sections.text_heap)?;
    let mut byte_strings = texts::byte_strings(sections.byte_ends, sections.byte_heap)?;
    let mut words = Supply::new("3. Sections, words", Cursor::rows(sections.words, Cursor::u64));
    let mut presences = Supply::new("3. Sections, presences", sections.presences.to_vec());

    let types = types::read(type_rows, field_rows, &mut texts, limits)?;
    let shapes = shapes::read(shape_rows, slot_rows, &types, count(file.len()), limits)?;
    let columns = instances::Columns::new(&sections);
    let stores = instances::Stores { texts: &mut texts, byte_strings: &mut byte_strings, words: &mut words, limits };
    let mut instances = instances::read(&shapes, &types, columns, stores)?;
    let rules = rules::read(rule_rows, &mut instances, &mut texts, limits)?;
    let examples = examples::read(example_rows, &rules, &types, &mut presences, &mut byte_strings, limits)?;

    texts.finish()?;
    byte_strings.finish()?;
    words.finish()?;
    presences.finish()?;
    Ok(Content { channel: header.channel, version: header.content_version, types, instances, rules, examples })
}
