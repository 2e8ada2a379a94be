//! Texts that a value is compared with, as automata.

use alloc::vec::Vec;

use super::DEAD;
use super::clash::Edges;
use super::symbol::Symbol;
use crate::counted::counted;
use crate::template::Comparison;
use crate::wire::index;

/// A text to be found. The state is how many of its symbols have been found.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    symbols: Vec<Symbol>,
    /// The same, folded where case is ignored.
    compared: Vec<Symbol>,
    comparison: Comparison,
    folds: bool,
    edges: Edges,
    /// For each number of symbols that were found, how many are found still if the next is another.
    fallback: Vec<u32>,
}

impl Literal {
    pub(super) fn new(symbols: Vec<Symbol>, comparison: Comparison, folds: bool) -> Self {
        let fold = |symbol: &Symbol| if folds { symbol.folded() } else { *symbol };
        let compared: Vec<Symbol> = symbols.iter().map(fold).collect();
        let fallback = fallback(&compared);
        let edges = Edges::of_literal(&symbols, comparison, folds);
        Self { symbols, compared, comparison, folds, edges, fallback }
    }

    pub(super) fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    pub(super) const fn edges(&self) -> &Edges {
        &self.edges
    }

    pub(super) const fn folds(&self) -> bool {
        self.folds
    }

    fn length(&self) -> u32 {
        u32::try_from(self.symbols.len()).unwrap_or(DEAD)
    }

    pub(super) fn step(&self, state: u32, symbol: Symbol) -> u32 {
        let symbol = if self.folds { symbol.folded() } else { symbol };
        let length = self.length();
        let expected = self.compared.get(index(state));
        match self.comparison {
            _ if state == DEAD => DEAD,
            Comparison::Contains | Comparison::StartsWith if state == length => length,
            Comparison::Equals | Comparison::StartsWith => {
                if expected == Some(&symbol) {
                    state.saturating_add(1)
                } else {
                    DEAD
                }
            }
            Comparison::Contains | Comparison::EndsWith => self.advance(state, symbol),
        }
    }

    /// As Knuth, Morris and Pratt do.
    fn advance(&self, mut state: u32, symbol: Symbol) -> u32 {
        loop {
            if self.compared.get(index(state)) == Some(&symbol) {
                return state.saturating_add(1);
            }
            match self.fallback.get(index(state)) {
                Some(shorter) if state > 0 => state = *shorter,
                _ => return 0,
            }
        }
    }

    /// Whether the text that led here meets the pattern.
    pub(super) fn is_met(&self, state: u32) -> bool {
        state == self.length()
    }

    /// Whether every longer text meets it too.
    pub(super) fn is_settled(&self, state: u32) -> bool {
        self.is_met(state) && matches!(self.comparison, Comparison::Contains | Comparison::StartsWith)
    }

    /// Whether what comes last decides: other demands come first.
    pub(super) const fn is_final(&self) -> bool {
        matches!(self.comparison, Comparison::EndsWith)
    }

    /// Whether every text that meets another pattern meets this one: the other's text holds this one where it is asked for.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let same = |one: &[Symbol], two: &[Symbol]| {
            one.len() == two.len()
                && one
                    .iter()
                    .zip(two)
                    .all(|(one, two)| if self.folds { one.folded() == two.folded() } else { one == two })
        };
        // A text whose case is open may differ from one whose case counts.
        if other.folds && !self.folds {
            return false;
        }
        let (own, length) = (&self.symbols, self.symbols.len());
        let from_end = other.symbols.len().checked_sub(length);
        match (self.comparison, other.comparison) {
            (Comparison::Contains, _) => (0..=from_end.unwrap_or_default()).any(|start| {
                other.symbols.get(start..start.saturating_add(length)).is_some_and(|part| same(own, part))
            }),
            (Comparison::StartsWith, Comparison::StartsWith | Comparison::Equals) => {
                other.symbols.get(..length).is_some_and(|part| same(own, part))
            }
            (Comparison::EndsWith, Comparison::EndsWith | Comparison::Equals) => {
                from_end.and_then(|start| other.symbols.get(start..)).is_some_and(|part| same(own, part))
            }
            (Comparison::Equals, Comparison::Equals) => same(own, &other.symbols),
            _ => false,
        }
    }

    /// How many symbols are missing.
    pub(super) fn distance(&self, state: u32) -> u32 {
        if state == DEAD { DEAD } else { self.length().saturating_sub(state) }
    }

    /// The symbol that leads on.
    pub(super) fn wanted(&self, state: u32) -> Option<Symbol> {
        self.symbols.get(index(state)).copied()
    }
}

fn fallback(symbols: &[Symbol]) -> Vec<u32> {
    let mut fallback = alloc::vec![0_u32; symbols.len().saturating_add(1)];
    let mut found = 0_u32;
    for (place, symbol) in counted(0_usize, symbols).skip(1) {
        while found > 0 && symbols.get(index(found)) != Some(symbol) {
            found = found.checked_sub(1).and_then(|_| fallback.get(index(found)).copied()).unwrap_or_default();
        }
        if symbols.get(index(found)) == Some(symbol) {
            found = found.saturating_add(1);
        }
        if let Some(entry) = fallback.get_mut(place.saturating_add(1)) {
            *entry = found;
        }
    }
    fallback
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;

    use super::*;

    const LETTERS: [char; 3] = ['a', 'A', 'b'];

    /// All texts of the letters up to this length.
    fn texts(most: usize) -> Vec<String> {
        let mut texts = alloc::vec![String::new()];
        let mut from = 0;
        for _ in 0..most {
            let longer = texts[from..].iter().flat_map(|text| LETTERS.map(|letter| std::format!("{text}{letter}")));
            let longer: Vec<String> = longer.collect();
            from = texts.len();
            texts.extend(longer);
        }
        texts
    }

    /// Every short literal.
    fn literals() -> Vec<Literal> {
        let comparisons = [Comparison::Equals, Comparison::StartsWith, Comparison::EndsWith, Comparison::Contains];
        let of = |text: &String| {
            let of = |comparison, folds| Literal::new(Symbol::of_text(text.as_bytes()), comparison, folds);
            comparisons.map(|comparison| [of(comparison, false), of(comparison, true)])
        };
        texts(2).iter().skip(1).flat_map(of).flatten().collect()
    }

    fn led_by(literal: &Literal, text: &str) -> u32 {
        Symbol::of_text(text.as_bytes()).into_iter().fold(0, |state, symbol| literal.step(state, symbol))
    }

    fn meets(literal: &Literal, text: &str) -> bool {
        literal.is_met(led_by(literal, text))
    }

    /// Said of two texts: just what all texts that meet the one show, but where one is of open case and the other is not.
    #[test]
    fn what_is_within_and_what_clashes_is_what_all_texts_show() {
        let (literals, values) = (literals(), texts(4));
        let met: Vec<Vec<bool>> =
            literals.iter().map(|own| values.iter().map(|value| meets(own, value)).collect()).collect();
        for (own, own_met) in literals.iter().zip(&met) {
            for (other, other_met) in literals.iter().zip(&met) {
                let mut both = own_met.iter().zip(other_met);
                let implied = both.clone().all(|(own, other)| *own || !*other);
                let is_within = own.is_within(other);
                assert!(implied || !is_within, "{own:?} {other:?}");
                if own.folds || !other.folds {
                    assert_eq!(is_within, implied, "{own:?} {other:?}");
                }
                let clash = own.edges().clash(other.edges());
                assert!(!clash || !both.any(|(own, other)| *own && *other), "{own:?} {other:?}");
            }
        }
    }

    /// What can be seen of a state is what all that may follow shows.
    #[test]
    fn states_say_what_may_follow() {
        let (values, further) = (texts(3), texts(2));
        for own in literals() {
            let mut is_final = false;
            for value in &values {
                let state = led_by(&own, value);
                let after = |text: &String| meets(&own, &(value.clone() + text));
                assert_eq!(own.is_settled(state), further.iter().all(after), "{own:?} {value}");
                let least = further.iter().filter(|text| after(text)).map(String::len).min();
                let expected = least.map_or(DEAD, |least| u32::try_from(least).unwrap());
                assert_eq!(own.distance(state), expected, "{own:?} {value}");
                if state != DEAD && !own.is_met(state) {
                    let next = own.step(state, own.wanted(state).unwrap());
                    assert_eq!(own.distance(next), own.distance(state) - 1, "{own:?} {value}");
                }
                is_final |= own.is_met(state)
                    && !own.is_settled(state)
                    && LETTERS.iter().any(|letter| {
                        let other = value.clone() + &String::from(*letter);
                        !meets(&own, &other) && own.distance(led_by(&own, &other)) != DEAD
                    });
            }
            assert_eq!(own.is_final(), is_final, "{own:?}");
        }
    }

    #[test]
    fn two_beginnings_or_two_ends_contradict() {
        let of = |text: &str, comparison, folds| Literal::new(Symbol::of_text(text.as_bytes()), comparison, folds);
        let (start, end, whole) = (Comparison::StartsWith, Comparison::EndsWith, Comparison::Equals);
        for (one, two, expected) in [
            (of("ab", start, false), of("ac", start, false), true),
            (of("ab", start, false), of("a", whole, false), false),
            (of("ab", start, false), of("ac", end, false), false),
            (of("ab", end, false), of("cb", end, false), true),
            (of("ab", end, false), of("b", end, false), false),
            (of("ab", whole, false), of("cab", end, false), false),
            (of("ab", whole, false), of("ac", whole, false), true),
            (of("ab", start, false), of("AB", start, false), true),
            (of("ab", start, false), of("AB", start, true), false),
            (of("ab", end, true), of("AC", end, false), true),
            (of("ab", Comparison::Contains, false), of("c", whole, false), false),
        ] {
            assert_eq!(one.edges().clash(two.edges()), expected, "{one:?} {two:?}");
            assert_eq!(two.edges().clash(one.edges()), expected, "{one:?} {two:?}");
        }
    }
}
