//! What the validator asks of loaded content: which patterns a value meets, one by one.

use alloc::vec::Vec;

use super::values::Parsed;
use super::{Event, Interpreter, Scratch};
use crate::counted::counted;
use crate::wire::index;

impl Interpreter<'_> {
    /// The conditions that the criteria of an instance ask for, in the order of the file. Criteria on one field with the same
    /// patterns ask for the same condition, whatever instance they are of.
    pub(crate) fn conditions(&self, template_type: u32, instance: u32) -> Vec<u32> {
        let conditions = || {
            let program = self.program(template_type)?;
            let at = program.instances.binary_search_by_key(&instance, |instance| instance.id).ok()?;
            let (_, clauses) = program.instance(u32::try_from(at).ok()?)?;
            let mut conditions: Vec<(u16, u32)> =
                clauses.iter().map(|clause| (clause.criterion, clause.condition)).collect();
            conditions.sort_unstable();
            Some(conditions.into_iter().map(|(_, condition)| condition).collect())
        };
        conditions().unwrap_or_default()
    }

    /// The patterns of a condition that the event meets, counted from 0 in the order of the file.
    pub(crate) fn patterns_met(&self, event: &Event<'_>, condition: u32, scratch: &mut Scratch) -> Vec<u32> {
        scratch.begin(self);
        let Some(program) = self.program(event.declared().id).filter(|program| program.is_on(event.declared())) else {
            return Vec::new();
        };
        let Some(condition) = program.conditions.get(index(condition)) else { return Vec::new() };
        let value = event.value(condition.field);
        let mut parsed = Parsed::default();
        let patterns = counted(0_u32, program.patterns.get(&condition.patterns));
        let met = patterns
            .filter(|(_, pattern)| program.patterns.is_met(pattern, &value, event, &mut parsed, &mut scratch.space));
        met.map(|(number, _)| number).collect()
    }
}
