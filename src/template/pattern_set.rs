//! The patterns of a criterion, owned.

use alloc::{boxed::Box, vec::Vec};
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use super::Pattern;

/// Patterns, ascending, without repetition, never none. Most criteria have one pattern: that one lies in the criterion itself, without a block
/// of memory of its own.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum PatternSet {
    One(Pattern),
    /// At least two.
    Many(Box<[Pattern]>),
}

impl PatternSet {
    /// The set of these, in any order and with repetitions; `None` if there are none.
    pub(crate) fn of(patterns: impl IntoIterator<Item = Pattern>) -> Option<Self> {
        let mut patterns = patterns.into_iter();
        let first = patterns.next()?;
        let Some(second) = patterns.next() else { return Some(Self::One(first)) };
        let mut all = Vec::with_capacity(patterns.size_hint().0.saturating_add(2));
        all.extend([first, second]);
        all.extend(patterns);
        all.sort_unstable();
        all.dedup();
        Self::from_ascending(all.into_iter())
    }

    /// The set of these, which ascend without repetition; `None` if there are none.
    pub(crate) fn from_ascending(mut patterns: impl ExactSizeIterator<Item = Pattern>) -> Option<Self> {
        match patterns.len() {
            1 => patterns.next().map(Self::One),
            0 => None,
            // `collect` would ask for more first, and give it back.
            count => {
                let mut all = Vec::with_capacity(count);
                all.extend(patterns);
                Some(Self::Many(all.into_boxed_slice()))
            }
        }
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[Pattern] {
        match self {
            Self::One(pattern) => core::slice::from_ref(pattern),
            Self::Many(patterns) => patterns,
        }
    }
}

/// Pattern by pattern, as they are hashed.
impl Ord for PatternSet {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl PartialOrd for PatternSet {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for PatternSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_slice().hash(state);
    }
}

impl core::fmt::Debug for PatternSet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(self.as_slice(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PatternSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsigned(values: &[u64]) -> Vec<Pattern> {
        values.iter().map(|value| Pattern::unsigned(*value)).collect()
    }

    #[test]
    fn order_and_repetition_do_not_count() {
        for (given, kept) in [(&[3, 1, 2, 1][..], &[1, 2, 3][..]), (&[2, 2], &[2]), (&[2], &[2])] {
            let set = PatternSet::of(unsigned(given));
            assert_eq!(set.as_ref().map(PatternSet::as_slice), Some(&unsigned(kept)[..]), "{given:?}");
            assert_eq!(set, PatternSet::from_ascending(unsigned(kept).into_iter()), "{given:?}");
        }
        assert_eq!(PatternSet::of([]), None);
        assert_eq!(PatternSet::from_ascending([].into_iter()), None);
    }
}
