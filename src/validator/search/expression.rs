//! Globs and regular expressions as automata over symbols: sets of states, numbered as they are met.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::DEAD;
use super::clash::Edges;
use super::look::{Sort, holds};
use super::symbol::Symbol;
use crate::interpreter::parse_regex;
use crate::template::Case;
use crate::wire::index;

/// Larger expressions are not searched: counted repetitions can say much in few characters.
const MOST_STATES: usize = 100_000;

/// A set of symbols: ascending ranges, both ends included.
pub(super) type Ranges = Vec<(u32, u32)>;

/// An automaton that takes more than one way at once.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    states: Vec<State>,
    classes: Vec<Ranges>,
    start: u32,
    /// For each state the fewest symbols to the end, whatever stands around.
    distances: Vec<u32>,
    /// Whether it is found at the start of a value alone.
    is_anchored: bool,
    /// Whether it depends on what stands around.
    looks_around: bool,
    /// Whether it speaks of characters and of stray bytes alone, not of the bytes that a character is made of.
    is_exact: bool,
    edges: Edges,
    known: BTreeMap<Position, u32>,
    positions: Vec<Position>,
}

#[derive(Clone, Debug)]
enum State {
    /// A symbol of this class leads on.
    Class(u32, u32),
    /// Any of these, without a symbol.
    Either(Vec<u32>),
    /// If this stands around.
    Look(Look, u32),
    End,
    /// Nothing leads on.
    Fail,
}

/// Where a text that was read so far has led.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    /// The end has been reached: nothing that follows changes that.
    Found,
    /// In all of these states, after a symbol of this sort.
    In(Vec<u32>, Sort),
}

impl Expression {
    /// The automaton; `None` if it is too large.
    pub(super) fn new(hir: &Hir) -> Option<Self> {
        let mut builder = Builder::default();
        let end = builder.push(State::End)?;
        let start = builder.compile(hir, end)?;
        let properties = hir.properties();
        let is_anchored = properties.look_set_prefix().contains(Look::Start);
        let looks_around = !properties.look_set().is_empty();
        let distances = distances(&builder.states);
        let mut classes: Vec<(u32, Ranges)> =
            builder.classes.into_iter().map(|(ranges, number)| (number, ranges)).collect();
        classes.sort_unstable_by_key(|(number, _)| *number);
        // What parts of words are is told apart as if it was asked for.
        if properties.look_set().contains_word_unicode()
            && let Ok(words) = parse_regex(r"\w", Case::Sensitive)
            && let HirKind::Class(class) = words.kind()
        {
            classes.push((DEAD, ranges(class)));
        }
        let mut own = Self {
            states: builder.states,
            classes: classes.into_iter().map(|(_, ranges)| ranges).collect(),
            start,
            distances,
            is_anchored,
            looks_around,
            is_exact: true,
            edges: Edges::default(),
            known: BTreeMap::new(),
            positions: Vec::new(),
        };
        own.number(Position::Found);
        own.number(Position::In(alloc::vec![start], Sort::Nothing));
        Some(own)
    }

    /// The automaton of a regular expression, which may be found within a character.
    pub(super) fn of_regex(hir: &Hir) -> Option<Self> {
        let looks = hir.properties().look_set();
        let within = [Look::WordAsciiNegate, Look::WordStartHalfAscii, Look::WordEndHalfAscii];
        let is_exact = hir.properties().is_utf8() && !within.iter().any(|look| looks.contains(*look));
        Some(Self { is_exact, ..Self::new(hir)? })
    }

    /// The automaton of a glob, with what every text that fits it begins and ends with.
    pub(super) fn of_glob(hir: &Hir, edges: Edges) -> Option<Self> {
        Some(Self { edges, ..Self::new(hir)? })
    }

    pub(super) const fn edges(&self) -> &Edges {
        &self.edges
    }

    /// Where every text begins.
    pub(super) const START: u32 = 1;

    const FOUND: u32 = 0;

    pub(super) fn classes(&self) -> &[Ranges] {
        &self.classes
    }

    pub(super) const fn looks_around(&self) -> bool {
        self.looks_around
    }

    pub(super) const fn is_exact(&self) -> bool {
        self.is_exact
    }

    fn number(&mut self, position: Position) -> u32 {
        if let Some(number) = self.known.get(&position) {
            return *number;
        }
        let number = u32::try_from(self.positions.len()).unwrap_or(DEAD);
        self.positions.push(position.clone());
        self.known.insert(position, number);
        number
    }

    pub(super) fn step(&mut self, position: u32, symbol: Symbol) -> u32 {
        let Some(Position::In(states, before)) = self.positions.get(index(position)) else { return position };
        let after = Sort::of(symbol);
        let Some(reached) = self.reached(states, *before, after) else { return Self::FOUND };
        let mut next: Vec<u32> = Vec::new();
        for state in reached {
            if let Some(State::Class(class, to)) = self.states.get(index(state))
                && self.classes.get(index(*class)).is_some_and(|ranges| contains(ranges, symbol))
            {
                next.push(*to);
            }
        }
        if !self.is_anchored {
            next.push(self.start);
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return DEAD;
        }
        self.number(Position::In(next, after))
    }

    /// All states that are reached without a symbol; `None` if the end is among them.
    fn reached(&self, states: &[u32], before: Sort, after: Sort) -> Option<Vec<u32>> {
        let mut reached = alloc::collections::BTreeSet::new();
        let mut pending: Vec<u32> = states.to_vec();
        while let Some(state) = pending.pop() {
            if !reached.insert(state) {
                continue;
            }
            match self.states.get(index(state)) {
                Some(State::End) => return None,
                Some(State::Either(ways)) => pending.extend(ways),
                Some(State::Look(look, next)) if holds(*look, before, after) => pending.push(*next),
                _ => {}
            }
        }
        Some(reached.into_iter().collect())
    }

    /// How many states a step has to look at, at least.
    pub(super) fn cost(&self, position: u32) -> u64 {
        match self.positions.get(index(position)) {
            Some(Position::In(states, _)) => crate::wire::count(states.len()).saturating_add(1),
            _ => 1,
        }
    }

    /// Whether the text that led here meets the pattern.
    pub(super) fn is_met(&self, position: u32) -> bool {
        match self.positions.get(index(position)) {
            Some(Position::Found) => true,
            Some(Position::In(states, before)) => self.reached(states, *before, Sort::Nothing).is_none(),
            None => false,
        }
    }

    /// Whether every longer text meets it too.
    pub(super) const fn is_settled(position: u32) -> bool {
        position == Self::FOUND
    }

    /// The fewest symbols that are missing.
    pub(super) fn distance(&self, position: u32) -> u32 {
        match self.positions.get(index(position)) {
            Some(Position::Found) => 0,
            Some(Position::In(states, _)) => {
                states.iter().filter_map(|state| self.distances.get(index(*state))).copied().min().unwrap_or(DEAD)
            }
            None => DEAD,
        }
    }

    /// A class of symbols that lead on.
    pub(super) fn wanted(&self, position: u32) -> Option<&Ranges> {
        let Some(Position::In(states, before)) = self.positions.get(index(position)) else { return None };
        let distance = |state: &u32| self.distances.get(index(*state)).copied().unwrap_or(DEAD);
        let nearest = states.iter().copied().min_by_key(distance)?;
        // What is looked at after is not known yet; that what leads on is a word is as good a guess as any.
        let reached =
            self.reached(&[nearest], *before, Sort::Word).or_else(|| self.reached(&[nearest], *before, Sort::Other))?;
        let classes = reached.iter().filter_map(|state| match self.states.get(index(*state)) {
            Some(State::Class(class, _)) => Some((distance(state), *class)),
            _ => None,
        });
        let (_, class) = classes.min()?;
        self.classes.get(index(class))
    }
}

pub(super) fn contains(ranges: &[(u32, u32)], symbol: Symbol) -> bool {
    let number = symbol.number();
    let after = ranges.partition_point(|(first, _)| *first <= number);
    after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|(_, last)| number <= *last)
}

/// The fewest symbols from each state to the end.
fn distances(states: &[State]) -> Vec<u32> {
    let mut distances = alloc::vec![DEAD; states.len()];
    let mut before: Vec<Vec<(u32, u32)>> = alloc::vec![Vec::new(); states.len()];
    let mut current = Vec::new();
    for (number, state) in crate::counted::counted(0_u32, states) {
        let mut leads = |to: u32, cost: u32| {
            if let Some(entry) = before.get_mut(index(to)) {
                entry.push((number, cost));
            }
        };
        match state {
            State::Class(_, to) => leads(*to, 1),
            State::Either(ways) => ways.iter().for_each(|to| leads(*to, 0)),
            State::Look(_, to) => leads(*to, 0),
            State::End => current.push(number),
            State::Fail => {}
        }
    }
    let mut distance = 0_u32;
    while !current.is_empty() {
        let mut next = Vec::new();
        while let Some(state) = current.pop() {
            match distances.get_mut(index(state)) {
                Some(known) if *known == DEAD => *known = distance,
                _ => continue,
            }
            for (from, cost) in before.get(index(state)).into_iter().flatten() {
                if *cost == 0 { current.push(*from) } else { next.push(*from) }
            }
        }
        current = next;
        distance = distance.saturating_add(1);
    }
    distances
}

/// Builds the states from the end to the start.
#[derive(Default)]
struct Builder {
    states: Vec<State>,
    /// With the number of each.
    classes: BTreeMap<Ranges, u32>,
}

impl Builder {
    fn push(&mut self, state: State) -> Option<u32> {
        let number = self.states.len();
        if number >= MOST_STATES {
            return None;
        }
        self.states.push(state);
        u32::try_from(number).ok()
    }

    fn class(&mut self, ranges: Ranges, next: u32) -> Option<u32> {
        if ranges.is_empty() {
            return self.push(State::Fail);
        }
        let further = u32::try_from(self.classes.len()).ok()?;
        let class = *self.classes.entry(ranges).or_insert(further);
        self.push(State::Class(class, next))
    }

    /// The state from which what the expression says leads to `next`.
    fn compile(&mut self, hir: &Hir, next: u32) -> Option<u32> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Literal(literal) => {
                let symbols = Symbol::of_text(&literal.0);
                symbols
                    .iter()
                    .rev()
                    .try_fold(next, |next, symbol| self.class(alloc::vec![(symbol.number(), symbol.number())], next))
            }
            HirKind::Class(class) => self.class(ranges(class), next),
            HirKind::Look(look) => self.push(State::Look(*look, next)),
            HirKind::Capture(capture) => self.compile(&capture.sub, next),
            HirKind::Concat(parts) => parts.iter().rev().try_fold(next, |next, part| self.compile(part, next)),
            HirKind::Alternation(ways) => {
                let ways: Option<Vec<u32>> = ways.iter().map(|way| self.compile(way, next)).collect();
                self.push(State::Either(ways?))
            }
            HirKind::Repetition(repetition) => {
                let (least, most) = (repetition.min, repetition.max);
                let mut next = next;
                match most {
                    None => {
                        // The way back is known only when what is repeated has been built.
                        let back = self.push(State::Fail)?;
                        let again = self.compile(&repetition.sub, back)?;
                        if let Some(state) = self.states.get_mut(index(back)) {
                            *state = State::Either(alloc::vec![again, next]);
                        }
                        next = back;
                    }
                    Some(most) => {
                        let after = next;
                        for _ in least..most {
                            let once = self.compile(&repetition.sub, next)?;
                            next = self.push(State::Either(alloc::vec![once, after]))?;
                        }
                    }
                }
                (0..least).try_fold(next, |next, _| self.compile(&repetition.sub, next))
            }
        }
    }
}

fn ranges(class: &Class) -> Ranges {
    match class {
        Class::Unicode(class) => class.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect(),
        Class::Bytes(class) => {
            let number = |byte: u8| if byte.is_ascii() { u32::from(byte) } else { Symbol::byte(byte).number() };
            let mut ranges = Vec::new();
            for range in class.iter() {
                let (first, last) = (range.start(), range.end());
                if first.is_ascii() {
                    ranges.push((number(first), number(last.min(0x7F))));
                }
                if !last.is_ascii() {
                    ranges.push((number(first.max(0x80)), number(last)));
                }
            }
            ranges
        }
    }
}
