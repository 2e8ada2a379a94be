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
        let fault = match Event::new(declared, &values) {
            Ok(event) => Trial { file, interpreter, event, example }.fault(&mut scratch),
            Err(error) => Some((error.to_string(), String::new())),
        };
        if let Some((message, help)) = fault {
            counts.failed = counts.failed.saturating_add(1);
            if findings.len() < MOST_FINDINGS {
                findings.push(Finding::of_example(name, &example, message, help));
            }
        }
    }
    (counts, findings)
}

/// An example on trial.
struct Trial<'t> {
    file: &'t ChannelFile<'t>,
    interpreter: &'t Interpreter<'t>,
    event: Event<'t>,
    example: ExampleView<'t>,
}

impl Trial<'_> {
    /// What is wrong, and what helps to see why.
    fn fault(&self, scratch: &mut Scratch) -> Option<(String, String)> {
        let rule = self.example.rule();
        let matches = self.interpreter.evaluate(&self.event, scratch).filter(|found| found.rule_index == rule.index());
        let matching: Vec<u32> = matches.map(|found| found.instance).collect();
        let number = rule.examples().take_while(|other| other.index() <= self.example.index()).count();
        match (self.example.expectation(), &*matching) {
            (Expectation::Match, []) => {
                let message =
                    format!("example {number} of the rule must match, but no instance does ({})", self.values());
                Some((message, self.nearest(scratch)))
            }
            (Expectation::NoMatch, [first, ..]) => {
                let met: Vec<_> = self.explain(*first, scratch).iter().map(ToString::to_string).collect();
                let which = if matching.len() == 1 { "instance" } else { "instances" };
                let instances: Vec<_> = matching.iter().map(u32::to_string).collect();
                let message = format!(
                    "example {number} of the rule must not match, but does by {which} {} ({})",
                    instances.join(", "),
                    self.values()
                );
                Some((message, format!("instance {first}: {}", met.join("; "))))
            }
            _ => None,
        }
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
