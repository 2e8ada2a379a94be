//! One set of content, with what was made of it.

use std::net::IpAddr;

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

    /// What reading every value of every pattern has to come to, from the model: a number of each, added up.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let criteria = self.instances().flat_map(TemplateInstance::criteria);
        let patterns = criteria.flat_map(channel_file::template::Criterion::patterns);
        patterns.fold(0, |sum: u64, pattern| sum.wrapping_add(weight(pattern.as_ref().value())))
    }
}

/// A number that depends on all of the value but the characters of a text, of which it takes the number of bytes.
#[inline]
pub(crate) fn weight(value: PatternValue<'_>) -> u64 {
    let length = |length: usize| u64::try_from(length).expect("a length");
    match value {
        PatternValue::None => 1,
        PatternValue::Text(text, _) => length(text.len()),
        PatternValue::Bytes(bytes) => length(bytes.len()),
        PatternValue::Boolean(value) => u64::from(value),
        PatternValue::Unsigned(value) => value,
        PatternValue::Signed(value) => value.cast_unsigned(),
        PatternValue::UnsignedRange(low, high) => low.wrapping_add(high),
        PatternValue::SignedRange(low, high) => low.wrapping_add(high).cast_unsigned(),
        PatternValue::Address(address) => bits(address),
        PatternValue::Network(network) => bits(network.address()).wrapping_add(u64::from(network.prefix())),
        PatternValue::Field(reference) => u64::from(reference.field),
    }
}

fn bits(address: IpAddr) -> u64 {
    let (high, low) = match address {
        IpAddr::V4(address) => (0, u64::from(address.to_bits())),
        IpAddr::V6(address) => {
            let [a, b, c, d, e, f, g, h] = address.segments().map(u64::from);
            ((a << 48) | (b << 32) | (c << 16) | d, (e << 48) | (f << 32) | (g << 16) | h)
        }
    };
    high.wrapping_add(low)
}
