//! Texts as YAML scalars that read back as the same text.

use std::fmt::Write as _;

use crate::excerpt::is_hidden;

/// A text as a YAML scalar: plain where nothing can go wrong, else in single quotes, in which a backslash is a backslash;
/// in double quotes with escapes where a character could not be seen.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if !text.chars().any(is_hidden) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            _ if !is_hidden(character) => quoted.push(character),
            _ => {
                let code = u32::from(character);
                // Writing to a string cannot fail.
                let _ = match code {
                    0..=0xff => write!(quoted, "\\x{code:02X}"),
                    0x100..=0xffff => write!(quoted, "\\u{code:04X}"),
                    _ => write!(quoted, "\\U{code:08X}"),
                };
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Whether a text, written without quotes, is read as itself by every reader of YAML: words of letters and digits, single
/// spaces within, and no word that YAML 1.1 or 1.2 takes for something else.
fn is_plain(text: &str) -> bool {
    const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let mut last = ' ';
    for (index, character) in text.chars().enumerate() {
        let fits = match character {
            ' ' => last != ' ',
            _ if index == 0 => character.is_ascii_alphabetic(),
            _ => character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | '(' | ')'),
        };
        if !fits {
            return false;
        }
        last = character;
    }
    last != ' ' && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars() {
        for (text, expected) in [
            ("pipe_created", "pipe_created"),
            ("two words", "two words"),
            ("", "''"),
            (" a", "' a'"),
            ("a ", "'a '"),
            ("No", "'No'"),
            ("0x10", "'0x10'"),
            ("5", "'5'"),
            ("~", "'~'"),
            ("---", "'---'"),
            (r"\evil", r"'\evil'"),
            ("it's", "'it''s'"),
            ("a: b", "'a: b'"),
            ("tab\t\"\\", r#""tab\x09\"\\""#),
            ("\u{85}\u{2028}\u{feff}\u{e0001}", r#""\x85\u2028\uFEFF\U000E0001""#),
        ] {
            assert_eq!(scalar(text), expected);
        }
    }
}
