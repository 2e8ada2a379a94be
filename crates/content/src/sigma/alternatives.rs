//! Brings an expression into alternatives: sets of criteria of which one must be met whole (disjunctive normal form).

use std::collections::BTreeMap;

use channel_file::template::Sense;

use super::conjunction::Joining;
use super::expression::Expression;
use super::simplify::{self, normal};
use super::vocabulary::{CriterionNumber, NumberedCriterion, PatternNumber, Vocabulary};

/// Criteria that must all be met, ascending by number.
pub(super) type Alternative = Vec<CriterionNumber>;

/// Steps for one rule, each about a comparison of two numbers. Of 1,435 public rules the
/// costliest takes fewer than 200,000.
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

    /// Spends the steps if half of all work is left then: for what a rule can do without.
    pub(super) fn spare(&mut self, steps: usize) -> bool {
        let left = u64::try_from(steps).ok().and_then(|steps| self.left.checked_sub(steps));
        let Some(left) = left.filter(|left| *left >= MOST_WORK / 2) else { return false };
        self.left = left;
        true
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
    /// Bounds on criteria that are put together.
    pub(super) joining: Joining,
    pub(super) work: Work,
    /// What detections have become, as they are and negated.
    pub(super) done: BTreeMap<(usize, bool), Vec<Alternative>>,
}

impl<'a> Distribution<'a> {
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
            (Expression::Any(parts), false) => self.union(parts, negated),
            (Expression::All(parts), true) => self.negated_conjunction(parts),
            (Expression::Detection(index), _) => self.detection(*index, negated),
        }
    }

    fn detection(&mut self, index: usize, negated: bool) -> Result<Vec<Alternative>, Exceeded> {
        let detections = self.detections;
        if let Some(done) = self.done.get(&(index, negated)) {
            let each = done.iter().map(|alternative| alternative.len().saturating_add(1));
            self.work.spend(each.fold(0, usize::saturating_add))?;
            return Ok(done.clone());
        }
        let Some(expression) = detections.get(&index) else { return Ok(Vec::new()) };
        let alternatives = self.alternatives(expression, negated)?;
        self.done.insert((index, negated), alternatives.clone());
        Ok(alternatives)
    }

    /// Each part negated is alternatives of its own, so parts on one field are joined first.
    fn negated_conjunction(&mut self, parts: &[Expression]) -> Result<Vec<Alternative>, Exceeded> {
        let mut conjuncts = Vec::new();
        let complete = parts.iter().all(|part| self.conjuncts(part, &mut conjuncts));
        let mut fields: BTreeMap<u16, Vec<Vec<PatternNumber>>> = BTreeMap::new();
        let mut others = Vec::new();
        for conjunct in conjuncts {
            match conjunct {
                Expression::AnyOf(field, patterns) if self.work.spare(patterns.len()) => {
                    fields.entry(*field).or_default().push(patterns.clone());
                }
                other => others.push(other),
            }
        }
        if !complete || fields.values().all(|criteria| criteria.len() < 2) {
            return self.union(parts, true);
        }
        let mut joined = Vec::new();
        for (field, criteria) in fields {
            let criteria = self.joining.joined(field, criteria, self.vocabulary, &mut self.work);
            joined.extend(criteria.into_iter().map(|patterns| Expression::AnyOf(field, patterns)));
        }
        self.union(joined.iter().chain(others), true)
    }

    /// What a part of a conjunction asks, taken apart; false if there is no work left for that.
    fn conjuncts<'e>(&mut self, part: &'e Expression, into: &mut Vec<&'e Expression>) -> bool
    where
        'a: 'e,
    {
        if !self.work.spare(1) {
            return false;
        }
        match part {
            Expression::All(parts) => return parts.iter().all(|part| self.conjuncts(part, into)),
            Expression::Any(parts) => {
                if let [only] = parts.as_slice() {
                    return self.conjuncts(only, into);
                }
            }
            Expression::Detection(index) => {
                let detections = self.detections;
                if let Some(detection) = detections.get(index) {
                    return self.conjuncts(detection, into);
                }
            }
            _ => {}
        }
        into.push(part);
        true
    }

    fn union<'e>(
        &mut self,
        parts: impl IntoIterator<Item = &'e Expression>,
        negated: bool,
    ) -> Result<Vec<Alternative>, Exceeded> {
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
        let simplified =
            simplify::simplified(alternatives, self.joining.most_patterns, self.vocabulary, &mut self.work)?;
        if simplified.len() > self.most {
            return Err(Exceeded::Alternatives(simplified.len()));
        }
        Ok(simplified)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::vocabulary::{ABSENT, PatternNumber};
    use super::*;

    /// Patterns `absent`, 1, 2 and 3; an absent value meets `absent` alone, a present one any set of the others.
    const STATES: [&[PatternNumber]; 9] = [&[ABSENT], &[], &[1], &[2], &[3], &[1, 2], &[1, 3], &[2, 3], &[1, 2, 3]];

    type Event = [&'static [PatternNumber]; 2];

    fn events() -> impl Iterator<Item = Event> {
        STATES.into_iter().flat_map(|one| STATES.into_iter().map(move |two| [one, two]))
    }

    fn meets_any(patterns: &[PatternNumber], field: u16, event: &Event) -> bool {
        patterns.iter().any(|pattern| event[usize::from(field)].contains(pattern))
    }

    fn meets(expression: &Expression, detections: &BTreeMap<usize, Expression>, event: &Event) -> bool {
        match expression {
            Expression::AnyOf(field, patterns) => meets_any(patterns, *field, event),
            Expression::All(parts) => parts.iter().all(|part| meets(part, detections, event)),
            Expression::Any(parts) => parts.iter().any(|part| meets(part, detections, event)),
            Expression::Not(part) => !meets(part, detections, event),
            Expression::Detection(index) => meets(&detections[index], detections, event),
        }
    }

    fn meets_alternative(alternative: &Alternative, vocabulary: &Vocabulary, event: &Event) -> bool {
        alternative.iter().all(|number| {
            let criterion = vocabulary.criterion(*number).unwrap();
            meets_any(&criterion.patterns, criterion.field, event) == (criterion.sense == Sense::AnyOf)
        })
    }

    fn leaf() -> impl Strategy<Value = Expression> {
        (0_u16..2, prop::sample::subsequence(vec![ABSENT, 1, 2, 3], 0..=3))
            .prop_map(|(field, patterns)| Expression::AnyOf(field, patterns))
    }

    fn expression() -> impl Strategy<Value = Expression> {
        prop_oneof![4 => leaf(), 1 => Just(Expression::Detection(0))].prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Expression::All),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Expression::Any),
                inner.prop_map(|inner| Expression::Not(Box::new(inner))),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn alternatives_say_what_the_expression_says(whole in expression(), shared in leaf(), negated: bool) {
            let detections = BTreeMap::from([(0, shared)]);
            let mut vocabulary = Vocabulary::new();
            let mut distribution = Distribution {
                detections: &detections,
                vocabulary: &mut vocabulary,
                most: 4_096,
                joining: Joining { most_patterns: 3, most_bytes: 64, operators: Vec::new() },
                work: Work::new(),
                done: BTreeMap::new(),
            };
            let alternatives = distribution.alternatives(&whole, negated).unwrap();
            for event in events() {
                let expected = meets(&whole, &detections, &event) != negated;
                let found = alternatives.iter().any(|alternative| meets_alternative(alternative, &vocabulary, &event));
                prop_assert_eq!(found, expected, "{:?}: {:?}", event, alternatives);
            }
            let distinct: std::collections::BTreeSet<_> = alternatives.iter().collect();
            prop_assert_eq!(distinct.len(), alternatives.len());
        }
    }
}
