//! Which instances of a program an event matches.

use alloc::vec::Vec;

use super::index::{Finder, Target};
use super::memo::{Known, Memo};
use super::program::{Clause, Condition, Program};
use super::{Event, Scratch};
use crate::wire::{count, index};

/// Leaves in the scratch the ids of the instances that match, ascending.
pub(super) fn evaluate(program: &Program<'_>, event: &Event<'_>, scratch: &mut Scratch) {
    let Scratch { conditions, found, space, .. } = scratch;
    let mut finding = Finding { conditions, found, work: &mut space.work };
    for field in &program.indices {
        field.find(&event.value(field.field), &program.patterns, &mut finding);
    }
    let mut next = 0_usize;
    while let Some(condition) = scratch.found.get(next).copied() {
        next = next.saturating_add(1);
        for instance in program.reached_through(condition) {
            judge(program, *instance, event, scratch);
        }
    }
    for instance in &program.unreached {
        judge(program, *instance, event, scratch);
    }
    scratch.matching.sort_unstable();
}

/// Adds the instance to those that match if all of its clauses hold.
fn judge(program: &Program<'_>, at: u32, event: &Event<'_>, scratch: &mut Scratch) {
    let Some((instance, clauses)) = program.instance(at) else { return };
    scratch.space.work = scratch.space.work.saturating_add(1);
    let before = scratch.space.work;
    if clauses.iter().all(|clause| holds(program, *clause, event, scratch)) {
        scratch.matching.push(instance.id);
    }
    if let Some(work) = scratch.instance_work.as_mut().and_then(|work| work.get_mut(index(instance.id))) {
        let own = scratch.space.work.saturating_sub(before).saturating_add(1);
        *work = work.saturating_add(own);
    }
}

#[inline]
fn holds(program: &Program<'_>, clause: Clause, event: &Event<'_>, scratch: &mut Scratch) -> bool {
    let is_met = match scratch.conditions.get(clause.condition) {
        Some(Known::Met) => true,
        Some(Known::NotMet) => false,
        // What an index would have found and did not is not met.
        None if clause.is_indexed => false,
        None | Some(Known::Possible) => find_out(program, clause.condition, event, scratch),
    };
    is_met == clause.met
}

/// Evaluates a condition by itself.
#[inline(never)]
fn find_out(program: &Program<'_>, condition: u32, event: &Event<'_>, scratch: &mut Scratch) -> bool {
    let Some(Condition { field, patterns, .. }) = program.conditions.get(index(condition)) else { return false };
    let value = event.value(*field);
    let mut patterns = program.patterns.get(patterns).iter();
    let is_met = patterns.any(|pattern| program.patterns.is_met(pattern, &value, event, &mut scratch.space));
    scratch.conditions.set(condition, if is_met { Known::Met } else { Known::NotMet });
    is_met
}

/// Takes what an index finds.
struct Finding<'s> {
    conditions: &'s mut Memo,
    found: &'s mut Vec<u32>,
    work: &'s mut u64,
}

impl Finder for Finding<'_> {
    #[inline]
    fn found(&mut self, Target { condition, is_certain }: Target) {
        match self.conditions.get(condition) {
            Some(Known::Met) => return,
            // There is one entry of each condition, so the list never outgrows its room.
            None => self.found.push(condition),
            Some(_) => {}
        }
        if is_certain {
            self.conditions.set(condition, Known::Met);
        } else {
            self.conditions.set(condition, Known::Possible);
        }
    }

    fn worked(&mut self, work: usize) {
        *self.work = self.work.saturating_add(count(work));
    }
}
