//! What can be seen to contradict without a search: texts that must begin or end differently, and a text that must be found
//! within another and must not be.

use alloc::vec::Vec;

use super::symbol::Symbol;
use crate::template::Comparison;

/// What every text that meets a pattern begins with and ends with, as far as that is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    exact: [Vec<Symbol>; 2],
    folded: [Vec<Symbol>; 2],
    /// Whether case is ignored.
    folds: bool,
}

impl Edges {
    fn new(exact: [Vec<Symbol>; 2], folds: bool) -> Self {
        let folded = exact.each_ref().map(|edge| edge.iter().map(|symbol| symbol.folded()).collect());
        Self { exact, folded, folds }
    }

    pub(super) fn of_literal(symbols: &[Symbol], comparison: Comparison, folds: bool) -> Self {
        let starts = matches!(comparison, Comparison::Equals | Comparison::StartsWith);
        let ends = matches!(comparison, Comparison::Equals | Comparison::EndsWith);
        let of = |is_known: bool| if is_known { symbols.to_vec() } else { Vec::new() };
        Self::new([of(starts), of(ends)], folds)
    }

    /// The characters before the first wildcard of a glob, and those after the last.
    pub(super) fn of_glob(tokens: &[Option<char>], folds: bool) -> Self {
        let symbols = |tokens: &mut dyn Iterator<Item = &Option<char>>| -> Vec<Symbol> {
            tokens.map_while(|token| *token).map(Symbol::from).collect()
        };
        let start = symbols(&mut tokens.iter());
        let mut end = symbols(&mut tokens.iter().rev());
        end.reverse();
        Self::new([start, end], folds)
    }

    /// Whether no text can have both: one would have to begin, or to end, in two ways.
    pub(super) fn clash(&self, other: &Self) -> bool {
        // Where one ignores case, what differs only in case is no contradiction.
        let folds = self.folds || other.folds;
        let [start, end] = if folds { &self.folded } else { &self.exact };
        let [other_start, other_end] = if folds { &other.folded } else { &other.exact };
        start.iter().zip(other_start).any(|(one, two)| one != two)
            || end.iter().rev().zip(other_end.iter().rev()).any(|(one, two)| one != two)
    }
}
