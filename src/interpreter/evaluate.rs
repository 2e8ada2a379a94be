//! Which instances of a program an event matches.

use alloc::vec::Vec;

use super::index::{Finder, NO_MARK, Target};
use super::memo::{Known, Memo};
use super::patterns::Pattern;
use super::program::{Clause, Condition, Finding, Program};
use super::values::Parsed;
use super::{Event, Scratch};
use crate::counted::counted;
use crate::wire::{count, index};

/// Leaves in the scratch the ids of the instances that match, ascending.
pub(super) fn evaluate(program: &Program<'_>, event: &Event<'_>, scratch: &mut Scratch) {
    let Scratch { conditions, texts, found, space, .. } = scratch;
    let mut finds = Finds { conditions, texts, found, work: &mut space.work };
    for field in &program.indices {
        field.find(&event.value(field.field), &program.patterns, &mut finds);
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
        // What an index would have told of and did not is not met.
        None if clause.finding == Finding::Posted => false,
        known => find_out(program, clause.condition, known, event, scratch),
    };
    is_met == clause.met
}

/// Finds out whether a condition is met.
fn find_out(
    program: &Program<'_>,
    condition: u32,
    known: Option<Known>,
    event: &Event<'_>,
    scratch: &mut Scratch,
) -> bool {
    let Some(Condition { field, patterns, finding }) = program.conditions.get(index(condition)) else { return false };
    let value = event.value(*field);
    let is_by_itself = *finding == Finding::ByItself;
    let is_found = |pattern: u32, texts: &Memo| {
        let mark = program.marks.of_patterns.get(index(pattern)).copied().unwrap_or(NO_MARK);
        texts.get(mark) == Some(Known::Met)
    };
    let mut parsed = Parsed::default();
    let mut patterns = counted(patterns.start, program.patterns.get(patterns));
    let is_met = patterns.any(|(number, pattern)| match pattern {
        Pattern::Text(..) if !is_by_itself => is_found(number, &scratch.texts),
        // A text that it needs is not there.
        Pattern::Expression(_) if !is_by_itself && known.is_none() => false,
        _ => program.patterns.is_met(pattern, &value, event, &mut parsed, &mut scratch.space),
    });
    scratch.conditions.set(condition, if is_met { Known::Met } else { Known::NotMet });
    is_met
}

/// Takes what an index finds.
struct Finds<'s> {
    texts: &'s mut Memo,
    conditions: &'s mut Memo,
    found: &'s mut Vec<u32>,
    work: &'s mut u64,
}

impl Finder for Finds<'_> {
    #[inline]
    fn found_text(&mut self, mark: u32) -> bool {
        let is_news = self.texts.get(mark).is_none();
        if is_news {
            self.texts.set(mark, Known::Met);
        }
        is_news
    }
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
