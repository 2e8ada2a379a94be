//! How findings are worded.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::channel_file::view::{CriterionView, InstanceView};
use crate::counted::counted;
use crate::template::{
    Case, Comparison, DeclaredType, FieldReference, Operator, PatternRef, PatternValue, Sense, Value,
};

/// As many things are named; further ones are counted.
const NAMED: usize = 8;

/// As many characters of a text are shown.
const SHOWN: usize = 80;

/// `1 field`, `21 fields`.
pub(super) fn numbered(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) struct Listed<'l>(pub(super) &'l [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let further = self.0.len().saturating_sub(NAMED);
        let last = self.0.len().saturating_sub(1);
        for (number, item) in counted(0_usize, self.0.iter().take(NAMED)) {
            let separator = match number {
                0 => "",
                _ if number == last => " and ",
                _ => ", ",
            };
            write!(f, "{separator}{item}")?;
        }
        if further > 0 { write!(f, " and {further} more") } else { Ok(()) }
    }
}

/// A text in quotes, shortened, with what cannot be seen escaped.
pub(super) struct Quoted<'q>(pub(super) &'q str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("'")?;
        for character in self.0.chars().take(SHOWN) {
            if character.is_control() {
                write!(f, "{}", character.escape_unicode())?
            } else {
                write!(f, "{character}")?
            }
        }
        if self.0.chars().nth(SHOWN).is_some() {
            f.write_str("…")?;
        }
        f.write_str("'")
    }
}

/// Bytes as text where they are text, else as hexadecimal digits.
struct Bytes<'b>(&'b [u8]);

impl fmt::Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(text) = core::str::from_utf8(self.0) {
            return Quoted(text).fmt(f);
        }
        f.write_str("hex ")?;
        self.0.iter().take(SHOWN).try_for_each(|byte| write!(f, "{byte:02x}"))?;
        if self.0.len() > SHOWN { f.write_str("…") } else { Ok(()) }
    }
}

/// A value of an event.
pub(super) struct Shown<'v>(pub(super) Value<'v>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Absent => f.write_str("absent"),
            Value::Text(bytes) | Value::Bytes(bytes) => Bytes(bytes).fmt(f),
            Value::Unsigned(number) => write!(f, "{number}"),
            Value::Signed(number) => write!(f, "{number}"),
            Value::Boolean(value) => write!(f, "{value}"),
            Value::IpAddress(address) => write!(f, "{address}"),
        }
    }
}

/// The values of an event that are there, by name.
pub(super) struct Values<'v> {
    pub(super) declared: &'v DeclaredType<'v>,
    pub(super) values: &'v [Value<'v>],
}

impl fmt::Display for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.declared.fields.iter().zip(self.values);
        let present = fields.filter(|(_, value)| **value != Value::Absent);
        let mut separator = "";
        for (field, value) in present {
            write!(f, "{separator}{}: {}", field.name, Shown(*value))?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("every value absent") } else { Ok(()) }
    }
}

/// A criterion: `Image any-of [ends-with '\a.exe']`.
pub(super) struct Criterion<'c> {
    pub(super) instance: &'c InstanceView<'c>,
    pub(super) criterion: CriterionView<'c>,
}

impl fmt::Display for Criterion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let template_type = self.instance.template_type();
        let name = |field: u16| template_type.field(field).map_or("", |field| field.name());
        let sense = match self.criterion.sense() {
            Sense::AnyOf => "any-of",
            Sense::NoneOf => "none-of",
        };
        write!(f, "{} {sense} [", name(self.criterion.field()))?;
        let patterns = self.criterion.patterns();
        let further = patterns.len().saturating_sub(NAMED);
        let mut separator = "";
        for pattern in patterns.take(NAMED) {
            write!(f, "{separator}{}", Pattern { pattern, field_name: &name })?;
            separator = ", ";
        }
        if further > 0 { write!(f, " and {further} more]") } else { f.write_str("]") }
    }
}

/// A pattern: `starts-with 'a'`.
pub(super) struct Pattern<'p, N> {
    pub(super) pattern: PatternRef<'p>,
    /// The name of a field.
    pub(super) field_name: N,
}

impl<'n, N: Fn(u16) -> &'n str> fmt::Display for Pattern<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operator = self.pattern.operator();
        match self.pattern.value() {
            PatternValue::None => write!(f, "{operator}"),
            PatternValue::Text(text, Case::Ignored) => write!(f, "{operator} {}", Quoted(text)),
            PatternValue::Text(text, Case::Sensitive) => write!(f, "{operator} {} with case", Quoted(text)),
            PatternValue::Bytes(bytes) => write!(f, "{operator} {}", Bytes(bytes)),
            PatternValue::Boolean(value) => write!(f, "{operator} {value}"),
            PatternValue::Unsigned(number) => write!(f, "{operator} {number}"),
            PatternValue::Signed(number) => write!(f, "{operator} {number}"),
            PatternValue::Address(address) => write!(f, "{operator} {address}"),
            PatternValue::Network(network) => write!(f, "{operator} {network}"),
            PatternValue::UnsignedRange(low, high) => write!(f, "{operator} {low} to {high}"),
            PatternValue::SignedRange(low, high) => write!(f, "{operator} {low} to {high}"),
            PatternValue::Field(FieldReference { field, comparison, case }) => {
                let name = (self.field_name)(field);
                match comparison {
                    Comparison::Equals => write!(f, "equals the field {name}")?,
                    comparison => write!(f, "{comparison} the field {name}")?,
                }
                if case == Case::Sensitive && operator == Operator::FieldReference {
                    f.write_str(" with case")
                } else {
                    Ok(())
                }
            }
        }
    }
}
