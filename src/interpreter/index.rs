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
pub(super) use self::targets::Target;
use self::targets::{Group, Targets};
use super::patterns::{self, Address, Bounds, Pattern, Patterns, StoredText, size_of_all};
use super::text::Folding;
use crate::template::{Comparison, Value};

/// What is told of each find.
pub(super) trait Finder {
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
    wide: Vec<(Comparison, StoredText, Target)>,
    targets: Targets,
}

/// The patterns that an index is to be made of.
#[derive(Debug, Default)]
pub(super) struct Entries {
    texts: Vec<(Comparison, StoredText, Target)>,
    wide: Vec<(Comparison, StoredText, Target)>,
    integers: Vec<(Bounds<i128>, Target)>,
    addresses: Vec<(Bounds<Address>, Target)>,
    absent: Vec<Target>,
    empty: Vec<Target>,
    booleans: [Vec<Target>; 2],
}

impl Entries {
    /// Takes a pattern of a condition; `false` for one that no index finds.
    pub(super) fn add(&mut self, patterns: &Patterns, pattern: &Pattern, condition: u32) -> bool {
        let target = Target { condition, is_certain: true };
        match pattern {
            Pattern::Absent => self.absent.push(target),
            Pattern::Empty => self.empty.push(target),
            Pattern::Boolean(value) => {
                let [no, yes] = &mut self.booleans;
                if *value { yes.push(target) } else { no.push(target) }
            }
            Pattern::Integers(bounds) => {
                self.integers.extend(patterns.integers(*bounds).map(|bounds| (bounds, target)))
            }
            Pattern::Addresses(bounds) => {
                self.addresses.extend(patterns.addresses(*bounds).map(|bounds| (bounds, target)));
            }
            Pattern::Text(comparison, text) => self.add_text(*comparison, *text, target),
            Pattern::Expression(expression) => {
                let required = patterns.required(*expression);
                for text in required {
                    self.add_text(Comparison::Contains, *text, Target { condition, is_certain: false });
                }
                return !required.is_empty();
            }
            Pattern::Field(_) => return false,
        }
        true
    }

    fn add_text(&mut self, comparison: Comparison, text: StoredText, target: Target) {
        let texts = if text.folding() == Folding::Wide { &mut self.wide } else { &mut self.texts };
        texts.push((comparison, text, target));
    }
}

impl FieldIndex {
    pub(super) fn new(field: u16, entries: Entries, patterns: &Patterns, counts: &GramCounts) -> Self {
        let mut targets = Targets::default();
        let Entries { texts, wide, integers, addresses, absent, empty, booleans: [no, yes] } = entries;
        let (mut at_start, mut at_end, mut within) = (Vec::new(), Vec::new(), Vec::new());
        for entry in texts {
            match entry.0 {
                Comparison::StartsWith => at_start.push(entry),
                // Names differ at their ends more than where they begin.
                Comparison::Equals | Comparison::EndsWith => at_end.push(entry),
                Comparison::Contains => within.push((entry.1, entry.2)),
            }
        }
        Self {
            field,
            starts: Ends::new(Side::Start, at_start, patterns, &mut targets),
            ends: Ends::new(Side::End, at_end, patterns, &mut targets),
            grams: Grams::new(within, patterns, counts, &mut targets),
            integers: Intervals::new(integers, &mut targets),
            addresses: Intervals::new(addresses, &mut targets),
            absent: targets.add(absent),
            empty: targets.add(empty),
            booleans: [targets.add(no), targets.add(yes)],
            wide,
            targets,
        }
    }

    /// Tells the finder every condition that the value meets, some of them more than once.
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
        if !self.integers.is_empty()
            && let Some(number) = patterns::integer(value)
        {
            self.integers.find(number, |group| self.tell(group, finder));
        }
        if !self.addresses.is_empty()
            && let Some(address) = patterns::address(value)
        {
            self.addresses.find(address, |group| self.tell(group, finder));
        }
    }

    fn find_text(&self, value: &[u8], patterns: &Patterns, finder: &mut impl Finder) {
        let mut tell = |group: Group| {
            self.targets.of(group).iter().for_each(|target| finder.found(*target));
        };
        if value.is_empty() {
            tell(self.empty);
            return;
        }
        self.starts.find(value, patterns, &mut tell);
        self.ends.find(value, patterns, &mut tell);
        let work = self.grams.find(value, patterns, &mut tell);
        finder.worked(work);
        if !self.wide.is_empty() && !value.is_ascii() {
            for (comparison, text, target) in &self.wide {
                let (needle, mut work) = (patterns.needle(text), 1);
                let is_met = match comparison {
                    Comparison::Equals => needle.is(value),
                    Comparison::StartsWith => needle.begins(value),
                    Comparison::EndsWith => needle.ends(value),
                    Comparison::Contains => needle.occurs(value, &mut work),
                };
                finder.worked(usize::try_from(work).unwrap_or(usize::MAX));
                if is_met {
                    finder.found(*target);
                }
            }
        }
    }

    fn tell(&self, group: Group, finder: &mut impl Finder) {
        self.targets.of(group).iter().for_each(|target| finder.found(*target));
    }

    /// How often a byte of a value is looked at, at the most; expressions apart.
    pub(super) fn work(&self) -> usize {
        self.grams.work().saturating_add(self.wide.len())
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
