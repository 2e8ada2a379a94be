//! Criteria on one field that can be met together.

use channel_file::template::{FieldKind, Operator, Pattern};

use super::{Case, on_text};
use crate::few_words::{any_of, equals};
use crate::judged::{address, bytes, contains, ends, glob, ignoring, network, none_of, range, regex, starts};

/// Expressions of all sorts; each can be met, and missed.
pub(crate) const EXPRESSIONS: &[&str] = &[
    "^a",
    "a$",
    "^abc$",
    "(?m)^b$",
    "(?ms)a$.^b",
    r"\Aab\z",
    r"\bword\b",
    r"\Bord\b",
    r"\b\w+\.exe\b",
    r"(?-u:\b)é",
    r"a{3}",
    r"a{3,5}b{0,2}c",
    r"(?:ab){2,}",
    r"[a-f0-9]{32}",
    r"^[^\\]{1,256}$",
    r"[^a-z¿]",
    r"[[:alpha:]&&[^a-y]]",
    r"[\d\-]+x",
    r"\p{Greek}\P{Greek}",
    r"\S+\s\S+",
    "a|b|cd",
    "(?:a|ab)(?:c|bcd)",
    "(?i)straße",
    "(?i:k)s",
    r"(?-u:\xFF\x00)",
    r"(?-u:[^a])z",
    r"(?s).\n.",
    r"(?x) a \  b # no more",
    r"((a|b)+c?)*d",
    "(a+)+$",
    "(a+)+b$",
    "(.*a){20}",
    "(?:a?){20}a{20}",
    ".{1000,}",
    "^.{500}$",
    r"^\w{20}$",
    r"[\x{80}-\x{10FFFF}]{3}",
    r"\p{L}\p{N}\p{P}",
    r"(?:\d{1,3}\.){3}\d{1,3}",
    r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$",
    r#"(?i)\s-(?:e|en|enc|encodedcommand)\s+["']?[a-z0-9+/=]{20,}"#,
    r"\\\\[^\\]+\\(?:admin|c)\$\\",
    r"\b",
];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(others());
    cases
}

fn texts() -> Vec<Case> {
    vec![
        on_text([any_of(0, [equals("a")])]),
        on_text([any_of(0, [equals("\0")])]),
        on_text([any_of(0, [ignoring(Operator::Equals, "ΣΑΣ")])]),
        on_text([any_of(0, [ignoring(Operator::Equals, "İı\u{212A}ſ")])]),
        on_text([any_of(0, [equals("a"), equals("A"), ignoring(Operator::Contains, "aa")])]),
        on_text([any_of(0, [starts("a"), starts("b"), ends("a"), ends("b"), contains("ab")])]),
        on_text([any_of(0, [contains("aaab"), contains("abab"), contains("baa")])]),
        on_text([any_of(0, [starts("abab")]), any_of(0, [ends("babc")]), any_of(0, [contains("cc")])]),
        on_text([
            any_of(0, [starts("C:\\")]),
            any_of(0, [ends(".exe")]),
            none_of(0, [contains("\\Windows\\"), ends("\\a.exe")]),
        ]),
        on_text([any_of(0, [glob("a*b*c")]), any_of(0, [contains("xyz")]), none_of(0, [contains("bb"), regex(r"\d")])]),
        on_text([any_of(0, [glob("??"), glob("?a?"), glob(r"?*\*")])]),
        on_text([any_of(0, [ignoring(Operator::Glob, "*ЖУК?"), ignoring(Operator::Glob, "É??*")])]),
        on_text([
            any_of(0, [regex(r"^\w+$")]),
            any_of(0, [regex(r"\d")]),
            any_of(0, [regex("[a-z]")]),
            none_of(0, [regex("aa|bb")]),
        ]),
        on_text([any_of(0, [regex("^[a-m]+$"), regex("^[h-z]+$")])]),
        on_text([any_of(0, [Pattern::empty(), Pattern::absent(), equals("a")])]),
        on_text([none_of(0, [Pattern::empty(), Pattern::absent(), equals("a"), contains("b")])]),
        on_text([any_of(0, [Pattern::absent()]), any_of(1, [Pattern::empty()]), any_of(2, [contains("x")])]),
        on_text([any_of(0, [Pattern::unsigned(5), Pattern::signed(-5), range(10, 20)])]),
        on_text([any_of(0, [range(0, 1000)]), any_of(0, [starts("0x")])]),
        on_text([any_of(0, [range(0, 1000)]), none_of(0, [range(100, 200), Pattern::unsigned(7), contains("x")])]),
        on_text([any_of(0, [Pattern::signed_range(-10, 10).unwrap()]), any_of(0, [starts("-")])]),
        on_text([any_of(0, [Pattern::unsigned(16)]), none_of(0, [equals("16")])]),
        on_text([any_of(0, [Pattern::unsigned(u64::MAX), range(u64::MAX - 5, u64::MAX - 3)])]),
        on_text([any_of(0, [address("192.0.2.1"), network("10.0.0.0", 8), network("2001:db8::", 32)])]),
        on_text([
            any_of(0, [network("10.0.0.0", 8)]),
            none_of(0, [network("10.1.0.0", 16), address("10.0.0.1"), ends(".0")]),
        ]),
        on_text([any_of(0, [Pattern::unsigned(5), starts("a"), network("10.0.0.0", 8), regex("^$")])]),
        on_text([any_of(0, (0..300).map(|number| equals(&format!("name-{number}"))))]),
        on_text([any_of(0, (0..100).map(|number| contains(&format!("name-{number}-"))))]),
        on_text([none_of(0, (0..100).map(|number| ends(&format!("name-{number}"))))]),
        on_text([
            any_of(0, (0..100).map(|number| ends(&format!("\\name-{number}.exe")))),
            none_of(0, (0..100).map(|number| starts(&format!("C:\\Windows-{number}\\")))),
        ]),
    ]
}

fn others() -> Vec<Case> {
    use FieldKind::{Boolean, Bytes, IpAddress, Signed, Unsigned};
    let of = |kind: FieldKind, criteria| (vec![kind], criteria);
    let signed = |low, high| Pattern::signed_range(low, high).unwrap();
    vec![
        of(
            Bytes,
            vec![any_of(0, [bytes(Operator::StartsWith, b"MZ")]), none_of(0, [bytes(Operator::Contains, b"\0PE")])],
        ),
        of(Bytes, vec![any_of(0, [bytes(Operator::Contains, b"\xC3"), bytes(Operator::EndsWith, b"\xA9\0")])]),
        of(
            Bytes,
            vec![
                any_of(0, [bytes(Operator::StartsWith, b"\xC3\xA9")]),
                any_of(0, [bytes(Operator::EndsWith, b"\xA9\xC3")]),
            ],
        ),
        of(Bytes, vec![any_of(0, [Pattern::empty(), Pattern::absent(), bytes(Operator::Equals, b"\xFF")])]),
        of(Unsigned, vec![any_of(0, [Pattern::unsigned(0), Pattern::unsigned(u64::MAX), range(5, 10)])]),
        of(Unsigned, vec![any_of(0, [range(0, u64::MAX - 1)]), none_of(0, [range(0, 5), range(7, u64::MAX - 2)])]),
        of(Unsigned, vec![none_of(0, [Pattern::unsigned(0), Pattern::absent(), range(2, u64::MAX)])]),
        of(Signed, vec![any_of(0, [Pattern::signed(i64::MIN), Pattern::signed(i64::MAX), signed(-10, 10)])]),
        of(Signed, vec![any_of(0, [signed(i64::MIN, -1)]), none_of(0, [signed(-100, -2)])]),
        of(Boolean, vec![any_of(0, [Pattern::boolean(true), Pattern::absent()])]),
        of(Boolean, vec![none_of(0, [Pattern::boolean(true), Pattern::absent()])]),
        of(IpAddress, vec![any_of(0, [address("::ffff:192.0.2.1"), address("192.0.2.1"), network("8000::", 1)])]),
        of(
            IpAddress,
            vec![any_of(0, [network("10.0.0.0", 8)]), none_of(0, [network("10.0.0.0", 9), network("10.128.0.0", 10)])],
        ),
        of(IpAddress, vec![none_of(0, [network("0.0.0.0", 0), network("8000::", 1), address("::")])]),
    ]
}
