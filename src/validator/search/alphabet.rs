//! The symbols that a search tries: one of each sort that the patterns tell apart.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::expression::{Ranges, contains};
use super::look::Sort;
use super::machine::Machine;
use super::symbol::{Symbol, same_ignoring_case};
use crate::counted::counted;
use crate::wire::index;

/// One symbol of each sort that some patterns tell apart, those that people like to read first.
#[derive(Clone, Debug, Default)]
pub(super) struct Alphabet {
    symbols: Vec<Symbol>,
    /// How much work it was to choose them, in steps of automata.
    pub(super) cost: u64,
    /// Whether symbols that are left out are all like one that is there.
    pub(super) is_complete: bool,
}

/// What patterns tell of a symbol: the classes that it is in, its sort, and itself where a text has it.
type Kind = (Vec<u64>, Option<Sort>, Option<Symbol>);

/// Beyond as many ends of ranges, some sorts of symbols may be missed.
const MOST_BORDERS: usize = 20_000;

impl Alphabet {
    pub(super) fn of<'m>(machines: impl Iterator<Item = &'m Machine> + Clone, is_text: bool) -> Self {
        let mut literals: BTreeSet<Symbol> = BTreeSet::new();
        let mut classes: Vec<&Ranges> = Vec::new();
        let mut looks_around = false;
        for machine in machines {
            match machine {
                Machine::Literal(literal) => {
                    for symbol in literal.symbols() {
                        literals.insert(*symbol);
                        if literal.folds() {
                            literals.extend(variants(*symbol));
                        }
                    }
                }
                Machine::Expression(expression) => {
                    classes.extend(expression.classes());
                    looks_around |= expression.looks_around();
                }
            }
        }
        classes.sort_unstable();
        classes.dedup();
        let mut is_complete = true;
        let mut seen: BTreeSet<Kind> = BTreeSet::new();
        let mut symbols = Vec::new();
        let mut cost = 0_u64;
        let each = crate::wire::count(classes.len().div_ceil(8)).saturating_add(1);
        let mut add = |symbol: Symbol| {
            cost = cost.saturating_add(each);
            let own = literals.contains(&symbol).then_some(symbol);
            let sort = (looks_around || !classes.is_empty()).then(|| Sort::of(symbol));
            let kind = (membership(&classes, symbol), sort, own);
            if seen.insert(kind) {
                symbols.push(symbol);
            }
        };
        if is_text {
            READABLE.chars().map(Symbol::from).for_each(&mut add);
            literals.iter().copied().for_each(&mut add);
            // In each class a symbol at an end of a range stands for all to the next end.
            let mut borders = 0_usize;
            for (first, last) in classes.iter().copied().flatten() {
                borders = borders.saturating_add(1);
                if borders > MOST_BORDERS {
                    is_complete = false;
                    break;
                }
                for number in [*first, *last, first.saturating_sub(1), after(*last)] {
                    if let Some(character) = char::from_u32(number) {
                        add(character.into());
                    }
                }
            }
            // What follows a literal within a range.
            let following = literals.iter().filter_map(|literal| char::from_u32(after(literal.number())));
            following.map(Symbol::from).for_each(&mut add);
            OTHERS.chars().map(Symbol::from).for_each(&mut add);
        }
        (0x80..=0xFF).map(Symbol::byte).for_each(&mut add);
        if !is_text {
            (0..0x80).map(Symbol::byte).for_each(&mut add);
        }
        Self { symbols, cost, is_complete }
    }

    pub(super) fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    /// The first symbol of a class.
    pub(super) fn first_in(&self, ranges: &[(u32, u32)]) -> Option<Symbol> {
        self.symbols.iter().copied().find(|symbol| contains(ranges, *symbol))
    }
}

/// What people like to read, the first best.
const READABLE: &str =
    "xyzabcdefghijklmnopqrstuvw0123456789XABCDEFGHIJKLMNOPQRSTUVWYZ _-.\\/:@#$%&()+,;=!?*'\"<>[]{}|^`~";

/// What else there is: a tab and line ends, a control character, and letters of several alphabets.
const OTHERS: &str = "\t\n\r\u{1}\0éж日\u{1F980}";

/// The number of the next character.
const fn after(number: u32) -> u32 {
    // There are no characters among the surrogates.
    if number == 0xD7FF { 0xE000 } else { number.saturating_add(1) }
}

/// The symbols that are the same where case is ignored.
fn variants(symbol: Symbol) -> impl Iterator<Item = Symbol> {
    symbol.character().into_iter().flat_map(same_ignoring_case).map(Symbol::from)
}

/// Which classes a symbol is in, a bit each.
fn membership(classes: &[&Ranges], symbol: Symbol) -> Vec<u64> {
    let mut bits = alloc::vec![0_u64; classes.len().div_ceil(64)];
    for (place, ranges) in counted(0_u32, classes) {
        if let Some(word) = bits.get_mut(index(place >> 6)).filter(|_| contains(ranges, symbol)) {
            *word |= 1_u64.wrapping_shl(place);
        }
    }
    bits
}
