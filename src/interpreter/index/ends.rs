//! Texts that a value begins with, ends with, or is.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::super::ascii;
use super::buckets::{Buckets, Slots};
use super::{Comparison, Entry, Group, Marks, Patterns, StoredText, Targets, size_of_all};
use crate::wire::index;

/// The end of a value that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
}

/// Texts, to be asked which of them a value begins or ends with.
///
/// The outermost sixteen bytes, or eight, or all of a shorter text, lead to a run of texts that share them. Within the run
/// texts are ordered as they are read from their side, in lower case: of all texts that a value has at its end the longest is
/// right before the place where the value would stand, or is led to from there, and leads to the others.
#[derive(Debug)]
pub(super) struct Ends {
    side: Side,
    nodes: Vec<Node>,
    /// How many of the outermost bytes there are runs for, descending.
    widths: Vec<u32>,
    buckets: Buckets,
    runs: Vec<Run>,
}

/// How many bytes of long texts are looked at first, and of those that are not as long.
const WIDEST: u32 = 16;
const WIDE: u32 = 8;

#[derive(Debug)]
struct Node {
    text: StoredText,
    /// Whether the value must be the text, and not only begin or end with it.
    whole: bool,
    /// The node before this one whose text is at the end of this one's; itself where there is none.
    within: u32,
    group: Group,
}

/// Nodes whose texts have the same outermost bytes.
#[derive(Clone, Copy, Debug)]
struct Run {
    key: u64,
    width: u32,
    start: u32,
    end: u32,
}

impl Ends {
    pub(super) fn new(
        side: Side,
        mut texts: Vec<Entry>,
        patterns: &Patterns,
        targets: &mut Targets,
        marks: &mut Marks,
    ) -> Self {
        let bytes = |text: &StoredText| patterns.needle(text).bytes;
        let key = |entry: &Entry| {
            let is_whole = entry.comparison == Comparison::Equals;
            (bytes(&entry.text), entry.text.folding(), is_whole)
        };
        texts.sort_by(|one, two| {
            let (one_bytes, two_bytes) = (bytes(&one.text), bytes(&two.text));
            width(two_bytes)
                .cmp(&width(one_bytes))
                .then_with(|| order(side, one_bytes, two_bytes))
                .then_with(|| key(one).cmp(&key(two)))
        });
        let mut nodes: Vec<Node> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        // Nodes of the run whose texts are each at the end of the next one's.
        let mut open: Vec<u32> = Vec::new();
        for run in texts.chunk_by(|one, two| key(one) == key(two)) {
            let Some(Entry { comparison, text, .. }) = run.first() else { continue };
            let own = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            let end = own.saturating_add(1);
            let width = width(bytes(text));
            let key = Outermost::of(side, bytes(text)).key(side, width);
            match runs.last_mut().filter(|last| (last.key, last.width) == (key, width)) {
                Some(last) => last.end = end,
                None => {
                    runs.push(Run { key, width, start: own, end });
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
                whole: *comparison == Comparison::Equals,
                within: open.last().copied().unwrap_or(own),
                group: targets.add_text(run, marks),
            });
            open.push(own);
        }
        nodes.shrink_to_fit();
        let mut widths: Vec<u32> = runs.iter().map(|run| run.width).collect();
        widths.dedup();
        widths.shrink_to_fit();
        let slots = Slots::for_keys(runs.len());
        let slot = |run: &Run| slots.of(run.key);
        runs.sort_by_key(slot);
        runs.shrink_to_fit();
        Self { side, nodes, widths, buckets: Buckets::new(slots, runs.iter().map(slot)), runs }
    }

    /// Tells the targets of the texts that are at the end of the value.
    #[inline]
    pub(super) fn find(&self, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) {
        if self.widths.is_empty() {
            return;
        }
        let (outermost, longest) = (Outermost::of(self.side, value), width(value));
        for width in self.widths.iter().copied().filter(|width| *width <= longest) {
            let key = outermost.key(self.side, width);
            if self.buckets.may_have(key) {
                let runs = self.buckets.find(key, &self.runs).unwrap_or_default();
                // More than one only where keys of sixteen bytes happen to be the same.
                let runs = runs.iter().filter(|run| (run.key, run.width) == (key, width));
                runs.for_each(|run| self.find_in(*run, value, patterns, tell));
            }
        }
    }

    fn find_in(&self, Run { start, end, .. }: Run, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) {
        const FEW: usize = 16;
        let run = self.nodes.get(index(start)..index(end)).unwrap_or_default();
        if run.len() <= FEW {
            run.iter().for_each(|node| self.tell_if_there(node, value, patterns, tell));
            return;
        }
        let bytes = |node: &Node| patterns.needle(&node.text).bytes;
        let before = run.partition_point(|node| order(self.side, bytes(node), value) != Ordering::Greater);
        let last = u32::try_from(before).ok().and_then(|before| before.checked_sub(1));
        let mut next = last.map(|last| start.saturating_add(last));
        while let Some(node) = next.and_then(|at| self.nodes.get(index(at))) {
            self.tell_if_there(node, value, patterns, tell);
            next = (Some(node.within) != next).then_some(node.within);
        }
    }

    fn tell_if_there(&self, node: &Node, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) {
        let needle = patterns.needle(&node.text);
        let is_there = match self.side {
            _ if node.whole => needle.is(value),
            Side::Start => needle.begins(value),
            Side::End => needle.ends(value),
        };
        if is_there {
            tell(node.group);
        }
    }

    pub(super) fn memory(&self) -> usize {
        [size_of_all(&self.nodes), size_of_all(&self.widths), self.buckets.memory(), size_of_all(&self.runs)]
            .into_iter()
            .fold(0, usize::saturating_add)
    }
}

/// How many of a text's bytes are looked at first.
fn width(text: &[u8]) -> u32 {
    match u32::try_from(text.len()).unwrap_or(WIDEST) {
        WIDEST.. => WIDEST,
        WIDE.. => WIDE,
        shorter => shorter,
    }
}

/// The outermost bytes in lower case, and those after them; zeros where a text is too short.
#[derive(Clone, Copy)]
struct Outermost {
    /// The outermost byte is the highest at an end, and the lowest at a start.
    first: u64,
    second: u64,
}

impl Outermost {
    #[inline]
    fn of(side: Side, text: &[u8]) -> Self {
        let (first, second) = match side {
            Side::Start => (number_at_start(text), text.get(8..).and_then(<[u8]>::first_chunk)),
            Side::End => {
                let before = text.len().checked_sub(8).and_then(|before| text.get(..before));
                (number_at_end(text), before.and_then(<[u8]>::last_chunk))
            }
        };
        let second = second.map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Self { first: ascii::lower(first), second: ascii::lower(second) }
    }

    /// The key of so many bytes. That of fewer than eight has their number in it.
    #[inline]
    fn key(self, side: Side, width: u32) -> u64 {
        if width == WIDEST {
            return self.first.rotate_left(29).wrapping_add(self.second.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        }
        let others = WIDE.saturating_sub(width).wrapping_shl(3);
        let bytes = match side {
            Side::Start => self.first.wrapping_shl(others).wrapping_shr(others),
            Side::End => self.first.wrapping_shr(others),
        };
        if width == WIDE { bytes } else { bytes | u64::from(width).wrapping_shl(56) }
    }
}

#[inline]
fn number_at_start(text: &[u8]) -> u64 {
    u64::from_le_bytes(text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
        bytes
    }))
}

#[inline]
fn number_at_end(text: &[u8]) -> u64 {
    u64::from_le_bytes(text.last_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 8];
        bytes.iter_mut().rev().zip(text.iter().rev()).for_each(|(to, from)| *to = *from);
        bytes
    }))
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

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwx";

    /// More than that would make texts share a run that have nothing in common, less would lose texts.
    #[test]
    fn a_key_is_of_just_the_outermost_bytes() {
        for (side, length) in [Side::Start, Side::End].into_iter().flat_map(|side| (1..=24).map(move |n| (side, n))) {
            let text = &LETTERS[..length];
            let key = |text: &[u8], width| Outermost::of(side, text).key(side, width);
            for width in (1..=WIDE).chain([WIDEST]).filter(|width| index(*width) <= length) {
                assert_eq!(key(&text.to_ascii_uppercase(), width), key(text, width), "{side:?} {length} {width}");
                for at in 0..length {
                    let mut other = text.to_vec();
                    other[at] = b'_';
                    let is_outermost = match side {
                        Side::Start => at < index(width),
                        Side::End => at >= length - index(width),
                    };
                    let differs = key(&other, width) != key(text, width);
                    assert_eq!(differs, is_outermost, "{side:?} {length} {width} {at}");
                }
            }
        }
    }

    #[test]
    fn keys_of_fewer_bytes_have_their_number() {
        for side in [Side::Start, Side::End] {
            let mut keys: Vec<u64> = (0..WIDE).map(|width| Outermost::of(side, &[0; 24]).key(side, width)).collect();
            keys.dedup();
            assert_eq!(keys.len(), 8, "{side:?}");
        }
    }

    #[test]
    fn texts_are_looked_for_by_as_many_bytes_as_they_have_in_steps() {
        let widths = [0, 1, 7, 8, 9, 15, 16, 17].map(|length| width(&LETTERS[..length]));
        assert_eq!(widths, [0, 1, 7, 8, 8, 8, 16, 16]);
    }

    #[test]
    fn a_text_is_at_an_end_of_another() {
        for (side, inner, outer, expected) in [
            (Side::Start, "ab", "ABc", true),
            (Side::Start, "bc", "abc", false),
            (Side::End, "bc", "aBC", true),
            (Side::End, "ab", "abc", false),
            (Side::Start, "abc", "ab", false),
            (Side::End, "abc", "bc", false),
        ] {
            assert_eq!(is_at(side, inner.as_bytes(), outer.as_bytes()), expected, "{side:?} {inner} {outer}");
        }
    }
}
