//! Errors with the names that the bytes give.

use core::fmt;

use super::ChannelFile;
use super::view::{TypeView, View};
use crate::error::{Error, ErrorCode, ErrorKind};
use crate::limits::Limits;
use crate::wire::{SectionKind, Sections};

/// Displays an [`Error`] with the names that the file gives to what the error counts.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    error: Error,
    file: Option<ChannelFile<'a>>,
}

impl<'a> ChannelFile<'a> {
    /// Adds names to an error that [`open`](Self::open) or [`bind`](Self::bind) gave for these bytes. Names are read
    /// only where the frame is whole; they are as good as the file.
    #[must_use]
    pub fn explain(error: Error, bytes: &'a [u8]) -> Explanation<'a> {
        let file = Sections::open(bytes, &Limits::FORMAT).ok().map(|(header, sections)| {
            let text = super::check::utf8(sections.get(SectionKind::TextHeap)).unwrap_or_default();
            Self::lay_out(bytes, header, &sections, text)
        });
        Explanation { error, file }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)?;
        let path = self.error.path();
        if let Some(kind) = path.section_code().and_then(SectionKind::from_code) {
            write!(f, "; section {} is {}", kind.code(), kind.name())?;
        }
        let Some(file) = &self.file else { return Ok(()) };
        let instance = path.instance_index().and_then(|instance| file.instance(instance));
        let rule = path.rule_index().and_then(|rule| file.rules().get(rule));
        let example = path.example_index().and_then(|example| file.examples().get(example));
        if let Some(rule) =
            rule.or_else(|| instance.map(|instance| instance.rule())).or_else(|| example.map(|example| example.rule()))
        {
            write!(f, "; rule {} {}", Quoted(rule.id()), Quoted(rule.title()))?;
        }
        let template_type = path
            .template_type_index()
            .map(|index| TypeView::at(file, index))
            .or_else(|| instance.map(|instance| instance.template_type()))
            .or_else(|| example.map(|example| example.template_type()));
        if let Some(template_type) = template_type {
            write!(f, "; type {} {}", template_type.key(), Quoted(template_type.name()))?;
            if let Some(field) = path.field_index() {
                write!(f, "; field {}", Quoted(template_type.field_name(field)))?;
            }
        }
        if self.error.kind() == ErrorKind::Limit && self.error.code() != ErrorCode::LimitPatternsPerByte {
            write!(f, "; a caller may set other limits")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text in quotes, so that it can neither end them nor move or reverse what stands after it: before it is checked, a file may
/// hold anything.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                // Separators of lines, marks and overrides of direction.
                '\u{2028}' | '\u{2029}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => {
                    f.write_char(char::REPLACEMENT_CHARACTER)?;
                }
                '\u{2060}'..='\u{206F}' | '\u{FEFF}' => f.write_char(char::REPLACEMENT_CHARACTER)?,
                _ if character.is_control() => f.write_char(char::REPLACEMENT_CHARACTER)?,
                _ => f.write_char(character)?,
            }
        }
        f.write_char('"')
    }
}
