//! What is asked of a field, and a value that fits.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::machine::Machine;
use super::text::TextSearch;
use super::{Found, symbol::Symbol};
use super::{guess, points};
use crate::counted::counted;
use crate::template::{Case, FieldKind, Operator, OwnedValue, PatternRef, PatternValue, Value};
use crate::wire::index;

/// How long texts are searched for.
#[derive(Clone, Copy)]
struct Bounds {
    /// Choices of a pattern from each list.
    combinations: usize,
    /// Steps of automata.
    steps: u64,
}

const LEAST: Bounds = Bounds { combinations: 64, steps: 20_000 };
const QUICK: Bounds = Bounds { combinations: 1_024, steps: 200_000 };
const SLOW: Bounds = Bounds { combinations: 4_096, steps: 2_000_000 };

/// As often a text that was found is held against the interpreter and searched again.
const ROUNDS: usize = 64;

/// As many numbers, addresses and truth values are tried.
const MOST_POINTS: usize = 20_000;

/// One criterion on the field.
#[derive(Clone, Debug)]
pub(in super::super) struct Constraint<'f> {
    /// Whether one of the patterns must be met; else none may be.
    pub(in super::super) is_any_of: bool,
    /// The patterns; `None` for one that cannot be met as things are.
    pub(in super::super) patterns: Vec<Option<PatternRef<'f>>>,
}

/// All criteria on a field.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Problem<'p, 'f> {
    pub(in super::super) kind: FieldKind,
    pub(in super::super) constraints: &'p [Constraint<'f>],
    pub(in super::super) effort: Effort,
}

/// How much may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Effort {
    /// What is not found at once is given up.
    Least,
    /// What is not found soon is given up.
    Quick,
    Thorough,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Target {
    /// A value that meets all constraints.
    All,
    /// One that meets this pattern of this constraint, no other of it, and all other constraints.
    Through(usize, u32),
    /// The same, and other patterns of the constraint may be met too.
    AmongOthers(usize, u32),
    /// One that fails this constraint and meets all others.
    Miss(usize),
}

/// What must be true of the patterns of one constraint.
enum Wish {
    One,
    None,
    This(u32),
    ThisAlone(u32),
}

/// Patterns that a text met and must not.
#[derive(Default)]
struct Unwelcome {
    known: BTreeSet<(usize, u32)>,
    machines: Vec<Machine>,
}

/// Expressions that were made into automata before.
#[derive(Debug, Default)]
pub(in super::super) struct Machines<'f>(BTreeMap<(Operator, &'f str, Case), Option<Machine>>);

impl<'f> Machines<'f> {
    fn of(&mut self, pattern: &PatternRef<'f>) -> Option<Machine> {
        match (pattern.operator(), pattern.value()) {
            (operator @ (Operator::Regex | Operator::Glob), PatternValue::Text(text, case)) => {
                self.0.entry((operator, text, case)).or_insert_with(|| Machine::new(pattern)).clone()
            }
            _ => Machine::new(pattern),
        }
    }
}

/// Says which patterns of a constraint a value meets.
pub(in super::super) trait Probe {
    fn met(&mut self, constraint: usize, value: Value<'_>) -> Vec<u32>;
}

impl<F: FnMut(usize, Value<'_>) -> Vec<u32>> Probe for F {
    fn met(&mut self, constraint: usize, value: Value<'_>) -> Vec<u32> {
        self(constraint, value)
    }
}

impl<'f> Problem<'_, 'f> {
    /// A value that fits, confirmed by the probe.
    pub(in super::super) fn solve(
        &self,
        target: Target,
        machines: &mut Machines<'f>,
        probe: &mut dyn Probe,
    ) -> Found<OwnedValue> {
        if let Some(value) = self.first_of(self.guesses(target), target, probe) {
            return Found::Value(value);
        }
        let mut is_proof = true;
        let points = self.points(target);
        if points.len() > MOST_POINTS {
            is_proof = false;
        }
        // Where only a number or an address will do, and none of each sort does, no text does however it is written.
        let mut contradicts = self.demands_point(target);
        for point in points.into_iter().take(MOST_POINTS) {
            if self.fits(target, point.as_ref(), probe) {
                return Found::Value(point);
            }
            contradicts = contradicts && !self.fits_as_point(target, point.as_ref(), probe);
        }
        if matches!(self.kind, FieldKind::Text | FieldKind::Bytes) {
            if !(is_proof && contradicts) {
                match self.text(target, machines, probe) {
                    Found::Value(value) => return Found::Value(value),
                    Found::Impossible => {}
                    Found::GivenUp => is_proof = false,
                }
            }
            let empty =
                if self.kind == FieldKind::Text { OwnedValue::Text(Vec::new()) } else { OwnedValue::Bytes(Vec::new()) };
            if self.fits(target, empty.as_ref(), probe) {
                return Found::Value(empty);
            }
        }
        if self.fits(target, Value::Absent, probe) {
            return Found::Value(OwnedValue::Absent);
        }
        if is_proof { Found::Impossible } else { Found::GivenUp }
    }

    /// The first of some values that is what is looked for.
    pub(in super::super) fn first_of(
        &self,
        values: impl IntoIterator<Item = OwnedValue>,
        target: Target,
        probe: &mut dyn Probe,
    ) -> Option<OwnedValue> {
        values.into_iter().find(|value| self.fits(target, value.as_ref(), probe))
    }

    /// Whether a value is what is looked for.
    fn fits(&self, target: Target, value: Value<'_>, probe: &mut dyn Probe) -> bool {
        counted(0_usize, self.constraints).all(|(number, constraint)| {
            let met = probe.met(number, value);
            match target.wish(number, constraint) {
                Wish::One => !met.is_empty(),
                Wish::None => met.is_empty(),
                Wish::This(pattern) => met.contains(&pattern),
                Wish::ThisAlone(pattern) => met == [pattern],
            }
        })
    }

    /// Whether some constraint is met by numbers and addresses alone, when the value is there.
    fn demands_point(&self, target: Target) -> bool {
        counted(0_usize, self.constraints).any(|(number, constraint)| match target.wish(number, constraint) {
            Wish::None => false,
            Wish::One => constraint.is_of_points(),
            Wish::This(pattern) | Wish::ThisAlone(pattern) => constraint.has_point(pattern),
        })
    }

    /// Whether a number or an address is what is looked for, as far as patterns go that ask for numbers and addresses.
    fn fits_as_point(&self, target: Target, value: Value<'_>, probe: &mut dyn Probe) -> bool {
        counted(0_usize, self.constraints).all(|(number, constraint)| {
            let met: Vec<u32> =
                probe.met(number, value).into_iter().filter(|pattern| constraint.has_point(*pattern)).collect();
            match target.wish(number, constraint) {
                Wish::One => !constraint.is_of_points() || !met.is_empty(),
                Wish::None => met.is_empty(),
                Wish::This(pattern) => !constraint.has_point(pattern) || met.contains(&pattern),
                Wish::ThisAlone(pattern) => {
                    let others = met.iter().any(|other| *other != pattern);
                    !others && (!constraint.has_point(pattern) || met.contains(&pattern))
                }
            }
        })
    }

    /// What is likely to fit: what the pattern asks for that is looked for, and a text with something of each constraint.
    fn guesses(&self, target: Target) -> Vec<OwnedValue> {
        let mut guesses = Vec::new();
        let mut asked = Vec::new();
        for (number, constraint) in counted(0_usize, self.constraints) {
            match target.wish(number, constraint) {
                Wish::None => {}
                Wish::One => asked.extend(constraint.patterns.iter().flatten().take(1).copied()),
                Wish::This(pattern) | Wish::ThisAlone(pattern) => {
                    let Some(pattern) = constraint.pattern(pattern) else { continue };
                    guesses.extend(guess::of_pattern(self.kind, pattern));
                    asked.push(pattern);
                }
            }
        }
        guesses.extend(guess::of_all(self.kind, &asked));
        guesses
    }

    /// Numbers and the like that may fit; none on text, unless a number or an address is asked for.
    fn points(&self, target: Target) -> Vec<OwnedValue> {
        let asks = |(number, constraint): (usize, &Constraint<'_>)| match target.wish(number, constraint) {
            Wish::None => false,
            Wish::One => constraint.patterns.iter().flatten().any(points::is_point),
            Wish::This(pattern) | Wish::ThisAlone(pattern) => {
                constraint.pattern(pattern).is_some_and(|pattern| points::is_point(&pattern))
            }
        };
        let is_text = matches!(self.kind, FieldKind::Text | FieldKind::Bytes);
        if is_text && !counted(0_usize, self.constraints).any(asks) {
            return Vec::new();
        }
        points::values(
            self.kind,
            self.constraints.iter().flat_map(|constraint| constraint.patterns.iter().flatten().copied()),
        )
    }

    /// A text that is not empty.
    ///
    /// Most are found at once. Where that fails, two constraints that contradict each other are looked for: few automata are
    /// soon searched through. Only then all of them are searched at length.
    fn text(&self, target: Target, machines: &mut Machines<'f>, probe: &mut dyn Probe) -> Found<OwnedValue> {
        if self.effort == Effort::Least {
            return self.text_within(target, LEAST, machines, probe);
        }
        match self.text_within(target, QUICK, machines, probe) {
            Found::GivenUp => {}
            found => return found,
        }
        for pair in self.pairs(target) {
            let constraints: Vec<Constraint<'f>> =
                pair.iter().filter_map(|number| self.constraints.get(*number)).cloned().collect();
            let part = Problem { constraints: &constraints, ..*self };
            let mut of_part = |constraint: usize, value: Value<'_>| {
                pair.get(constraint).map_or_else(Vec::new, |number| probe.met(*number, value))
            };
            if part.text_within(target.within(&pair), QUICK, machines, &mut of_part) == Found::Impossible {
                return Found::Impossible;
            }
        }
        match self.effort {
            Effort::Least | Effort::Quick => Found::GivenUp,
            Effort::Thorough => self.text_within(target, SLOW, machines, probe),
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
        Bounds { combinations, mut steps }: Bounds,
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
        let mut unwelcome = Unwelcome::default();
        let mut places = alloc::vec![0_usize; lists.len()];
        for _ in 0..combinations {
            let chosen: Vec<&Machine> =
                lists.iter().zip(&places).filter_map(|(list, place)| list.get(*place)).collect();
            match self.text_of(target, &chosen, &mut unwelcome, &mut steps, machines, probe) {
                Found::Value(value) => return Found::Value(value),
                Found::Impossible => {}
                Found::GivenUp => is_proof = false,
            }
            if !advance(&mut places, &lists) {
                return if is_proof { Found::Impossible } else { Found::GivenUp };
            }
            if steps == 0 {
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

impl<'f> Constraint<'f> {
    /// Whether the pattern asks for a number or an address.
    fn has_point(&self, pattern: u32) -> bool {
        self.pattern(pattern).is_some_and(|pattern| points::is_point(&pattern))
    }

    /// Whether all of the patterns do, but for those that no text with a character meets.
    fn is_of_points(&self) -> bool {
        let is_of = |pattern: &PatternRef<'_>| {
            points::is_point(pattern) || matches!(pattern.operator(), Operator::Absent | Operator::Empty)
        };
        self.patterns.iter().flatten().all(is_of)
    }

    fn pattern(&self, pattern: u32) -> Option<PatternRef<'f>> {
        self.patterns.get(index(pattern)).copied().flatten()
    }
}

impl Target {
    const fn constraint(self) -> Option<usize> {
        match self {
            Self::All => None,
            Self::Through(own, _) | Self::AmongOthers(own, _) | Self::Miss(own) => Some(own),
        }
    }

    /// The same among some of the constraints, that of the target included.
    fn within(self, numbers: &[usize]) -> Self {
        let place = |own: usize| numbers.iter().position(|number| *number == own).unwrap_or(usize::MAX);
        match self {
            Self::All => Self::All,
            Self::Through(own, pattern) => Self::Through(place(own), pattern),
            Self::AmongOthers(own, pattern) => Self::AmongOthers(place(own), pattern),
            Self::Miss(own) => Self::Miss(place(own)),
        }
    }

    fn wish(self, number: usize, constraint: &Constraint<'_>) -> Wish {
        match self {
            Self::Through(own, pattern) if own == number => Wish::ThisAlone(pattern),
            Self::AmongOthers(own, pattern) if own == number => Wish::This(pattern),
            Self::Miss(own) if own == number => {
                if constraint.is_any_of {
                    Wish::None
                } else {
                    Wish::One
                }
            }
            _ if constraint.is_any_of => Wish::One,
            _ => Wish::None,
        }
    }
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
