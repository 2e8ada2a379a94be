//! Presence, comparisons of text and bytes, case.

use channel_file::template::FieldKind::{Boolean, Bytes, IpAddress, Signed, Text, Unsigned};
use channel_file::template::Operator::{Contains, EndsWith, Equals, StartsWith};
use channel_file::template::{Pattern, Value};

use super::{Row, exactly, ignoring, on_text};

pub(crate) fn presence() -> Vec<Row> {
    let nowhere = "::".parse().unwrap();
    let values = [
        (Text, &[Value::Text(b""), Value::Text(b"absent"), Value::Text(b"\0")][..]),
        (Bytes, &[Value::Bytes(b""), Value::Bytes(b"\0")]),
        (Unsigned, &[Value::Unsigned(0)]),
        (Signed, &[Value::Signed(0), Value::Signed(-1)]),
        (Boolean, &[Value::Boolean(false)]),
        (IpAddress, &[Value::IpAddress(nowhere)]),
    ];
    let absent = values.map(|(kind, values)| Row::new(kind, Pattern::absent(), &[Value::Absent], values));
    let empty = [
        Row::new(
            Text,
            Pattern::empty(),
            &[Value::Text(b"")],
            &[Value::Absent, Value::Text(b" "), Value::Text(b"\0"), Value::Text(b"empty")],
        ),
        Row::new(Bytes, Pattern::empty(), &[Value::Bytes(b"")], &[Value::Absent, Value::Bytes(b"\0")]),
    ];
    absent.into_iter().chain(empty).collect()
}

pub(crate) fn comparisons() -> Vec<Row> {
    vec![
        on_text(exactly(Equals, "ab"), &[b"ab"], &[b"", b"a", b"AB", b"aB", b"abc", b"xab", b"ab ", b"ab\0"]),
        on_text(exactly(StartsWith, "ab"), &[b"ab", b"abab", b"abc"], &[b"", b"a", b"xab", b"Ab", b"aab"]),
        on_text(exactly(EndsWith, "ab"), &[b"ab", b"abab", b"cab"], &[b"", b"b", b"abx", b"aB", b"abb"]),
        on_text(
            exactly(Contains, "aab"),
            &[b"aab", b"aaab", b"aabb", b"xaabx", b"aaaaab", b"aaxaab"],
            &[b"", b"ab", b"aa", b"aaxb", b"aAb", b"aba"],
        ),
        on_text(exactly(Contains, "aba"), &[b"ababa", b"abaaba", b"aaba"], &[b"abba", b"ab", b"baab"]),
        on_text(exactly(Contains, "\n"), &[b"\n", b"a\r\nb"], &[b"\r", b"\\n"]),
        // Nothing is unescaped or normalised.
        on_text(
            exactly(Equals, "&lt;Anonymous Pipe&gt;"),
            &[b"&lt;Anonymous Pipe&gt;"],
            &[b"<Anonymous Pipe>", b"&amp;lt;Anonymous Pipe&amp;gt;"],
        ),
        on_text(exactly(Equals, "<Anonymous Pipe>"), &[b"<Anonymous Pipe>"], &[b"&lt;Anonymous Pipe&gt;"]),
        on_text(exactly(Equals, "\u{e9}"), &["\u{e9}".as_bytes()], &["e\u{301}".as_bytes(), b"\xE9", b"e"]),
        on_text(ignoring(Equals, "e\u{301}"), &["E\u{301}".as_bytes()], &["\u{e9}".as_bytes(), "\u{c9}".as_bytes()]),
        // Wildcards mean something in globs alone.
        on_text(exactly(Equals, "a*"), &[b"a*"], &[b"a", b"ab", b"a\\*"]),
        on_text(exactly(Contains, "%20"), &[b"a%20b"], &[b"a b"]),
        // Numbers as text are text.
        on_text(exactly(Equals, "16"), &[b"16"], &[b"0x10", b"016", b"16 "]),
    ]
}

pub(crate) fn folding() -> Vec<Row> {
    let same = |one: &'static str, others: &[&'static [u8]], not: &[&'static [u8]]| {
        on_text(ignoring(Equals, one), others, not)
    };
    vec![
        on_text(ignoring(Equals, "aB"), &[b"ab", b"AB", b"Ab", b"aB"], &[b"a", b"abc", b"a\xC2", b""]),
        on_text(ignoring(StartsWith, "aB"), &[b"ab", b"ABab"], &[b"xab", b"a"]),
        on_text(ignoring(EndsWith, "aB"), &[b"ab", b"abAB"], &[b"abx", b"b"]),
        on_text(ignoring(Contains, "aB"), &[b"xABx", b"aAb", b"ab"], &[b"axb", b"ba"]),
        // Neighbours of letters in ASCII are no letters.
        same("@[`{", &[b"@[`{"], &[b"`{@[", b"@[@[", b"`{`{"]),
        same("é", &["É".as_bytes(), "é".as_bytes()], &[b"e", b"E", "è".as_bytes()]),
        on_text(
            ignoring(Contains, "администратор"),
            &["x АДМИНИСТРАТОР y".as_bytes(), "Администратор".as_bytes()],
            &["администрато".as_bytes(), "Administrator".as_bytes()],
        ),
        on_text(ignoring(EndsWith, "\\СИСТЕМА"), &["NT\\Система".as_bytes()], &["NT\\Систем".as_bytes()]),
        on_text(ignoring(StartsWith, "JÄRJESTELMÄN"), &["Järjestelmänvalvoja".as_bytes()], &[b"Jarjestelman"]),
        same("ǆ", &["ǅ".as_bytes(), "Ǆ".as_bytes()], &["dž".as_bytes()]),
        same("\u{10428}", &["\u{10400}".as_bytes()], &["\u{10429}".as_bytes()]),
        same("σ", &["Σ".as_bytes()], &["ς".as_bytes()]),
        same("ΟΔΟΣ", &["οδοσ".as_bytes()], &["οδος".as_bytes()]),
        // Across the border of ASCII nothing folds.
        same("k", &[b"k", b"K"], &["\u{212A}".as_bytes()]),
        same("\u{212A}", &["\u{212A}".as_bytes()], &[b"k", b"K"]),
        same("s", &[b"S"], &["\u{17F}".as_bytes()]),
        same("\u{17F}", &["\u{17F}".as_bytes()], &[b"s", b"S"]),
        same("i", &[b"I"], &["\u{130}".as_bytes(), "\u{131}".as_bytes()]),
        same("\u{130}", &["\u{130}".as_bytes()], &[b"i", b"I", "i\u{307}".as_bytes()]),
        same("\u{131}", &["\u{131}".as_bytes()], &[b"i", b"I"]),
        // Lower cases of another length are not taken.
        same("ß", &["ß".as_bytes()], &["\u{1E9E}".as_bytes(), b"ss", b"SS"]),
        same("\u{1E9E}", &["\u{1E9E}".as_bytes()], &["ß".as_bytes()]),
        same("ω", &["Ω".as_bytes()], &["\u{2126}".as_bytes()]),
        same("\u{2126}", &["\u{2126}".as_bytes()], &["ω".as_bytes(), "Ω".as_bytes()]),
        same("å", &["Å".as_bytes()], &["\u{212B}".as_bytes(), "a\u{30A}".as_bytes()]),
        same("\u{2C65}", &["\u{2C65}".as_bytes()], &["\u{23A}".as_bytes()]),
        same("µ", &["µ".as_bytes()], &["μ".as_bytes(), "Μ".as_bytes()]),
    ]
}

pub(crate) fn stray_bytes() -> Vec<Row> {
    vec![
        on_text(exactly(Contains, "a"), &[b"\xFFa\xFF", b"\xC3a"], &[b"\xFF", b"\xC3\xA4"]),
        on_text(ignoring(Contains, "a"), &[b"\xFFA\xFF", b"\xC3A", b"\xE2\x84A"], &[b"\xFF", b"\xC3\xA4"]),
        on_text(ignoring(Equals, "ä"), &[b"\xC3\xA4", b"\xC3\x84"], &[b"\xC3", b"\xA4", b"\xC3\xA4\xA4", b"\xE4"]),
        on_text(ignoring(EndsWith, "ä"), &[b"\xC3\xC3\x84", b"\x84\xC3\xA4"], &[b"\xC3\x84\x84", b"\xC3\x84\xC3"]),
        // 0xC3 before 0x84 is a character wherever it stands; 0xE2 0xC3 0x84 is a stray byte and a character.
        on_text(ignoring(Contains, "ä"), &[b"\xE2\xC3\x84", b"\xF0\x90\x90\xC3\x84"], &[b"\xE2\x84\xC3", b"\x84\xC3"]),
        // Too long, or half of a pair: no characters.
        on_text(ignoring(Contains, "\u{10428}"), &["x\u{10400}".as_bytes()], &[b"\xED\xA0\x81\xED\xB0\xA8"]),
        on_text(ignoring(Equals, "a"), &[b"A"], &[b"\xC1\x81", b"\xE0\x81\x81"]),
    ]
}

pub(crate) fn bytes() -> Vec<Row> {
    let on_bytes = |operator, bytes: &[u8], met: &[&'static [u8]], not_met: &[&'static [u8]]| {
        let values = |all: &[&'static [u8]]| all.iter().map(|bytes| Value::Bytes(bytes)).collect::<Vec<_>>();
        Row::new(Bytes, Pattern::bytes(operator, bytes).unwrap(), &values(met), &values(not_met))
    };
    vec![
        on_bytes(Equals, b"MZ", &[b"MZ"], &[b"", b"mz", b"MZ\0", b"M"]),
        on_bytes(Equals, b"\0", &[b"\0"], &[b"", b"\0\0", b"0"]),
        on_bytes(StartsWith, b"MZ", &[b"MZ", b"MZ\x90\0"], &[b"", b"M", b"xMZ", b"mZ"]),
        on_bytes(EndsWith, b"\xFF\xD9", &[b"\xFF\xD9", b"\xFF\xFF\xD9"], &[b"\xD9", b"\xFF\xD9\0", b""]),
        on_bytes(Contains, b"\x84", &[b"\xC3\x84", b"\x84"], &[b"\xC3\xA4", b""]),
        on_bytes(Contains, b"aab", &[b"aaab", b"aab"], &[b"aaAb", b"ab"]),
    ]
}
