//! Columns: fixed-width rows without gaps.

use super::{Section, count, index};

/// A section as rows of `N` bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a, const N: usize> {
    pub(crate) rows: &'a [[u8; N]],
    pub(crate) offset: u64,
}

impl<'a, const N: usize> Column<'a, N> {
    /// The rows of a section whose length is a multiple of `N`.
    pub(crate) fn new(section: Section<'a>) -> Self {
        let (rows, _) = section.bytes.as_chunks::<N>();
        Self { rows, offset: section.offset }
    }

    pub(crate) fn len(&self) -> u64 {
        count(self.rows.len())
    }

    /// The number of rows where it is known to fit.
    pub(crate) fn len_u32(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    pub(crate) fn get(&self, row: u32) -> Option<&'a [u8; N]> {
        self.rows.get(index(row))
    }

    /// Where in the file a row begins.
    pub(crate) fn offset_of(&self, row: u32) -> u64 {
        self.offset.saturating_add(u64::from(row).saturating_mul(count(N)))
    }
}

/// A column of ascending ends: entry `i` of a heap begins where entry `i - 1` ends.
pub(crate) type Ends<'a> = Column<'a, 4>;

impl<'a> Ends<'a> {
    /// Where entry `row` ends.
    #[inline]
    pub(crate) fn end(&self, row: u32) -> Option<u32> {
        self.get(row).map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Where entry `row` begins.
    #[inline]
    pub(crate) fn start(&self, row: u32) -> Option<u32> {
        match row.checked_sub(1) {
            None => Some(0),
            Some(before) => self.end(before),
        }
    }

    /// Begin and end of an entry.
    #[inline]
    pub(crate) fn range(&self, row: u32) -> Option<core::ops::Range<usize>> {
        Some(index(self.start(row)?)..index(self.end(row)?))
    }

    /// The entries from `first`, up to `end` exclusively, as rows.
    pub(crate) fn rows(&self, first: u32, end: u32) -> &'a [[u8; 4]] {
        self.rows.get(index(first)..index(end)).unwrap_or_default()
    }

    /// Lengths of the entries from `first`, up to `end` exclusively: one pass over the bits of all ends, no branch on the data.
    pub(crate) fn lengths(&self, first: u32, end: u32) -> Lengths {
        let rows = self.rows(first, end);
        let pairs = rows.array_windows().map(|[start, end]| (u32::from_le_bytes(*start), u32::from_le_bytes(*end)));
        let before = rows.first().map(|end| (self.start(first).unwrap_or_default(), u32::from_le_bytes(*end)));
        let pairs = before.into_iter().chain(pairs);
        let (ends, lengths, any_empty) =
            pairs.clone().fold((0, 0, false), |(ends, lengths, any_empty), (start, end)| {
                (ends | start | end, lengths | end.wrapping_sub(start), any_empty | (start == end))
            });
        // Where all ends are below 2^31, a length has its topmost bit just where an entry ends before it begins.
        let ascending = (ends | lengths).leading_zeros() > 0 || pairs.clone().all(|(start, end)| start <= end);
        Lengths { ascending, any_empty, bits: lengths }
    }

    /// The longest of these entries, which ascend.
    #[cold]
    pub(crate) fn longest(&self, first: u32, end: u32) -> u32 {
        let start = self.start(first).unwrap_or_default();
        let (longest, _) = self.rows(first, end).iter().fold((0, start), |(longest, start), end| {
            let end = u32::from_le_bytes(*end);
            (end.saturating_sub(start).max(longest), end)
        });
        longest
    }
}

/// What is known of the lengths of a run of entries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lengths {
    /// No entry ends before it begins.
    pub(crate) ascending: bool,
    /// Some entry has no byte.
    pub(crate) any_empty: bool,
    /// The bits of all of them: no length is larger than this number, and one is larger than half of it.
    pub(crate) bits: u32,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    /// Ends around every place where a bit or a sum could mislead.
    const ENDS: [u32; 9] = [0, 1, 5, (1 << 31) - 1, 1 << 31, (1 << 31) + 1, u32::MAX - 5, u32::MAX - 1, u32::MAX];

    #[test]
    fn bits_say_of_lengths_what_one_look_at_each_says() {
        for ends in ENDS.iter().flat_map(|a| ENDS.iter().flat_map(move |b| ENDS.iter().map(move |c| [*a, *b, *c]))) {
            let rows = ends.map(u32::to_le_bytes);
            let column = Ends { rows: &rows, offset: 0 };
            for (first, end) in [(0, 0), (0, 1), (0, 3), (1, 3), (2, 3), (3, 3)] {
                let entries = || {
                    (first..end)
                        .map(|row| (column.start(row).expect("it is there"), column.end(row).expect("it is there")))
                };
                let found = column.lengths(first, end);
                let ascending = entries().all(|(start, end)| start <= end);
                assert_eq!(found.ascending, ascending, "{ends:?} {first}..{end}");
                assert_eq!(found.any_empty, entries().any(|(start, end)| start == end), "{ends:?} {first}..{end}");
                if ascending {
                    let longest = entries().map(|(start, end)| end.wrapping_sub(start)).max().unwrap_or_default();
                    assert_eq!(column.longest(first, end), longest, "{ends:?} {first}..{end}");
                    assert!(found.bits >= longest && found.bits / 2 <= longest, "{ends:?} {first}..{end}");
                }
            }
        }
    }
}
