//! Texts that a value begins with, ends with, or is.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{Comparison, Group, Patterns, StoredText, Target, Targets, size_of_all};
use crate::wire::index;

/// The end of a value that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
}

/// Texts, to be asked which of them a value begins or ends with.
///
/// Texts are ordered as they are read from their side, in lower case. The outermost eight bytes (or four, two, one of shorter
/// texts) lead to a run of texts that share them; within the run, of all texts that a value has at its end the longest is
/// right before the place where the value would stand, or is led to from there, and leads to the others.
#[derive(Debug)]
pub(super) struct Ends {
    side: Side,
    nodes: Vec<Node>,
    blocks: [Blocks; WIDTHS.len()],
}

/// How many of the outermost bytes are looked at first.
const WIDTHS: [usize; 4] = [8, 4, 2, 1];

#[derive(Debug)]
struct Node {
    text: StoredText,
    /// Whether the value must be the text, and not only begin or end with it.
    whole: bool,
    /// The node before this one whose text is at the end of this one's; itself where there is none.
    within: u32,
    targets: Group,
}

/// Runs of nodes by the outermost bytes of their texts.
#[derive(Debug, Default)]
struct Blocks {
    keys: Vec<u64>,
    /// Where the runs begin, and where the last one ends.
    starts: Vec<u32>,
}

impl Ends {
    pub(super) fn new(
        side: Side,
        mut texts: Vec<(Comparison, StoredText, Target)>,
        patterns: &Patterns,
        targets: &mut Targets,
    ) -> Self {
        let is_whole = |comparison: Comparison| comparison == Comparison::Equals;
        let key = |(comparison, text, target): &(Comparison, StoredText, Target)| {
            (patterns.needle(text).folding, is_whole(*comparison), *target)
        };
        let bytes = |text: &StoredText| patterns.needle(text).bytes;
        texts.sort_unstable_by(|one, two| {
            width_rank(bytes(&one.1).len())
                .cmp(&width_rank(bytes(&two.1).len()))
                .then_with(|| order(side, bytes(&one.1), bytes(&two.1)))
                .then_with(|| bytes(&one.1).cmp(bytes(&two.1)))
                .then_with(|| key(one).cmp(&key(two)))
        });
        let mut nodes: Vec<Node> = Vec::new();
        let mut blocks: [Blocks; WIDTHS.len()] = Default::default();
        // Nodes of the run whose texts are each at the end of the next one's.
        let mut open: Vec<u32> = Vec::new();
        let alike = |one: &(Comparison, StoredText, Target), two: &(Comparison, StoredText, Target)| {
            let (one, two) = ((key(one), bytes(&one.1)), (key(two), bytes(&two.1)));
            (one.0.0, one.0.1, one.1) == (two.0.0, two.0.1, two.1)
        };
        for run in texts.chunk_by(alike) {
            let Some((comparison, text, _)) = run.first() else { continue };
            let own = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            let rank = width_rank(bytes(text).len());
            if let (Some(blocks), Some(width)) = (blocks.get_mut(rank), WIDTHS.get(rank)) {
                let key = block(side, bytes(text), *width).unwrap_or_default();
                if blocks.keys.last() != Some(&key) {
                    blocks.keys.push(key);
                    blocks.starts.push(own);
                    open.clear();
                }
            }
            let is_within =
                |node: &u32| nodes.get(index(*node)).is_some_and(|node| is_at(side, bytes(&node.text), bytes(text)));
            while open.last().is_some_and(|last| !is_within(last)) {
                open.pop();
            }
            nodes.push(Node {
                text: *text,
                whole: is_whole(*comparison),
                within: open.last().copied().unwrap_or(own),
                targets: targets.add(run.iter().map(|(_, _, target)| *target)),
            });
            open.push(own);
        }
        let mut end = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        for blocks in blocks.iter_mut().rev() {
            let first = blocks.starts.first().copied();
            if let Some(first) = first {
                blocks.starts.push(end);
                end = first;
            }
            blocks.keys.shrink_to_fit();
            blocks.starts.shrink_to_fit();
        }
        nodes.shrink_to_fit();
        Self { side, nodes, blocks }
    }

    /// Tells the targets of the texts that are at the end of the value.
    #[inline]
    pub(super) fn find(&self, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) {
        for (blocks, width) in self.blocks.iter().zip(WIDTHS) {
            if blocks.keys.is_empty() {
                continue;
            }
            let Some(key) = block(self.side, value, width) else { continue };
            if let Ok(found) = blocks.keys.binary_search(&key) {
                let end = |at: usize| blocks.starts.get(at).copied().unwrap_or_default();
                self.find_in(end(found), end(found.saturating_add(1)), value, patterns, tell);
            }
        }
    }

    fn find_in(&self, start: u32, end: u32, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) {
        let run = self.nodes.get(index(start)..index(end)).unwrap_or_default();
        let bytes = |node: &Node| patterns.needle(&node.text).bytes;
        let before = run.partition_point(|node| order(self.side, bytes(node), value) != Ordering::Greater);
        let last = u32::try_from(before).ok().and_then(|before| before.checked_sub(1));
        let mut next = last.map(|last| start.saturating_add(last));
        while let Some(node) = next.and_then(|at| self.nodes.get(index(at))) {
            let needle = patterns.needle(&node.text);
            let is_there = match self.side {
                Side::Start => needle.begins(value),
                Side::End => needle.ends(value),
            };
            if is_there && (!node.whole || needle.bytes.len() == value.len()) {
                tell(node.targets);
            }
            next = (Some(node.within) != next).then_some(node.within);
        }
    }

    pub(super) fn memory(&self) -> usize {
        let blocks = |blocks: &Blocks| size_of_all(&blocks.keys).saturating_add(size_of_all(&blocks.starts));
        self.blocks.iter().map(blocks).fold(size_of_all(&self.nodes), usize::saturating_add)
    }
}

/// The first of the widths that a text of this length has.
fn width_rank(length: usize) -> usize {
    WIDTHS.iter().position(|width| *width <= length).unwrap_or(WIDTHS.len())
}

/// The outermost bytes in lower case as a number that orders as the bytes do when read from that side.
#[inline]
fn block(side: Side, bytes: &[u8], width: usize) -> Option<u64> {
    let start = match side {
        Side::Start => 0,
        Side::End => bytes.len().checked_sub(width)?,
    };
    let outermost = bytes.get(start..start.checked_add(width)?)?;
    let mut block = [0_u8; 8];
    if let Ok(whole) = <[u8; 8]>::try_from(outermost) {
        block = whole;
    } else {
        block.iter_mut().zip(outermost).for_each(|(to, from)| *to = *from);
    }
    if side == Side::End {
        block.get_mut(..width)?.reverse();
    }
    block.make_ascii_lowercase();
    Some(u64::from_be_bytes(block))
}

/// Orders texts in lower case, byte by byte from that side.
fn order(side: Side, one: &[u8], two: &[u8]) -> Ordering {
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    match side {
        Side::Start => one.iter().map(lower).cmp(two.iter().map(lower)),
        Side::End => one.iter().rev().map(lower).cmp(two.iter().rev().map(lower)),
    }
}

/// Whether the second text has the first one at that side, in lower case.
fn is_at(side: Side, inner: &[u8], outer: &[u8]) -> bool {
    let part = match side {
        Side::Start => outer.get(..inner.len()),
        Side::End => outer.len().checked_sub(inner.len()).and_then(|start| outer.get(start..)),
    };
    part.is_some_and(|part| part.eq_ignore_ascii_case(inner))
}
