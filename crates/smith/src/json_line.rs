//! Events as JSON Lines, which `channel-file match` reads.

use std::fmt::{self, Write};

use channel_file::template::{DeclaredType, Value};

/// Displays an event as an object on one line: the name of its type under a key, then the values that are not absent under the
/// names of their fields; bytes as hexadecimal digits. What is no UTF-8 in a text becomes U+FFFD, for JSON cannot say it.
#[derive(Clone, Copy, Debug)]
pub struct JsonLine<'e> {
    /// The key that names the type.
    pub type_key: &'e str,
    /// The type.
    pub declared: &'e DeclaredType<'e>,
    /// One value a field.
    pub values: &'e [Value<'e>],
}

impl fmt::Display for JsonLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}:{}", Quoted(self.type_key), Quoted(self.declared.name))?;
        for (field, value) in self.declared.fields.iter().zip(self.values) {
            if *value == Value::Absent {
                continue;
            }
            write!(f, ",{}:", Quoted(field.name))?;
            match value {
                Value::Absent => {}
                Value::Text(text) => write!(f, "{}", Quoted(&String::from_utf8_lossy(text)))?,
                Value::Bytes(bytes) => {
                    f.write_char('"')?;
                    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                    f.write_char('"')?;
                }
                Value::Unsigned(number) => write!(f, "{number}")?,
                Value::Signed(number) => write!(f, "{number}")?,
                Value::Boolean(value) => write!(f, "{value}")?,
                Value::IpAddress(address) => write!(f, "\"{address}\"")?,
            }
        }
        f.write_char('}')
    }
}

/// A string of JSON. Characters that end lines somewhere are escaped, whatever JSON says of them.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                    write!(f, "\\u{:04x}", u32::from(character))?;
                }
                other => f.write_char(other)?,
            }
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use channel_file::template::{DeclaredField, FieldKind};

    use super::*;

    #[test]
    fn a_line_says_every_value() {
        let field = |name, kind: FieldKind| DeclaredField { name, kind, operators: kind.operators(), since: 1 };
        let fields = [
            field("a \"b\"", FieldKind::Text),
            field("none", FieldKind::Text),
            field("bytes", FieldKind::Bytes),
            field("signed", FieldKind::Signed),
            field("flag", FieldKind::Boolean),
            field("address", FieldKind::IpAddress),
        ];
        let declared = DeclaredType { id: 1, version: 1, name: "t", fields: &fields };
        let address = std::net::IpAddr::from([192, 0, 2, 1]);
        let values = [
            Value::Text(b"\\\xFF\n\xE2\x80\xA8\xC3\x9F"),
            Value::Absent,
            Value::Bytes(&[0, 0xAB]),
            Value::Signed(-1),
            Value::Boolean(true),
            Value::IpAddress(address),
        ];
        let line = JsonLine { type_key: "type", declared: &declared, values: &values };
        assert_eq!(
            line.to_string(),
            "{\"type\":\"t\",\"a \\\"b\\\"\":\"\\\\\u{fffd}\\u000a\\u2028ß\",\"bytes\":\"00ab\",\"signed\":-1,\
            \"flag\":true,\"address\":\"192.0.2.1\"}"
        );
    }
}
