//! Examples that come with content: does it do with them what they say?

use channel_file::ChannelFile;
use channel_file::interpreter::{Event, Interpreter, Scratch};
use channel_file::template::{Expectation, SensorType, Value};
use channel_file::view::ExampleView;
use serde::Serialize;

use crate::escape::Escaped;
use crate::explanation::{ExplainedCriterion, explain, shown};
use crate::finding::Finding;

/// How many examples there are. The fields are those of the JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ExampleCounts {
    pub(crate) count: u64,
    /// How many say something else than their rule does.
    pub(crate) failed: u64,
}

/// Evaluates all examples of a file, which is loaded for these types: its own.
pub(crate) fn judge(
    name: &str,
    file: &ChannelFile<'_>,
    types: &[SensorType<'_>],
    interpreter: &Interpreter<'_>,
) -> (ExampleCounts, Vec<Finding>) {
    // To say more of a failure takes time in the number of instances, and nobody reads more.
    const MOST_FINDINGS: usize = 100;
    let mut scratch = interpreter.scratch();
    let (mut counts, mut findings) = (ExampleCounts::default(), Vec::new());
    for example in file.examples() {
        counts.count = counts.count.saturating_add(1);
        let id = example.template_type().key().id;
        let Some(declared) = types.iter().map(SensorType::declared).find(|declared| declared.id == id) else {
            continue;
        };
        // An example of an earlier version has no values for the fields that were appended later.
        let mut values: Vec<Value<'_>> = example.values().collect();
        values.resize(declared.fields.len(), Value::Absent);
        let trial =
            Event::new(declared, &values).map(|event| Trial::hold(file, interpreter, event, example, &mut scratch));
        if trial.as_ref().is_ok_and(Trial::is_passed) {
            continue;
        }
        counts.failed = counts.failed.saturating_add(1);
        if findings.len() < MOST_FINDINGS {
            let (message, help) = match trial {
                Ok(trial) => trial.fault(&mut scratch),
                Err(error) => (error.to_string(), String::new()),
            };
            findings.push(Finding::of_example(name, &example, message, help));
        }
    }
    (counts, findings)
}

/// An example that was tried.
struct Trial<'t> {
    file: &'t ChannelFile<'t>,
    interpreter: &'t Interpreter<'t>,
    event: Event<'t>,
    example: ExampleView<'t>,
    /// The instances of the example's rule that match.
    matching: Vec<u32>,
}

impl<'t> Trial<'t> {
    fn hold(
        file: &'t ChannelFile<'t>,
        interpreter: &'t Interpreter<'t>,
        event: Event<'t>,
        example: ExampleView<'t>,
        scratch: &mut Scratch,
    ) -> Self {
        let rule = example.rule().index();
        let matches = interpreter.evaluate(&event, scratch).filter(|found| found.rule_index == rule);
        let matching = matches.map(|found| found.instance).collect();
        Self { file, interpreter, event, example, matching }
    }

    fn is_passed(&self) -> bool {
        match self.example.expectation() {
            Expectation::Match => !self.matching.is_empty(),
            Expectation::NoMatch => self.matching.is_empty(),
        }
    }

    /// What is wrong with an example that did not pass, and what helps to see why. Takes time in the number of instances.
    fn fault(&self, scratch: &mut Scratch) -> (String, String) {
        let (number, values) = (self.number(), self.values());
        let Some(first) = self.matching.first() else {
            let message = format!("example {number} of the rule must match, but no instance does ({values})");
            return (message, self.nearest(scratch));
        };
        let met: Vec<_> = self.explain(*first, scratch).iter().map(ToString::to_string).collect();
        let which = if self.matching.len() == 1 { "instance" } else { "instances" };
        let instances: Vec<_> = self.matching.iter().map(u32::to_string).collect();
        let instances = instances.join(", ");
        let message =
            format!("example {number} of the rule must not match, but does by {which} {instances} ({values})");
        (message, format!("instance {first}: {}", met.join("; ")))
    }

    /// The example's number within its rule, from 1.
    fn number(&self) -> u32 {
        let first = self.example.rule().examples().next().map_or(0, |first| first.index());
        self.example.index().saturating_sub(first).saturating_add(1)
    }

    /// The criteria that are not met of the instance of which the fewest are not.
    fn nearest(&self, scratch: &mut Scratch) -> String {
        let mut nearest: Option<(u32, Vec<ExplainedCriterion>)> = None;
        for instance in self.example.rule().instances() {
            let mut criteria = self.explain(instance.id(), scratch);
            criteria.retain(|criterion| !criterion.is_met);
            let is_nearer = nearest.as_ref().is_none_or(|(_, fewest)| criteria.len() < fewest.len());
            if !criteria.is_empty() && is_nearer {
                nearest = Some((instance.id(), criteria));
            }
        }
        match nearest {
            Some((instance, criteria)) => {
                let unmet: Vec<_> = criteria.iter().map(ToString::to_string).collect();
                format!("instance {instance} comes nearest: {}", unmet.join("; "))
            }
            None => "no instance of the rule is on events of this type".to_owned(),
        }
    }

    fn explain(&self, instance: u32, scratch: &mut Scratch) -> Vec<ExplainedCriterion> {
        explain(self.file, self.interpreter, &self.event, instance, scratch)
    }

    /// The values that are present, by name.
    fn values(&self) -> String {
        let fields = self.example.template_type().fields().zip(self.example.values());
        let present = fields.filter(|(_, value)| *value != Value::Absent);
        let values: Vec<_> =
            present.map(|(field, value)| format!("{}: {}", Escaped(field.name()), shown(value))).collect();
        if values.is_empty() { "every value absent".to_owned() } else { values.join(", ") }
    }
}
