//! Criteria that compare fields with each other.

use channel_file::template::{Case as TextCase, Comparison, FieldKind, FieldReference, Operator, Pattern};

use super::{Case, on_text};
use crate::few_words::{any_of, equals};
use crate::judged::{address, bytes, contains, ends, ignoring, network, none_of, range, refers, regex, starts};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = alone();
    cases.extend(beside());
    cases.extend(chains());
    cases
}

/// Every comparison on every kind, in both senses.
fn alone() -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in FieldKind::ALL {
        let comparisons = match kind {
            FieldKind::Text | FieldKind::Bytes => Comparison::ALL,
            _ => &[Comparison::Equals],
        };
        for comparison in comparisons {
            cases.push((vec![*kind; 2], vec![any_of(0, [refers(1, *comparison)])]));
            cases.push((vec![*kind; 2], vec![none_of(0, [refers(1, *comparison)])]));
            cases.push((vec![*kind; 2], vec![any_of(1, [refers(0, *comparison), Pattern::absent()])]));
            cases.push((vec![*kind; 2], vec![none_of(0, [refers(1, *comparison), Pattern::absent()])]));
            if *kind == FieldKind::Text {
                let folded = FieldReference { field: 1, comparison: *comparison, case: TextCase::Ignored };
                cases.push((
                    vec![*kind; 2],
                    vec![any_of(0, [Pattern::field(folded)]), none_of(0, [refers(1, *comparison)])],
                ));
            }
        }
    }
    cases
}

/// References beside what else is asked of the two fields.
fn beside() -> Vec<Case> {
    use Comparison::{Contains, EndsWith, Equals, StartsWith};
    use FieldKind::{Boolean, Bytes, IpAddress, Unsigned};
    vec![
        on_text([any_of(0, [refers(1, Equals)]), any_of(1, [starts("ab")])]),
        on_text([any_of(0, [refers(1, Equals)]), any_of(0, [ends("yz")])]),
        on_text([any_of(0, [refers(1, Equals)]), any_of(0, [ends("yz")]), any_of(1, [starts("ab")])]),
        on_text([any_of(0, [refers(1, StartsWith)]), any_of(0, [ends(".exe")]), any_of(1, [regex(r"^\w+$")])]),
        on_text([any_of(0, [refers(1, Contains)]), any_of(1, [equals("x"), equals("yy")])]),
        on_text([
            any_of(0, [refers(1, EndsWith)]),
            none_of(0, [contains("aa")]),
            any_of(1, [ignoring(Operator::Contains, "É")]),
        ]),
        on_text([none_of(0, [refers(1, Equals)]), any_of(0, [equals("x")])]),
        on_text([any_of(0, [refers(1, Equals), equals("literal")]), any_of(1, [contains("z")])]),
        on_text([
            any_of(0, [refers(1, Equals), refers(2, Equals)]),
            any_of(1, [equals("x")]),
            any_of(2, [equals("y")]),
        ]),
        on_text([any_of(0, [refers(1, StartsWith)]), any_of(0, [refers(2, EndsWith)])]),
        (vec![Unsigned; 2], vec![any_of(0, [refers(1, Equals)]), any_of(1, [range(5, 9)])]),
        (vec![Unsigned; 2], vec![none_of(0, [refers(1, Equals)]), any_of(0, [range(5, 6)]), any_of(1, [range(5, 6)])]),
        (vec![Boolean; 2], vec![none_of(0, [refers(1, Equals)]), any_of(0, [Pattern::boolean(true)])]),
        (vec![IpAddress; 2], vec![any_of(0, [refers(1, Equals)]), any_of(0, [network("10.0.0.0", 8)])]),
        (
            vec![IpAddress; 2],
            vec![none_of(0, [refers(1, Equals), address("10.0.0.1")]), any_of(1, [network("10.0.0.0", 31)])],
        ),
        (vec![Bytes; 2], vec![any_of(0, [refers(1, EndsWith)]), any_of(1, [bytes(Operator::StartsWith, b"\xFF")])]),
    ]
}

/// Several references, in rows and in rings.
fn chains() -> Vec<Case> {
    use Comparison::Equals;
    let four = |criteria: Vec<_>| (vec![FieldKind::Text; 4], criteria);
    vec![
        four(vec![any_of(0, [refers(1, Equals)]), any_of(1, [refers(2, Equals)])]),
        four(vec![any_of(0, [refers(1, Equals)]), any_of(1, [refers(2, Equals)]), any_of(2, [refers(3, Equals)])]),
        four(vec![none_of(0, [refers(1, Equals)]), none_of(1, [refers(2, Equals)]), none_of(2, [refers(0, Equals)])]),
        four(vec![any_of(0, [refers(1, Equals)]), any_of(2, [refers(3, Equals)]), none_of(0, [refers(2, Equals)])]),
    ]
}

/// What a search that takes each field by itself does not find.
pub(crate) fn entangled() -> Vec<Case> {
    use Comparison::{Contains, EndsWith, Equals, StartsWith};
    let four = |criteria: Vec<_>| (vec![FieldKind::Text; 4], criteria);
    vec![
        on_text([
            none_of(0, [refers(1, Equals)]),
            any_of(0, [equals("x"), equals("y")]),
            any_of(1, [equals("x"), equals("y")]),
        ]),
        on_text([none_of(0, [refers(1, StartsWith)]), any_of(1, [starts("ab")]), any_of(0, [starts("abc")])]),
        four(vec![any_of(0, [refers(1, StartsWith)]), any_of(1, [refers(2, EndsWith)]), any_of(2, [starts("ab")])]),
        four(vec![any_of(0, [refers(1, Contains)]), any_of(1, [refers(2, Contains)]), any_of(2, [regex(r"\d")])]),
        four(vec![any_of(0, [refers(1, StartsWith)]), none_of(1, [refers(0, EndsWith)])]),
        four(vec![any_of(0, [refers(1, StartsWith)]), any_of(1, [refers(0, StartsWith)])]),
        four(vec![any_of(0, [refers(1, Contains)]), any_of(1, [refers(2, Contains)]), none_of(2, [refers(0, Equals)])]),
    ]
}
