//! Finding the conditions that a value meets without looking at each of them.
//!
//! Every part of an index finds what it holds in time that hardly depends on how much it holds: texts that a value must begin
//! or end with by one look at its ends, texts within a value by the rarest four bytes of each, numbers and addresses by
//! halving. What an index finds it tells a [`Finder`].

mod buckets;
mod ends;
mod grams;
mod intervals;
mod targets;

use alloc::vec::Vec;

use self::ends::{Ends, Side};
pub(super) use self::grams::GramCounts;
use self::grams::Grams;
use self::intervals::Intervals;
use self::targets::{Entry, Group, Targets};
pub(super) use self::targets::{Marks, NO_MARK, Target};
use super::patterns::{Pattern, Patterns, StoredText, size_of_all};
use super::text::Folding;
use super::values::{self, Address, Bounds};
use crate::template::{Comparison, Value};

/// What is told of each find.
pub(super) trait Finder {
    /// The text with this mark was found; whether that is news.
    fn found_text(&mut self, mark: u32) -> bool;

    /// The value meets the condition, or may.
    fn found(&mut self, target: Target);

    /// Counts bytes looked at.
    fn worked(&mut self, work: usize);
}

/// The conditions on one field, by their patterns.
#[derive(Debug)]
pub(super) struct FieldIndex {
    pub(super) field: u16,
    starts: Ends,
    ends: Ends,
    grams: Grams,
    integers: Intervals<i128>,
    addresses: Intervals<Address>,
    absent: Group,
    empty: Group,
    booleans: [Group; 2],
    /// Texts that have a case outside ASCII: looked for one by one, in values that are not ASCII.
    wide: Vec<(Comparison, StoredText, Group)>,
    targets: Targets,
}

/// A byte of a value that is folded as it is looked at takes as long as many that are not.
const OF_A_WIDE_BYTE: usize = 16;

/// The patterns that an index is to be made of.
#[derive(Debug, Default)]
pub(super) struct Entries {
    texts: Vec<Entry>,
    wide: Vec<Entry>,
    integers: Vec<(Bounds<i128>, Target)>,
    addresses: Vec<(Bounds<Address>, Target)>,
    absent: Vec<Target>,
    empty: Vec<Target>,
    booleans: [Vec<Target>; 2],
}

impl Entries {
    /// Takes a pattern of a condition that is to be told of as soon as the pattern is met.
    pub(super) fn post(&mut self, patterns: &Patterns, (number, pattern): (u32, &Pattern), condition: u32) {
        let target = Target { condition, is_certain: true };
        match pattern {
            Pattern::Absent => self.absent.push(target),
            Pattern::Empty => self.empty.push(target),
            Pattern::Boolean(value) => {
                let [no, yes] = &mut self.booleans;
                if *value { yes.push(target) } else { no.push(target) }
            }
            Pattern::Integers(bounds) => {
                self.integers.extend(patterns.integers(*bounds).map(|bounds| (bounds, target)));
            }
            Pattern::Addresses(bounds) => {
                self.addresses.extend(patterns.addresses(*bounds).map(|bounds| (bounds, target)));
            }
            Pattern::Text(comparison, text) => self.add(*comparison, *text, Some(number), Some(target)),
            Pattern::Expression(_) => self.mark(patterns, (number, pattern), condition),
            Pattern::Field(_) => {}
        }
    }

    /// Takes a pattern of a condition that is asked about when an instance needs it. Texts are looked for all the same, since
    /// that is done for all of them at once; of expressions it is told whether the texts that they need are there.
    pub(super) fn mark(&mut self, patterns: &Patterns, (number, pattern): (u32, &Pattern), condition: u32) {
        match pattern {
            Pattern::Text(comparison, text) => self.add(*comparison, *text, Some(number), None),
            Pattern::Expression(expression) => {
                let target = Target { condition, is_certain: false };
                for text in patterns.required(*expression) {
                    self.add(Comparison::Contains, *text, None, Some(target));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, comparison: Comparison, text: StoredText, pattern: Option<u32>, target: Option<Target>) {
        let texts = if text.folding() == Folding::Wide { &mut self.wide } else { &mut self.texts };
        texts.push(Entry { comparison, text, pattern, target });
    }
}

impl FieldIndex {
    pub(super) fn new(
        field: u16,
        entries: Entries,
        patterns: &Patterns,
        counts: &GramCounts,
        marks: &mut Marks,
    ) -> Self {
        let mut targets = Targets::default();
        let Entries { texts, wide, integers, addresses, absent, empty, booleans: [no, yes] } = entries;
        let (mut at_start, mut at_end, mut within) = (Vec::new(), Vec::new(), Vec::new());
        for entry in texts {
            match entry.comparison {
                Comparison::StartsWith => at_start.push(entry),
                // Names differ at their ends more than where they begin.
                Comparison::Equals | Comparison::EndsWith => at_end.push(entry),
                Comparison::Contains => within.push(entry),
            }
        }
        let wide = wide.into_iter().map(|entry| (entry.comparison, entry.text, targets.add_text(&[entry], marks)));
        let wide = wide.collect();
        let mut index = Self {
            field,
            starts: Ends::new(Side::Start, at_start, patterns, &mut targets, marks),
            ends: Ends::new(Side::End, at_end, patterns, &mut targets, marks),
            grams: Grams::new(within, patterns, counts, &mut targets, marks),
            integers: Intervals::new(integers, &mut targets),
            addresses: Intervals::new(addresses, &mut targets),
            absent: targets.add(absent),
            empty: targets.add(empty),
            booleans: [targets.add(no), targets.add(yes)],
            wide,
            targets,
        };
        index.targets.shrink();
        index
    }

    /// Tells the finder every text that is in the value, and every posted condition that the value meets, some more than once.
    pub(super) fn find(&self, value: &Value<'_>, patterns: &Patterns, finder: &mut impl Finder) {
        finder.worked(1);
        match value {
            Value::Absent => self.tell(self.absent, finder),
            Value::Text(bytes) | Value::Bytes(bytes) => self.find_text(bytes, patterns, finder),
            Value::Boolean(value) => {
                let [no, yes] = self.booleans;
                self.tell(if *value { yes } else { no }, finder);
            }
            Value::Unsigned(_) | Value::Signed(_) | Value::IpAddress(_) => {}
        }
        if !self.integers.is_empty() {
            finder.worked(usize::try_from(values::parsing_work(value)).unwrap_or(usize::MAX));
            if let Some(number) = values::integer(value) {
                self.integers.find(number, |group| self.tell(group, finder));
            }
        }
        if !self.addresses.is_empty()
            && let Some(address) = values::address(value)
        {
            self.addresses.find(address, |group| self.tell(group, finder));
        }
    }

    fn find_text(&self, value: &[u8], patterns: &Patterns, finder: &mut impl Finder) {
        if value.is_empty() {
            self.tell(self.empty, finder);
            return;
        }
        // A text that is there many times is told of once.
        let mut tell = |group: Group| {
            if finder.found_text(group.mark) {
                self.tell(group, finder);
            }
        };
        self.starts.find(value, patterns, &mut tell);
        self.ends.find(value, patterns, &mut tell);
        let mut work = self.grams.find(value, patterns, &mut tell);
        if !self.wide.is_empty() && !value.is_ascii() {
            for (comparison, text, group) in &self.wide {
                let (needle, mut own) = (patterns.needle(text), 0);
                let is_met = match comparison {
                    Comparison::Equals => needle.is(value),
                    Comparison::StartsWith => needle.begins(value),
                    Comparison::EndsWith => needle.ends(value),
                    Comparison::Contains => needle.occurs(value, &mut own),
                };
                let own = usize::try_from(own).unwrap_or(usize::MAX).saturating_mul(OF_A_WIDE_BYTE);
                work = work.saturating_add(own).saturating_add(1);
                if is_met {
                    tell(*group);
                }
            }
        }
        finder.worked(work);
    }

    fn tell(&self, group: Group, finder: &mut impl Finder) {
        let targets = self.targets.of(group);
        finder.worked(targets.len());
        targets.iter().for_each(|target| finder.found(*target));
    }

    /// How often a byte of a value is looked at, at the most; expressions apart.
    pub(super) fn work(&self) -> usize {
        let searched = self.wide.iter().filter(|(comparison, _, _)| *comparison == Comparison::Contains);
        let searches = searched.fold(0_usize, |searches, _| searches.saturating_add(1));
        let parsing = usize::from(!self.integers.is_empty());
        self.grams.work().saturating_add(searches.saturating_mul(OF_A_WIDE_BYTE)).saturating_add(parsing)
    }

    pub(super) fn memory(&self) -> usize {
        [
            self.starts.memory(),
            self.ends.memory(),
            self.grams.memory(),
            self.integers.memory(),
            self.addresses.memory(),
            size_of_all(&self.wide),
            self.targets.memory(),
        ]
        .into_iter()
        .fold(size_of::<Self>(), usize::saturating_add)
    }
}
