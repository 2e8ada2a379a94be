//! Content as text, one line a thing: the same for the same content, and easily written by readers in other languages.
//!
//! ```text
//! channel 291 content-version 1
//! type 17.1 "pipe"
//!   field text operators 0x07ff "name"
//! instance 0 type 17.1 severity high disposition detect
//!   rule "r" ordinal 0
//!   any-of field 0
//!     starts-with text-ignoring-case "\\x"
//! rule "r" title "" author ""
//!   reference "https://example.com/"
//! example rule "r" type 17.1 match
//!   value text 5c78
//! ```
//!
//! Words are those of the document. Texts stand between quotation marks, with a backslash before quotation marks and backslashes,
//! and all but printable ASCII as `\u{…}`. Bytes, texts of events and addresses are in hexadecimal, numbers in decimal; a range
//! is low and high, a network address and prefix.

use core::fmt::{self, Display, Formatter, Write};

use crate::bytes::index;
use crate::content::{Content, Example, FieldValue, Instance, Pattern, Rule, TemplateType, Value};

impl Display for Content {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "channel {} content-version {}", self.channel, self.version)?;
        self.types.iter().try_for_each(|template| write_type(out, template))?;
        for (id, instance) in self.instances.iter().enumerate() {
            write!(out, "instance {id} type ")?;
            self.write_type_of(out, instance.type_index)?;
            writeln!(out, " severity {} disposition {}", instance.severity.word(), instance.disposition.word())?;
            self.write_instance(out, instance)?;
        }
        self.rules.iter().try_for_each(|rule| write_rule(out, rule))?;
        self.examples.iter().try_for_each(|example| self.write_example(out, example))
    }
}

impl Content {
    fn write_instance(&self, out: &mut Formatter<'_>, instance: &Instance) -> fmt::Result {
        write!(out, "  rule ")?;
        self.write_rule_of(out, instance.rule)?;
        writeln!(out, " ordinal {}", instance.ordinal)?;
        for criterion in &instance.criteria {
            let sense = if criterion.none_of { "none-of" } else { "any-of" };
            writeln!(out, "  {sense} field {}", criterion.field)?;
            criterion.patterns.iter().try_for_each(|pattern| write_pattern(out, pattern))?;
        }
        Ok(())
    }

    fn write_example(&self, out: &mut Formatter<'_>, example: &Example) -> fmt::Result {
        write!(out, "example rule ")?;
        self.write_rule_of(out, example.rule)?;
        write!(out, " type ")?;
        self.write_type_of(out, example.type_index)?;
        writeln!(out, " {}", example.expectation.word())?;
        example.values.iter().try_for_each(|value| write_field_value(out, value))
    }

    fn write_type_of(&self, out: &mut Formatter<'_>, type_index: u32) -> fmt::Result {
        match self.types.get(index(type_index)) {
            Some(template) => write!(out, "{}.{}", template.id, template.version),
            None => Err(fmt::Error),
        }
    }

    fn write_rule_of(&self, out: &mut Formatter<'_>, rule: u32) -> fmt::Result {
        match self.rules.get(index(rule)) {
            Some(rule) => write_text(out, &rule.id),
            None => Err(fmt::Error),
        }
    }
}

fn write_type(out: &mut Formatter<'_>, template: &TemplateType) -> fmt::Result {
    write!(out, "type {}.{} ", template.id, template.version)?;
    write_text(out, &template.name)?;
    out.write_char('\n')?;
    for field in &template.fields {
        write!(out, "  field {} operators {:#06x} ", field.kind.word(), field.operators)?;
        write_text(out, &field.name)?;
        out.write_char('\n')?;
    }
    Ok(())
}

fn write_rule(out: &mut Formatter<'_>, rule: &Rule) -> fmt::Result {
    write!(out, "rule ")?;
    write_text(out, &rule.id)?;
    write!(out, " title ")?;
    write_text(out, &rule.title)?;
    write!(out, " author ")?;
    write_text(out, &rule.author)?;
    out.write_char('\n')?;
    for reference in &rule.references {
        write!(out, "  reference ")?;
        write_text(out, reference)?;
        out.write_char('\n')?;
    }
    Ok(())
}

fn write_pattern(out: &mut Formatter<'_>, pattern: &Pattern) -> fmt::Result {
    write!(out, "    {}", pattern.operator.word())?;
    match &pattern.value {
        Value::None => {}
        Value::Text(text) => {
            write!(out, " text ")?;
            write_text(out, text)?;
        }
        Value::TextIgnoringCase(text) => {
            write!(out, " text-ignoring-case ")?;
            write_text(out, text)?;
        }
        Value::Bytes(bytes) => write_bytes(out, "bytes", bytes)?,
        Value::Boolean(value) => write!(out, " boolean {value}")?,
        Value::Unsigned(value) => write!(out, " unsigned {value}")?,
        Value::UnsignedRange { low, high } => write!(out, " unsigned {low} {high}")?,
        Value::Signed(value) => write!(out, " signed {value}")?,
        Value::SignedRange { low, high } => write!(out, " signed {low} {high}")?,
        Value::Ipv4(address) => write!(out, " ipv4 {address:08x}")?,
        Value::Ipv4Network { address, prefix } => write!(out, " ipv4 {address:08x} {prefix}")?,
        Value::Ipv6(address) => write!(out, " ipv6 {address:032x}")?,
        Value::Ipv6Network { address, prefix } => write!(out, " ipv6 {address:032x} {prefix}")?,
        Value::Field { field, comparison, ignores_case } => {
            write!(out, " field {field} {} ignores-case {ignores_case}", comparison.word())?;
        }
    }
    out.write_char('\n')
}

fn write_field_value(out: &mut Formatter<'_>, value: &FieldValue) -> fmt::Result {
    write!(out, "  value")?;
    match value {
        FieldValue::Absent => write!(out, " absent")?,
        FieldValue::Text(bytes) => write_bytes(out, "text", bytes)?,
        FieldValue::Bytes(bytes) => write_bytes(out, "bytes", bytes)?,
        FieldValue::Unsigned(value) => write!(out, " unsigned {value}")?,
        FieldValue::Signed(value) => write!(out, " signed {value}")?,
        FieldValue::Boolean(value) => write!(out, " boolean {value}")?,
        FieldValue::Ipv4(address) => write!(out, " ipv4 {address:08x}")?,
        FieldValue::Ipv6(address) => write!(out, " ipv6 {address:032x}")?,
    }
    out.write_char('\n')
}

/// Between quotation marks; all but printable ASCII as `\u{…}`.
fn write_text(out: &mut Formatter<'_>, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(out, "\\{character}")?,
            ' '..='~' => out.write_char(character)?,
            _ => write!(out, "{}", character.escape_unicode())?,
        }
    }
    out.write_char('"')
}

fn write_bytes(out: &mut Formatter<'_>, kind: &str, bytes: &[u8]) -> fmt::Result {
    write!(out, " {kind} ")?;
    bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
}
