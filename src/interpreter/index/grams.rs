//! Texts within a value.
//!
//! Of each text the four bytes in a row that are rarest in the content stand for it: its *gram*. A value is read once; at
//! each place one look into a small table tells that no gram of the index is there, which is nearly always so. Where one is,
//! the texts that it stands for are compared. Texts of fewer than four bytes have grams of two bytes or one.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Group, Patterns, StoredText, Target, Targets, size_of_all};
use crate::counted::counted;
use crate::wire::index;

/// Texts, to be asked which of them are in a value.
#[derive(Debug)]
pub(super) struct Grams {
    four: Option<Box<Table<4>>>,
    two: Option<Box<Table<2>>>,
    one: Option<Box<Table<1>>>,
}

/// Texts with grams of one width, in buckets by the hash of their grams.
#[derive(Debug)]
struct Table<const WIDTH: usize> {
    /// A bit for each hash: whether there is a bucket for it.
    filter: [u64; FILTER_WORDS],
    /// For each word of the filter how many buckets there are for the words before.
    before: [u32; FILTER_WORDS],
    /// Where each bucket begins, and where the last one ends.
    buckets: Vec<u32>,
    texts: Vec<Text>,
    /// How much work a place in a value can make.
    work: usize,
}

#[derive(Debug)]
struct Text {
    gram: u32,
    /// Place of the gram in the text.
    gram_at: u32,
    text: StoredText,
    targets: Group,
}

const FILTER_BITS: u32 = 16;
const FILTER_WORDS: usize = 1 << (FILTER_BITS - 6);

impl Grams {
    pub(super) fn new(
        mut texts: Vec<(StoredText, Target)>,
        patterns: &Patterns,
        counts: &GramCounts,
        targets: &mut Targets,
    ) -> Self {
        let key = |text: &StoredText| {
            let needle = patterns.needle(text);
            (needle.bytes, needle.folding)
        };
        texts.sort_unstable_by(|one, two| (key(&one.0), one.1).cmp(&(key(&two.0), two.1)));
        let (mut four, mut two, mut single) = (Vec::new(), Vec::new(), Vec::new());
        for run in texts.chunk_by(|one, two| key(&one.0) == key(&two.0)) {
            let Some((text, _)) = run.first() else { continue };
            let bytes = key(text).0;
            let targets = targets.add(run.iter().map(|(_, target)| *target));
            match bytes.len() {
                0 => {}
                1 => single.push(rarest_gram::<1>(bytes, |_| 0, *text, targets)),
                2 | 3 => two.push(rarest_gram::<2>(bytes, |gram| counts.of_two(gram), *text, targets)),
                _ => four.push(rarest_gram::<4>(bytes, |gram| counts.of_four(gram), *text, targets)),
            }
        }
        Self { four: Table::new(four), two: Table::new(two), one: Table::new(single) }
    }

    /// Tells the targets of the texts that are in the value; gives the bytes looked at.
    #[inline]
    pub(super) fn find(&self, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) -> usize {
        let mut work = 0_usize;
        if let Some(table) = &self.four {
            work = work.saturating_add(table.find(value, patterns, tell));
        }
        if let Some(table) = &self.two {
            work = work.saturating_add(table.find(value, patterns, tell));
        }
        if let Some(table) = &self.one {
            work = work.saturating_add(table.find(value, patterns, tell));
        }
        work
    }

    pub(super) fn work(&self) -> usize {
        let four = self.four.as_ref().map_or(0, |table| table.work);
        let two = self.two.as_ref().map_or(0, |table| table.work);
        four.saturating_add(two).saturating_add(self.one.as_ref().map_or(0, |table| table.work))
    }

    pub(super) fn memory(&self) -> usize {
        let four = self.four.as_ref().map_or(0, |table| table.memory());
        let two = self.two.as_ref().map_or(0, |table| table.memory());
        four.saturating_add(two).saturating_add(self.one.as_ref().map_or(0, |table| table.memory()))
    }
}

impl<const WIDTH: usize> Table<WIDTH> {
    fn new(mut texts: Vec<Text>) -> Option<Box<Self>> {
        if texts.is_empty() {
            return None;
        }
        texts.sort_by_key(|text| (hash(text.gram), text.gram));
        texts.shrink_to_fit();
        let mut table = Box::new(Self {
            filter: [0; FILTER_WORDS],
            before: [0; FILTER_WORDS],
            buckets: Vec::new(),
            texts: Vec::new(),
            work: 1,
        });
        let mut end = 0_u32;
        for bucket in texts.chunk_by(|one, two| hash(one.gram) == hash(two.gram)) {
            let Some(first) = bucket.first() else { continue };
            let (word, bit) = place(hash(first.gram));
            if let Some(word) = table.filter.get_mut(word) {
                *word |= bit;
            }
            table.buckets.push(end);
            end = end.saturating_add(u32::try_from(bucket.len()).unwrap_or(u32::MAX));
            let costs = bucket.iter().map(|text| cost_of_comparing(index(text.text.length())));
            table.work = table.work.max(costs.fold(1, usize::saturating_add));
        }
        table.buckets.push(end);
        table.buckets.shrink_to_fit();
        table.texts = texts;
        let mut count = 0_u32;
        for (word, before) in table.filter.iter().zip(&mut table.before) {
            *before = count;
            count = count.saturating_add(word.count_ones());
        }
        Some(table)
    }

    #[inline]
    fn find(&self, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) -> usize {
        let mut work = value.len();
        for (at, window) in counted(0_usize, value.array_windows::<WIDTH>()) {
            let gram = blurred(window);
            let (word, bit) = place(hash(gram));
            if let Some(bits) = self.filter.get(word).filter(|bits| **bits & bit != 0) {
                let within = (bits & bit.wrapping_sub(1)).count_ones();
                let bucket = self.before.get(word).copied().unwrap_or_default().saturating_add(within);
                work = work.saturating_add(self.compare(bucket, gram, at, value, patterns, tell));
            }
        }
        work
    }

    /// Tells the texts whose gram stands at this place and that stand around it; gives the bytes looked at.
    fn compare(
        &self,
        bucket: u32,
        gram: u32,
        at: usize,
        value: &[u8],
        patterns: &Patterns,
        tell: &mut impl FnMut(Group),
    ) -> usize {
        let end = |bucket: usize| self.buckets.get(bucket).map_or(0, |end| index(*end));
        let bucket = index(bucket);
        let texts = self.texts.get(end(bucket)..end(bucket.saturating_add(1))).unwrap_or_default();
        let mut work = 1_usize;
        for text in texts.iter().filter(|text| text.gram == gram) {
            let needle = patterns.needle(&text.text);
            work = work.saturating_add(cost_of_comparing(needle.bytes.len()));
            if at.checked_sub(index(text.gram_at)).is_some_and(|start| needle.stands_at(value, start)) {
                tell(text.targets);
            }
        }
        work
    }

    fn memory(&self) -> usize {
        size_of::<Self>().saturating_add(size_of_all(&self.buckets)).saturating_add(size_of_all(&self.texts))
    }
}

/// In bytes looked at: whole registers of bytes are compared at once.
const fn cost_of_comparing(length: usize) -> usize {
    length.wrapping_shr(4).saturating_add(1)
}

/// The gram of a text that is the rarest in the content.
fn rarest_gram<const WIDTH: usize>(bytes: &[u8], count: impl Fn(u32) -> u32, text: StoredText, targets: Group) -> Text {
    let grams = counted(0_u32, bytes.array_windows::<WIDTH>().map(blurred));
    let (gram_at, gram) = grams.min_by_key(|(_, gram)| count(*gram)).unwrap_or_default();
    Text { gram, gram_at, text, targets }
}

/// Bytes as a number, letters of either case as the same: a bit is set that tells them apart. Other bytes become alike too,
/// which costs a comparison and no more.
#[inline]
fn blurred<const WIDTH: usize>(bytes: &[u8; WIDTH]) -> u32 {
    let mut gram = [0_u8; 4];
    gram.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u32::from_le_bytes(gram) | 0x2020_2020
}

#[inline]
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9E37_79B1).wrapping_shr(32 - FILTER_BITS)
}

/// The word and the bit of a hash in a filter.
#[inline]
fn place(hash: u32) -> (usize, u64) {
    (index(hash.wrapping_shr(6)), 1_u64.wrapping_shl(hash & 63))
}

/// How often grams are found in the texts of a content: what is common there is taken to be common in events, too.
#[derive(Debug)]
pub(in super::super) struct GramCounts {
    four: Vec<u32>,
    two: Vec<u32>,
    texts: u32,
}

impl GramCounts {
    pub(in super::super) fn new() -> Self {
        Self { four: alloc::vec![0; 1 << FILTER_BITS], two: alloc::vec![0; 1 << FILTER_BITS], texts: 0 }
    }

    /// Counts the grams of a text.
    pub(in super::super) fn add(&mut self, text: &[u8]) {
        let count = |counts: &mut [u32], gram: u32| {
            if let Some(count) = counts.get_mut(index(hash(gram))) {
                *count = count.saturating_add(1);
            }
        };
        text.array_windows::<4>().for_each(|window| count(&mut self.four, blurred(window)));
        text.array_windows::<2>().for_each(|window| count(&mut self.two, blurred(window)));
        self.texts = self.texts.saturating_add(1);
    }

    fn of_four(&self, gram: u32) -> u32 {
        self.four.get(index(hash(gram))).copied().unwrap_or_default()
    }

    fn of_two(&self, gram: u32) -> u32 {
        self.two.get(index(hash(gram))).copied().unwrap_or_default()
    }

    /// How often a text is likely to be found, in millionths of the values: as often as its rarest gram is found in texts.
    pub(in super::super) fn share(&self, text: &[u8]) -> u32 {
        const MILLION: u64 = 1_000_000;
        let count = match text.len() {
            0 | 1 => self.texts,
            2 | 3 => text.array_windows::<2>().map(|window| self.of_two(blurred(window))).min().unwrap_or_default(),
            _ => text.array_windows::<4>().map(|window| self.of_four(blurred(window))).min().unwrap_or_default(),
        };
        let share = u64::from(count).saturating_mul(MILLION).checked_div(u64::from(self.texts)).unwrap_or(MILLION);
        u32::try_from(share.min(MILLION)).unwrap_or(u32::MAX)
    }
}
