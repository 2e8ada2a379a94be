//! Searching texts for what is asked of a field: combinations of patterns, one of each list, within a budget of steps.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::machine::Machine;
use super::solve::{Constraint, Effort, Probe, Problem, Target, Wish};
use super::text::TextSearch;
use super::{Found, symbol::Symbol};
use crate::counted::counted;
use crate::template::{Case, FieldKind, Operator, OwnedValue, PatternRef, PatternValue, Value};

/// How long texts are searched for.
#[derive(Clone, Copy)]
struct Bounds {
    /// Choices of a pattern from each list.
    combinations: usize,
    /// Steps of automata.
    steps: u64,
}

/// Steps that all searches for one value may take together, what choosing a combination counts as, and what searching for the
/// values of a whole content may take: at ten to thirty million steps a second this bounds the time.
const OF_A_QUESTION: u64 = 6_000_000;
const OF_A_COMBINATION: u64 = 50;
const OF_CONTENT: u64 = 200_000_000;
const OF_A_PATTERN: u64 = 20_000;

const LEAST: Bounds = Bounds { combinations: 64, steps: 20_000 };
const QUICK: Bounds = Bounds { combinations: 1_024, steps: 200_000 };
const SLOW: Bounds = Bounds { combinations: 4_096, steps: 2_000_000 };

/// As often a text that was found is held against the interpreter and searched again.
const ROUNDS: usize = 64;

/// Patterns that a text met and must not.
#[derive(Default)]
struct Unwelcome {
    known: BTreeSet<(usize, u32)>,
    machines: Vec<Machine>,
}

/// What all questions about one content share: the automata of its expressions, and how much may still be searched.
#[derive(Debug)]
pub(in super::super) struct Machines<'f> {
    expressions: BTreeMap<(Operator, &'f str, Case), Option<Machine>>,
    pub(in super::super) steps_left: u64,
}

impl<'f> Machines<'f> {
    /// For content of so many patterns, each of which allows for some searching.
    pub(in super::super) const fn for_patterns(patterns: u64) -> Self {
        Self::with_steps(OF_CONTENT.saturating_add(patterns.saturating_mul(OF_A_PATTERN)))
    }

    /// For questions that may take so many steps together.
    pub(in super::super) const fn with_steps(steps_left: u64) -> Self {
        Self { expressions: BTreeMap::new(), steps_left }
    }

    fn of(&mut self, pattern: &PatternRef<'f>) -> Option<Machine> {
        match (pattern.operator(), pattern.value()) {
            (operator @ (Operator::Regex | Operator::Glob), PatternValue::Text(text, case)) => {
                self.expressions.entry((operator, text, case)).or_insert_with(|| Machine::new(pattern)).clone()
            }
            _ => Machine::new(pattern),
        }
    }
}

impl<'f> Problem<'_, 'f> {
    /// A text that is not empty.
    ///
    /// Most are found at once. Where that fails, two constraints that contradict each other are looked for: few automata are
    /// soon searched through. Only then all of them are searched at length.
    pub(super) fn text(&self, target: Target, machines: &mut Machines<'f>, probe: &mut dyn Probe) -> Found<OwnedValue> {
        let mut left = OF_A_QUESTION.min(machines.steps_left);
        let before = left;
        let found = self.text_with(target, &mut left, machines, probe);
        machines.steps_left = machines.steps_left.saturating_sub(before.saturating_sub(left));
        found
    }

    fn text_with(
        &self,
        target: Target,
        left: &mut u64,
        machines: &mut Machines<'f>,
        probe: &mut dyn Probe,
    ) -> Found<OwnedValue> {
        if self.effort == Effort::Least {
            return self.text_within(target, LEAST, left, machines, probe);
        }
        match self.text_within(target, QUICK, left, machines, probe) {
            Found::GivenUp => {}
            found => return found,
        }
        for pair in self.pairs(target) {
            if *left == 0 {
                return Found::GivenUp;
            }
            let constraints: Vec<Constraint<'f>> =
                pair.iter().filter_map(|number| self.constraints.get(*number)).cloned().collect();
            let part = Problem { constraints: &constraints, ..*self };
            let mut of_part = |constraint: usize, value: Value<'_>| {
                pair.get(constraint).map_or_else(Vec::new, |number| probe.met(*number, value))
            };
            let target = target.within(&pair);
            if part.text_within(target, QUICK, left, machines, &mut of_part) == Found::Impossible {
                return Found::Impossible;
            }
        }
        match self.effort {
            Effort::Least | Effort::Quick => Found::GivenUp,
            Effort::Thorough => self.text_within(target, SLOW, left, machines, probe),
        }
    }

    /// The constraint that the target is about with each of the others; every two if it is about none.
    fn pairs(&self, target: Target) -> Vec<Vec<usize>> {
        let all = 0..self.constraints.len();
        match target.constraint() {
            Some(own) => {
                let others = all.filter(|other| *other != own).map(|other| alloc::vec![own, other]);
                core::iter::once(alloc::vec![own]).chain(others).collect()
            }
            None => all
                .clone()
                .flat_map(|one| all.clone().skip(one.saturating_add(1)).map(move |two| alloc::vec![one, two]))
                .collect(),
        }
    }

    /// Searches with one pattern of each list at a time: many small searches are sooner done than one of all.
    fn text_within(
        &self,
        target: Target,
        Bounds { combinations, steps: most }: Bounds,
        left: &mut u64,
        machines: &mut Machines<'f>,
        probe: &mut dyn Probe,
    ) -> Found<OwnedValue> {
        let mut lists: Vec<Vec<Machine>> = Vec::new();
        let mut is_proof = true;
        for (number, constraint) in counted(0_usize, self.constraints) {
            let patterns: Vec<PatternRef<'f>> = match target.wish(number, constraint) {
                Wish::None => continue,
                Wish::One => constraint.patterns.iter().flatten().copied().collect(),
                Wish::This(pattern) | Wish::ThisAlone(pattern) => constraint.pattern(pattern).into_iter().collect(),
            };
            let mut list = Vec::new();
            for pattern in &patterns {
                match machines.of(pattern) {
                    Some(machine) => {
                        is_proof &= machine.is_exact();
                        list.push(machine);
                    }
                    // What no text with a character meets is no loss.
                    None => is_proof &= matches!(pattern.operator(), Operator::Absent | Operator::Empty),
                }
                if list.len() >= combinations {
                    break;
                }
            }
            is_proof &= list.len() < combinations;
            if list.is_empty() {
                return if is_proof { Found::Impossible } else { Found::GivenUp };
            }
            lists.push(list);
        }
        let (mut unwelcome, mut used) = (Unwelcome::default(), 0_u64);
        let mut places = alloc::vec![0_usize; lists.len()];
        for _ in 0..combinations {
            let chosen: Vec<&Machine> =
                lists.iter().zip(&places).filter_map(|(list, place)| list.get(*place)).collect();
            let mut steps = most.saturating_sub(used).min(*left);
            let before = steps;
            let found = self.text_of(target, &chosen, &mut unwelcome, &mut steps, machines, probe);
            let own = before.saturating_sub(steps).saturating_add(OF_A_COMBINATION);
            used = used.saturating_add(own);
            *left = left.saturating_sub(own);
            match found {
                Found::Value(value) => return Found::Value(value),
                Found::Impossible => {}
                Found::GivenUp => is_proof = false,
            }
            if !advance(&mut places, &lists) {
                return if is_proof { Found::Impossible } else { Found::GivenUp };
            }
            if used >= most || *left == 0 {
                break;
            }
        }
        Found::GivenUp
    }

    /// Searches for a text that meets all of these, and then without what the interpreter says that must not be met.
    fn text_of(
        &self,
        target: Target,
        chosen: &[&Machine],
        unwelcome: &mut Unwelcome,
        steps: &mut u64,
        machines: &mut Machines<'f>,
        probe: &mut dyn Probe,
    ) -> Found<OwnedValue> {
        let clash = |one: &&Machine, others: &[&Machine]| others.iter().any(|other| one.clashes(other));
        if counted(1_usize, chosen).any(|(next, one)| clash(one, chosen.get(next..).unwrap_or_default())) {
            return Found::Impossible;
        }
        let mut own = Vec::new();
        for _ in 0..ROUNDS {
            if unwelcome.machines.iter().any(|machine| chosen.iter().any(|chosen| machine.is_within(chosen))) {
                return Found::Impossible;
            }
            let mut search = TextSearch::new(self.kind == FieldKind::Text);
            chosen.iter().for_each(|machine| search.meet(Machine::clone(machine)));
            unwelcome.machines.iter().chain(&own).for_each(|machine| search.avoid(machine.clone()));
            let text = match search.run(steps) {
                Found::Value(text) => text,
                Found::Impossible => return Found::Impossible,
                Found::GivenUp => return Found::GivenUp,
            };
            let value = if self.kind == FieldKind::Text { OwnedValue::Text(text) } else { OwnedValue::Bytes(text) };
            if self.fits(target, value.as_ref(), probe) {
                return Found::Value(value);
            }
            let mut is_news = false;
            for place in self.unwelcome(target, value.as_ref(), probe) {
                if !unwelcome.known.insert(place) {
                    continue;
                }
                let (number, pattern) = place;
                let pattern = self.constraints.get(number).and_then(|constraint| constraint.pattern(pattern));
                if let Some(machine) = pattern.and_then(|pattern| machines.of(&pattern)) {
                    unwelcome.machines.push(machine);
                    is_news = true;
                }
            }
            if !is_news {
                // No automaton says what is wrong with this text: it is excluded by itself.
                match Machine::exactly(value.as_ref()) {
                    Some(machine) => own.push(machine),
                    None => return Found::GivenUp,
                }
            }
        }
        Found::GivenUp
    }

    /// The patterns that a value meets and must not.
    fn unwelcome(&self, target: Target, value: Value<'_>, probe: &mut dyn Probe) -> Vec<(usize, u32)> {
        let mut unwelcome = Vec::new();
        for (number, constraint) in counted(0_usize, self.constraints) {
            let allowed = match target.wish(number, constraint) {
                Wish::One | Wish::This(_) => continue,
                Wish::None => None,
                Wish::ThisAlone(pattern) => Some(pattern),
            };
            let met = probe.met(number, value).into_iter().filter(|pattern| Some(*pattern) != allowed);
            unwelcome.extend(met.map(|pattern| (number, pattern)));
        }
        unwelcome
    }
}

/// The next combination.
fn advance(places: &mut [usize], lists: &[Vec<Machine>]) -> bool {
    for (place, list) in places.iter_mut().zip(lists) {
        *place = place.saturating_add(1);
        if *place < list.len() {
            return true;
        }
        *place = 0;
    }
    false
}

impl Machine {
    /// The automaton of this text alone.
    fn exactly(value: Value<'_>) -> Option<Self> {
        let symbols = match value {
            Value::Text(text) => Symbol::of_text(text),
            Value::Bytes(bytes) => Symbol::of_bytes(bytes),
            _ => return None,
        };
        Some(Self::literal(symbols))
    }
}
