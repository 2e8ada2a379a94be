//! A case as people read it.

use std::fmt::{self, Write};

use channel_file::decode;
use channel_file::template::{
    Case, Content, Criterion, OwnedValue, PatternRef, PatternValue, SensorType, TemplateType,
};

use super::scenario::RecordedEvent;

/// Displays a channel file: its types, and each instance with its criteria.
pub(super) struct FileListing<'l>(pub(super) &'l [u8]);

impl fmt::Display for FileListing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match decode(self.0) {
            Ok(content) => list(&content, f),
            Err(error) => writeln!(f, "{} bytes that are no channel file: {error}", self.0.len()),
        }
    }
}

fn list(content: &Content, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for own in content.types() {
        let key = own.key();
        writeln!(f, "type {} (id {}, version {}), {} fields", own.name(), key.id, key.version, own.fields().len())?;
    }
    for rule in content.rules() {
        for instance in rule.instances() {
            let key = instance.template_type();
            let own = content.template_type(key);
            let name = own.map_or("", TemplateType::name);
            writeln!(f, "instance of rule {}, on {name} version {}", rule.id(), key.version)?;
            instance.criteria().iter().try_for_each(|criterion| list_criterion(criterion, own, f))?;
        }
    }
    Ok(())
}

fn list_criterion(criterion: &Criterion, own: Option<&TemplateType>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let index = criterion.field();
    let name = own.and_then(|own| own.fields().get(usize::from(index))).map_or("", |field| field.name());
    write!(f, "  field index {index} {name} {}:", criterion.sense())?;
    for (index, pattern) in criterion.patterns().iter().enumerate() {
        write!(f, "{} {}", if index > 0 { ";" } else { "" }, PatternListing(pattern.as_ref()))?;
    }
    writeln!(f)
}

struct PatternListing<'p>(PatternRef<'p>);

impl fmt::Display for PatternListing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.operator())?;
        match self.0.value() {
            PatternValue::None => Ok(()),
            PatternValue::Text(text, Case::Sensitive) => write!(f, " {text:?}"),
            PatternValue::Text(text, Case::Ignored) => write!(f, " {text:?}, case ignored"),
            PatternValue::Bytes(bytes) => write!(f, " b\"{}\"", bytes.escape_ascii()),
            other => write!(f, " {other:?}"),
        }
    }
}

/// Displays an event: a line for each value that is there, under its field's name.
pub(super) struct EventListing<'l, 't> {
    pub(super) types: &'l [SensorType<'t>],
    pub(super) event: &'l RecordedEvent,
}

impl fmt::Display for EventListing<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(own) = self.types.get(self.event.of).map(SensorType::declared) else { return Ok(()) };
        writeln!(f, "event of type {}; values that are not named are absent", own.name)?;
        for (index, (field, value)) in own.fields.iter().zip(&self.event.values).enumerate() {
            if *value != OwnedValue::Absent {
                writeln!(f, "  field index {index} {} = {}", field.name, Shown(value))?;
            }
        }
        Ok(())
    }
}

struct Shown<'v>(&'v OwnedValue);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            OwnedValue::Absent => f.write_str("absent"),
            OwnedValue::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => write!(f, "{text:?}"),
                Err(_) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            },
            OwnedValue::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
            OwnedValue::Unsigned(number) => write!(f, "{number}"),
            OwnedValue::Signed(number) => write!(f, "{number}"),
            OwnedValue::Boolean(value) => write!(f, "{value}"),
            OwnedValue::IpAddress(address) => write!(f, "{address}"),
        }
    }
}

/// Indents all lines.
pub(super) fn indented(listing: &impl fmt::Display) -> String {
    let mut text = String::new();
    for line in listing.to_string().lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {line}");
    }
    text
}
