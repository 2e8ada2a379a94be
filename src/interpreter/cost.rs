//! What loaded content costs at the most, and which instances cost it.

use alloc::vec::Vec;

use super::InstanceCost;
use super::patterns::{Pattern, Patterns};
use super::program::{Finding, Program};
use crate::template::Comparison;
use crate::wire::{count, index};

/// How many of the worst instances are named.
pub(super) const NAMED: usize = 5;

impl Program<'_> {
    /// How often a byte of an event is looked at, at the most: by the index of its field, and by each expression and each search
    /// that can be made in the field's value.
    pub(super) fn work(&self) -> usize {
        let fields = self.declared.fields.len();
        let mut of_fields = alloc::vec![0_usize; fields];
        let mut add = |field: u16, work: usize| {
            if let Some(sum) = of_fields.get_mut(usize::from(field)) {
                *sum = sum.saturating_add(work);
            }
        };
        for field in &self.indices {
            add(field.field, field.work());
        }
        let mut is_counted = alloc::vec![false; self.patterns.expression_count()];
        for condition in &self.conditions {
            let patterns = self.patterns.get(&condition.patterns);
            // Parsed once for all of a condition's numbers, and not where an index tells all: but that an expression is worth
            // evaluating has the whole condition evaluated.
            let is_evaluated = condition.finding != Finding::Posted
                || patterns.iter().any(|one| matches!(one, Pattern::Expression(_)));
            if is_evaluated && patterns.iter().any(|one| matches!(one, Pattern::Integers(_))) {
                add(condition.field, 1);
            }
            for pattern in patterns {
                match pattern {
                    Pattern::Expression(expression) => {
                        // Evaluated once an event, whoever asks.
                        if let Some(is_counted) = is_counted.get_mut(index(*expression)).filter(|counted| !**counted) {
                            *is_counted = true;
                            add(condition.field, work_of(&self.patterns, pattern));
                        }
                    }
                    _ if condition.finding != Finding::ByItself => {}
                    _ => {
                        add(condition.field, work_of(&self.patterns, pattern));
                        if let Pattern::Field(reference) = pattern {
                            add(reference.field, 1);
                        }
                    }
                }
            }
        }
        of_fields.into_iter().max().unwrap_or_default()
    }

    /// The instances that cost most, the worst first.
    pub(super) fn worst(&self, cost: impl Fn(&InstanceCost) -> u64) -> Vec<InstanceCost> {
        let mut costs: Vec<InstanceCost> = (0..)
            .map_while(|at| self.instance(at))
            .map(|(instance, clauses)| {
                let conditions = clauses.iter().filter_map(|clause| self.conditions.get(index(clause.condition)));
                let patterns = conditions.flat_map(|condition| self.patterns.get(&condition.patterns));
                let (bytes, work) = patterns.fold((0_usize, 0_usize), |(bytes, work), pattern| {
                    let own = self.patterns.memory_of(pattern);
                    (bytes.saturating_add(own), work.saturating_add(work_of(&self.patterns, pattern)))
                });
                InstanceCost { instance: instance.id, bytes: count(bytes), work: count(work) }
            })
            .collect();
        costs.sort_by_key(|own| (core::cmp::Reverse(cost(own)), own.instance));
        costs.truncate(NAMED);
        costs
    }
}

/// How often a byte of a value is looked at to see whether it meets a pattern.
fn work_of(patterns: &Patterns, pattern: &Pattern) -> usize {
    match pattern {
        Pattern::Expression(expression) => patterns.work_of(*expression),
        Pattern::Text(Comparison::Contains, _) | Pattern::Field(_) => 1,
        _ => 0,
    }
}
