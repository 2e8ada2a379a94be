//! One pattern of text as an automaton.

use alloc::vec::Vec;

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Dot, Hir, Look, Repetition,
};

use super::DEAD;
use super::alphabet::Alphabet;
use super::expression::Expression;
use super::literal::Literal;
use super::symbol::{Symbol, same_ignoring_case};
use crate::interpreter::parse_regex;
use crate::template::{Case, Comparison, Operator, PatternRef, PatternValue};

/// One pattern of text as an automaton: the state says what the symbols so far have led to.
#[derive(Clone, Debug)]
pub(super) enum Machine {
    Literal(Literal),
    Expression(Expression),
}

impl Machine {
    /// The automaton of a pattern; `None` if it is not one of text or too large.
    pub(super) fn new(pattern: &PatternRef<'_>) -> Option<Self> {
        match (pattern.operator(), pattern.value()) {
            (Operator::Glob, PatternValue::Text(text, case)) => {
                Expression::new(&glob(text, case)).map(Self::Expression)
            }
            (Operator::Regex, PatternValue::Text(text, case)) => {
                Expression::of_regex(&parse_regex(text, case).ok()?).map(Self::Expression)
            }
            (operator, PatternValue::Text(text, case)) => {
                let comparison = comparison(operator)?;
                let symbols = Symbol::of_text(text.as_bytes());
                Some(Self::Literal(Literal::new(symbols, comparison, case == Case::Ignored)))
            }
            (operator, PatternValue::Bytes(bytes)) => {
                Some(Self::Literal(Literal::new(Symbol::of_bytes(bytes), comparison(operator)?, false)))
            }
            _ => None,
        }
    }

    /// The automaton of one text alone.
    pub(super) fn literal(symbols: Vec<Symbol>) -> Self {
        Self::Literal(Literal::new(symbols, Comparison::Equals, false))
    }

    /// Whether what the automaton does not meet, the pattern does not meet either.
    pub(super) const fn is_exact(&self) -> bool {
        match self {
            Self::Literal(_) => true,
            Self::Expression(expression) => expression.is_exact(),
        }
    }

    pub(super) fn start(&self) -> u32 {
        match self {
            Self::Literal(_) => 0,
            Self::Expression(_) => Expression::START,
        }
    }

    pub(super) fn step(&mut self, state: u32, symbol: Symbol) -> u32 {
        match self {
            _ if state == DEAD => DEAD,
            Self::Literal(literal) => literal.step(state, symbol),
            Self::Expression(expression) => expression.step(state, symbol),
        }
    }

    /// Whether the text that led here meets the pattern.
    pub(super) fn is_met(&self, state: u32) -> bool {
        match self {
            _ if state == DEAD => false,
            Self::Literal(literal) => literal.is_met(state),
            Self::Expression(expression) => expression.is_met(state),
        }
    }

    /// Whether every longer text meets it too.
    pub(super) fn is_settled(&self, state: u32) -> bool {
        match self {
            _ if state == DEAD => false,
            Self::Literal(literal) => literal.is_settled(state),
            Self::Expression(_) => Expression::is_settled(state),
        }
    }

    /// Whether what comes last decides.
    pub(super) const fn is_final(&self) -> bool {
        match self {
            Self::Literal(literal) => literal.is_final(),
            Self::Expression(_) => false,
        }
    }

    /// How many symbols are missing at least; [`DEAD`] if none help.
    pub(super) fn distance(&self, state: u32) -> u32 {
        match self {
            _ if state == DEAD => DEAD,
            Self::Literal(literal) => literal.distance(state),
            Self::Expression(expression) => expression.distance(state),
        }
    }

    /// A symbol that leads on.
    pub(super) fn wanted(&self, state: u32, alphabet: &Alphabet) -> Option<Symbol> {
        match self {
            _ if state == DEAD => None,
            Self::Literal(literal) => literal.wanted(state),
            Self::Expression(expression) => alphabet.first_in(expression.wanted(state)?),
        }
    }
}

fn comparison(operator: Operator) -> Option<Comparison> {
    match operator {
        Operator::Equals => Some(Comparison::Equals),
        Operator::StartsWith => Some(Comparison::StartsWith),
        Operator::EndsWith => Some(Comparison::EndsWith),
        Operator::Contains => Some(Comparison::Contains),
        _ => None,
    }
}

/// A glob as an expression: see "Globs" in `docs/MATCHING.md`.
fn glob(text: &str, case: Case) -> Hir {
    let stray = || Class::Bytes(ClassBytes::new([ClassBytesRange::new(0x80, 0xFF)]));
    let one = || Hir::alternation(alloc::vec![Hir::dot(Dot::AnyChar), Hir::class(stray())]);
    let mut parts: Vec<Hir> = alloc::vec![Hir::look(Look::Start)];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        parts.push(match character {
            '*' => Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub: alloc::boxed::Box::new(one()) }),
            '?' => one(),
            '\\' => character_of(characters.next().unwrap_or('\\'), case),
            other => character_of(other, case),
        });
    }
    parts.push(Hir::look(Look::End));
    Hir::concat(parts)
}

fn character_of(character: char, case: Case) -> Hir {
    let mut same = alloc::vec![character];
    if case == Case::Ignored {
        same.extend(same_ignoring_case(character));
    }
    let ranges = same.into_iter().map(|character| ClassUnicodeRange::new(character, character));
    Hir::class(Class::Unicode(ClassUnicode::new(ranges)))
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::template::Pattern;

    fn is_met(pattern: &PatternRef<'_>, value: &[u8]) -> bool {
        let mut machine = Machine::new(pattern).unwrap();
        let mut state = machine.start();
        for symbol in Symbol::of_text(value) {
            state = machine.step(state, symbol);
        }
        machine.is_met(state)
    }

    #[test]
    fn automata_agree_with_the_engine_they_stand_for() {
        let values: [&[u8]; 18] = [
            b"",
            b"a",
            b"ab",
            b"abc",
            b"xabcx",
            b"ABC",
            b"aab",
            b"abab\n",
            b"a\nb",
            b"word",
            b"a word.",
            "äword".as_bytes(),
            b"\xFFa",
            b"a\xFF",
            "é".as_bytes(),
            b"a\r\nb",
            b"aXb",
            b"12",
        ];
        for text in [
            "a",
            "^a",
            "a$",
            "^ab?$",
            "(?m)^b",
            "(?m)a$",
            r"\bword\b",
            r"\Bw",
            "a.b",
            "(?s)a.b",
            "[^a]",
            r"\d{2}",
            "a|bc",
            "(ab){2}",
            r"(?i)ABC",
            r"(?-u:\xFF)",
            r"a*?b",
            r"(?R)(?m)a$",
            r"\W",
            "(?:)",
            r"\b{start}w",
            r"[^\\]{1,3}$",
            r"(?-u:\b)word",
            "é",
        ] {
            let pattern = Pattern::text(Operator::Regex, text, Case::Sensitive).unwrap();
            let regex = regex::bytes::Regex::new(text).unwrap();
            for value in values {
                assert_eq!(is_met(&pattern.as_ref(), value), regex.is_match(value), "{text} in {value:?}");
            }
        }
    }

    #[test]
    fn literals_are_found_where_they_are_asked_for() {
        for (operator, text, value, expected) in [
            (Operator::Contains, "aab", "aaab", true),
            (Operator::Contains, "AAB", "xaaabx", true),
            (Operator::Contains, "abcabd", "abcabcabd", true),
            (Operator::EndsWith, "ab", "abab", true),
            (Operator::EndsWith, "ab", "aba", false),
            (Operator::StartsWith, "ab", "abx", true),
            (Operator::StartsWith, "ab", "xab", false),
            (Operator::Equals, "ab", "ab", true),
            (Operator::Equals, "ab", "abb", false),
        ] {
            let pattern = Pattern::text(operator, text, Case::Ignored).unwrap();
            assert_eq!(is_met(&pattern.as_ref(), value.as_bytes()), expected, "{operator} {text} {value}");
        }
    }

    #[test]
    fn globs_fit_whole_values() {
        for (text, value, expected) in [
            ("a*b?", b"aXXbc".as_slice(), true),
            ("a*b?", b"aXXb", false),
            ("?", b"\xFF", true),
            ("?", b"\xFF\xFF", false),
            ("?x", "éX".as_bytes(), true),
            (r"a\**", b"a*", true),
        ] {
            let pattern = PatternRef { operator: Operator::Glob, value: PatternValue::Text(text, Case::Ignored) };
            assert_eq!(is_met(&pattern, value), expected, "{text}");
        }
    }
}
