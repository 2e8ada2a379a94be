//! rsigma-eval, in every configuration that its documentation has for one event at a time.
//!
//! The documentation recommends the default: the candidate index is always on, and its guide to performance tuning says to keep
//! the Bloom filter and the cross-rule index off unless measurements justify them. Match details and the event in results are off.

use rsigma_eval::{Engine as Rsigma, EvaluationResult, Event as RsigmaEvent, JsonEvent};
use rsigma_parser::{LogSource, SigmaCollection, SigmaRule, parse_sigma_yaml};
use serde_json::Value;

use super::rsigma_flat::FlatEvent;
use crate::Failure;
use crate::machine::version_of;
use crate::matching::data::{Event, Rule};
use crate::matching::engine::{Description, Engine, Loaded, Parsed};

pub(crate) fn configurations() -> Vec<Box<dyn Engine>> {
    use Configuration::{Bloom, Cache, CrossRule, Default, FlatEvents, Routing};
    let configurations = [Default, FlatEvents, Cache, Routing, Bloom, CrossRule];
    configurations.into_iter().map(|configuration| Box::new(configuration) as Box<dyn Engine>).collect()
}

#[derive(Clone, Copy)]
enum Configuration {
    Default,
    FlatEvents,
    Cache,
    Routing,
    Bloom,
    CrossRule,
}

impl Configuration {
    fn empty(self) -> Rsigma {
        let mut engine = Rsigma::new();
        engine.set_bloom_prefilter(matches!(self, Self::Bloom));
        engine.set_cross_rule_ac(matches!(self, Self::CrossRule));
        engine
    }
}

impl Engine for Configuration {
    fn describe(&self) -> Description {
        let (name, configuration) = match self {
            Self::Default => ("rsigma, default", "as recommended: the default engine, events as `JsonEvent`"),
            Self::FlatEvents => {
                ("rsigma, flat events", "the default engine, events of a type of our own: a list of fields")
            }
            Self::Cache => ("rsigma, cache", "as recommended, loaded from its cache of compiled rules"),
            Self::Routing => ("rsigma, routing", "as recommended, told the log source of every event"),
            Self::Bloom => ("rsigma, bloom", "with the Bloom filter (off by default)"),
            Self::CrossRule => ("rsigma, cross-rule", "with the cross-rule Aho-Corasick index (off by default)"),
        };
        let (parse, load) = match self {
            Self::Cache => (
                "YAML to rules, rules to an engine, engine to the bytes of its cache",
                "`load_hir`: the bytes to an engine",
            ),
            _ => ("`parse_sigma_yaml`: YAML to rules", "`add_rules`: rules to an engine with all its indexes"),
        };
        Description { name, version: version_of("rsigma-eval"), configuration, parse, load, keeps_parsed: false }
    }

    fn parse(&self, rules: &[Rule]) -> Result<Box<dyn Parsed>, Failure> {
        let collection = parse(rules)?;
        if matches!(self, Self::Cache) {
            let mut engine = self.empty();
            engine.add_rules(&collection.rules);
            return Ok(Box::new(Cached(engine.save_hir()?)));
        }
        Ok(Box::new(Rules { rules: collection.rules, configuration: *self }))
    }
}

/// Rules that cannot be parsed are left out.
pub(super) fn parse(rules: &[Rule]) -> Result<SigmaCollection, Failure> {
    let mut collection = SigmaCollection::new();
    for rule in rules {
        let parsed = parse_sigma_yaml(&rule.text).map_err(|error| format!("{}: {error}", rule.name))?;
        collection.rules.extend(parsed.rules);
    }
    Ok(collection)
}

struct Rules {
    rules: Vec<SigmaRule>,
    configuration: Configuration,
}

impl Parsed for Rules {
    fn load<'a>(&'a self) -> Result<Box<dyn Loaded<'a> + 'a>, Failure> {
        let mut engine = self.configuration.empty();
        // Rules that cannot be compiled are left out.
        engine.add_rules(&self.rules);
        let source = self.rules.first().map(|rule| rule.logsource.clone()).unwrap_or_default();
        Ok(match self.configuration {
            Configuration::FlatEvents => Box::new(Evaluator::<FlatEvent<'a>>::new(engine, None)),
            Configuration::Routing => Box::new(Evaluator::<JsonEvent<'static>>::new(engine, Some(source))),
            _ => Box::new(Evaluator::<JsonEvent<'static>>::new(engine, None)),
        })
    }
}

struct Cached(Vec<u8>);

impl Parsed for Cached {
    fn load<'a>(&'a self) -> Result<Box<dyn Loaded<'a> + 'a>, Failure> {
        let mut engine = Configuration::Cache.empty();
        engine.load_hir(&self.0)?;
        Ok(Box::new(Evaluator::<JsonEvent<'static>>::new(engine, None)))
    }
}

struct Evaluator<E> {
    engine: Rsigma,
    /// Where all events come from, if the engine is told.
    source: Option<LogSource>,
    events: Vec<E>,
}

impl<E: RsigmaEvent> Evaluator<E> {
    fn new(engine: Rsigma, source: Option<LogSource>) -> Self {
        Self { engine, source, events: Vec::new() }
    }

    fn results(&self, event: usize) -> Vec<EvaluationResult> {
        let event = &self.events[event];
        match &self.source {
            Some(source) => self.engine.evaluate_pruned(event, source),
            None => self.engine.evaluate(event),
        }
    }
}

impl<'a, E: RsigmaEvent + From<&'a Event>> Loaded<'a> for Evaluator<E> {
    fn rules(&self) -> usize {
        self.engine.rule_count()
    }

    fn prepare(&mut self, events: &'a [Event]) -> Result<(), Failure> {
        self.events = events.iter().map(E::from).collect();
        Ok(())
    }

    fn evaluate(&mut self, event: usize) -> usize {
        self.results(event).len()
    }

    fn rule_ids(&mut self, event: usize) -> Option<Vec<String>> {
        Some(self.results(event).into_iter().map(|result| result.header.rule_id.unwrap_or_default()).collect())
    }
}

impl From<&Event> for JsonEvent<'static> {
    fn from(event: &Event) -> Self {
        let fields = event.fields.iter().map(|(name, value)| (name.clone(), Value::String(value.clone())));
        Self::owned(Value::Object(fields.collect()))
    }
}
