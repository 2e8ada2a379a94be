//! Criteria that compare fields with each other: their values are found together.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::plan::{Gap, Plan, Subject, Trial};
use crate::counted::counted;
use crate::interpreter::{Interpreter, Scratch};
use crate::template::{Comparison, FieldKind, Operator, OwnedValue, PatternRef, PatternValue, Value};
use crate::validator::search::{Constraint, Effort, Found, Machines, Problem, Target};

/// As many combinations of values are tried for the fields that are referred to.
const MOST_COMBINATIONS: usize = 256;

/// Fields whose criteria refer to others, and those that are referred to.
pub(super) fn linked_fields(subject: &Subject<'_, '_>) -> BTreeSet<u16> {
    let mut linked = BTreeSet::new();
    for criterion in subject.criteria.iter().filter(|criterion| criterion.refers()) {
        linked.insert(criterion.field);
        linked.extend(criterion.patterns.iter().filter_map(target_of));
    }
    linked
}

fn target_of(pattern: &PatternRef<'_>) -> Option<u16> {
    match pattern.value() {
        PatternValue::Field(reference) => Some(reference.field),
        _ => None,
    }
}

/// Adds what is to be tried of the linked fields.
pub(super) fn plan(
    subject: &Subject<'_, '_>,
    linked: &BTreeSet<u16>,
    base: &mut [OwnedValue],
    plan: &mut Plan,
    steps_left: &mut u64,
    interpreter: &Interpreter<'_>,
    scratch: &mut Scratch,
) {
    let mut search = Linked { subject, linked, steps_left, interpreter, scratch };
    let Some(met) = search.assign(None) else {
        // They are told of together, with the first that something is asked of.
        let first = subject.criteria.iter().map(|criterion| criterion.field).find(|field| linked.contains(field));
        plan.unmet.extend(first.map(|field| (field, false)));
        return;
    };
    for (field, value) in &met {
        if let Some(own) = base.get_mut(usize::from(*field)) {
            *own = value.clone();
        }
    }
    for (number, criterion) in counted(0_usize, &subject.criteria).filter(|(_, own)| linked.contains(&own.field)) {
        let own = u16::try_from(number).unwrap_or(u16::MAX);
        let mut add = |pattern: Option<u32>, targets: &[Target], matches: bool| {
            for target in targets {
                if let Some(changes) = search.assign(Some((number, *target))) {
                    let is_alone = !matches!(target, Target::AmongOthers(..));
                    plan.trials.push(Trial { criterion: own, pattern, is_alone, is_implied: false, changes, matches });
                    return;
                }
            }
            plan.gaps.push(Gap { criterion: own, pattern, is_proved: false });
        };
        for (pattern, _) in counted(0_u32, &criterion.patterns) {
            let targets = [Target::Through(number, pattern), Target::AmongOthers(number, pattern)];
            add(Some(pattern), &targets, criterion.is_any_of);
        }
        if criterion.is_any_of {
            add(None, &[Target::Miss(number)], false);
        }
    }
}

type Assignment = Vec<(u16, OwnedValue)>;

struct Linked<'l, 's, 'f> {
    subject: &'l Subject<'s, 'f>,
    linked: &'l BTreeSet<u16>,
    steps_left: &'l mut u64,
    interpreter: &'l Interpreter<'l>,
    scratch: &'l mut Scratch,
}

impl Linked<'_, '_, '_> {
    /// Values of the linked fields that meet all criteria on them, but for what the target asks of one.
    fn assign(&mut self, target: Option<(usize, Target)>) -> Option<Assignment> {
        let referred: Vec<u16> = self
            .subject
            .criteria
            .iter()
            .flat_map(|criterion| criterion.patterns.iter().filter_map(target_of))
            .collect::<BTreeSet<u16>>()
            .into_iter()
            .collect();
        let choices: Vec<Vec<OwnedValue>> = referred.iter().map(|field| self.choices(*field, target)).collect();
        let mut places = alloc::vec![0_usize; choices.len()];
        for _ in 0..MOST_COMBINATIONS {
            let mut assigned: Assignment = Vec::new();
            for ((field, place), values) in referred.iter().zip(&places).zip(&choices) {
                assigned.push((*field, values.get(*place)?.clone()));
            }
            if let Some(assignment) = self.complete(assigned, target) {
                return Some(assignment);
            }
            if !advance(&mut places, &choices) {
                return None;
            }
        }
        None
    }

    /// Values that a field which others refer to may well have.
    fn choices(&mut self, field: u16, target: Option<(usize, Target)>) -> Vec<OwnedValue> {
        let mut fields: Vec<Vec<u16>> = alloc::vec![alloc::vec![field]];
        let referring = self
            .subject
            .criteria
            .iter()
            .filter(|criterion| criterion.patterns.iter().filter_map(target_of).any(|own| own == field));
        for criterion in referring {
            fields.push(alloc::vec![field, criterion.field]);
            fields.push(alloc::vec![criterion.field]);
        }
        let mut choices: Vec<OwnedValue> = Vec::new();
        for fields in fields {
            let criteria: Vec<usize> = counted(0_usize, &self.subject.criteria)
                .filter(|(_, criterion)| fields.contains(&criterion.field))
                // What is asked of the field by comparison comes later.
                .filter(|(_, criterion)| !(criterion.is_any_of && criterion.refers()))
                .map(|(number, _)| number)
                .collect();
            for local in [self.local(&criteria, target), Target::All] {
                if let Some(value) = self.solve(&fields, &criteria, local, &[]) {
                    choices.push(value);
                }
            }
        }
        choices.extend(plain(self.subject.kind(field)));
        choices.push(OwnedValue::Absent);
        let mut unique: Vec<OwnedValue> = Vec::new();
        for choice in choices {
            if !unique.contains(&choice) {
                unique.push(choice);
            }
        }
        unique
    }

    /// The target as it is among these criteria alone.
    fn local(&self, criteria: &[usize], target: Option<(usize, Target)>) -> Target {
        let place = |own: usize| criteria.iter().position(|number| *number == own);
        match target {
            Some((own, Target::Through(_, pattern))) => {
                place(own).map_or(Target::All, |at| Target::Through(at, pattern))
            }
            Some((own, Target::AmongOthers(_, pattern))) => {
                place(own).map_or(Target::All, |at| Target::AmongOthers(at, pattern))
            }
            Some((own, Target::Miss(_))) => place(own).map_or(Target::All, Target::Miss),
            _ => Target::All,
        }
    }

    /// Finds the values of the other linked fields, and holds all against the interpreter.
    fn complete(&mut self, mut assigned: Assignment, target: Option<(usize, Target)>) -> Option<Assignment> {
        let open: Vec<u16> =
            self.linked.iter().copied().filter(|field| !assigned.iter().any(|(own, _)| own == field)).collect();
        for field in open {
            let criteria: Vec<usize> = counted(0_usize, &self.subject.criteria)
                .filter(|(_, criterion)| criterion.field == field)
                .map(|(number, _)| number)
                .collect();
            let local = self.local(&criteria, target);
            let value = self.solve(&[field], &criteria, local, &assigned)?;
            assigned.push((field, value));
        }
        self.holds(&assigned, target).then_some(assigned)
    }

    /// A value that all of these fields can have, given the values of others.
    fn solve(
        &mut self,
        fields: &[u16],
        criteria: &[usize],
        target: Target,
        assigned: &[(u16, OwnedValue)],
    ) -> Option<OwnedValue> {
        let kind = self.subject.kind(*fields.first()?);
        let given: Vec<(u16, Value<'_>)> = assigned.iter().map(|(field, value)| (*field, value.as_ref())).collect();
        let constraints: Vec<Constraint<'_>> = criteria
            .iter()
            .filter_map(|number| self.subject.criteria.get(*number))
            .map(|criterion| Constraint {
                is_any_of: criterion.is_any_of,
                patterns: criterion.patterns.iter().map(|pattern| resolved(pattern, &given)).collect(),
            })
            .collect();
        let (subject, interpreter) = (self.subject, self.interpreter);
        let scratch = &mut *self.scratch;
        let mut probe = |constraint: usize, value: Value<'_>| {
            let mut values = alloc::vec![Value::Absent; subject.declared.fields.len()];
            let others = given.iter().copied().chain(fields.iter().map(|field| (*field, value)));
            for (field, value) in others {
                if let Some(own) = values.get_mut(usize::from(field)) {
                    *own = value;
                }
            }
            criteria.get(constraint).map_or_else(Vec::new, |number| subject.met(*number, &values, interpreter, scratch))
        };
        let problem = Problem { kind, constraints: &constraints, effort: Effort::Quick };
        let mut machines = Machines::with_steps(*self.steps_left);
        let found = problem.solve(target, &mut machines, &mut probe);
        *self.steps_left = machines.steps_left;
        match found {
            Found::Value(value) => Some(value),
            Found::Impossible | Found::GivenUp => None,
        }
    }

    /// Whether the values do what the target says.
    fn holds(&mut self, assigned: &[(u16, OwnedValue)], target: Option<(usize, Target)>) -> bool {
        let mut values = alloc::vec![Value::Absent; self.subject.declared.fields.len()];
        for (field, value) in assigned {
            if let Some(own) = values.get_mut(usize::from(*field)) {
                *own = value.as_ref();
            }
        }
        counted(0_usize, &self.subject.criteria).filter(|(_, criterion)| self.linked.contains(&criterion.field)).all(
            |(number, criterion)| {
                let met = self.subject.met(number, &values, self.interpreter, self.scratch);
                match target {
                    Some((own, Target::Through(_, pattern))) if own == number => met == [pattern],
                    Some((own, Target::AmongOthers(_, pattern))) if own == number => met.contains(&pattern),
                    Some((own, Target::Miss(_))) if own == number => met.is_empty() == criterion.is_any_of,
                    _ => met.is_empty() != criterion.is_any_of,
                }
            },
        )
    }
}

/// The next combination.
fn advance(places: &mut [usize], choices: &[Vec<OwnedValue>]) -> bool {
    for (place, values) in places.iter_mut().zip(choices) {
        *place = place.saturating_add(1);
        if *place < values.len() {
            return true;
        }
        *place = 0;
    }
    false
}

/// A reference with the value of the other field in its place; `None` if it cannot be met.
fn resolved<'v>(pattern: &PatternRef<'v>, given: &[(u16, Value<'v>)]) -> Option<PatternRef<'v>> {
    let PatternValue::Field(reference) = pattern.value() else { return Some(*pattern) };
    let (_, value) = given.iter().find(|(field, _)| *field == reference.field)?;
    let operator = match reference.comparison {
        Comparison::Equals => Operator::Equals,
        Comparison::StartsWith => Operator::StartsWith,
        Comparison::EndsWith => Operator::EndsWith,
        Comparison::Contains => Operator::Contains,
    };
    let value = match value {
        Value::Absent | Value::Text([]) | Value::Bytes([]) => return None,
        Value::Text(text) => PatternValue::Text(core::str::from_utf8(text).ok()?, reference.case),
        Value::Bytes(bytes) => PatternValue::Bytes(bytes),
        Value::Unsigned(number) => PatternValue::Unsigned(*number),
        Value::Signed(number) => PatternValue::Signed(*number),
        Value::Boolean(value) => PatternValue::Boolean(*value),
        Value::IpAddress(address) => PatternValue::Address(*address),
    };
    Some(PatternRef { operator, value })
}

/// Values that nothing asks for.
fn plain(kind: FieldKind) -> Vec<OwnedValue> {
    match kind {
        FieldKind::Text => [b"other".as_slice(), b"x"].map(|text| OwnedValue::Text(text.into())).into(),
        FieldKind::Bytes => [b"other".as_slice(), b"x"].map(|bytes| OwnedValue::Bytes(bytes.into())).into(),
        FieldKind::Unsigned => [7, 8].map(OwnedValue::Unsigned).into(),
        FieldKind::Signed => [7, -8].map(OwnedValue::Signed).into(),
        FieldKind::Boolean => [true, false].map(OwnedValue::Boolean).into(),
        FieldKind::IpAddress => {
            let addresses = [[192, 0, 2, 1], [192, 0, 2, 2]];
            addresses.map(|address| OwnedValue::IpAddress(core::net::IpAddr::from(address))).into()
        }
    }
}
