//! One pattern of text as an automaton.

use alloc::vec::Vec;

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Dot, Hir, Look, Repetition,
};

use super::DEAD;
use super::alphabet::Alphabet;
use super::clash::Edges;
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
                let tokens = tokens(text);
                let characters: Vec<Option<char>> = tokens.iter().map(Token::character).collect();
                let edges = Edges::of_glob(&characters, case == Case::Ignored);
                Expression::of_glob(&glob(&tokens, case), edges).map(Self::Expression)
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

    /// Whether no text can meet both, which needs no search to see.
    pub(super) fn clashes(&self, other: &Self) -> bool {
        self.edges().clash(other.edges())
    }

    /// Whether every text that meets another pattern meets this one, which needs no search to see.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(own), Self::Literal(other)) => own.is_within(other),
            _ => false,
        }
    }

    const fn edges(&self) -> &Edges {
        match self {
            Self::Literal(literal) => literal.edges(),
            Self::Expression(expression) => expression.edges(),
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

    /// How much work a step from here is.
    pub(super) fn cost(&self, state: u32) -> u64 {
        match self {
            Self::Literal(_) => 1,
            Self::Expression(expression) => expression.cost(state),
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

/// A part of a glob.
enum Token {
    Character(char),
    One,
    Run,
}

impl Token {
    const fn character(&self) -> Option<char> {
        match self {
            Self::Character(character) => Some(*character),
            Self::One | Self::Run => None,
        }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        tokens.push(match character {
            '*' => Token::Run,
            '?' => Token::One,
            '\\' => Token::Character(characters.next().unwrap_or('\\')),
            other => Token::Character(other),
        });
    }
    tokens
}

/// A glob as an expression: see "Globs" in `docs/MATCHING.md`.
fn glob(tokens: &[Token], case: Case) -> Hir {
    let stray = || Class::Bytes(ClassBytes::new([ClassBytesRange::new(0x80, 0xFF)]));
    let one = || Hir::alternation(alloc::vec![Hir::dot(Dot::AnyChar), Hir::class(stray())]);
    let part = |token: &Token| match token {
        Token::Run => {
            Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub: alloc::boxed::Box::new(one()) })
        }
        Token::One => one(),
        Token::Character(character) => character_of(*character, case),
    };
    let ends = |look| core::iter::once(Hir::look(look));
    Hir::concat(ends(Look::Start).chain(tokens.iter().map(part)).chain(ends(Look::End)).collect())
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
