//! What is asked of an engine.

use std::hint::black_box;

use serde::Serialize;

use crate::Failure;
use crate::matching::data::{Event, Rule};

/// An engine in one configuration.
pub(crate) trait Engine {
    fn describe(&self) -> Description;

    /// From the texts of rules to what is loaded: the work that is done once, wherever rules are prepared.
    fn parse(&self, rules: &[Rule]) -> Result<Box<dyn Parsed>, Failure>;
}

/// Rules in the form that is loaded.
pub(crate) trait Parsed {
    /// To an engine that evaluates: the work that is done on every start. It may borrow from the rules.
    fn load<'a>(&'a self) -> Result<Box<dyn Loaded<'a> + 'a>, Failure>;
}

/// An engine with its rules.
pub(crate) trait Loaded<'a> {
    /// How many rules it took.
    fn rules(&self) -> usize;

    /// Keeps these events in the form that the engine evaluates. No figure includes this.
    fn prepare(&mut self, events: &'a [Event]) -> Result<(), Failure>;

    /// The number of rules that match one of the events that were prepared.
    fn evaluate(&mut self, event: usize) -> usize;

    /// The ids of these rules; nothing if the engine is a mere yardstick, which matches none.
    fn rule_ids(&mut self, event: usize) -> Option<Vec<String>>;

    /// The matches of the first so many events. What is timed: each engine has its own, so calls in it are direct.
    fn evaluate_all(&mut self, events: usize) -> usize {
        (0..events).map(|event| self.evaluate(black_box(event))).fold(0, usize::saturating_add)
    }
}

/// Which engine it is, and what its figures include.
#[derive(Clone, Serialize)]
pub(crate) struct Description {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) configuration: &'static str,
    /// What parsing includes.
    pub(crate) parse: &'static str,
    /// What loading includes.
    pub(crate) load: &'static str,
    /// Whether what was parsed has to stay in memory as long as the engine.
    pub(crate) keeps_parsed: bool,
}
