//! Expressions that ask for a number of characters of one class in a row, and for nothing else: `.{1000,}`.
//!
//! Their automata have a state for each number; counting does without.

use alloc::vec::Vec;

use regex_syntax::hir::{Class, Hir, HirKind};

use super::super::text::first_character;

/// At least so many characters of a class in a row.
#[derive(Debug)]
pub(in super::super) struct Run {
    least: u32,
    /// The first and the last of each range, ascending.
    ranges: Vec<(char, char)>,
}

impl Run {
    /// The expression as a run, if it is one.
    pub(super) fn of(hir: &Hir) -> Option<Self> {
        let HirKind::Repetition(repetition) = hir.kind() else { return None };
        let HirKind::Class(Class::Unicode(class)) = repetition.sub.kind() else { return None };
        if repetition.max != Some(repetition.min) || repetition.min < 2 {
            return None;
        }
        let ranges = class.ranges().iter().map(|range| (range.start(), range.end())).collect();
        Some(Self { least: repetition.min, ranges })
    }

    pub(super) fn is_found(&self, value: &[u8]) -> bool {
        let (mut rest, mut run) = (value, 0_u32);
        while let Some(first) = rest.first() {
            let character = if first.is_ascii() { Some(char::from(*first)) } else { first_character(rest) };
            run = match character {
                Some(character) if self.holds(character) => run.saturating_add(1),
                _ => 0,
            };
            if run == self.least {
                return true;
            }
            rest = rest.get(character.map_or(1, char::len_utf8)..).unwrap_or_default();
        }
        false
    }

    fn holds(&self, character: char) -> bool {
        let after = self.ranges.partition_point(|(first, _)| *first <= character);
        let range = after.checked_sub(1).and_then(|at| self.ranges.get(at));
        range.is_some_and(|(_, last)| character <= *last)
    }

    pub(super) fn memory(&self) -> usize {
        super::super::patterns::size_of_all(&self.ranges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted() {
        for (text, value, expected) in [
            (".{3}", "ab\ncd", false),
            (".{3}", "ab\ncde", true),
            (".{3}", "äöü", true),
            ("[a-c]{2}", "axbcx", true),
            ("[a-c]{2}", "axbxc", false),
            (r"\w{4}", "a-ärger", true),
        ] {
            let run = Run::of(&regex_syntax::parse(text).unwrap()).unwrap();
            assert_eq!(run.is_found(value.as_bytes()), expected, "{text} in {value}");
        }
        let run = Run::of(&regex_syntax::parse(".{3}").unwrap()).unwrap();
        assert!(!run.is_found(b"ab\xFFcd") && run.is_found(b"\xFFabc\xFF"));
        for text in ["a{3}", ".{2,3}", ".", "(?:ab){3}"] {
            assert!(Run::of(&regex_syntax::parse(text).unwrap()).is_none(), "{text}");
        }
    }
}
