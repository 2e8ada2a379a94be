//! Through which of its conditions an instance is best reached.

use alloc::vec::Vec;

use super::index::GramCounts;
use super::patterns::{Pattern, Patterns, StoredText};
use crate::template::Comparison;

/// Shares of all values, in millionths.
type Millionths = u32;

const ALL: Millionths = 1_000_000;

/// How many of the values of a field are likely to meet one of the patterns; `None` if no index finds them all.
///
/// Nothing is known of the events to come. A text is taken to be as common in them as its rarest part is in the texts of the
/// content itself: what many authors look for together with other things is what is often there.
pub(super) fn likely_share(patterns: &Patterns, of: &[Pattern], counts: &GramCounts) -> Option<Millionths> {
    of.iter().try_fold(0_u32, |sum, pattern| {
        let share = match pattern {
            Pattern::Absent => ALL / 4,
            Pattern::Empty => ALL / 16,
            Pattern::Boolean(_) => ALL / 2,
            Pattern::Integers(bounds) => match patterns.integers(*bounds) {
                Some((low, high)) if low == high => ALL / 64,
                _ => ALL / 4,
            },
            Pattern::Addresses(bounds) => match patterns.addresses(*bounds) {
                Some((low, high)) if low == high => ALL / 256,
                _ => ALL / 4,
            },
            Pattern::Text(comparison, text) => {
                let share = share_of(patterns, text, counts);
                match comparison {
                    Comparison::Equals => share / 4,
                    Comparison::EndsWith => share / 2,
                    Comparison::StartsWith | Comparison::Contains => share,
                }
            }
            Pattern::Expression(expression) => {
                let required = patterns.required(*expression);
                if required.is_empty() {
                    return None;
                }
                required.iter().map(|text| share_of(patterns, text, counts)).fold(0, Millionths::saturating_add)
            }
            Pattern::Field(_) => return None,
        };
        Some(sum.saturating_add(share))
    })
}

fn share_of(patterns: &Patterns, text: &StoredText, counts: &GramCounts) -> Millionths {
    counts.share(patterns.needle(text).bytes)
}

/// How many conditions look for the same text, about: counters may be shared.
#[derive(Debug)]
pub(super) struct Popularity {
    counters: Vec<u32>,
    shift: u32,
}

impl Popularity {
    /// Counts the texts of conditions: of each its field and its patterns.
    pub(super) fn of<'p>(patterns: &'p Patterns, conditions: impl Iterator<Item = (u16, &'p [Pattern])>) -> Self {
        let bits = patterns.len().saturating_mul(4).checked_next_power_of_two().map_or(24, usize::trailing_zeros);
        let bits = bits.clamp(4, 24);
        let counters = alloc::vec![0; 1_usize.wrapping_shl(bits)];
        let mut popularity = Self { counters, shift: 64_u32.saturating_sub(bits) };
        for (field, of) in conditions {
            for pattern in of {
                let counter = popularity.counter(patterns, field, pattern);
                if let Some(count) = counter.and_then(|counter| popularity.counters.get_mut(counter)) {
                    *count = count.saturating_add(1);
                }
            }
        }
        popularity
    }

    /// How many conditions look for the most popular of these texts.
    pub(super) fn most(&self, patterns: &Patterns, field: u16, of: &[Pattern]) -> u32 {
        let counters = of.iter().filter_map(|pattern| self.counter(patterns, field, pattern));
        counters.filter_map(|counter| self.counters.get(counter)).copied().max().unwrap_or_default()
    }

    fn counter(&self, patterns: &Patterns, field: u16, pattern: &Pattern) -> Option<usize> {
        const PRIME: u64 = 0x0100_0000_01B3;
        let Pattern::Text(comparison, text) = pattern else { return None };
        let start = u64::from(field).wrapping_shl(8) | u64::from(comparison.code());
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        let hash = patterns.needle(text).bytes.iter().fold(start.wrapping_mul(PRIME), mix);
        usize::try_from(hash.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_shr(self.shift)).ok()
    }
}

/// In what order an instance's clauses are looked at: by the work that one makes, then by how likely it is to hold. The first
/// that does not hold decides.
pub(super) fn rank(of: &[Pattern], share: Option<Millionths>, met: bool) -> (u32, Millionths) {
    const OF_A_LOOK: u32 = 1;
    const OF_A_SEARCH: u32 = 8;
    const OF_AN_EXPRESSION: u32 = 64;
    let effort = |pattern: &Pattern| match pattern {
        // Where an index knows, there is none, but for expressions.
        Pattern::Expression(_) => OF_AN_EXPRESSION,
        _ if share.is_some() => 0,
        Pattern::Text(Comparison::Contains, _) | Pattern::Field(_) => OF_A_SEARCH,
        _ => OF_A_LOOK,
    };
    let effort = of.iter().map(effort).fold(0, u32::saturating_add);
    let share = share.map_or(ALL / 2, |share| share.min(ALL));
    (effort, if met { share } else { ALL.saturating_sub(share) })
}

#[cfg(test)]
mod tests {
    use super::super::Budget;
    use super::super::patterns::Known;
    use super::super::regex::Spending;
    use super::*;
    use crate::template::{Case, FieldReference, Operator, Pattern as Wanted};

    /// Made ready, in the same order.
    fn patterns(of: &[Wanted]) -> Patterns {
        let (mut patterns, mut known) = (Patterns::default(), Known::new());
        let mut spending = Spending::new(&Budget::DEFAULT);
        for pattern in of {
            assert_eq!(patterns.add(0, &pattern.as_ref(), &mut known, &mut spending), Ok(()));
        }
        patterns
    }

    /// A text on another field, or compared in another way, is another.
    #[test]
    fn popular_is_what_many_conditions_look_for() {
        let text = |operator, text: &str| Wanted::text(operator, text, Case::Sensitive).unwrap();
        let patterns = patterns(&[
            text(Operator::Contains, "often"),
            text(Operator::Contains, "rarer"),
            text(Operator::EndsWith, "often"),
            Wanted::unsigned(7),
        ]);
        let [often, rarer, at_end, number] = patterns.all() else { panic!("four") };
        let asks: [(u16, &[Pattern], u32); 6] = [
            (0, &[*often], 5),
            (0, &[*rarer], 2),
            (1, &[*often], 3),
            (0, &[*at_end], 1),
            (0, &[*number], 4),
            (300, &[*rarer, *number], 1),
        ];
        let all = asks.iter().flat_map(|(field, of, times)| (0..*times).map(move |_| (*field, *of)));
        let popularity = Popularity::of(&patterns, all);
        let most = |field, of: &[Pattern]| popularity.most(&patterns, field, of);
        for (field, of, times) in asks {
            let counted = of.iter().any(|pattern| matches!(pattern, Pattern::Text(..)));
            assert_eq!(most(field, of), if counted { times } else { 0 }, "{of:?} on {field}");
        }
        assert_eq!(most(0, &[*number, *rarer, *often, *at_end]), 5, "of several the most popular counts");
        assert_eq!(most(2, &[*often]), 0);
    }
    /// What is read takes longer than what is known, and an expression longest; of what nothing is known half is taken to hold.
    #[test]
    fn what_costs_most_is_looked_at_last() {
        let text = |operator, text: &str| Wanted::text(operator, text, Case::Sensitive).unwrap();
        let reference = FieldReference { field: 1, comparison: Comparison::Equals, case: Case::Sensitive };
        let patterns = patterns(&[
            text(Operator::Equals, "a"),
            text(Operator::Contains, "b"),
            Wanted::field(reference),
            text(Operator::Regex, "[ab][cd]"),
        ]);
        let [equals, contains, field, expression] = patterns.all() else { panic!("four") };
        let effort = |of: &Pattern, share| rank(&[*of], share, true).0;
        assert_eq!(effort(equals, Some(ALL)), effort(contains, Some(1)), "an index knows");
        assert!(effort(contains, Some(ALL)) < effort(equals, None));
        assert!(effort(equals, None) < effort(contains, None));
        assert_eq!(effort(contains, None), effort(field, None));
        assert!(effort(field, None) < effort(expression, Some(1)));
        let rest = |share, met| rank(&[*equals], share, met).1;
        for met in [true, false] {
            assert_eq!(rest(None, met), rest(Some(ALL / 2), met));
        }
        assert!(rest(Some(1), true) < rest(Some(2), true) && rest(Some(1), false) > rest(Some(2), false));
        assert_eq!(rest(Some(5 * ALL), true), ALL, "no more than all");
    }
}
