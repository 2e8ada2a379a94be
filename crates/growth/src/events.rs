//! Events whose values grow, and content on which each byte of them could be looked at again and again.

use channel_file::template::{Comparison, Content, FieldKind, Operator, Pattern};

use crate::words::{any_of, exact, ignoring, instances_of, none_of, one_instance, refers};
use crate::{Result, operations};

/// Content that stays, and what its events repeat.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    content: fn() -> channel_file::Result<Content>,
    repeats: &'static str,
}

/// Bytes of the shorter value.
const BYTES: usize = 8_192;

pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "text that nearly repeats",
        content: || instances_of([any_of(0, [exact(Operator::Contains, format!("{}b", "a".repeat(4_000)))])]),
        repeats: "a",
    },
    Shape {
        name: "text that nearly repeats, case ignored",
        content: || instances_of([any_of(0, [ignoring(Operator::Contains, format!("{}b", "aB".repeat(2_000)))])]),
        repeats: "Ab",
    },
    Shape {
        name: "texts within texts",
        content: || instances_of((1..300).map(|length| any_of(0, [exact(Operator::Contains, "a".repeat(length))]))),
        repeats: "a",
    },
    Shape {
        name: "many texts that nearly are there",
        content: || {
            let text = |number: u32| exact(Operator::Contains, format!("{:032x}", number.wrapping_mul(7_919)));
            instances_of([any_of(0, (0..2_000).map(text))])
        },
        repeats: "0",
    },
    Shape {
        name: "ends of texts",
        content: || {
            let text = |number: u32| ignoring(Operator::EndsWith, format!("{number:04}{}", "a".repeat(500)));
            instances_of([any_of(0, (0..500).map(text))])
        },
        repeats: "a",
    },
    Shape {
        name: "case outside ASCII",
        content: || instances_of([any_of(0, [ignoring(Operator::Contains, "äöü\u{1E9E}ω")])]),
        repeats: "Äö\u{212A}",
    },
    Shape {
        name: "stars",
        content: || instances_of([any_of(0, [exact(Operator::Glob, format!("{}b", "*a".repeat(1_000)))])]),
        repeats: "a",
    },
    Shape {
        name: "stars and marks, case ignored",
        content: || instances_of([any_of(0, [ignoring(Operator::Glob, format!("{}b*", "?*aä".repeat(200)))])]),
        repeats: "AÄ",
    },
    Shape {
        name: "expression of nested repetitions",
        content: || instances_of([any_of(0, [exact(Operator::Regex, "(a+)+b")])]),
        repeats: "a",
    },
    Shape {
        name: "expression without an automaton",
        content: || instances_of([any_of(0, [exact(Operator::Regex, r"\\[^\\]{1,200}$")])]),
        repeats: r"a\",
    },
    Shape {
        name: "expression of words",
        content: || instances_of([any_of(0, [ignoring(Operator::Regex, r"\bä\w{1,30}\b$")])]),
        repeats: "Äb ",
    },
    Shape {
        name: "other field's text",
        content: || {
            let comparisons = [Comparison::Equals, Comparison::StartsWith, Comparison::EndsWith, Comparison::Contains];
            let patterns = comparisons.map(|comparison| Ok(refers(1, comparison)));
            one_instance(&[FieldKind::Text, FieldKind::Text], [none_of(0, patterns)])
        },
        repeats: "aÄ",
    },
    Shape {
        name: "numbers in text",
        content: || instances_of((0..1_000).map(|number| any_of(0, [Ok(Pattern::unsigned(number))]))),
        repeats: "0",
    },
];

impl Shape {
    pub(crate) fn run(&self) -> Result {
        let content = (self.content)()?;
        for bytes in [BYTES, BYTES.saturating_mul(2)] {
            operations::evaluate(self.name, &content, &operations::repeated(self.repeats, bytes))?;
        }
        Ok(())
    }
}
