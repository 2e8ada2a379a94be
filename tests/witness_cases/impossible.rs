//! Criteria that contradict each other.

use channel_file::template::{Criterion, FieldKind, Operator, Pattern};

use super::on_text;
use crate::few_words::{any_of, equals};
use crate::judged::{address, bytes, contains, ends, glob, ignoring, network, none_of, range, regex, starts};

/// With them whether the contradiction has to be proved.
pub(crate) fn cases() -> Vec<(Vec<FieldKind>, Vec<Criterion>, bool)> {
    let mut cases = texts();
    cases.extend(others());
    cases
}

fn texts() -> Vec<(Vec<FieldKind>, Vec<Criterion>, bool)> {
    let text = |criteria: Vec<Criterion>, is_proved: bool| {
        let (kinds, criteria) = on_text(criteria);
        (kinds, criteria, is_proved)
    };
    vec![
        text(vec![any_of(0, [starts("a")]), none_of(0, [contains("a")])], true),
        text(vec![any_of(0, [starts("ab")]), none_of(0, [starts("a")])], true),
        text(vec![any_of(0, [ends("ab")]), none_of(0, [ignoring(Operator::Contains, "B")])], true),
        text(vec![any_of(0, [equals("a")]), any_of(0, [equals("b")])], true),
        text(vec![any_of(0, [equals("a"), equals("b")]), any_of(0, [equals("c"), starts("d")])], true),
        text(vec![any_of(0, [starts("a")]), any_of(0, [starts("b")])], true),
        text(vec![any_of(0, [ends("ab")]), any_of(0, [ends("bb")])], true),
        text(vec![any_of(0, [regex("^a")]), any_of(0, [starts("b")])], true),
        text(vec![any_of(0, [regex(r"[^\s\S]")])], true),
        text(vec![any_of(0, [regex(r"a[^\s\S]b"), regex("x^y")])], true),
        text(vec![any_of(0, [regex("a$b")])], true),
        text(vec![any_of(0, [regex(r"^\b$")])], true),
        text(vec![any_of(0, [regex(r"a\bb")])], true),
        text(vec![any_of(0, [regex("^[a-f]+$")]), any_of(0, [contains("g")])], true),
        text(vec![any_of(0, [regex(r"^\d+$")]), none_of(0, [regex(r"\d")])], true),
        text(vec![any_of(0, [glob("a*b")]), any_of(0, [ends("c")])], true),
        text(vec![any_of(0, [glob("a?b")]), any_of(0, [equals("abb1")])], true),
        text(vec![any_of(0, [glob("???")]), any_of(0, [starts("abcd")])], true),
        text(vec![any_of(0, [Pattern::absent()]), none_of(0, [Pattern::absent()])], true),
        text(vec![any_of(0, [Pattern::absent()]), any_of(0, [Pattern::empty()])], true),
        text(vec![any_of(0, [Pattern::empty()]), any_of(0, [contains("a")])], true),
        text(
            vec![any_of(0, [Pattern::empty(), Pattern::absent()]), none_of(0, [Pattern::absent(), regex("(?:)")])],
            true,
        ),
        text(
            vec![
                any_of(0, [starts("ab"), starts("ac"), ends("x"), equals("q")]),
                none_of(0, [starts("a"), contains("x"), equals("q")]),
            ],
            true,
        ),
        text(
            vec![any_of(0, (0..200).map(|number| equals(&format!("name-{number}")))), none_of(0, [contains("name")])],
            false,
        ),
        text(vec![any_of(0, [contains("é")]), none_of(0, [ignoring(Operator::Contains, "É")])], true),
        text(vec![any_of(0, [regex("(?i)^k$")]), none_of(0, [equals("k"), equals("K"), equals("\u{212A}")])], true),
        text(vec![any_of(0, [regex("^(a+)+$")]), none_of(0, [contains("a")])], true),
        text(vec![any_of(0, [regex("^(.*a){20}")]), none_of(0, [contains("a")])], true),
        text(vec![any_of(0, [regex("^.{0,50}$")]), any_of(0, [contains(&"a".repeat(51))])], true),
        text(vec![any_of(0, [regex("^.{1000,}$")]), any_of(0, [regex("^.{1,999}$")])], false),
        // Two lengths that never meet, however long the text.
        text(vec![any_of(0, [regex("^(?:aa)+$")]), any_of(0, [regex("^a(?:aa)*$")])], true),
        text(vec![any_of(0, [Pattern::unsigned(5)]), any_of(0, [range(6, 9)])], false),
        text(vec![any_of(0, [Pattern::unsigned(5)]), any_of(0, [starts("x")])], false),
        text(vec![any_of(0, [address("192.0.2.1")]), none_of(0, [network("192.0.2.0", 24)])], false),
        text(vec![any_of(0, [address("192.0.2.1")]), any_of(0, [Pattern::unsigned(1)])], false),
    ]
}

fn others() -> Vec<(Vec<FieldKind>, Vec<Criterion>, bool)> {
    use FieldKind::{Boolean, Bytes, IpAddress, Signed, Unsigned};
    let of = |kind: FieldKind, criteria: Vec<Criterion>| (vec![kind], criteria, true);
    let signed = |low, high| Pattern::signed_range(low, high).expect("a range");
    vec![
        of(Unsigned, vec![any_of(0, [Pattern::unsigned(5)]), any_of(0, [range(6, 9)])]),
        of(Unsigned, vec![any_of(0, [range(1, 5)]), any_of(0, [range(6, 9)])]),
        of(Unsigned, vec![any_of(0, [range(1, 5)]), none_of(0, [range(1, 3), range(4, 9)])]),
        of(Unsigned, vec![none_of(0, [range(0, 7), range(8, u64::MAX), Pattern::absent()])]),
        of(Signed, vec![none_of(0, [signed(i64::MIN, -1), signed(0, i64::MAX), Pattern::absent()])]),
        of(Signed, vec![any_of(0, [Pattern::signed(-5)]), none_of(0, [signed(-9, 0)])]),
        of(Boolean, vec![none_of(0, [Pattern::boolean(true), Pattern::boolean(false), Pattern::absent()])]),
        of(Boolean, vec![any_of(0, [Pattern::boolean(true)]), any_of(0, [Pattern::boolean(false)])]),
        of(IpAddress, vec![any_of(0, [network("192.0.2.0", 28)]), none_of(0, [network("192.0.2.0", 24)])]),
        of(IpAddress, vec![any_of(0, [network("0.0.0.0", 0)]), any_of(0, [network("::", 0)])]),
        of(IpAddress, vec![none_of(0, [network("0.0.0.0", 0), network("::", 0), Pattern::absent()])]),
        of(
            IpAddress,
            vec![
                any_of(0, [network("2001:db8::", 32)]),
                none_of(0, [network("2001:db8::", 33), network("2001:db8:8000::", 33)]),
            ],
        ),
        of(
            Bytes,
            vec![
                any_of(0, [bytes(Operator::StartsWith, b"\xFF\x00")]),
                none_of(0, [bytes(Operator::Contains, b"\x00")]),
            ],
        ),
        of(Bytes, vec![any_of(0, [bytes(Operator::Equals, b"ab")]), any_of(0, [bytes(Operator::EndsWith, b"a")])]),
    ]
}
