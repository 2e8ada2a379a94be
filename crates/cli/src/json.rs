//! JSON that is as harmless on a terminal as the text for people.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use channel_file_content::is_hidden;

/// Writes a value as JSON, without spaces or line ends. Hidden characters are escaped, which JSON allows of every character.
pub(crate) fn write(value: &impl Serialize, to: impl Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(to, Harmless);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if !fragment.contains(is_hidden) {
            return writer.write_all(fragment.as_bytes());
        }
        for character in fragment.chars() {
            let mut units = [0; 2];
            if is_hidden(character) {
                character.encode_utf16(&mut units).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            } else {
                write!(writer, "{character}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let text = "a\u{1}\u{7f}\u{9b}\u{202e}\u{e0041}ß\"";
        let mut json = Vec::new();
        write(&text, &mut json).unwrap();
        assert_eq!(String::from_utf8_lossy(&json), "\"a\\u0001\\u007f\\u009b\\u202e\\udb40\\udc41ß\\\"\"");
        assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
    }
}
