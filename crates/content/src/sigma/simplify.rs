//! Fewer alternatives and criteria that are met by exactly the same events.
//!
//! Each step rests on this: an absent value meets the pattern `absent` and no other, `absent` is met by nothing else,
//! and none-of is the negation of any-of.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use channel_file::template::Sense;

use super::alternatives::{Alternative, Exceeded, Work};
use super::vocabulary::{ABSENT, CriterionNumber, NumberedCriterion, PatternNumber, Vocabulary};

/// The alternative with what is implied left out; `None` if no event can meet it.
pub(super) fn normal(
    mut criteria: Vec<CriterionNumber>,
    vocabulary: &mut Vocabulary,
    work: &mut Work,
) -> Result<Option<Alternative>, Exceeded> {
    criteria.sort_unstable();
    criteria.dedup();
    work.spend(criteria.len().saturating_add(1))?;
    let mut fields: BTreeMap<u16, Vec<(CriterionNumber, Rc<NumberedCriterion>)>> = BTreeMap::new();
    for number in criteria {
        if let Some(criterion) = vocabulary.criterion(number) {
            fields.entry(criterion.field).or_default().push((number, Rc::clone(criterion)));
        }
    }
    let mut alternative = Alternative::new();
    for (field, criteria) in fields {
        if let [(number, _)] = criteria.as_slice() {
            alternative.push(*number);
            continue;
        }
        let each = criteria.iter().map(|(_, criterion)| criterion.patterns.len().saturating_mul(4));
        work.spend(each.fold(0, usize::saturating_add))?;
        let Some(on_field) = normal_on_field(field, criteria.into_iter().map(|(_, criterion)| criterion), work)? else {
            return Ok(None);
        };
        alternative.extend(on_field.into_iter().map(|criterion| vocabulary.criterion_number(criterion)));
    }
    alternative.sort_unstable();
    Ok(Some(alternative))
}

/// Several criteria on one field, all of which must be met.
fn normal_on_field(
    field: u16,
    criteria: impl Iterator<Item = Rc<NumberedCriterion>>,
    work: &mut Work,
) -> Result<Option<Vec<NumberedCriterion>>, Exceeded> {
    let mut excluded: BTreeSet<PatternNumber> = BTreeSet::new();
    let mut wanted: Vec<BTreeSet<PatternNumber>> = Vec::new();
    for criterion in criteria {
        match criterion.sense {
            Sense::NoneOf => excluded.extend(&criterion.patterns),
            Sense::AnyOf => wanted.push(criterion.patterns.iter().copied().collect()),
        }
    }
    // What is excluded cannot be what meets a criterion.
    for patterns in &mut wanted {
        patterns.retain(|pattern| !excluded.contains(pattern));
    }
    // Some criterion that only a present value meets: then `absent` is of no use to the others.
    let needs_value = |patterns: &BTreeSet<PatternNumber>| !patterns.contains(&ABSENT);
    if excluded.contains(&ABSENT) || wanted.iter().any(needs_value) {
        wanted.iter_mut().for_each(|patterns| {
            patterns.remove(&ABSENT);
        });
        if !wanted.is_empty() {
            excluded.remove(&ABSENT);
        }
    }
    if wanted.iter().any(BTreeSet::is_empty) {
        return Ok(None);
    }
    // Only an absent value: it meets every other criterion that allows it, and no pattern that is excluded.
    if wanted.iter().any(|patterns| patterns.iter().eq(&[ABSENT])) {
        let absent = NumberedCriterion { field, sense: Sense::AnyOf, patterns: vec![ABSENT] };
        return Ok(Some(vec![absent]));
    }
    wanted.sort();
    wanted.dedup();
    let mut normal = Vec::with_capacity(wanted.len().saturating_add(1));
    for (index, patterns) in wanted.iter().enumerate() {
        work.spend(wanted.len().saturating_mul(patterns.len()))?;
        let implied = wanted.iter().enumerate().any(|(other, narrower)| other != index && narrower.is_subset(patterns));
        if !implied {
            let patterns = patterns.iter().copied().collect();
            normal.push(NumberedCriterion { field, sense: Sense::AnyOf, patterns });
        }
    }
    if !excluded.is_empty() {
        let patterns = excluded.into_iter().collect();
        normal.push(NumberedCriterion { field, sense: Sense::NoneOf, patterns });
    }
    Ok(Some(normal))
}

/// The alternatives merged where one criterion can say both, without those that another one covers.
pub(super) fn simplified(
    alternatives: Vec<Alternative>,
    most_patterns: usize,
    vocabulary: &mut Vocabulary,
    work: &mut Work,
) -> Result<Vec<Alternative>, Exceeded> {
    if alternatives.len() < 2 {
        return Ok(alternatives);
    }
    let merged = merged(alternatives, most_patterns, vocabulary, work)?;
    uncovered(merged, vocabulary, work)
}

/// Merges alternatives that differ in one any-of criterion on the same field, until there are no such two.
fn merged(
    alternatives: Vec<Alternative>,
    most_patterns: usize,
    vocabulary: &mut Vocabulary,
    work: &mut Work,
) -> Result<Vec<Alternative>, Exceeded> {
    let mut merging = Merging { kept: Vec::with_capacity(alternatives.len()), partners: BTreeMap::new() };
    for alternative in alternatives {
        let mut place = merging.kept.len();
        merging.kept.push(None);
        let mut next = Some(alternative);
        while let Some(alternative) = next.take() {
            match merging.partner(&alternative, place, most_patterns, vocabulary, work)? {
                None => {
                    if let Some(kept) = merging.kept.get_mut(place) {
                        *kept = Some(alternative);
                    }
                }
                Some((partner, union)) => {
                    if let Some(kept) = merging.kept.get_mut(partner) {
                        *kept = None;
                    }
                    place = place.min(partner);
                    next = normal(union, vocabulary, work)?;
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    Ok(merging.kept.into_iter().flatten().filter(|alternative| seen.insert(alternative.clone())).collect())
}

struct Merging {
    /// `None` where an alternative has been merged into another one.
    kept: Vec<Option<Alternative>>,
    /// Alternatives without one any-of criterion, and the field of that criterion: where the alternative stands, and
    /// the criterion. What stands there may have changed since.
    partners: BTreeMap<(Alternative, u16), (usize, CriterionNumber)>,
}

impl Merging {
    /// Where an alternative stands that this one can be merged with, and what becomes of the two.
    fn partner(
        &mut self,
        alternative: &Alternative,
        place: usize,
        most_patterns: usize,
        vocabulary: &mut Vocabulary,
        work: &mut Work,
    ) -> Result<Option<(usize, Alternative)>, Exceeded> {
        for (index, number) in alternative.iter().enumerate() {
            work.spend(alternative.len().saturating_add(16))?;
            let Some(criterion) = vocabulary.criterion(*number).cloned() else { continue };
            if criterion.sense != Sense::AnyOf {
                continue;
            }
            let rest = without(alternative.clone(), index);
            let (partner, other) = match self.partners.entry((rest, criterion.field)) {
                Entry::Vacant(entry) => {
                    entry.insert((place, *number));
                    continue;
                }
                Entry::Occupied(mut entry) => {
                    let (partner, other) = *entry.get();
                    let standing = self.kept.get(partner).and_then(Option::as_ref);
                    let stands = standing.is_some_and(|standing| {
                        let (rest, _) = entry.key();
                        standing.contains(&other) && standing.iter().filter(|number| **number != other).eq(rest)
                    });
                    if !stands {
                        entry.insert((place, *number));
                        continue;
                    }
                    (partner, other)
                }
            };
            if let Some(union) = union(&criterion, other, most_patterns, vocabulary, work)? {
                let mut merged = without(alternative.clone(), index);
                merged.push(union);
                return Ok(Some((partner, merged)));
            }
        }
        Ok(None)
    }
}

/// All but the item at this place.
pub(super) fn without<T>(items: Vec<T>, place: usize) -> Vec<T> {
    let mut items = items.into_iter();
    let mut kept: Vec<T> = items.by_ref().take(place).collect();
    kept.extend(items.skip(1));
    kept
}

/// The criterion that is met when either is; `None` beyond the limit.
fn union(
    one: &NumberedCriterion,
    other: CriterionNumber,
    most_patterns: usize,
    vocabulary: &mut Vocabulary,
    work: &mut Work,
) -> Result<Option<CriterionNumber>, Exceeded> {
    let Some(other) = vocabulary.criterion(other) else { return Ok(None) };
    work.spend(one.patterns.len().saturating_add(other.patterns.len()))?;
    let mut patterns: Vec<_> = one.patterns.iter().chain(&other.patterns).copied().collect();
    patterns.sort_unstable();
    patterns.dedup();
    if patterns.len() > most_patterns {
        return Ok(None);
    }
    Ok(Some(vocabulary.criterion_number(NumberedCriterion { field: one.field, sense: Sense::AnyOf, patterns })))
}

/// Leaves out each alternative that is met only if another one is. Stops looking when half of the work is spent: what
/// stays too much says nothing wrong.
fn uncovered(
    alternatives: Vec<Alternative>,
    vocabulary: &Vocabulary,
    work: &mut Work,
) -> Result<Vec<Alternative>, Exceeded> {
    let floor = work.left() / 2;
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    for (index, alternative) in alternatives.iter().enumerate() {
        for (other, wider) in alternatives.iter().enumerate() {
            if other == index || wider.len() > alternative.len() || covered.contains(&other) {
                continue;
            }
            if work.left() <= floor {
                break;
            }
            if covers(wider, alternative, vocabulary, work)? {
                covered.insert(index);
                break;
            }
        }
    }
    let kept = alternatives.into_iter().enumerate().filter(|(index, _)| !covered.contains(index));
    Ok(kept.map(|(_, alternative)| alternative).collect())
}

/// Whether each criterion of the wider alternative is implied by one of the narrower.
fn covers(
    wider: &[CriterionNumber],
    narrower: &[CriterionNumber],
    vocabulary: &Vocabulary,
    work: &mut Work,
) -> Result<bool, Exceeded> {
    for number in wider {
        work.spend(narrower.len().saturating_add(1))?;
        if narrower.binary_search(number).is_ok() {
            continue;
        }
        let Some(wanted) = vocabulary.criterion(*number) else { return Ok(false) };
        let mut implied = false;
        for other in narrower {
            let Some(given) = vocabulary.criterion(*other) else { continue };
            if given.field == wanted.field {
                work.spend(given.patterns.len().saturating_add(wanted.patterns.len()))?;
                implied |= implies(given, wanted);
            }
        }
        if !implied {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a value that meets the one criterion meets the other, as far as their patterns alone show.
fn implies(given: &NumberedCriterion, wanted: &NumberedCriterion) -> bool {
    let contains = |patterns: &[PatternNumber], pattern: &PatternNumber| patterns.binary_search(pattern).is_ok();
    match (given.sense, wanted.sense) {
        (Sense::AnyOf, Sense::AnyOf) => given.patterns.iter().all(|pattern| contains(&wanted.patterns, pattern)),
        (Sense::NoneOf, Sense::NoneOf) => wanted.patterns.iter().all(|pattern| contains(&given.patterns, pattern)),
        // Present, since a pattern other than `absent` is met.
        (Sense::AnyOf, Sense::NoneOf) if wanted.patterns == [ABSENT] => !contains(&given.patterns, &ABSENT),
        // Absent, which meets no other pattern.
        (Sense::AnyOf, Sense::NoneOf) => given.patterns == [ABSENT] && !contains(&wanted.patterns, &ABSENT),
        (Sense::NoneOf, Sense::AnyOf) => false,
    }
}
