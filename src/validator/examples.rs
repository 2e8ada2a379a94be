//! Examples that come with the content: events that a rule must match, and must not.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::code::FindingCode;
use super::finding::{Finding, Place, Witness};
use super::report::ExampleSummary;
use super::wording::{Criterion, Listed, Values};
use crate::channel_file::ChannelFile;
use crate::channel_file::view::ExampleView;
use crate::interpreter::{CriterionVerdict, Event, Interpreter, Scratch};
use crate::template::{DeclaredType, Expectation, SensorTypes, Value};

/// Evaluates all examples.
pub(super) fn judge(
    file: &ChannelFile<'_>,
    types: &SensorTypes<'_>,
    interpreter: &Interpreter<'_>,
    findings: &mut Vec<Finding>,
) -> ExampleSummary {
    let mut summary = ExampleSummary::default();
    let mut scratch = interpreter.scratch();
    for example in file.examples() {
        summary.count = summary.count.saturating_add(1);
        let Some(sensor_type) = types.get(example.template_type().key().id) else { continue };
        let judge = Judge { file, interpreter, declared: sensor_type.declared(), example };
        if let Some(finding) = judge.fault(&mut scratch) {
            summary.failed = summary.failed.saturating_add(1);
            findings.push(finding);
        }
    }
    summary
}

struct Judge<'j> {
    file: &'j ChannelFile<'j>,
    interpreter: &'j Interpreter<'j>,
    declared: &'j DeclaredType<'j>,
    example: ExampleView<'j>,
}

impl Judge<'_> {
    /// What is wrong with the example.
    fn fault(&self, scratch: &mut Scratch) -> Option<Finding> {
        // An example of an earlier version has no values for the fields that were appended later.
        let mut values: Vec<Value<'_>> = self.example.values().collect();
        values.resize(self.declared.fields.len(), Value::Absent);
        let event = Event::new(self.declared, &values).ok()?;
        let rule = self.example.rule().index();
        let matches = self.interpreter.evaluate(&event, scratch).filter(|found| found.rule_index == rule);
        let matching: Vec<u32> = matches.map(|found| found.instance).collect();
        let number = self.number();
        let shown = Values { declared: self.declared, values: &values };
        match (self.example.expectation(), matching.first()) {
            (Expectation::Match, None) => {
                let message = format!("example {number} of the rule must match, but no instance does ({shown})");
                let help = self.nearest(&event, scratch);
                Some(self.finding(FindingCode::ExampleNotMatched, message, help, &event, false))
            }
            (Expectation::NoMatch, Some(first)) => {
                let instances: Vec<String> = matching.iter().map(ToString::to_string).collect();
                let which = if matching.len() == 1 { "instance" } else { "instances" };
                let instances = Listed(&instances);
                let message =
                    format!("example {number} of the rule must not match, but does by {which} {instances} ({shown})");
                let verdicts = self.interpreter.explain(&event, *first, scratch).unwrap_or_default();
                let help = format!("instance {first}: {}", self.told(*first, &verdicts));
                Some(self.finding(FindingCode::ExampleMatched, message, help, &event, true))
            }
            (Expectation::Match, Some(_)) | (Expectation::NoMatch, None) => None,
        }
    }

    fn finding(&self, code: FindingCode, message: String, help: String, event: &Event<'_>, matches: bool) -> Finding {
        let place = Place {
            rule: Some(self.example.rule().id().into()),
            example: Some(self.example.index()),
            ..Place::of_type(&self.example.template_type())
        };
        let witness = Witness::of_event(event, matches);
        let finding = Finding { help, ..Finding::new(code, place, message) };
        finding.proved_by(Some(witness))
    }

    /// The example's number within its rule, from 1.
    fn number(&self) -> u32 {
        let first = self.example.rule().examples().next().map_or(0, |first| first.index());
        self.example.index().saturating_sub(first).saturating_add(1)
    }

    /// The criteria that are not met of the instance of which the fewest are not.
    fn nearest(&self, event: &Event<'_>, scratch: &mut Scratch) -> String {
        // Rules of more instances are told by their first: looking through all of them for each example takes long.
        const LOOKED_AT: usize = 100;
        let mut nearest: Option<(u32, Vec<CriterionVerdict>)> = None;
        for instance in self.example.rule().instances().take(LOOKED_AT) {
            let Some(mut verdicts) = self.interpreter.explain(event, instance.id(), scratch) else { continue };
            verdicts.retain(|verdict| !verdict.is_met);
            let is_nearer = nearest.as_ref().is_none_or(|(_, fewest)| verdicts.len() < fewest.len());
            if !verdicts.is_empty() && is_nearer {
                nearest = Some((instance.id(), verdicts));
            }
        }
        match nearest {
            Some((instance, verdicts)) => {
                format!("instance {instance} comes nearest: {}", self.told(instance, &verdicts))
            }
            None => "no instance of the rule is on events of this type".to_string(),
        }
    }

    fn told(&self, instance: u32, verdicts: &[CriterionVerdict]) -> String {
        let Some(instance) = self.file.instance(instance) else { return String::new() };
        let told: Vec<String> = verdicts
            .iter()
            .filter_map(|verdict| {
                let criterion = instance.criteria().nth(usize::from(verdict.criterion))?;
                let which = if verdict.is_met { "is met" } else { "is not met" };
                Some(format!("{} {which}", Criterion { instance: &instance, criterion }))
            })
            .collect();
        told.join("; ")
    }
}
