//! Why an event matches an instance, or does not.

use alloc::vec::Vec;

use super::values::Parsed;
use super::{Event, Interpreter, Scratch};
use crate::wire::index;

/// What an event does to one criterion of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CriterionVerdict {
    /// Which of the instance's criteria, counted from 0 in the order of the file.
    pub criterion: u16,
    /// Index of the field.
    pub field: u16,
    /// Whether the event meets the criterion.
    pub is_met: bool,
    /// The first of the criterion's patterns that the value meets, counted from 0 in the order of the file: what met an any-of
    /// criterion, or kept a none-of one from being met.
    pub pattern: Option<u32>,
}

impl Interpreter<'_> {
    /// What the event does to each criterion of an instance, in the order of the file. Evaluates all of them, and each by itself.
    ///
    /// `None` if there is no such instance, if it was left out when the file was loaded, or if it is on another type of event.
    #[must_use]
    pub fn explain(&self, event: &Event<'_>, instance: u32, scratch: &mut Scratch) -> Option<Vec<CriterionVerdict>> {
        scratch.begin(self);
        let program = self.program(event.declared().id).filter(|program| program.is_on(event.declared()))?;
        let at = program.instances.binary_search_by_key(&instance, |instance| instance.id).ok()?;
        let (_, clauses) = program.instance(u32::try_from(at).ok()?)?;
        let mut verdicts: Vec<CriterionVerdict> = clauses
            .iter()
            .filter_map(|clause| {
                let condition = program.conditions.get(index(clause.condition))?;
                let value = event.value(condition.field);
                let mut parsed = Parsed::default();
                let mut patterns = crate::counted::counted(0_u32, program.patterns.get(&condition.patterns));
                let met = patterns
                    .find(|(_, pattern)| {
                        program.patterns.is_met(pattern, &value, event, &mut parsed, &mut scratch.space)
                    })
                    .map(|(number, _)| number);
                Some(CriterionVerdict {
                    criterion: clause.criterion,
                    field: condition.field,
                    is_met: met.is_some() == clause.met,
                    pattern: met,
                })
            })
            .collect();
        verdicts.sort_by_key(|verdict| verdict.criterion);
        Some(verdicts)
    }
}
