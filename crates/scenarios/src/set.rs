//! One set of content, with what was made of it.

use channel_file::template::{Content, OwnedValue, PatternValue, Rule, TemplateInstance};
use channel_file::{Limits, encode_with};

/// Content, the file of it, and events for it.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its name, as reports give it: `log`, `rules/1000`, `hostile/tiny`.
    pub name: String,
    /// The owned model.
    pub content: Content,
    /// The file.
    pub bytes: Vec<u8>,
    /// Values of events, one for each field of the first type. There may be none: then nothing is evaluated.
    pub events: Vec<Vec<OwnedValue>>,
}

/// Events of a set.
const EVENTS: usize = 1_000;

impl Set {
    /// A set without events.
    #[must_use]
    pub fn new(name: &str, content: Content) -> Self {
        let bytes = encode_with(&content, &Limits::FORMAT).expect("it is within the limits of the format");
        Self { name: name.to_owned(), content, bytes, events: Vec::new() }
    }

    /// The records of the log.
    #[must_use]
    pub fn log() -> Self {
        Self { name: "log".to_owned(), ..Self::records(crate::log::RECORDS) }
    }

    /// So many records of the log.
    #[must_use]
    pub fn records(count: usize) -> Self {
        Self::new(&format!("log/{count}"), crate::log::content(&crate::log::records(count)))
    }

    /// Rules of so many instances, and events for them.
    #[must_use]
    pub fn rules(instances: u64) -> Self {
        let set = Self::rules_without_events(instances);
        Self { events: crate::rules::events(&set.content, EVENTS), ..set }
    }

    /// Rules of so many instances, for what evaluates nothing.
    #[must_use]
    pub fn rules_without_events(instances: u64) -> Self {
        Self::new(&format!("rules/{instances}"), crate::rules::content(instances))
    }

    /// All instances of the content.
    pub fn instances(&self) -> impl Iterator<Item = &TemplateInstance> {
        self.content.rules().iter().flat_map(Rule::instances)
    }

    /// What reading every value of every pattern has to come to, from the model: one a pattern, and the bytes of texts.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let criteria = self.instances().flat_map(TemplateInstance::criteria);
        let patterns = criteria.flat_map(channel_file::template::Criterion::patterns);
        patterns.fold(0, |sum, pattern| sum + weight(pattern.as_ref().value()))
    }
}

/// One, and the bytes of a text.
pub(crate) fn weight(value: PatternValue<'_>) -> u64 {
    match value {
        PatternValue::Text(text, _) => 1 + u64::try_from(text.len()).expect("a length"),
        _ => 1,
    }
}
