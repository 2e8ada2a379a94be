//! Values for the criteria on one field: found once for all instances that ask the same of it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::Cell;

use super::super::search::{Constraint, Effort, Found, Machines, Probe, Problem, Target};
use crate::counted::counted;
use crate::template::{FieldKind, Operator, OwnedValue, PatternValue, Value};
use crate::wire::{count, index};

/// What trying values may take for a whole content, in patterns that are held against 64 bytes: some ten to thirty seconds, and so
/// many for each pattern. A value that is kept takes as much for each byte as one that is held against 64 patterns.
const OF_CONTENT: u64 = 2_000_000_000;
const OF_A_PATTERN: u64 = 100_000;
const BYTES_AT_ONCE: u64 = 64;
const OF_A_KEPT_BYTE: u64 = 64;

/// Values for all criteria that an instance has on a field.
#[derive(Debug)]
pub(super) struct FieldSolution {
    /// Meets all of them.
    pub(super) meets: Found<OwnedValue>,
    /// One for each criterion.
    pub(super) criteria: Vec<CriterionSolution>,
}

/// Values that change what one criterion says, and meet all others on the field.
#[derive(Debug)]
pub(super) struct CriterionSolution {
    /// For each pattern a value that meets it.
    pub(super) patterns: Vec<PatternSolution>,
    /// For an any-of criterion a value that fails it.
    pub(super) miss: Found<OwnedValue>,
}

/// A value that meets a pattern.
#[derive(Debug)]
pub(super) enum PatternSolution {
    /// And no other pattern of the criterion.
    Alone(OwnedValue),
    /// And, as far as was found, always another pattern of the criterion too; and whether that is proved.
    AmongOthers(OwnedValue, bool),
    /// There is none, which is proved or not.
    Missing(bool),
}

impl PatternSolution {
    pub(super) const fn value(&self) -> Option<&OwnedValue> {
        match self {
            Self::Alone(value) | Self::AmongOthers(value, _) => Some(value),
            Self::Missing(_) => None,
        }
    }

    /// Whether it is proved that no value meets the pattern alone.
    pub(super) const fn is_proved(&self) -> bool {
        match self {
            Self::Alone(_) => false,
            Self::AmongOthers(_, is_proved) | Self::Missing(is_proved) => *is_proved,
        }
    }
}

/// What is asked of a field: the type, the field, and each condition with its sense.
pub(super) type Question = (u32, u16, Vec<(u32, bool)>);

/// Solutions by question.
#[derive(Debug)]
pub(super) struct Solutions<'f> {
    known: BTreeMap<Question, usize>,
    solutions: Vec<FieldSolution>,
    pub(super) machines: Machines<'f>,
    /// How much may still be tried.
    tries_left: u64,
}

impl<'f> Solutions<'f> {
    /// For content of so many patterns.
    pub(super) const fn for_patterns(patterns: u64) -> Self {
        Self {
            known: BTreeMap::new(),
            solutions: Vec::new(),
            machines: Machines::for_patterns(patterns),
            tries_left: OF_CONTENT.saturating_add(patterns.saturating_mul(OF_A_PATTERN)),
        }
    }

    /// The number of the solution to a question.
    pub(super) fn find(
        &mut self,
        question: Question,
        kind: FieldKind,
        constraints: impl FnOnce() -> Vec<Constraint<'f>>,
        probe: &mut dyn Probe,
    ) -> usize {
        if let Some(number) = self.known.get(&question) {
            return *number;
        }
        let constraints = constraints();
        let problem = Problem { kind, constraints: &constraints, effort: Effort::Thorough };
        let left = Cell::new(self.tries_left);
        let mut charged = |constraint: usize, value: Value<'_>| {
            let patterns = constraints.get(constraint).map_or(0, |constraint| count(constraint.patterns.len()));
            let looks = bytes(value).checked_div(BYTES_AT_ONCE).unwrap_or_default().saturating_add(1);
            left.set(left.get().saturating_sub(patterns.saturating_mul(looks)));
            probe.met(constraint, value)
        };
        let solution = solve(&problem, &mut self.machines, &left, &mut charged);
        self.tries_left = left.get();
        let number = self.solutions.len();
        self.solutions.push(solution);
        self.known.insert(question, number);
        number
    }

    pub(super) fn get(&self, number: usize) -> Option<&FieldSolution> {
        self.solutions.get(number)
    }
}

fn bytes(value: Value<'_>) -> u64 {
    match value {
        Value::Text(bytes) | Value::Bytes(bytes) => count(bytes.len()),
        _ => 0,
    }
}

fn solve<'f>(
    problem: &Problem<'_, 'f>,
    machines: &mut Machines<'f>,
    tries_left: &Cell<u64>,
    probe: &mut dyn Probe,
) -> FieldSolution {
    let meets = problem.solve(Target::All, machines, probe);
    let Some(met) = meets.value() else { return FieldSolution { meets, criteria: Vec::new() } };
    let mut criteria = Vec::with_capacity(problem.constraints.len());
    for (number, constraint) in counted(0_usize, problem.constraints) {
        let patterns = counted(0_u32, &constraint.patterns).map(|(pattern, _)| {
            if tries_left.get() == 0 {
                return PatternSolution::Missing(false);
            }
            let alone = Target::Through(number, pattern);
            if let Some(value) = problem.first_of(guesses(met, constraint, pattern), alone, probe) {
                return PatternSolution::Alone(value);
            }
            let is_proved = match problem.solve(alone, machines, probe) {
                Found::Value(value) => return PatternSolution::Alone(value),
                Found::Impossible => true,
                Found::GivenUp => false,
            };
            match problem.solve(Target::AmongOthers(number, pattern), machines, probe) {
                Found::Value(value) => PatternSolution::AmongOthers(value, is_proved),
                Found::Impossible => PatternSolution::Missing(true),
                Found::GivenUp => PatternSolution::Missing(false),
            }
        });
        let patterns = patterns.inspect(|solution| {
            let kept = solution.value().map_or(0, |value| bytes(value.as_ref())).saturating_mul(OF_A_KEPT_BYTE);
            tries_left.set(tries_left.get().saturating_sub(kept));
        });
        let patterns = patterns.collect();
        let miss = if tries_left.get() == 0 {
            Found::GivenUp
        } else if constraint.is_any_of {
            match problem.first_of(near(met), Target::Miss(number), probe) {
                Some(value) => Found::Value(value),
                None => problem.solve(Target::Miss(number), machines, probe),
            }
        } else {
            Found::Impossible
        };
        criteria.push(CriterionSolution { patterns, miss });
    }
    FieldSolution { meets, criteria }
}

/// Values that are likely to meet a pattern: one that meets all that is asked, the pattern's own text, and both together.
fn guesses(met: &OwnedValue, constraint: &Constraint<'_>, pattern: u32) -> Vec<OwnedValue> {
    let mut guesses = alloc::vec![met.clone()];
    let pattern = constraint.patterns.get(index(pattern)).copied().flatten();
    let Some(pattern) = pattern.filter(|pattern| !matches!(pattern.operator(), Operator::Regex | Operator::Glob))
    else {
        return guesses;
    };
    let (own, is_text) = match pattern.value() {
        PatternValue::Text(text, _) => (text.as_bytes(), true),
        PatternValue::Bytes(bytes) => (bytes, false),
        _ => return guesses,
    };
    let mut guess = |parts: [&[u8]; 2]| {
        let bytes = parts.concat();
        guesses.push(if is_text { OwnedValue::Text(bytes) } else { OwnedValue::Bytes(bytes) });
    };
    guess([own, b""]);
    if let OwnedValue::Text(met) | OwnedValue::Bytes(met) = met {
        guess([met, own]);
        guess([own, met]);
    }
    guesses
}

/// Texts that differ from this one in a single place: what fails for one of them, fails narrowly.
fn near(value: &OwnedValue) -> Vec<OwnedValue> {
    let (OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes)) = value else { return Vec::new() };
    let is_text = matches!(value, OwnedValue::Text(_));
    let mut near = Vec::new();
    let middle = bytes.len().checked_div(2).unwrap_or_default();
    for place in [bytes.len().saturating_sub(1), 0, middle] {
        for replacement in *b"_x0" {
            let mut changed = bytes.to_vec();
            match changed.get_mut(place) {
                // Part of a longer character is left alone.
                Some(byte) if byte.is_ascii() && *byte != replacement => *byte = replacement,
                _ => continue,
            }
            near.push(if is_text { OwnedValue::Text(changed) } else { OwnedValue::Bytes(changed) });
        }
    }
    near
}
