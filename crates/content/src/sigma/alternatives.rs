//! Brings an expression into alternatives: sets of criteria of which one must be met whole (disjunctive normal form).

use std::collections::BTreeMap;

use channel_file::template::Sense;

use super::expression::Expression;
use super::simplify::{self, normal};
use super::vocabulary::{CriterionNumber, NumberedCriterion, Vocabulary};

/// Criteria that must all be met, ascending by number.
pub(super) type Alternative = Vec<CriterionNumber>;

/// Steps for one rule, each about a comparison of two numbers. Real rules take fewer than a million.
const MOST_WORK: u64 = 32_000_000;

/// Why a rule has no alternatives that could be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exceeded {
    /// So many alternatives, or at least so many.
    Alternatives(usize),
    Work,
}

/// Counts steps.
#[derive(Debug)]
pub(super) struct Work {
    left: u64,
}

impl Work {
    pub(super) const fn new() -> Self {
        Self { left: MOST_WORK }
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Exceeded> {
        let left = u64::try_from(steps).ok().and_then(|steps| self.left.checked_sub(steps));
        self.left = left.ok_or(Exceeded::Work)?;
        Ok(())
    }

    pub(super) const fn left(&self) -> u64 {
        self.left
    }
}

/// Brings the expressions of one rule into alternatives.
pub(super) struct Distribution<'a> {
    pub(super) detections: &'a BTreeMap<usize, Expression>,
    pub(super) vocabulary: &'a mut Vocabulary,
    /// Bound on alternatives at any step.
    pub(super) most: usize,
    /// Bound on the patterns of a criterion that alternatives are merged into.
    pub(super) most_patterns: usize,
    pub(super) work: Work,
    /// What detections have become, as they are and negated.
    pub(super) done: BTreeMap<(usize, bool), Vec<Alternative>>,
}

impl Distribution<'_> {
    /// The alternatives of the expression, or of its negation; none if it is never met.
    pub(super) fn alternatives(&mut self, of: &Expression, negated: bool) -> Result<Vec<Alternative>, Exceeded> {
        match (of, negated) {
            (Expression::AnyOf(_, patterns), _) if patterns.is_empty() => {
                Ok(if negated { vec![Alternative::new()] } else { Vec::new() })
            }
            (Expression::AnyOf(field, patterns), _) => {
                self.work.spend(patterns.len())?;
                let sense = if negated { Sense::NoneOf } else { Sense::AnyOf };
                let criterion = NumberedCriterion { field: *field, sense, patterns: patterns.clone() };
                Ok(vec![vec![self.vocabulary.criterion_number(criterion)]])
            }
            (Expression::Not(inner), _) => self.alternatives(inner, !negated),
            (Expression::All(parts), false) | (Expression::Any(parts), true) => self.product(parts, negated),
            (Expression::Any(parts), false) | (Expression::All(parts), true) => self.union(parts, negated),
            (Expression::Detection(index), _) => self.detection(*index, negated),
        }
    }

    fn detection(&mut self, index: usize, negated: bool) -> Result<Vec<Alternative>, Exceeded> {
        let detections = self.detections;
        if let Some(done) = self.done.get(&(index, negated)) {
            self.work.spend(done.iter().map(|alternative| alternative.len().saturating_add(1)).sum())?;
            return Ok(done.clone());
        }
        let Some(expression) = detections.get(&index) else { return Ok(Vec::new()) };
        let alternatives = self.alternatives(expression, negated)?;
        self.done.insert((index, negated), alternatives.clone());
        Ok(alternatives)
    }

    fn union(&mut self, parts: &[Expression], negated: bool) -> Result<Vec<Alternative>, Exceeded> {
        let mut union = Vec::new();
        for part in parts {
            union.extend(self.alternatives(part, negated)?);
            if union.len() > self.most {
                union = self.simplified(union)?;
            }
        }
        self.simplified(union)
    }

    fn product(&mut self, parts: &[Expression], negated: bool) -> Result<Vec<Alternative>, Exceeded> {
        let mut product = vec![Alternative::new()];
        for part in parts {
            let factor = self.alternatives(part, negated)?;
            let count = product.len().saturating_mul(factor.len());
            if count > self.most {
                return Err(Exceeded::Alternatives(count));
            }
            let mut next = Vec::with_capacity(count);
            for one in &product {
                for other in &factor {
                    let criteria: Vec<_> = one.iter().chain(other).copied().collect();
                    next.extend(normal(criteria, self.vocabulary, &mut self.work)?);
                }
            }
            product = self.simplified(next)?;
        }
        Ok(product)
    }

    fn simplified(&mut self, alternatives: Vec<Alternative>) -> Result<Vec<Alternative>, Exceeded> {
        let simplified = simplify::simplified(alternatives, self.most_patterns, self.vocabulary, &mut self.work)?;
        if simplified.len() > self.most {
            return Err(Exceeded::Alternatives(simplified.len()));
        }
        Ok(simplified)
    }
}
