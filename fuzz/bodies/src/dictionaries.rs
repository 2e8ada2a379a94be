//! Tokens for engines, from the constants of the format and the words of the sources. Made anew by
//! `BLESS=1 cargo test --package channel-file-fuzz-bodies --test folders`.

use std::fmt::Write;

use channel_file::SectionKind;
use channel_file::template::{
    Comparison, Disposition, Expectation, FieldKind, Operator, Sense, Severity, SlotRole, ValueKind,
};

use crate::target::{Input, Target};

/// The dictionary of a target, in the form that libFuzzer and AFL++ read.
#[must_use]
pub fn dictionary(target: &Target) -> String {
    let mut text = format!("# Tokens for `{}`, made of the library's own constants.\n", target.name);
    match target.input {
        Input::Bytes | Input::File => bytes(&mut text),
        Input::Choices => choices(&mut text),
        Input::Text => words(&mut text),
    }
    text
}

fn token(text: &mut String, name: &str, bytes: &[u8]) {
    let escaped: String = bytes.iter().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'"' | b'\\' => _ = write!(escaped, "\\{}", char::from(*byte)),
            b' '..=b'~' => escaped.push(char::from(*byte)),
            _ => _ = write!(escaped, "\\x{byte:02X}"),
        }
        escaped
    });
    let name: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    _ = writeln!(text, "{name}=\"{escaped}\"");
}

fn bytes(text: &mut String) {
    token(text, "magic", b"\xC7CHN\r\n\x1A\n");
    token(text, "format_version", &[1, 0, 0, 0]);
    token(text, "fewest_sections", &10_u32.to_le_bytes());
    for kind in SectionKind::ALL {
        // An entry of the section table: its kind, and the length of one row.
        let entry = [&[kind.code()], &kind.row_bytes().to_le_bytes()[..]].concat();
        token(text, &format!("section_{}", kind.name()), &entry);
    }
    for kind in FieldKind::ALL {
        let row = [&[kind.code()], &kind.operators().bits().to_le_bytes()[..]].concat();
        token(text, &format!("field_{}", kind.name()), &row);
    }
    for operator in Operator::ALL {
        for value in ValueKind::ALL {
            if FieldKind::ALL.iter().any(|kind| kind.takes(*operator, *value)) {
                for role in SlotRole::ALL {
                    let slot = [role.code(), operator.code(), value.code(), 1, 0, 0, 0];
                    token(text, &format!("slot_{role}_{operator}_{value}"), &slot);
                }
            }
        }
    }
    for (name, number) in [("u16_most", u64::from(u16::MAX)), ("u32_most", u64::from(u32::MAX)), ("u64_most", u64::MAX)]
    {
        let width = name.find('_').and_then(|end| name[1..end].parse::<usize>().ok()).map_or(8, |bits| bits / 8);
        token(text, name, &number.to_le_bytes()[..width]);
    }
    for (name, bytes) in
        [("invalid_utf8", &b"\xED\xA0\x80"[..]), ("letter_of_two", "ß".as_bytes()), ("kelvin", "\u{212A}".as_bytes())]
    {
        token(text, name, bytes);
    }
    for (name, glob) in [("star", "*"), ("any", "?"), ("escaped_star", "\\*"), ("stars", "**"), ("star_any", "*?")] {
        token(text, name, glob.as_bytes());
    }
}

/// Decisions: nothing, all, and what lies between.
fn choices(text: &mut String) {
    for (name, bytes) in [("zeros", [0_u8; 8]), ("ones", [0xFF; 8]), ("half", [0x7F; 8]), ("quarter", [0x40; 8])] {
        token(text, name, &bytes);
    }
}

fn words(text: &mut String) {
    let keys = [
        "rule",
        "title",
        "author",
        "references",
        "type",
        "severity",
        "disposition",
        "when",
        "field",
        "any-of",
        "none-of",
        "examples",
        "channel",
        "content-version",
        "template-type",
        "id",
        "version",
        "fields",
        "name",
        "kind",
        "operators",
        "since",
        "waivers",
        "waivers-for",
        "case",
        "logsource",
        "product",
        "category",
        "service",
        "detection",
        "condition",
        "level",
        "status",
        "description",
        "tags",
        "falsepositives",
    ];
    for key in keys {
        token(text, &format!("key_{key}"), format!("{key}:").as_bytes());
    }
    let names = Operator::ALL.iter().map(|own| own.name());
    let names =
        names.chain(FieldKind::ALL.iter().map(|own| own.name())).chain(Severity::ALL.iter().map(|own| own.name()));
    let names =
        names.chain(Disposition::ALL.iter().map(|own| own.name())).chain(Sense::ALL.iter().map(|own| own.name()));
    let names =
        names.chain(Comparison::ALL.iter().map(|own| own.name())).chain(Expectation::ALL.iter().map(|own| own.name()));
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        token(text, &format!("word_{name}"), name.as_bytes());
    }
    let modifiers = [
        "contains",
        "startswith",
        "endswith",
        "all",
        "re",
        "cidr",
        "base64",
        "base64offset",
        "wide",
        "windash",
        "cased",
        "exists",
        "fieldref",
        "gt",
        "gte",
        "lt",
        "lte",
        "utf16le",
    ];
    for modifier in modifiers {
        token(text, &format!("modifier_{modifier}"), format!("|{modifier}").as_bytes());
    }
    let marks = [
        "---\n", "- ", ": ", "'", "\"", "[", "]", "{", "}", "&a ", "*a", "!!str ", "|\n", ">\n", "\n  ", "#", "?",
        "<<: ",
    ];
    for (index, mark) in marks.iter().enumerate() {
        token(text, &format!("mark_{index}"), mark.as_bytes());
    }
    for condition in ["1 of ", "all of ", "them", " and ", " or ", "not ", "(", ")", "null", "true", "~"] {
        token(text, &format!("condition_{condition}"), condition.as_bytes());
    }
}
