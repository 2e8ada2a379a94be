//! Values, and what modifiers make of them, one after the other as they stand in the key.

use channel_file::template::{Case, Comparison};
use rsigma_parser::Modifier;

use super::encoding::{self, Part, Utf16};
use super::item::Item;
use super::options::Options;
use crate::excerpt::quoted;
use crate::findings::{Checked, Problem};
use crate::yaml::{Node, Scalar, Style};

/// A value after some modifiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// The field has no value.
    Absent,
    /// Text with wildcards.
    Text(Vec<Part>, Case),
    /// A regular expression, with the flags written into it except for case.
    Regex { text: String, case: Case, multi_line: bool, dot_all: bool },
    /// An address or a network in CIDR notation.
    Network(String),
    /// Whether the field has a value.
    Exists(bool),
    /// Integers from the first to the second, both included.
    Integers(i128, i128),
    /// Another field.
    Field { name: String, comparison: Comparison, case: Case },
}

/// One value of an item after all of its modifiers: any of what it stands for.
///
/// `bytes` is what the values of the rule may still come to, and becomes less by what these values have.
pub(super) fn expand(node: &Node<'_>, item: &Item<'_>, options: &Options, bytes: &mut usize) -> Checked<Vec<Value>> {
    let scalar = match node.scalar() {
        Some(scalar) => scalar,
        None if item.modifiers.is_empty() => return Ok(vec![Value::Absent]),
        None => {
            let message = "`null` means that the field is absent; it takes no modifiers but `all` and `neq`";
            return Err(Problem::new(node.place, message));
        }
    };
    let fail = |message: String| Problem::new(node.place, message);
    let mut values = vec![Value::Text(encoding::parts(&scalar.text), Case::Ignored)];
    let mut first = true;
    let mut left = *bytes;
    let mut modifiers = item.modifiers.iter();
    while let Some(modifier) = modifiers.next() {
        let more_follow = !modifiers.as_slice().is_empty();
        let mut next = Vec::with_capacity(values.len());
        left = *bytes;
        for value in values {
            let room = Room { values: options.max_patterns.saturating_sub(next.len()), bytes: left };
            for value in apply(*modifier, value, scalar, first, room, options).map_err(fail)? {
                check_length(&value, more_follow, options).map_err(fail)?;
                left = left.checked_sub(size(&value)).ok_or_else(|| fail(too_long()))?;
                next.push(value);
            }
            if next.len() > options.max_patterns {
                return Err(fail(too_many(options.max_patterns)));
            }
        }
        values = next;
        first = false;
    }
    *bytes = left;
    Ok(values)
}

/// How much a modifier may make of a value.
#[derive(Clone, Copy, Debug)]
struct Room {
    values: usize,
    bytes: usize,
}

/// What the values of a rule may have in memory together, after modifiers: a few times what any text may have.
pub(super) fn most_bytes(options: &Options) -> usize {
    options.max_text_bytes.saturating_mul(4).max(67_108_864)
}

/// Bytes in memory.
fn size(value: &Value) -> usize {
    match value {
        Value::Text(parts, _) => encoding::size(parts),
        Value::Regex { text, .. } | Value::Network(text) | Value::Field { name: text, .. } => text.len(),
        Value::Absent | Value::Exists(_) | Value::Integers(..) => 0,
    }
}

/// Refuses a value that no later modifier makes a pattern of.
fn check_length(value: &Value, more_follow: bool, options: &Options) -> Result<(), String> {
    /// Modifiers that follow may take bytes away: names of placeholders, digits at the ends of base64.
    const SLACK: usize = 4;
    let most = usize::try_from(options.limits.pattern_bytes).unwrap_or(usize::MAX);
    let (what, length, most) = match value {
        Value::Text(parts, _) if more_follow => ("value", encoding::literal_bytes(parts), most.saturating_mul(SLACK)),
        Value::Text(parts, _) => ("value", encoding::literal_bytes(parts), most),
        Value::Regex { text, .. } => ("regular expression", text.len(), most),
        _ => return Ok(()),
    };
    if length > most {
        return Err(format!("the {what} has {length} bytes; the limit is {most}"));
    }
    Ok(())
}

/// Refuses modifiers that say nothing after the ones before them.
pub(super) fn check_order(modifiers: &[Modifier]) -> Result<(), String> {
    const BASE64: [Modifier; 2] = [Modifier::Base64, Modifier::Base64Offset];
    const UTF16: [Modifier; 3] = [Modifier::Wide, Modifier::Utf16be, Modifier::Utf16];
    const BEFORE_REFERENCES: [Modifier; 4] =
        [Modifier::Cased, Modifier::Contains, Modifier::StartsWith, Modifier::EndsWith];
    for kind in [BASE64.as_slice(), UTF16.as_slice()] {
        let mut encodings = modifiers.iter().filter(|modifier| kind.contains(modifier));
        if let (Some(first), Some(second)) = (encodings.next(), encodings.next()) {
            let (first, second) = (name(*first), name(*second));
            return Err(format!("the modifier '{second}' encodes what '{first}' has encoded already"));
        }
    }
    let reference = modifiers.iter().position(|modifier| *modifier == Modifier::FieldRef);
    let before = modifiers.iter().take(reference.unwrap_or_default());
    match before.into_iter().find(|modifier| !BEFORE_REFERENCES.contains(modifier)) {
        Some(other) => Err(format!("the modifier '{}' does not go before `fieldref`", name(*other))),
        None => Ok(()),
    }
}

/// What one modifier makes of one value: at most what there is room for, or a message.
fn apply(
    modifier: Modifier,
    value: Value,
    scalar: &Scalar<'_>,
    first: bool,
    room: Room,
    options: &Options,
) -> Result<Vec<Value>, String> {
    let one = |value| Ok(vec![value]);
    match (modifier, value) {
        (Modifier::Contains, value) => one(surround(value, true, true)?),
        (Modifier::StartsWith, value) => one(surround(value, false, true)?),
        (Modifier::EndsWith, value) => one(surround(value, true, false)?),
        (Modifier::Cased, Value::Text(parts, _)) => one(Value::Text(parts, Case::Sensitive)),
        (Modifier::Cased, Value::Field { name, comparison, .. }) => {
            one(Value::Field { name, comparison, case: Case::Sensitive })
        }
        (Modifier::WindAsh, Value::Text(parts, case)) => {
            let count = encoding::dash_count(&parts).ok_or_else(|| too_many(options.max_patterns))?;
            if count > room.values {
                return Err(too_many(options.max_patterns));
            }
            if encoding::size(&parts).checked_mul(count).is_none_or(|bytes| bytes > room.bytes) {
                return Err(too_long());
            }
            Ok(encoding::with_dashes(parts)?.into_iter().map(|parts| Value::Text(parts, case)).collect())
        }
        (Modifier::Wide, value) => one(utf16(value, Utf16::LittleEndian)?),
        (Modifier::Utf16be, value) => one(utf16(value, Utf16::BigEndian)?),
        (Modifier::Utf16, value) => one(utf16(value, Utf16::LittleEndianWithMark)?),
        (Modifier::Base64, Value::Text(parts, case)) => {
            let encoded = encoding::base64(&literal(&parts)?);
            one(Value::Text(vec![Part::Literal(encoded.into_bytes())], case))
        }
        (Modifier::Base64Offset, Value::Text(parts, case)) => {
            let texts = encoding::base64_at_offsets(&literal(&parts)?);
            if texts.iter().any(String::is_empty) {
                return Err(
                    "`base64offset` takes two bytes or more: fewer leave base64 no digit of their own".to_owned()
                );
            }
            let values = texts.into_iter().map(|text| Value::Text(vec![Part::Literal(text.into_bytes())], case));
            Ok(values.collect())
        }
        (Modifier::Expand, Value::Text(parts, case)) => {
            let expanded = encoding::with_placeholders(parts, &options.placeholders, room.values, room.bytes)?;
            Ok(expanded.into_iter().map(|parts| Value::Text(parts, case)).collect())
        }
        (Modifier::FieldRef, Value::Text(..)) if first => {
            one(Value::Field { name: scalar.text.to_string(), comparison: Comparison::Equals, case: Case::Ignored })
        }
        (Modifier::FieldRef, Value::Text(parts, case)) => one(field_reference(scalar, &parts, case)?),
        (Modifier::IgnoreCase, Value::Regex { text, multi_line, dot_all, .. }) => {
            one(Value::Regex { text, case: Case::Ignored, multi_line, dot_all })
        }
        (Modifier::Multiline, Value::Regex { text, case, dot_all, .. }) => {
            one(Value::Regex { text, case, multi_line: true, dot_all })
        }
        (Modifier::DotAll, Value::Regex { text, case, multi_line, .. }) => {
            one(Value::Regex { text, case, multi_line, dot_all: true })
        }
        (Modifier::IgnoreCase | Modifier::Multiline | Modifier::DotAll, _) => {
            Err(format!("the modifier '{}' belongs after `re`", name(modifier)))
        }
        (
            Modifier::Re
            | Modifier::Cidr
            | Modifier::Exists
            | Modifier::Gt
            | Modifier::Gte
            | Modifier::Lt
            | Modifier::Lte,
            _,
        ) if !first => Err(format!("the modifier '{}' belongs right after the field", name(modifier))),
        (Modifier::Re, _) => one(Value::Regex {
            text: scalar.text.to_string(),
            case: Case::Sensitive,
            multi_line: false,
            dot_all: false,
        }),
        (Modifier::Cidr, _) => one(Value::Network(scalar.text.to_string())),
        (Modifier::Exists, _) => match scalar.text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => one(Value::Exists(true)),
            "false" | "no" | "off" => one(Value::Exists(false)),
            other => Err(format!("`exists` expects true or false, found {}", quoted(other))),
        },
        (Modifier::Gt | Modifier::Gte | Modifier::Lt | Modifier::Lte, _) => {
            let number = integer(scalar)?;
            let (low, high) = match modifier {
                Modifier::Gt => (number.saturating_add(1), i128::MAX),
                Modifier::Gte => (number, i128::MAX),
                Modifier::Lt => (i128::MIN, number.saturating_sub(1)),
                _ => (i128::MIN, number),
            };
            one(Value::Integers(low, high))
        }
        (Modifier::Minute | Modifier::Hour | Modifier::Day | Modifier::Week | Modifier::Month | Modifier::Year, _) => {
            Err(format!(
                "the modifier '{}' takes a time apart, which patterns of a template type cannot",
                name(modifier)
            ))
        }
        (Modifier::All | Modifier::Neq, value) => one(value),
        (_, _) => Err(format!("the modifier '{}' does not go with the ones before it", name(modifier))),
    }
}

fn surround(value: Value, before: bool, after: bool) -> Result<Value, String> {
    match value {
        Value::Text(parts, case) => {
            // Runs of wildcards are brought in order later.
            let run = |is_there: bool| is_there.then_some(Part::AnyRun);
            Ok(Value::Text(run(before).into_iter().chain(parts).chain(run(after)).collect(), case))
        }
        Value::Field { name, comparison, case } => {
            let comparison = match (comparison, before, after) {
                (Comparison::Equals, true, false) => Comparison::EndsWith,
                (Comparison::Equals, false, true) => Comparison::StartsWith,
                (same @ Comparison::EndsWith, true, false) | (same @ Comparison::StartsWith, false, true) => same,
                _ => Comparison::Contains,
            };
            Ok(Value::Field { name, comparison, case })
        }
        // A regular expression is found anywhere in the value as it is.
        regex @ Value::Regex { .. } if before && after => Ok(regex),
        Value::Regex { .. } => Err("a regular expression is anchored in itself, with `^` and `$`".to_owned()),
        _ => Err("`contains`, `startswith` and `endswith` work on text and fields only".to_owned()),
    }
}

/// `startswith|fieldref` says the same as `fieldref|startswith`.
fn field_reference(scalar: &Scalar<'_>, parts: &[Part], case: Case) -> Result<Value, String> {
    let before = matches!(parts, [Part::AnyRun, ..]);
    let after = matches!(parts, [.., Part::AnyRun]);
    let plain = encoding::parts(&scalar.text).iter().all(|part| matches!(part, Part::Literal(_)));
    let reference = Value::Field { name: scalar.text.to_string(), comparison: Comparison::Equals, case };
    match (plain, before, after) {
        (false, ..) => Err("the name of a field has no wildcards".to_owned()),
        (true, false, false) => Ok(reference),
        (true, before, after) => surround(reference, before, after),
    }
}

fn utf16(value: Value, encoding: Utf16) -> Result<Value, String> {
    match value {
        Value::Text(parts, case) => Ok(Value::Text(encoding::utf16(parts, encoding)?, case)),
        _ => Err("encodings work on text only".to_owned()),
    }
}

/// The bytes of a text without wildcards.
fn literal(parts: &[Part]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for part in parts {
        match part {
            Part::Literal(literal) => bytes.extend_from_slice(literal),
            _ => return Err("a text with wildcards cannot be encoded; put `contains` and the like after it".to_owned()),
        }
    }
    Ok(bytes)
}

fn integer(scalar: &Scalar<'_>) -> Result<i128, String> {
    if scalar.style != Style::Plain {
        return Err(format!("a comparison expects a number without quotes, found {}", quoted(&scalar.text)));
    }
    number(&scalar.text).ok_or_else(|| {
        format!("a comparison expects a whole number of at most 64 bits, found {}", quoted(&scalar.text))
    })
}

/// The integer that YAML reads in a plain scalar: decimal, `0x` or `0o`; at most 64 bits.
pub(super) fn number(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = match digits.strip_prefix("0x").map(|hexadecimal| (hexadecimal, 16)) {
        Some(radix) => radix,
        None => digits.strip_prefix("0o").map_or((digits, 10), |octal| (octal, 8)),
    };
    let (digits, radix) = magnitude;
    // Two signs are none.
    if !digits.starts_with(|character: char| character.is_ascii_hexdigit()) {
        return None;
    }
    let magnitude = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let number = if negative { magnitude.checked_neg()? } else { magnitude };
    (number >= i128::from(i64::MIN)).then_some(number)
}

fn too_many(limit: usize) -> String {
    format!("the value stands for more than {limit} patterns, the limit for one rule")
}

fn too_long() -> String {
    "the values of the rule have too many bytes after their modifiers".to_owned()
}

fn name(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Contains => "contains",
        Modifier::StartsWith => "startswith",
        Modifier::EndsWith => "endswith",
        Modifier::All => "all",
        Modifier::Base64 => "base64",
        Modifier::Base64Offset => "base64offset",
        Modifier::Wide => "wide",
        Modifier::Utf16be => "utf16be",
        Modifier::Utf16 => "utf16",
        Modifier::WindAsh => "windash",
        Modifier::Re => "re",
        Modifier::Cidr => "cidr",
        Modifier::Cased => "cased",
        Modifier::Exists => "exists",
        Modifier::Expand => "expand",
        Modifier::FieldRef => "fieldref",
        Modifier::Gt => "gt",
        Modifier::Gte => "gte",
        Modifier::Lt => "lt",
        Modifier::Lte => "lte",
        Modifier::Neq => "neq",
        Modifier::IgnoreCase => "i",
        Modifier::Multiline => "m",
        Modifier::DotAll => "s",
        Modifier::Minute => "minute",
        Modifier::Hour => "hour",
        Modifier::Day => "day",
        Modifier::Week => "week",
        Modifier::Month => "month",
        Modifier::Year => "year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_yaml_does() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-5", Some(-5)),
            ("+7", Some(7)),
            ("0x1F", Some(31)),
            ("0o17", Some(15)),
            ("010", Some(10)),
            ("18446744073709551615", Some(i128::from(u64::MAX))),
            ("18446744073709551616", None),
            ("-9223372036854775809", None),
            ("1.5", None),
            ("--1", None),
            ("0x-1", None),
            ("", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
