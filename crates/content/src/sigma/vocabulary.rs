//! Patterns and criteria under numbers, so that alternatives copy and compare quickly.

use std::collections::BTreeMap;
use std::rc::Rc;

use channel_file::template::{Pattern, Sense};

/// Numbers a pattern within one rule.
pub(super) type PatternNumber = u32;
/// Numbers a criterion within one rule.
pub(super) type CriterionNumber = u32;

/// The pattern `absent`: every vocabulary begins with it.
pub(super) const ABSENT: PatternNumber = 0;

/// One criterion; its patterns ascend by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NumberedCriterion {
    pub(super) field: u16,
    pub(super) sense: Sense,
    pub(super) patterns: Vec<PatternNumber>,
}

/// The patterns and criteria of one rule.
#[derive(Debug)]
pub(super) struct Vocabulary {
    patterns: Numbers<Pattern>,
    criteria: Numbers<NumberedCriterion>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut patterns = Numbers::default();
        patterns.number(Pattern::absent());
        Self { patterns, criteria: Numbers::default() }
    }

    pub(super) fn pattern_number(&mut self, pattern: Pattern) -> PatternNumber {
        self.patterns.number(pattern)
    }

    pub(super) fn pattern(&self, number: PatternNumber) -> Option<&Pattern> {
        self.patterns.get(number).map(Rc::as_ref)
    }

    /// The patterns must ascend, without repetition.
    pub(super) fn criterion_number(&mut self, criterion: NumberedCriterion) -> CriterionNumber {
        self.criteria.number(criterion)
    }

    pub(super) fn criterion(&self, number: CriterionNumber) -> Option<&Rc<NumberedCriterion>> {
        self.criteria.get(number)
    }
}

#[derive(Debug)]
struct Numbers<T> {
    numbers: BTreeMap<Rc<T>, u32>,
    values: Vec<Rc<T>>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), values: Vec::new() }
    }
}

impl<T: Ord> Numbers<T> {
    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let value = Rc::new(value);
        // The work and pattern limits end a rule long before the numbers do.
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.numbers.insert(Rc::clone(&value), number);
        self.values.push(value);
        number
    }

    fn get(&self, number: u32) -> Option<&Rc<T>> {
        self.values.get(usize::try_from(number).ok()?)
    }
}
