//! Where rules and their parts were written, for whoever finds something in the content later.
//!
//! Parts are known by what they say: content reorders, merges and leaves out, so a criterion is looked up by its field, sense
//! and patterns, and has no number that leads back. Kept are digests of 64 bits, not copies: two parts that share one cost a
//! wrong line, and nothing else.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use channel_file::template::{Criterion, Example, Pattern, Rule, Sense, TemplateInstance};

use crate::findings::{Findings, Origin};
use crate::yaml::Place;

/// A place in the text of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePlace {
    /// Line from 1, of the whole text.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

/// Where the rules were written that [`compile()`](crate::compile()) accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    rules: BTreeMap<String, RuleOrigin>,
}

impl Origins {
    /// Where the rule with this id was written.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&RuleOrigin> {
        self.rules.get(id)
    }

    pub(crate) fn insert(&mut self, id: &str, origin: RuleOrigin) {
        self.rules.insert(id.to_owned(), origin);
    }
}

/// Where a rule and its parts were written: all of it in one source.
///
/// A part that was written several times is where it was written first. Of a part that has no place of its own the
/// functions give `None`; then the [place](Self::place) of the rule is the best there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOrigin {
    /// The name of the source.
    pub source: String,
    /// Where the rule's document begins: its first key.
    pub place: SourcePlace,
    parts: Parts,
}

impl RuleOrigin {
    /// Where a criterion was written on the field with this name. One that came of several is where the first of them is.
    /// One of which no pattern was written as it is, is where the first criterion of its sense is on that field, or else
    /// where the [field](Self::field) is.
    #[must_use]
    pub fn criterion(&self, field: &str, criterion: &Criterion) -> Option<SourcePlace> {
        let patterns = criterion.patterns();
        let sense = criterion.sense();
        let place = |digest| self.parts.places.get(&digest).copied();
        place(criterion_digest(field, sense, patterns.iter()))
            .or_else(|| {
                let written = patterns.iter().filter_map(|pattern| self.written(field, sense, pattern));
                written.map(|written| written.criterion).min()
            })
            .or_else(|| place(digest(&Part::Sense { field, sense })))
            .or_else(|| self.field(field))
    }

    /// Where a pattern was written, under a criterion of this sense on the field with this name.
    #[must_use]
    pub fn pattern(&self, field: &str, sense: Sense, pattern: &Pattern) -> Option<SourcePlace> {
        self.written(field, sense, pattern).map(|written| written.pattern)
    }

    /// Where the rule first names a field: in a criterion, or else in an example.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<SourcePlace> {
        self.parts.places.get(&digest(&Part::Field(name))).copied()
    }

    /// Where the instance with this ordinal was written: its position in [`Rule::instances`], from 0. Those of a Sigma rule
    /// come of its condition.
    #[must_use]
    pub fn instance(&self, ordinal: usize) -> Option<SourcePlace> {
        self.parts.instances.in_order.get(ordinal).copied()
    }

    /// Where an example was written, by its position in [`Rule::examples`], from 0: those to match, then those not to.
    #[must_use]
    pub fn example(&self, position: usize) -> Option<SourcePlace> {
        self.parts.examples.in_order.get(position).copied()
    }

    pub(crate) fn origin(&self) -> Origin {
        let SourcePlace { line, column } = self.place;
        Origin { source: self.source.clone(), line, column }
    }

    fn written(&self, field: &str, sense: Sense, pattern: &Pattern) -> Option<&Written> {
        self.parts.patterns.get(&digest(&Part::Pattern { field, sense, pattern }))
    }
}

/// The places of a rule's parts so far, by digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Of fields and criteria.
    places: BTreeMap<u64, SourcePlace>,
    patterns: BTreeMap<u64, Written>,
    instances: Listed,
    examples: Listed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    pattern: SourcePlace,
    /// Of the criterion around it.
    criterion: SourcePlace,
}

/// Places of what a rule lists: by digest while it is read, then in the rule's own order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Listed {
    by_digest: BTreeMap<u64, VecDeque<SourcePlace>>,
    in_order: Vec<SourcePlace>,
}

impl Listed {
    fn note(&mut self, item: &impl Hash, place: SourcePlace) {
        self.by_digest.entry(digest(item)).or_default().push_back(place);
    }

    /// Equal items keep the author's order.
    fn put_in_order<T: Hash>(&mut self, items: &[T]) {
        let mut places = std::mem::take(&mut self.by_digest);
        let next = |item| places.get_mut(&digest(item)).and_then(VecDeque::pop_front);
        self.in_order = items.iter().map_while(next).collect();
    }
}

/// What a digest is of.
#[derive(Hash)]
enum Part<'p> {
    Field(&'p str),
    /// The first criterion of this sense on the field.
    Sense {
        field: &'p str,
        sense: Sense,
    },
    Criterion {
        field: &'p str,
        sense: Sense,
        patterns: u64,
    },
    Pattern {
        field: &'p str,
        sense: Sense,
        pattern: &'p Pattern,
    },
}

/// Notes where parts of a rule stand, while it is read. Of equal parts the first counts.
impl Findings<'_> {
    pub(crate) fn note_field(&mut self, name: &str, place: Place) {
        let place = self.source_place(place);
        self.parts.places.entry(digest(&Part::Field(name))).or_insert(place);
    }

    /// The patterns are a set, in any order.
    pub(crate) fn note_criterion<'p>(
        &mut self,
        field: &str,
        sense: Sense,
        patterns: impl Iterator<Item = &'p Pattern>,
        place: Place,
    ) {
        let place = self.source_place(place);
        for digest in [criterion_digest(field, sense, patterns), digest(&Part::Sense { field, sense })] {
            self.parts.places.entry(digest).or_insert(place);
        }
    }

    pub(crate) fn note_pattern(
        &mut self,
        field: &str,
        sense: Sense,
        pattern: &Pattern,
        place: Place,
        criterion: Place,
    ) {
        let written = Written { pattern: self.source_place(place), criterion: self.source_place(criterion) };
        self.parts.patterns.entry(digest(&Part::Pattern { field, sense, pattern })).or_insert(written);
    }

    pub(crate) fn note_instance(&mut self, instance: &TemplateInstance, place: Place) {
        let place = self.source_place(place);
        self.parts.instances.note(instance, place);
    }

    pub(crate) fn note_example(&mut self, example: &Example, place: Place) {
        let place = self.source_place(place);
        self.parts.examples.note(example, place);
    }

    /// Where the rule that has been read was written.
    pub(crate) fn into_rule_origin(self, rule: &Rule, place: Place) -> RuleOrigin {
        let Origin { source, line, column } = self.origin(place);
        let mut parts = self.parts;
        parts.instances.put_in_order(rule.instances());
        parts.examples.put_in_order(rule.examples());
        RuleOrigin { source, place: SourcePlace { line, column }, parts }
    }

    fn source_place(&self, place: Place) -> SourcePlace {
        let (line, column) = self.position(place);
        SourcePlace { line, column }
    }
}

fn criterion_digest<'p>(field: &str, sense: Sense, patterns: impl Iterator<Item = &'p Pattern>) -> u64 {
    let digests = patterns.map(|pattern| digest(&Part::Pattern { field, sense, pattern }));
    digest(&Part::Criterion { field, sense, patterns: digests.fold(0, u64::wrapping_add) })
}

fn digest(part: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish()
}
