//! Criteria, and an event that meets them: no proof may say that there is none.

use channel_file::template::{Case as TextCase, Criterion, Operator, Pattern};

use crate::few_words::{any_of, equals};
use crate::judged::{contains, glob, ignoring, none_of, regex, starts};

/// Criteria on the first of three fields of text, and a value of it.
pub(crate) fn cases() -> Vec<(Vec<Criterion>, &'static [u8])> {
    let ignoring_glob = |text: &str| Pattern::text(Operator::Glob, text, TextCase::Ignored).expect("a glob");
    vec![
        // Three letters that are the same where case is ignored.
        (
            vec![any_of(0, [ignoring(Operator::Equals, "ǆ")]), none_of(0, [contains("ǆ"), contains("Ǆ")])],
            "ǅ".as_bytes(),
        ),
        (
            vec![any_of(0, [ignoring(Operator::Contains, "θ")]), none_of(0, [contains("θ"), contains("Θ")])],
            "ϴ".as_bytes(),
        ),
        (vec![any_of(0, [ignoring_glob("ǆ?x")]), none_of(0, [contains("ǆ"), contains("Ǆ")])], "ǅax".as_bytes()),
        (vec![any_of(0, [ignoring_glob("Ǆ?x")]), any_of(0, [starts("ǅ")])], "ǅax".as_bytes()),
        // A byte of a character.
        (vec![any_of(0, [regex(r"(?-u:\xC3)")]), any_of(0, [regex(r"^\w+$")])], "é".as_bytes()),
        (vec![any_of(0, [regex(r"(?-u:\xC3)")]), any_of(0, [equals("é")])], "é".as_bytes()),
        (
            vec![
                any_of(0, [regex(r"(?-u:[\x80-\xFF])")]),
                none_of(0, [regex(r"^(?-u:[\x80-\xFF])+$"), regex("[a-z0-9]")]),
            ],
            "é ".as_bytes(),
        ),
        (vec![any_of(0, [regex(r"^(?-u:[^a]{2})$")]), any_of(0, [contains("é")])], "é".as_bytes()),
        (vec![any_of(0, [regex(r"(?s-u:^..$)")]), any_of(0, [contains("é")])], "é".as_bytes()),
        (vec![any_of(0, [regex(r"^(?-u:\xC3)(?-u:\xA9)$")]), any_of(0, [contains("é")])], "é".as_bytes()),
        // Between a stray byte and nothing there is no place that is no border of a word.
        (vec![any_of(0, [regex(r"^(?-u:\xFF)")]), none_of(0, [regex(r"^\B")])], b"\xFF"),
        (vec![any_of(0, [regex(r"^(?-u:\xFF)$")]), none_of(0, [regex(r"\B")])], b"\xFF"),
        (vec![any_of(0, [regex(r"^(?: |(?-u:\xFF\xFF))$")]), none_of(0, [regex(r"\B")])], b"\xFF\xFF"),
        (vec![any_of(0, [ignoring(Operator::StartsWith, "ᾀ")]), none_of(0, [starts("ᾀ")])], "ᾈ".as_bytes()),
        (vec![any_of(0, [regex(r"(?-u:\B)"), regex("^b$")]), any_of(0, [regex("^a[^a]a$")])], "aéa".as_bytes()),
        (vec![any_of(0, [regex(r"^(?-u:\xFF)")]), none_of(0, [regex(r"^\b{end-half}")])], b"\xFF"),
        (vec![any_of(0, [regex(r"(?-u:\xFF)$")]), none_of(0, [regex(r"\b{start-half}$")])], b"\xFF"),
        (vec![any_of(0, [regex(r"(?-u:\xFF)a")]), none_of(0, [regex(r"\Ba")])], b"\xFFa"),
        // Line ends, and what stands before and after them.
        (
            vec![any_of(0, [regex(r"(?mR)a$")]), any_of(0, [regex(r"(?mR)^b")]), none_of(0, [contains("a\nb")])],
            b"a\r\nb",
        ),
        (vec![any_of(0, [regex(r"(?m)^$")]), none_of(0, [regex("^$")])], b"a\n"),
        (vec![any_of(0, [regex(r"(?R)(?m)^$")]), any_of(0, [regex(r"\r\n")]), none_of(0, [regex(r"\n.")])], b"\r\n"),
        // Characters outside of what people read.
        (vec![any_of(0, [regex(r"\p{Cherokee}")]), none_of(0, [regex(r"[\x{13A0}-\x{13FD}]")])], "\u{AB70}".as_bytes()),
        (vec![any_of(0, [regex(r"^.$")]), none_of(0, [regex(r"[\x00-\x{FFFF}]")])], "\u{10000}".as_bytes()),
        // Within a class, between letters that are asked for.
        (vec![any_of(0, [regex("^[а-в]$")]), none_of(0, [equals("а"), equals("в")])], "б".as_bytes()),
        (
            vec![
                any_of(0, [regex(r"^[\x{D7FE}-\x{E001}]$")]),
                none_of(0, [regex(r"\x{D7FE}"), contains("\u{D7FF}"), contains("\u{E001}")]),
            ],
            "\u{E000}".as_bytes(),
        ),
        // Within a class, no part of a word.
        (vec![any_of(0, [regex(r"^[\x{3400}-\x{9FFF}]$")]), none_of(0, [regex(r"\b")])], "\u{4DC0}".as_bytes()),
        (vec![any_of(0, [glob("?")]), none_of(0, [regex(r"[\x00-\x{10FFFF}]")])], b"\xFF"),
    ]
}
