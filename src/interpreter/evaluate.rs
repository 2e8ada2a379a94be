//! Which instances of a program an event matches.

use super::index::{Finder, Target};
use super::memo::Memo;
use super::patterns::{Patterns, Workspace};
use super::program::{Clause, Program};
use super::{Event, Scratch};
use crate::wire::{count, index};

/// Leaves in the scratch the ids of the instances that match, ascending.
pub(super) fn evaluate(program: &Program<'_>, event: &Event<'_>, scratch: &mut Scratch) {
    let Scratch { conditions, found, space, .. } = scratch;
    let mut finding = Finding { patterns: &program.patterns, conditions, found, space };
    for field in &program.indices {
        field.find(&event.value(field.field), &program.patterns, &mut finding);
    }
    let mut next = 0_usize;
    while let Some(condition) = scratch.found.get(next).copied() {
        next = next.saturating_add(1);
        for instance in program.reached_through(condition) {
            judge(program, *instance, 1, event, scratch);
        }
    }
    for instance in &program.unreached {
        judge(program, *instance, 0, event, scratch);
    }
    scratch.matching.sort_unstable();
}

/// Adds the instance to those that match if all of its clauses hold; so many are known to.
fn judge(program: &Program<'_>, at: u32, known: usize, event: &Event<'_>, scratch: &mut Scratch) {
    let Some((instance, clauses)) = program.instance(at) else { return };
    scratch.space.work = scratch.space.work.saturating_add(1);
    let before = scratch.space.work;
    if clauses.iter().skip(known).all(|clause| holds(program, *clause, event, scratch)) {
        scratch.matching.push(instance.id);
    }
    if let Some(work) = scratch.instance_work.as_mut().and_then(|work| work.get_mut(index(instance.id))) {
        let own = scratch.space.work.saturating_sub(before).saturating_add(1);
        *work = work.saturating_add(own);
    }
}

fn holds(program: &Program<'_>, clause: Clause, event: &Event<'_>, scratch: &mut Scratch) -> bool {
    let known = scratch.conditions.get(clause.condition);
    let is_met = known.unwrap_or_else(|| {
        let Some(condition) = program.conditions.get(index(clause.condition)) else { return false };
        if condition.is_indexed {
            return false;
        }
        let value = event.value(condition.field);
        let mut patterns = program.patterns.get(&condition.patterns).iter();
        let is_met = patterns.any(|pattern| program.patterns.is_met(pattern, &value, event, &mut scratch.space));
        scratch.conditions.set(clause.condition, is_met);
        is_met
    });
    is_met == clause.met
}

/// Takes what an index finds.
struct Finding<'s> {
    patterns: &'s Patterns,
    conditions: &'s mut Memo,
    found: &'s mut alloc::vec::Vec<u32>,
    space: &'s mut Workspace,
}

impl Finder for Finding<'_> {
    #[inline]
    fn found(&mut self, target: Target, value: &[u8]) {
        let condition = target.condition;
        if self.conditions.get(condition) == Some(true) {
            return;
        }
        let is_met = match target.expression() {
            None => true,
            Some(expression) => self.patterns.is_expression_met(expression, value, self.space),
        };
        if is_met {
            self.conditions.set(condition, true);
            self.found.push(condition);
        }
    }

    fn worked(&mut self, work: usize) {
        self.space.work = self.space.work.saturating_add(count(work));
    }
}
