//! Through which of its conditions an instance is best reached.

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

/// How much work it is likely to be to evaluate a condition by itself.
pub(super) fn effort(of: &[Pattern]) -> u32 {
    const OF_A_LOOK: u32 = 1;
    const OF_A_SEARCH: u32 = 8;
    const OF_AN_EXPRESSION: u32 = 64;
    of.iter().fold(0, |sum, pattern| {
        sum.saturating_add(match pattern {
            Pattern::Text(Comparison::Contains, _) | Pattern::Field(_) => OF_A_SEARCH,
            Pattern::Expression(_) => OF_AN_EXPRESSION,
            _ => OF_A_LOOK,
        })
    })
}
