//! Criteria that compare fields with each other: their values are found together.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::plan::{Gap, Plan, Subject, Trial};
use crate::counted::counted;
use crate::interpreter::{Interpreter, Scratch};
use crate::template::{Comparison, FieldKind, Operator, OwnedValue, PatternRef, PatternValue, Value};
use crate::validator::search::{Constraint, Effort, Found, Machines, Problem, Target};

/// As many values are tried for all linked fields together.
const MOST_TRIED: usize = 2_000;

/// As many patterns of a criterion are tried one by one.
const MOST_PATTERNS: usize = 16;

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

/// A field whose value is being chosen.
struct Choosing {
    candidates: Vec<OwnedValue>,
    next: usize,
    /// Whether less likely candidates have been added.
    is_widened: bool,
}

impl Linked<'_, '_, '_> {
    /// Values of the linked fields that meet all criteria on them, but for what the target asks of one.
    ///
    /// Fields that others refer to are given values first. What is asked by then of the fields that have values is tried at
    /// once; where it fails, another value is chosen, and where there is none, another one of the field before.
    fn assign(&mut self, target: Option<(usize, Target)>) -> Option<Assignment> {
        let order = self.order();
        let mut assigned: Assignment = Vec::new();
        let mut choosing: Vec<Choosing> = Vec::new();
        let mut tried = 0_usize;
        while let Some(field) = order.get(assigned.len()).copied() {
            if choosing.len() == assigned.len() {
                let candidates = self.likely(field, target, &assigned);
                choosing.push(Choosing { candidates, next: 0, is_widened: false });
            }
            let own = choosing.last_mut()?;
            if own.next >= own.candidates.len() && !own.is_widened {
                let further = self.choices(field, target, &assigned);
                own.candidates.extend(further);
                own.is_widened = true;
            }
            let Some(candidate) = own.candidates.get(own.next).cloned() else {
                choosing.pop();
                assigned.pop()?;
                continue;
            };
            own.next = own.next.saturating_add(1);
            tried = tried.saturating_add(1);
            if tried > MOST_TRIED {
                return None;
            }
            assigned.push((field, candidate));
            if !self.holds(&assigned, target) {
                assigned.pop();
            }
        }
        Some(assigned)
    }

    /// The linked fields, those that others refer to first, as far as they do not refer to each other in a ring.
    fn order(&self) -> Vec<u16> {
        let mut order = Vec::new();
        let mut open: Vec<u16> = self.linked.iter().copied().collect();
        loop {
            let waits = |field: &u16| {
                let own = self.subject.criteria.iter().filter(|criterion| criterion.field == *field);
                own.flat_map(|criterion| criterion.patterns.iter().filter_map(target_of))
                    .any(|other| other != *field && open.contains(&other))
            };
            let Some(next) = open.iter().find(|field| !waits(field)).or(open.first()).copied() else { return order };
            open.retain(|field| *field != next);
            order.push(next);
        }
    }

    /// Values that meet what is asked of a field, given those that are chosen.
    fn likely(
        &mut self,
        field: u16,
        target: Option<(usize, Target)>,
        assigned: &[(u16, OwnedValue)],
    ) -> Vec<OwnedValue> {
        let criteria = self.criteria_on(&[field], assigned);
        let mut likely: Vec<OwnedValue> = Vec::new();
        for local in [self.local(&criteria, target), Target::All] {
            likely.extend(self.solve(&[field], &criteria, local, assigned));
        }
        likely.dedup();
        likely
    }

    /// Criteria on some fields, without those that ask only for comparison with what has no value yet.
    fn criteria_on(&self, fields: &[u16], assigned: &[(u16, OwnedValue)]) -> Vec<usize> {
        let is_open = |pattern: &PatternRef<'_>| {
            target_of(pattern).is_some_and(|other| !assigned.iter().any(|(field, _)| *field == other))
        };
        counted(0_usize, &self.subject.criteria)
            .filter(|(_, criterion)| fields.contains(&criterion.field))
            .filter(|(_, criterion)| !(criterion.is_any_of && criterion.patterns.iter().all(is_open)))
            .map(|(number, _)| number)
            .collect()
    }

    /// Further values that a field may well have: what the fields that refer to it ask for too, what its own criteria ask for
    /// pattern by pattern, values that others have, and all of these a little changed.
    fn choices(
        &mut self,
        field: u16,
        target: Option<(usize, Target)>,
        assigned: &[(u16, OwnedValue)],
    ) -> Vec<OwnedValue> {
        let mut choices: Vec<OwnedValue> = Vec::new();
        let referring: Vec<u16> = self
            .subject
            .criteria
            .iter()
            .filter(|criterion| criterion.patterns.iter().filter_map(target_of).any(|own| own == field))
            .map(|criterion| criterion.field)
            .collect();
        for other in referring {
            for fields in [alloc::vec![field, other], alloc::vec![other]] {
                let criteria = self.criteria_on(&fields, assigned);
                for local in [self.local(&criteria, target), Target::All] {
                    choices.extend(self.solve(&fields, &criteria, local, assigned));
                }
            }
        }
        let criteria = self.criteria_on(&[field], assigned);
        for (place, number) in counted(0_usize, &criteria) {
            let Some(criterion) = self.subject.criteria.get(*number).filter(|criterion| criterion.is_any_of) else {
                continue;
            };
            for (pattern, _) in counted(0_u32, criterion.patterns.iter().take(MOST_PATTERNS)) {
                choices.extend(self.solve(&[field], &criteria, Target::AmongOthers(place, pattern), assigned));
            }
        }
        choices.extend(assigned.iter().map(|(_, value)| value.clone()));
        let changed: Vec<OwnedValue> = choices.iter().flat_map(changed).collect();
        choices.extend(changed);
        choices.extend(plain(self.subject.kind(field)));
        choices.push(OwnedValue::Absent);
        let mut unique: Vec<OwnedValue> = Vec::new();
        for choice in choices {
            if choice.as_ref().fits(self.subject.kind(field)) && !unique.contains(&choice) {
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

    /// Whether the values do what the target says, as far as criteria are about fields that have one.
    fn holds(&mut self, assigned: &[(u16, OwnedValue)], target: Option<(usize, Target)>) -> bool {
        let mut values = alloc::vec![Value::Absent; self.subject.declared.fields.len()];
        for (field, value) in assigned {
            if let Some(own) = values.get_mut(usize::from(*field)) {
                *own = value.as_ref();
            }
        }
        let has_value = |field: u16| assigned.iter().any(|(own, _)| *own == field);
        counted(0_usize, &self.subject.criteria)
            .filter(|(_, criterion)| {
                has_value(criterion.field) && criterion.patterns.iter().filter_map(target_of).all(has_value)
            })
            .all(|(number, criterion)| {
                let met = self.subject.met(number, &values, self.interpreter, self.scratch);
                match target {
                    Some((own, Target::Through(_, pattern))) if own == number => met == [pattern],
                    Some((own, Target::AmongOthers(_, pattern))) if own == number => met.contains(&pattern),
                    Some((own, Target::Miss(_))) if own == number => met.is_empty() == criterion.is_any_of,
                    _ => met.is_empty() != criterion.is_any_of,
                }
            })
    }
}

/// A text with a character more at either end, and with one less.
fn changed(value: &OwnedValue) -> Vec<OwnedValue> {
    let (OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes)) = value else { return Vec::new() };
    let is_text = matches!(value, OwnedValue::Text(_));
    let more = [[bytes.as_slice(), b"x"], [b"x", bytes]].map(|parts| parts.concat());
    let less = bytes.split_last().map(|(_, others)| others.to_vec()).into_iter();
    let less = less.chain(bytes.split_first().map(|(_, others)| others.to_vec()));
    more.into_iter()
        .chain(less)
        .map(|bytes| if is_text { OwnedValue::Text(bytes) } else { OwnedValue::Bytes(bytes) })
        .collect()
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
