//! The content on one template type while it is being loaded: which conditions its instances ask for.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::program::{Clause, Finding};
use crate::channel_file::view::{CriterionView, InstanceView};
use crate::counted::counted;
use crate::template::{PatternRef, Sense};

/// Instances and the conditions that they share.
#[derive(Debug, Default)]
pub(super) struct Draft<'f> {
    pub(super) conditions: Vec<DraftCondition<'f>>,
    known: BTreeMap<(u16, Vec<PatternRef<'f>>), u32>,
    pub(super) instances: Vec<DraftInstance>,
}

/// A set of patterns on a field.
#[derive(Debug)]
pub(super) struct DraftCondition<'f> {
    pub(super) field: u16,
    pub(super) criterion: CriterionView<'f>,
    /// The first instance that asks for it, by its id in the file: errors name it.
    pub(super) first_instance: u32,
}

#[derive(Debug)]
pub(super) struct DraftInstance {
    pub(super) id: u32,
    pub(super) clauses: Vec<Clause>,
}

impl<'f> Draft<'f> {
    pub(super) fn add(&mut self, instance: &InstanceView<'f>) {
        let clauses = counted(0_u16, instance.criteria()).map(|(number, criterion)| Clause {
            condition: self.condition(criterion, instance.id()),
            met: criterion.sense() == Sense::AnyOf,
            finding: Finding::ByItself,
            criterion: number,
        });
        let clauses = clauses.collect();
        self.instances.push(DraftInstance { id: instance.id(), clauses });
    }

    fn condition(&mut self, criterion: CriterionView<'f>, instance: u32) -> u32 {
        let field = criterion.field();
        let own = u32::try_from(self.conditions.len()).unwrap_or(u32::MAX);
        let condition = *self.known.entry((field, criterion.patterns().collect())).or_insert(own);
        if condition == own {
            self.conditions.push(DraftCondition { field, criterion, first_instance: instance });
        }
        condition
    }
}
