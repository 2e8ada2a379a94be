//! Numbers and addresses: the ranges that a value lies in.

use alloc::vec::Vec;

use super::{Bounds, Group, Target, Targets, size_of_all};

/// Ranges, to be asked which of them a value lies in.
///
/// The bounds cut the line into pieces: each bound, and what is between two. Over the pieces stands a binary tree; a range is
/// kept at the few nodes that cover its pieces and no others. A value lies in the ranges at the nodes over its piece.
#[derive(Debug)]
pub(super) struct Intervals<B> {
    bounds: Vec<B>,
    /// For each node its ranges; the root is node 1, the children of `n` are `2 n` and `2 n + 1`.
    nodes: Vec<Group>,
}

impl<B: Copy + Ord> Intervals<B> {
    pub(super) fn new(ranges: Vec<(Bounds<B>, Target)>, targets: &mut Targets) -> Self {
        let mut bounds: Vec<B> = ranges.iter().flat_map(|((low, high), _)| [*low, *high]).collect();
        bounds.sort_unstable();
        bounds.dedup();
        bounds.shrink_to_fit();
        let pieces = pieces(bounds.len());
        let mut kept: Vec<(usize, Target)> = Vec::new();
        for ((low, high), target) in ranges {
            let piece = |bound: &B| bounds.binary_search(bound).map_or(0, bound_piece);
            let (mut left, mut right) = (piece(&low).saturating_add(pieces), piece(&high).saturating_add(pieces));
            while left <= right {
                if left & 1 == 1 {
                    kept.push((left, target));
                }
                if right & 1 == 0 {
                    kept.push((right, target));
                }
                left = left.saturating_add(1).wrapping_shr(1);
                right = right.saturating_sub(1).wrapping_shr(1);
            }
        }
        kept.sort_unstable();
        kept.dedup();
        let mut nodes = Vec::new();
        if !bounds.is_empty() {
            nodes = alloc::vec![targets.add([]); pieces.saturating_mul(2)];
            for run in kept.chunk_by(|one, two| one.0 == two.0) {
                if let Some(node) = run.first().and_then(|(node, _)| nodes.get_mut(*node)) {
                    *node = targets.add(run.iter().map(|(_, target)| *target));
                }
            }
        }
        Self { bounds, nodes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }

    /// Tells the ranges that the value lies in.
    pub(super) fn find(&self, value: B, mut tell: impl FnMut(Group)) {
        let piece = match self.bounds.binary_search(&value) {
            Ok(bound) => bound_piece(bound),
            Err(before) => before.saturating_mul(2),
        };
        let mut node = piece.saturating_add(pieces(self.bounds.len()));
        while node > 0 {
            if let Some(group) = self.nodes.get(node) {
                tell(*group);
            }
            node = node.wrapping_shr(1);
        }
    }

    pub(super) fn memory(&self) -> usize {
        size_of_all(&self.bounds).saturating_add(size_of_all(&self.nodes))
    }
}

/// Before the first bound, and then each bound and what comes after it.
fn pieces(bounds: usize) -> usize {
    bounds.saturating_mul(2).saturating_add(1)
}

fn bound_piece(bound: usize) -> usize {
    bound.saturating_mul(2).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;
    use crate::counted::counted;

    #[test]
    fn values_lie_in_the_ranges_that_hold_them() {
        let ranges: Vec<Bounds<i32>> =
            (0..12).flat_map(|low| (low..12).step_by(3).map(move |high| (low * 2, high * 2))).collect();
        let numbered = counted(0_u32, ranges.iter().copied());
        let mut targets = Targets::default();
        let numbered =
            numbered.map(|(number, bounds)| (bounds, Target { condition: number, is_certain: true })).collect();
        let intervals = Intervals::new(numbered, &mut targets);
        for value in -2..27 {
            let mut found = BTreeSet::new();
            intervals.find(value, |group| found.extend(targets.of(group).iter().map(|target| target.condition)));
            let is_in = |(low, high): &Bounds<i32>| *low <= value && value <= *high;
            let expected = counted(0_u32, &ranges).filter(|(_, bounds)| is_in(bounds)).map(|(number, _)| number);
            assert_eq!(found, expected.collect(), "{value}");
        }
    }

    #[test]
    fn nothing_lies_in_no_range() {
        let mut targets = Targets::default();
        let intervals = Intervals::<i32>::new(Vec::new(), &mut targets);
        assert!(intervals.is_empty());
        intervals.find(3, |group| assert!(targets.of(group).is_empty()));
    }
}
