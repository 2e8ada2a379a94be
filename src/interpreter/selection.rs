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
