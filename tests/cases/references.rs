//! References to another field of the event.

use channel_file::template::FieldKind::{Boolean, Bytes, IpAddress, Signed, Text, Unsigned};
use channel_file::template::{Case, Comparison, FieldKind, FieldReference, Pattern, Value};

use super::Row;

/// The other field of the same kind: fields come in pairs, and patterns are on the first.
pub(crate) fn other_field(kind: FieldKind) -> u16 {
    u16::from(kind.code()) * 2 + 1
}

pub(crate) fn references() -> Vec<Row> {
    use Comparison::{Contains, EndsWith, Equals, StartsWith};
    let row = |kind, comparison, case, right: Value<'static>, met: &[Value<'static>], not: &[Value<'static>]| {
        let pattern = Pattern::field(FieldReference { field: other_field(kind), comparison, case });
        Row { other: right, ..Row::new(kind, pattern, met, not) }
    };
    let text = |comparison, case, right: &'static [u8], met: &[&'static [u8]], not: &[&'static [u8]]| {
        let values = |texts: &[&'static [u8]]| texts.iter().map(|text| Value::Text(text)).collect::<Vec<_>>();
        row(Text, comparison, case, Value::Text(right), &values(met), &values(not))
    };
    let (exact, ignored) = (Case::Sensitive, Case::Ignored);
    let mapped = Value::IpAddress("::ffff:192.0.2.1".parse().unwrap());
    let plain = Value::IpAddress("192.0.2.1".parse().unwrap());
    let mut rows = vec![
        text(Equals, exact, b"ab", &[b"ab"], &[b"Ab", b"", b"abc", b"b"]),
        text(Equals, ignored, b"aB", &[b"ab", b"AB"], &[b"", b"abc", b"ac", b"xb"]),
        text(StartsWith, exact, b"ab", &[b"ab", b"abc"], &[b"a", b"xab", b"ABc", b""]),
        text(StartsWith, ignored, b"ab", &[b"ABc"], &[b"a", b"xab"]),
        text(EndsWith, exact, b"ab", &[b"ab", b"xab"], &[b"b", b"abx", b"xAB", b""]),
        text(EndsWith, ignored, b"ab", &[b"xAB"], &[b"b", b"abx"]),
        text(Contains, exact, b"ab", &[b"ab", b"xabx", b"aab"], &[b"a", b"axb", b"xABx", b""]),
        text(Contains, ignored, b"ab", &[b"xABx"], &[b"axb"]),
        // The left value holds the right one, not the other way round.
        text(Contains, exact, b"abc", &[b"abc"], &[b"ab"]),
        // Texts are not parsed.
        text(Equals, exact, b"16", &[b"16"], &[b"0x10", b"016"]),
        text(Equals, ignored, b"::1", &[b"::1"], &[b"0::1"]),
        // Nor are they patterns.
        text(Equals, exact, b"a*", &[b"a*"], &[b"ab"]),
        // An empty value is everywhere, and equals itself alone.
        text(Equals, exact, b"", &[b""], &[b"a"]),
        text(Equals, ignored, b"", &[b""], &[b"a"]),
        text(StartsWith, exact, b"", &[b"", b"a", b"\xFF"], &[]),
        text(EndsWith, exact, b"", &[b"", b"a"], &[]),
        text(Contains, exact, b"", &[b"", b"a"], &[]),
        text(Contains, ignored, b"", &[b"", b"a"], &[]),
        // Both sides fold, as texts do.
        text(Equals, ignored, "ÄK".as_bytes(), &["äk".as_bytes()], &["ä\u{212A}".as_bytes()]),
        text(Contains, ignored, "\u{212A}".as_bytes(), &["x\u{212A}".as_bytes()], &[b"k", b"K"]),
        // 0x89 is the rest of É where case counts; folded, É ends with 0xA9.
        text(EndsWith, exact, b"\x89", &["É".as_bytes(), b"\x89"], &["é".as_bytes()]),
        text(EndsWith, ignored, b"\x89", &[b"\x89", b"a\x89"], &["É".as_bytes(), "é".as_bytes()]),
        text(EndsWith, ignored, b"\xA9", &["É".as_bytes(), "é".as_bytes(), b"\xA9"], &[b"\x89"]),
        text(StartsWith, ignored, b"\xC3", &["É".as_bytes(), b"\xC3"], &[b"\xA9"]),
        text(Contains, ignored, b"\xA9\xC3", &["ÉÉ".as_bytes(), "éÉ".as_bytes()], &["É".as_bytes()]),
        row(Unsigned, Equals, exact, Value::Unsigned(7), &[Value::Unsigned(7)], &[Value::Unsigned(8)]),
        row(Signed, Equals, exact, Value::Signed(-7), &[Value::Signed(-7)], &[Value::Signed(7)]),
        row(Boolean, Equals, exact, Value::Boolean(false), &[Value::Boolean(false)], &[Value::Boolean(true)]),
        row(IpAddress, Equals, exact, plain, &[plain], &[mapped]),
        row(IpAddress, Equals, exact, mapped, &[mapped], &[plain]),
    ];
    for (comparison, met, not) in [
        (Equals, &[&b"\xFFa"[..]][..], &[&b"\xFFA"[..], b"", b"a"][..]),
        (StartsWith, &[b"\xFFa", b"\xFFab"], &[b"a\xFFa", b""]),
        (EndsWith, &[b"\xFFa", b"b\xFFa"], &[b"\xFFab", b""]),
        (Contains, &[b"\xFFa", b"b\xFFab"], &[b"\xFF", b"\xFFA", b""]),
    ] {
        let values = |all: &[&'static [u8]]| all.iter().map(|bytes| Value::Bytes(bytes)).collect::<Vec<_>>();
        rows.push(row(Bytes, comparison, exact, Value::Bytes(b"\xFFa"), &values(met), &values(not)));
    }
    // Nothing compares with a value that is not there.
    for (kind, value) in [
        (Text, Value::Text(b"")),
        (Bytes, Value::Bytes(b"")),
        (Unsigned, Value::Unsigned(0)),
        (Signed, Value::Signed(0)),
        (Boolean, Value::Boolean(false)),
        (IpAddress, plain),
    ] {
        rows.push(row(kind, Equals, exact, Value::Absent, &[], &[Value::Absent, value]));
    }
    rows.push(row(Text, Contains, exact, Value::Absent, &[], &[Value::Absent, Value::Text(b"")]));
    rows
}
