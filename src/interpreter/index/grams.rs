//! Texts within a value.
//!
//! Of each text the four bytes in a row that are rarest in the content stand for it: its *gram*. A value is read once; at
//! each place one look into a small table tells that no gram of the index is there, which is nearly always so. Where one is,
//! the texts that it stands for are compared. Texts of two or three bytes have grams of two; single bytes are searched for.

use alloc::vec::Vec;

use memchr::memchr2;

use super::buckets::{Buckets, Slots};
use super::{Entry, Folding, Group, Marks, Patterns, StoredText, Targets, size_of_all};
use crate::counted::counted;
use crate::wire::index;

/// Texts, to be asked which of them are in a value.
#[derive(Debug)]
pub(super) struct Grams {
    long: Option<Table>,
    short: Option<Table>,
    single: Vec<Text>,
}

/// Texts by their grams.
#[derive(Debug)]
struct Table {
    buckets: Buckets,
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
    group: Group,
}

impl Grams {
    pub(super) fn new(
        mut texts: Vec<Entry>,
        patterns: &Patterns,
        counts: &GramCounts,
        targets: &mut Targets,
        marks: &mut Marks,
    ) -> Self {
        let key = |entry: &Entry| (patterns.needle(&entry.text).bytes, entry.text.folding());
        texts.sort_by(|one, two| key(one).cmp(&key(two)));
        let (mut long, mut short, mut single) = (Vec::new(), Vec::new(), Vec::new());
        for run in texts.chunk_by(|one, two| key(one) == key(two)) {
            let Some(Entry { text, .. }) = run.first() else { continue };
            let bytes = patterns.needle(text).bytes;
            let group = targets.add_text(run, marks);
            match bytes.len() {
                0 => {}
                1 => single.push(Text { gram: 0, gram_at: 0, text: *text, group }),
                2 | 3 => short.push(rarest_gram::<2>(bytes, |gram| counts.of_two(gram), *text, group)),
                _ => long.push(rarest_gram::<4>(bytes, |gram| counts.of_four(gram), *text, group)),
            }
        }
        single.shrink_to_fit();
        Self { long: Table::new(long), short: Table::new(short), single }
    }

    /// Tells the targets of the texts that are in the value; gives the bytes looked at.
    #[inline]
    pub(super) fn find(&self, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) -> usize {
        let mut work = 0_usize;
        let mut compare = |table: &Table, gram: u32, at: usize| {
            work = work.saturating_add(table.compare(gram, at, value, patterns, tell));
        };
        match (&self.long, &self.short) {
            (None, None) => {}
            (Some(table), None) => {
                for (at, window) in value.array_windows::<4>().enumerate() {
                    let gram = blurred(window);
                    if table.may_have(gram) {
                        compare(table, gram, at);
                    }
                }
            }
            (None, Some(table)) => {
                for (at, window) in value.array_windows::<2>().enumerate() {
                    let gram = blurred(window);
                    if table.may_have(gram) {
                        compare(table, gram, at);
                    }
                }
            }
            (Some(long), Some(short)) => {
                for (at, window) in value.array_windows::<4>().enumerate() {
                    let gram = blurred(window);
                    if long.may_have(gram) {
                        compare(long, gram, at);
                    }
                    if short.may_have(start_of(gram)) {
                        compare(short, start_of(gram), at);
                    }
                }
                // The last places have no four bytes left.
                let rest = value.len().saturating_sub(3);
                for (at, window) in counted(rest, value.get(rest..).unwrap_or_default().array_windows::<2>()) {
                    let gram = blurred(window);
                    if short.may_have(gram) {
                        compare(short, gram, at);
                    }
                }
            }
        }
        let tables = usize::from(self.long.is_some()).saturating_add(usize::from(self.short.is_some()));
        work = work.saturating_add(value.len().saturating_mul(tables));
        for text in &self.single {
            work = work.saturating_add(value.len());
            if patterns.needle(&text.text).bytes.first().is_some_and(|byte| has_byte(*byte, value, &text.text)) {
                tell(text.group);
            }
        }
        work
    }

    /// How much work a byte of a value can make.
    pub(super) fn work(&self) -> usize {
        let table = |table: &Option<Table>| table.as_ref().map_or(0, |table| table.work.saturating_add(1));
        table(&self.long).saturating_add(table(&self.short)).saturating_add(self.single.len())
    }

    pub(super) fn memory(&self) -> usize {
        let table = |table: &Option<Table>| table.as_ref().map_or(0, Table::memory);
        table(&self.long).saturating_add(table(&self.short)).saturating_add(size_of_all(&self.single))
    }
}

impl Table {
    fn new(mut texts: Vec<Text>) -> Option<Self> {
        if texts.is_empty() {
            return None;
        }
        let slots = Slots::for_keys(texts.len());
        let slot = |text: &Text| slots.of(u64::from(text.gram));
        texts.sort_by_key(|text| (slot(text), text.gram));
        texts.shrink_to_fit();
        let cost = |run: &[Text]| {
            let costs = run.iter().map(|text| cost_of_comparing(index(text.text.length())));
            costs.fold(1, usize::saturating_add)
        };
        let work = texts.chunk_by(|one, two| slot(one) == slot(two)).map(cost).max().unwrap_or_default();
        Some(Self { buckets: Buckets::new(slots, texts.iter().map(slot)), texts, work })
    }

    #[inline]
    fn may_have(&self, gram: u32) -> bool {
        self.buckets.may_have(u64::from(gram))
    }

    /// Tells the texts whose gram stands at this place and that stand around it; gives the bytes looked at.
    #[inline(never)]
    fn compare(&self, gram: u32, at: usize, value: &[u8], patterns: &Patterns, tell: &mut impl FnMut(Group)) -> usize {
        let texts = self.buckets.find(u64::from(gram), &self.texts).unwrap_or_default();
        let mut work = 1_usize;
        for text in texts.iter().filter(|text| text.gram == gram) {
            let needle = patterns.needle(&text.text);
            work = work.saturating_add(cost_of_comparing(needle.bytes.len()));
            if at.checked_sub(index(text.gram_at)).is_some_and(|start| needle.stands_at(value, start)) {
                tell(text.group);
            }
        }
        work
    }

    fn memory(&self) -> usize {
        self.buckets.memory().saturating_add(size_of_all(&self.texts))
    }
}

fn has_byte(byte: u8, value: &[u8], text: &StoredText) -> bool {
    let other = if text.folding() == Folding::None { byte } else { byte.to_ascii_uppercase() };
    memchr2(byte, other, value).is_some()
}

/// In bytes looked at: whole registers of bytes are compared at once.
const fn cost_of_comparing(length: usize) -> usize {
    length.wrapping_shr(4).saturating_add(1)
}

/// The gram of a text that is the rarest in the content.
fn rarest_gram<const WIDTH: usize>(bytes: &[u8], count: impl Fn(u32) -> u32, text: StoredText, group: Group) -> Text {
    let grams = counted(0_u32, bytes.array_windows::<WIDTH>().map(blurred));
    let (gram_at, gram) = grams.min_by_key(|(_, gram)| count(*gram)).unwrap_or_default();
    Text { gram, gram_at, text, group }
}

/// Bytes as a number, letters of either case as the same: a bit is set that tells them apart. Other bytes become alike too,
/// which costs a comparison and no more.
#[inline]
fn blurred<const WIDTH: usize>(bytes: &[u8; WIDTH]) -> u32 {
    let mut gram = [0_u8; 4];
    gram.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u32::from_le_bytes(gram) | 0x2020_2020
}

/// The gram of the first two of four bytes.
#[inline]
const fn start_of(gram: u32) -> u32 {
    gram & 0xFFFF | 0x2020_0000
}

/// How often grams are found in the texts of a content: what is common there is taken to be common in events, too.
#[derive(Debug)]
pub(in super::super) struct GramCounts {
    /// Several grams may share a counter.
    four: Vec<u32>,
    two: Vec<u32>,
    /// How far the hash of a gram is shifted to be its counter.
    shift: u32,
    texts: u32,
}

impl GramCounts {
    /// Counters for texts of so many bytes in all.
    pub(in super::super) fn for_texts(bytes: usize) -> Self {
        const LEAST: u32 = 6;
        const MOST: u32 = 18;
        let bits = bytes.checked_next_power_of_two().map_or(MOST, usize::trailing_zeros).clamp(LEAST, MOST);
        let counters = 1_usize.wrapping_shl(bits);
        let shift = 32_u32.saturating_sub(bits);
        Self { four: alloc::vec![0; counters], two: alloc::vec![0; counters], shift, texts: 0 }
    }

    /// Counts the grams of a text.
    pub(in super::super) fn add(&mut self, text: &[u8]) {
        let shift = self.shift;
        let count = |counts: &mut [u32], gram: u32| {
            if let Some(count) = counts.get_mut(counter(gram, shift)) {
                *count = count.saturating_add(1);
            }
        };
        text.array_windows::<4>().for_each(|window| count(&mut self.four, blurred(window)));
        text.array_windows::<2>().for_each(|window| count(&mut self.two, blurred(window)));
        self.texts = self.texts.saturating_add(1);
    }

    fn of_four(&self, gram: u32) -> u32 {
        self.four.get(counter(gram, self.shift)).copied().unwrap_or_default()
    }

    fn of_two(&self, gram: u32) -> u32 {
        self.two.get(counter(gram, self.shift)).copied().unwrap_or_default()
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

fn counter(gram: u32, shift: u32) -> usize {
    index(gram.wrapping_mul(0x9E37_79B1).wrapping_shr(shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_common_as_its_rarest_part() {
        for bytes in [0, 1 << 10, 1 << 20] {
            let mut counts = GramCounts::for_texts(bytes);
            for text in ["powershell", "POWER", "power tool", "shells"] {
                counts.add(text.as_bytes());
            }
            for (text, share) in [
                ("power", 750_000),
                ("PoWer", 750_000),
                ("we", 750_000),
                ("shell", 500_000),
                ("powershe", 250_000),
                ("lls", 250_000),
                ("xyzzy", 0),
                ("qq", 0),
                ("x", 1_000_000),
            ] {
                assert_eq!(counts.share(text.as_bytes()), share, "{text} of {bytes}");
            }
        }
        assert_eq!(GramCounts::for_texts(0).share(b"power"), 1_000_000, "of no text nothing is known");
    }

    /// Letters of either case are alike, and of the other bytes only some.
    #[test]
    fn grams_tell_bytes_apart() {
        let grams: alloc::collections::BTreeSet<u32> =
            (0..=u8::MAX).map(|byte| blurred(&[b'x', byte, b'x', b'x'])).collect();
        assert_eq!(grams.len(), 128);
        assert_eq!(blurred(b"AbC\\"), blurred(b"aBc|"));
        for four in [b"abcd", b"\0\xFF\0\xFF", b"A_ 9"] {
            let [first, second, ..] = four;
            assert_eq!(start_of(blurred(four)), blurred(&[*first, *second]));
        }
    }
}
