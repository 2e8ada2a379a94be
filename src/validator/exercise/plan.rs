//! What is to be tried of an instance: events that meet it, and events that just miss it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::fields::{PatternSolution, Solutions};
use super::references;
use crate::channel_file::view::{CriterionView, InstanceView};
use crate::counted::counted;
use crate::interpreter::{Event, Interpreter, Scratch};
use crate::template::{DeclaredType, FieldKind, OwnedValue, PatternRef, PatternValue, Sense, Value};
use crate::validator::search::{Constraint, Found};

/// One criterion of the instance.
pub(in super::super) struct Criterion<'f> {
    pub(in super::super) view: CriterionView<'f>,
    pub(in super::super) field: u16,
    pub(in super::super) is_any_of: bool,
    /// The number of its condition in the interpreter.
    pub(in super::super) condition: u32,
    pub(in super::super) patterns: Vec<PatternRef<'f>>,
}

/// What is to be tried of an instance.
pub(super) struct Plan {
    /// The values of an event that meets it; `None` if there is none.
    pub(super) base: Option<Vec<OwnedValue>>,
    /// The fields whose criteria no value meets, and whether that is proved.
    pub(super) unmet: Vec<(u16, bool)>,
    pub(super) trials: Vec<Trial>,
    pub(super) gaps: Vec<Gap>,
}

/// An event that differs from the base in what one criterion looks at.
pub(super) struct Trial {
    pub(super) criterion: u16,
    /// The pattern that is met; `None` where none is.
    pub(super) pattern: Option<u32>,
    /// Whether the pattern alone decides.
    pub(super) is_alone: bool,
    /// Whether it is proved that it never does.
    pub(super) is_implied: bool,
    pub(super) changes: Vec<(u16, OwnedValue)>,
    /// Whether the instance has to match it.
    pub(super) matches: bool,
}

/// What could not be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) criterion: u16,
    /// The pattern that no event meets; `None` where none fails the criterion.
    pub(super) pattern: Option<u32>,
    pub(super) is_proved: bool,
}

/// The instance that is planned for.
pub(in super::super) struct Subject<'s, 'f> {
    pub(in super::super) instance: InstanceView<'f>,
    pub(in super::super) declared: &'s DeclaredType<'s>,
    pub(in super::super) criteria: Vec<Criterion<'f>>,
}

impl<'s, 'f> Subject<'s, 'f> {
    pub(in super::super) fn new(
        instance: InstanceView<'f>,
        declared: &'s DeclaredType<'s>,
        interpreter: &Interpreter<'_>,
    ) -> Self {
        let conditions = interpreter.conditions(declared.id, instance.id());
        let criteria = instance.criteria().zip(conditions).map(|(view, condition)| Criterion {
            view,
            field: view.field(),
            is_any_of: view.sense() == Sense::AnyOf,
            condition,
            patterns: view.patterns().collect(),
        });
        Self { instance, declared, criteria: criteria.collect() }
    }

    pub(super) fn kind(&self, field: u16) -> FieldKind {
        self.declared.fields.get(usize::from(field)).map_or(FieldKind::Text, |field| field.kind)
    }

    /// The criteria by field, with their numbers.
    pub(super) fn by_field(&self) -> BTreeMap<u16, Vec<usize>> {
        let mut by_field: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (number, criterion) in counted(0_usize, &self.criteria) {
            by_field.entry(criterion.field).or_default().push(number);
        }
        by_field
    }

    /// Which patterns of a criterion an event of these values meets.
    pub(super) fn met(
        &self,
        criterion: usize,
        values: &[Value<'_>],
        interpreter: &Interpreter<'_>,
        scratch: &mut Scratch,
    ) -> Vec<u32> {
        let Some(criterion) = self.criteria.get(criterion) else { return Vec::new() };
        match Event::new(self.declared, values) {
            Ok(event) => interpreter.patterns_met(&event, criterion.condition, scratch),
            Err(_) => Vec::new(),
        }
    }

    /// Plans what to try.
    pub(super) fn plan(
        &self,
        solutions: &mut Solutions<'f>,
        interpreter: &Interpreter<'_>,
        scratch: &mut Scratch,
    ) -> Plan {
        let by_field = self.by_field();
        let linked = references::linked_fields(self);
        let mut base = alloc::vec![OwnedValue::Absent; self.declared.fields.len()];
        let mut plan = Plan { base: None, unmet: Vec::new(), trials: Vec::new(), gaps: Vec::new() };
        for (field, criteria) in &by_field {
            if linked.contains(field) {
                continue;
            }
            let question: Vec<(u32, bool)> = criteria
                .iter()
                .filter_map(|number| self.criteria.get(*number))
                .map(|criterion| (criterion.condition, criterion.is_any_of))
                .collect();
            let constraints =
                || criteria.iter().filter_map(|number| self.criteria.get(*number)).map(Criterion::constraint).collect();
            let mut probe = |constraint: usize, value: Value<'_>| {
                let mut values = alloc::vec![Value::Absent; self.declared.fields.len()];
                if let Some(own) = values.get_mut(usize::from(*field)) {
                    *own = value;
                }
                criteria
                    .get(constraint)
                    .map_or_else(Vec::new, |number| self.met(*number, &values, interpreter, scratch))
            };
            let number =
                solutions.find((self.declared.id, *field, question), self.kind(*field), constraints, &mut probe);
            let Some(solution) = solutions.get(number) else { continue };
            match &solution.meets {
                Found::Value(value) => {
                    if let Some(own) = base.get_mut(usize::from(*field)) {
                        *own = value.clone();
                    }
                }
                Found::Impossible => plan.unmet.push((*field, true)),
                Found::GivenUp => plan.unmet.push((*field, false)),
            }
            for (number, solution) in criteria.iter().zip(&solution.criteria) {
                let Some(criterion) = self.criteria.get(*number) else { continue };
                let number = u16::try_from(*number).unwrap_or(u16::MAX);
                for (pattern, solution) in counted(0_u32, &solution.patterns) {
                    match solution.value() {
                        Some(value) => plan.trials.push(Trial {
                            criterion: number,
                            pattern: Some(pattern),
                            is_alone: matches!(solution, PatternSolution::Alone(_)),
                            is_implied: solution.is_proved(),
                            changes: alloc::vec![(*field, value.clone())],
                            matches: criterion.is_any_of,
                        }),
                        None => plan.gaps.push(Gap {
                            criterion: number,
                            pattern: Some(pattern),
                            is_proved: solution.is_proved(),
                        }),
                    }
                }
                if !criterion.is_any_of {
                    continue;
                }
                match &solution.miss {
                    Found::Value(value) => plan.trials.push(Trial {
                        criterion: number,
                        pattern: None,
                        is_alone: true,
                        is_implied: false,
                        changes: alloc::vec![(*field, value.clone())],
                        matches: false,
                    }),
                    miss => {
                        let is_proved = *miss == Found::Impossible;
                        plan.gaps.push(Gap { criterion: number, pattern: None, is_proved });
                    }
                }
            }
        }
        if !linked.is_empty() {
            let steps = &mut solutions.machines.steps_left;
            references::plan(self, &linked, &mut base, &mut plan, steps, interpreter, scratch);
        }
        plan.base = plan.unmet.is_empty().then_some(base);
        plan
    }
}

impl<'f> Criterion<'f> {
    pub(in super::super) fn constraint(&self) -> Constraint<'f> {
        Constraint { is_any_of: self.is_any_of, patterns: self.patterns.iter().copied().map(Some).collect() }
    }

    /// Whether it compares the field with others.
    pub(super) fn refers(&self) -> bool {
        self.patterns.iter().any(|pattern| matches!(pattern.value(), PatternValue::Field(_)))
    }
}
