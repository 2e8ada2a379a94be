//! What is counted.

use std::collections::HashMap;

use super::types::EventTypes;

/// What was counted in a batch, or in all of them.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Lines, blank ones too.
    pub(crate) lines: u64,
    /// Events that were judged.
    pub(crate) events: u64,
    /// Lines of which no event could be made.
    pub(crate) unjudged: u64,
    pub(crate) matching_events: u64,
    /// Pairs of an event and a rule that it matches.
    pub(crate) matches: u64,
    /// Work of all events.
    pub(crate) work: u64,
    /// The most work that an event made, and its line.
    pub(crate) worst: Option<(u64, u64)>,
    /// Events of types that the content does not have.
    pub(crate) other_types: Names,
    /// By the place of the type.
    pub(crate) types: Vec<FieldTally>,
}

/// What was counted of the fields of one type.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldTally {
    /// Events without a value, by the index of the field.
    pub(crate) missing: Vec<u64>,
    /// Keys that are no field.
    pub(crate) unknown: Names,
}

impl Tally {
    /// Nothing yet.
    pub(crate) fn of(types: &EventTypes<'_>) -> Self {
        Self::new(types.all().iter().map(|own| own.declared.fields.len()))
    }

    /// Nothing yet; `fields` are the numbers of fields of the types.
    fn new(fields: impl Iterator<Item = usize>) -> Self {
        let types = fields.map(|fields| FieldTally { missing: vec![0; fields], unknown: Names::default() });
        Self { types: types.collect(), ..Self::default() }
    }

    pub(crate) fn worked(&mut self, work: u64, line: u64) {
        self.work = self.work.saturating_add(work);
        if self.worst.is_none_or(|(most, _)| work > most) {
            self.worst = Some((work, line));
        }
    }

    /// Adds what was counted in later lines.
    pub(crate) fn merge(&mut self, later: Self) {
        let Self { lines, events, unjudged, matching_events, matches, work, worst, other_types, types } = later;
        add(&mut self.lines, lines);
        add(&mut self.events, events);
        add(&mut self.unjudged, unjudged);
        add(&mut self.matching_events, matching_events);
        add(&mut self.matches, matches);
        add(&mut self.work, work);
        self.worst = match (self.worst, worst) {
            (Some(own), Some(other)) if other.0 <= own.0 => Some(own),
            (own, other) => other.or(own),
        };
        self.other_types.merge(other_types);
        for (own, other) in self.types.iter_mut().zip(types) {
            own.missing.iter_mut().zip(other.missing).for_each(|(own, other)| add(own, other));
            own.unknown.merge(other.unknown);
        }
    }
}

/// How often names were met. Of names that are too long, or that come when there are many, only their number is known:
/// memory stays bounded whatever the events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// In the order in which they were met first.
    counts: Vec<(String, u64)>,
    places: HashMap<String, usize>,
    pub(crate) others: u64,
}

impl Names {
    /// How many names are kept in the end.
    const MOST: usize = 1_000;
    /// Bytes of the longest name that is kept.
    const LONGEST: usize = 256;

    /// Counts a name of a batch, which is itself bounded.
    pub(crate) fn count(&mut self, name: &str) {
        self.add(name, 1, usize::MAX);
    }

    fn add(&mut self, name: &str, count: u64, most: usize) {
        let known = self.places.get(name).and_then(|place| self.counts.get_mut(*place));
        if let Some((_, own)) = known {
            add(own, count);
        } else if name.len() > Self::LONGEST || self.counts.len() >= most {
            add(&mut self.others, count);
        } else {
            self.places.insert(name.to_owned(), self.counts.len());
            self.counts.push((name.to_owned(), count));
        }
    }

    fn merge(&mut self, later: Self) {
        later.counts.iter().for_each(|(name, count)| self.add(name, *count, Self::MOST));
        add(&mut self.others, later.others);
    }

    /// The names, the most frequent first.
    pub(crate) fn by_count(&self) -> Vec<(&str, u64)> {
        let mut names: Vec<_> = self.counts.iter().map(|(name, count)| (&**name, *count)).collect();
        names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        names
    }

    /// How often names were met at all.
    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| *count).fold(self.others, u64::saturating_add)
    }
}

fn add(own: &mut u64, further: u64) {
    *own = own.saturating_add(further);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bounded_and_ordered() {
        let mut all = Names::default();
        for start in [0, 900] {
            let mut batch = Names::default();
            for number in start..start + 600 {
                batch.count(&format!("name {number}"));
                batch.count("often");
            }
            batch.count(&"x".repeat(Names::LONGEST + 1));
            all.merge(batch);
        }
        assert_eq!(all.by_count().len(), Names::MOST);
        assert_eq!(all.by_count()[0], ("often", 1_200));
        assert_eq!(all.by_count()[1], ("name 0", 1));
        assert_eq!(all.total(), 1_200 + 1_200 + 2);
        assert_eq!(all.others, 1_200 - 999 + 2);
    }

    #[test]
    fn the_first_of_the_worst_counts() {
        let mut all = Tally::new([2].into_iter());
        let mut later = Tally::new([2].into_iter());
        all.worked(7, 1);
        all.worked(7, 2);
        later.worked(7, 3);
        later.types[0].missing[1] = 5;
        all.merge(later);
        assert_eq!((all.worst, all.work), (Some((7, 1)), 21));
        assert_eq!(all.types[0].missing, [0, 5]);
        let mut later = Tally::default();
        later.worked(8, 4);
        all.merge(later);
        all.merge(Tally::default());
        assert_eq!(all.worst, Some((8, 4)));
    }
}
