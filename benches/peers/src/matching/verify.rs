//! Whether an engine finds what is expected.

use serde::Serialize;

use crate::Failure;
use crate::matching::data::{Category, Event, Matches};
use crate::matching::engine::Loaded;

/// How the matches of an engine differ from those that are expected.
#[derive(Serialize)]
pub(crate) struct Verdict {
    pub(crate) found: usize,
    pub(crate) missed: Vec<Match>,
    pub(crate) surplus: Vec<Match>,
}

/// A rule that matches an event, or should.
#[derive(Serialize)]
pub(crate) struct Match {
    pub(crate) rule: String,
    /// The fields of the event.
    pub(crate) event: Vec<(String, String)>,
}

/// Nothing if the engine matches no rules at all.
pub(crate) fn verify(name: &str, engine: &mut dyn Loaded<'_>, category: &Category) -> Result<Option<Verdict>, Failure> {
    let mut matches = Matches::new();
    for event in 0..category.events.len() {
        let Some(ids) = engine.rule_ids(event) else { return Ok(None) };
        let counted = engine.evaluate(event);
        if counted != ids.len() {
            return Err(format!("{name}: event {event} has {} matches but {counted} were counted", ids.len()).into());
        }
        matches.extend(ids.into_iter().map(|rule| (event, rule)));
    }
    Ok(Some(Verdict::new(&matches, &category.expected, &category.events)))
}

impl Verdict {
    fn new(matches: &Matches, expected: &Matches, events: &[Event]) -> Self {
        let named = |(event, rule): &(usize, String)| Match {
            rule: rule.clone(),
            event: events.get(*event).map(|event| event.fields.clone()).unwrap_or_default(),
        };
        Self {
            found: matches.intersection(expected).count(),
            missed: expected.difference(matches).map(named).collect(),
            surplus: matches.difference(expected).map(named).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() {
        let events = [Event { fields: vec![("Image".to_owned(), "a".to_owned())] }];
        let of = |rules: &[&str]| rules.iter().map(|rule| (0, (*rule).to_owned())).collect::<Matches>();
        let verdict = Verdict::new(&of(&["both", "surplus"]), &of(&["both", "missed"]), &events);
        let rules = |matches: &[Match]| matches.iter().map(|found| found.rule.clone()).collect::<Vec<_>>();
        assert_eq!(verdict.found, 1);
        assert_eq!(rules(&verdict.missed), ["missed"]);
        assert_eq!(rules(&verdict.surplus), ["surplus"]);
    }
}
