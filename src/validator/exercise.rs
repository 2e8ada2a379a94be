//! Exercising content: for every pattern an event that meets the instance through it, for every criterion one that just
//! misses it. The interpreter judges each, as each release would, and its verdict must change.

mod fields;
mod gaps;
mod plan;
mod references;
mod runner;
mod witnesses;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use self::fields::Solutions;
use self::gaps::{Gaps, Outcome};
use self::plan::{Gap, Plan, Trial};
use super::code::FindingCode;
use super::finding::{Finding, Place, Witness};
use super::report::{ExerciseSummary, FieldCoverage};
use super::waivers::Waivers;
use super::wording::{self, Listed};
use super::{Progress, sense};
use crate::channel_file::ChannelFile;
use crate::channel_file::view::InstanceView;
use crate::counted::counted;
use crate::interpreter::{Event, Interpreter};
use crate::template::{OwnedValue, SensorTypes, TypeKey, Value};

pub(super) use self::plan::{Criterion, Subject};
pub(super) use self::runner::Runner;
pub use self::witnesses::witness;
pub(super) use self::witnesses::{not_run, witness_for};

/// Differences between the interpreter and the criteria are defects: the first tell enough.
const MOST_DIFFERENCES: usize = 20;

/// What came of exercising content.
#[derive(Debug, Default)]
pub(super) struct Exercised {
    pub(super) summary: ExerciseSummary,
    pub(super) coverage: Vec<FieldCoverage>,
}

/// Exercises all instances. The first runner is that of the content's own types.
pub(super) fn exercise(
    file: &ChannelFile<'_>,
    runners: &mut [Runner<'_>],
    patterns: u64,
    waivers: &mut Waivers<'_>,
    findings: &mut Vec<Finding>,
    watch: &mut dyn FnMut(Progress),
) -> Exercised {
    let Some(own) = runners.first() else { return Exercised::default() };
    let (interpreter, types) = (own.interpreter, own.types);
    let mut exercise = Exercise {
        interpreter,
        types,
        solutions: Solutions::for_patterns(patterns),
        gaps: Gaps::default(),
        coverage: BTreeMap::new(),
        summary: ExerciseSummary::default(),
        differences: 0,
        findings,
        waivers,
    };
    let total = u32::try_from(file.instances().len()).unwrap_or(u32::MAX);
    for (done, instance) in counted(0_u32, file.instances()) {
        if done.is_multiple_of(64) {
            watch(Progress { done, total });
        }
        exercise.instance(instance, runners);
    }
    watch(Progress { done: total, total });
    let Exercise { gaps, coverage, summary, findings, .. } = exercise;
    gaps.tell(file, findings);
    Exercised { summary, coverage: coverage.into_values().collect() }
}

struct Exercise<'x, 'f, 'w> {
    interpreter: &'x Interpreter<'x>,
    types: &'x SensorTypes<'x>,
    solutions: Solutions<'f>,
    gaps: Gaps,
    coverage: BTreeMap<(TypeKey, u16), FieldCoverage>,
    summary: ExerciseSummary,
    differences: usize,
    findings: &'x mut Vec<Finding>,
    waivers: &'x mut Waivers<'w>,
}

impl<'f> Exercise<'_, 'f, '_> {
    fn instance(&mut self, instance: InstanceView<'f>, runners: &mut [Runner<'_>]) {
        let Some(sensor_type) = self.types.get(instance.template_type().key().id) else { return };
        let subject = Subject::new(instance, sensor_type.declared(), self.interpreter);
        let Some(own) = runners.first_mut() else { return };
        let plan = subject.plan(&mut self.solutions, self.interpreter, &mut own.scratch);
        let Some(base) = &plan.base else {
            self.unmet(&subject, &plan);
            return;
        };
        let mut values: Vec<Value<'_>> = base.iter().map(OwnedValue::as_ref).collect();
        self.summary.witnesses = self.summary.witnesses.saturating_add(1);
        let rule = instance.rule().index();
        // Instances of the rule that match all that this one matches, so far.
        let mut wider = self.evaluate(&subject, None, &values, true, runners);
        wider.retain(|other| {
            let of_rule = instance.sibling(*other).is_some_and(|other| other.rule().index() == rule);
            of_rule && *other != instance.id()
        });
        for trial in &plan.trials {
            let before = values.clone();
            for (field, value) in &trial.changes {
                if let Some(own) = values.get_mut(usize::from(*field)) {
                    *own = value.as_ref();
                }
            }
            let count = if trial.matches { &mut self.summary.witnesses } else { &mut self.summary.near_misses };
            *count = count.saturating_add(1);
            let matching = self.evaluate(&subject, Some(trial), &values, trial.matches, runners);
            if trial.matches {
                wider.retain(|other| matching.binary_search(other).is_ok());
            }
            values = before;
        }
        self.tally(&subject, &plan);
        if let Some(own) = runners.first_mut() {
            let steps = &mut self.solutions.machines.steps_left;
            sense::shadowed(&subject, &wider, steps, self.interpreter, &mut own.scratch, self.findings);
            if !plan.gaps.is_empty() {
                sense::matches_everything(&subject, steps, self.interpreter, &mut own.scratch, self.findings);
            }
        }
    }

    /// Every release has to say of the event what the criteria say. Gives the instances that match for the content's own types.
    fn evaluate(
        &mut self,
        subject: &Subject<'_, 'f>,
        trial: Option<&Trial>,
        values: &[Value<'_>],
        expected: bool,
        runners: &mut [Runner<'_>],
    ) -> Vec<u32> {
        let mut matching = Vec::new();
        for runner in runners {
            let found = if runner.release.is_none() {
                matching = runner.matching(subject.declared.id, values);
                Some(matching.binary_search(&subject.instance.id()).is_ok())
            } else {
                runner.matches(subject.declared.id, values, subject.instance.id())
            };
            if found == Some(expected) {
                continue;
            }
            self.differences = self.differences.saturating_add(1);
            if self.differences > MOST_DIFFERENCES {
                continue;
            }
            let place = match trial {
                Some(trial) => gaps::place(&subject.instance, trial.criterion, trial.pattern),
                None => Place::of_instance(&subject.instance),
            };
            let verb = if expected { "matches" } else { "does not match" };
            let shown = wording::Values { declared: subject.declared, values };
            let message = match found {
                Some(_) => format!(
                    "by its criteria the instance {verb} this event, and the interpreter says otherwise ({shown})"
                ),
                None => format!("the release cannot be given this event ({shown})"),
            };
            let code = if found.is_some() { FindingCode::VerdictDiffers } else { FindingCode::WitnessNotRun };
            let mut finding = Finding::new(code, place, message);
            finding.release = runner.release;
            if let Ok(event) = Event::new(subject.declared, values) {
                finding.witness = Some(Witness::of_event(&event, expected));
            }
            self.findings.push(finding);
        }
        matching
    }

    /// No event meets the instance.
    fn unmet(&mut self, subject: &Subject<'_, 'f>, plan: &Plan) {
        let linked = references::linked_fields(subject);
        for (field, is_proved) in &plan.unmet {
            // Fields that are compared with each other are told of together.
            let is_meant = |own: u16| own == *field || (linked.contains(field) && linked.contains(&own));
            let place = Place::of_field(&subject.instance, *field);
            let criteria: Vec<String> = subject
                .criteria
                .iter()
                .filter(|criterion| is_meant(criterion.field))
                .map(|criterion| {
                    format!("{}", wording::Criterion { instance: &subject.instance, criterion: criterion.view })
                })
                .collect();
            let (id, criteria) = (subject.instance.id(), Listed(&criteria));
            let number = u32::from(*field).saturating_add(1);
            let finding = if *is_proved {
                let message = format!("no event can meet instance {id}: no value of field {number} meets {criteria}");
                Finding::new(FindingCode::NeverMatches, place, message)
            } else {
                let message =
                    format!("no event was found that meets instance {id}: no value of field {number} for {criteria}");
                Finding::new(FindingCode::NoWitness, place, message)
            };
            self.findings.push(finding);
        }
        let is_proved = plan.unmet.iter().any(|(_, is_proved)| *is_proved);
        let code = if is_proved { FindingCode::NeverMatches } else { FindingCode::NoWitness };
        for criterion in &subject.criteria {
            let is_waived = self.waives(code, subject, criterion.field);
            let coverage = self.coverage_of(subject, criterion.field);
            let outcome = if is_waived { Outcome::Waived } else { Outcome::Missed };
            outcome.count(&mut coverage.criteria);
            criterion.patterns.iter().for_each(|_| outcome.count(&mut coverage.patterns));
        }
    }

    /// What was exercised of the instance, and what was not.
    fn tally(&mut self, subject: &Subject<'_, 'f>, plan: &Plan) {
        let rule = subject.instance.rule().index();
        let trials = plan.trials.iter().map(|trial| ((trial.criterion, trial.pattern), trial));
        let trials: BTreeMap<(u16, Option<u32>), &Trial> = trials.collect();
        let gaps = plan.gaps.iter().map(|gap| ((gap.criterion, gap.pattern), gap));
        let gaps: BTreeMap<(u16, Option<u32>), &Gap> = gaps.collect();
        for (number, criterion) in counted(0_u16, &subject.criteria) {
            let missed = if self.waives(FindingCode::NoWitness, subject, criterion.field) {
                Outcome::Waived
            } else {
                Outcome::Missed
            };
            let trial = |pattern: Option<u32>| trials.get(&(number, pattern)).copied();
            let is_proved = |pattern: Option<u32>| gaps.get(&(number, pattern)).is_some_and(|gap| gap.is_proved);
            let (mut of_criterion, mut excludes) = (Outcome::Exercised, false);
            for (pattern, _) in counted(0_u32, &criterion.patterns) {
                let outcome = match trial(Some(pattern)) {
                    Some(trial) if trial.is_alone => Outcome::Exercised,
                    Some(trial) if trial.is_implied => Outcome::Implied,
                    None if !criterion.is_any_of && is_proved(Some(pattern)) => Outcome::Idle,
                    _ => missed,
                };
                excludes |= trial(Some(pattern)).is_some();
                if outcome == missed {
                    of_criterion = missed;
                }
                let coverage = self.coverage_of(subject, criterion.field);
                outcome.count(&mut coverage.patterns);
                self.gaps.add(rule, criterion, Some(pattern), outcome, subject.instance.id(), number);
            }
            // What came of the criterion as a whole, its patterns apart.
            let as_a_whole = if criterion.is_any_of {
                match trial(None) {
                    Some(_) => Outcome::Exercised,
                    None if is_proved(None) => Outcome::Implied,
                    // Its patterns are exercised apart: it may well say only what the others say.
                    None => Outcome::Unfailed,
                }
            } else if excludes || of_criterion == missed {
                Outcome::Exercised
            } else {
                Outcome::Implied
            };
            if of_criterion == Outcome::Exercised {
                of_criterion = as_a_whole;
            }
            let coverage = self.coverage_of(subject, criterion.field);
            of_criterion.count(&mut coverage.criteria);
            self.gaps.add(rule, criterion, None, as_a_whole, subject.instance.id(), number);
        }
    }

    fn waives(&mut self, code: FindingCode, subject: &Subject<'_, 'f>, field: u16) -> bool {
        let template_type = subject.instance.template_type();
        let name = template_type.field(field).map_or("", |field| field.name());
        self.waivers.reason(code, subject.instance.rule().id(), name).is_some()
    }

    fn coverage_of(&mut self, subject: &Subject<'_, 'f>, field: u16) -> &mut FieldCoverage {
        let template_type = subject.instance.template_type();
        let key = template_type.key();
        self.coverage.entry((key, field)).or_insert_with(|| FieldCoverage {
            type_name: template_type.name().into(),
            template_type: key,
            field,
            field_name: template_type.field(field).map_or("", |field| field.name()).into(),
            ..FieldCoverage::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::channel_file::OwnTypes;
    use crate::channel_file::encode;
    use crate::interpreter::Budget;
    use crate::template::{
        Case, Content, Criterion as Asked, DeclaredField, DeclaredType, FieldKind, Operator, Pattern, Rule, Sense,
        SensorType, TemplateInstance, TemplateType,
    };
    use crate::validator::FindingCode::{VerdictDiffers, WitnessNotRun};

    /// As many instances, each of which asks for a text of its own.
    fn asking_for(text: &str, instances: u32) -> Vec<u8> {
        let of = TemplateType::builder(1, 1, "t").field("a", FieldKind::Text).build().unwrap();
        let rule = (0..instances).fold(Rule::builder("r"), |rule, number| {
            let pattern = Pattern::text(Operator::Equals, format!("{text} {number}"), Case::Sensitive).unwrap();
            let asked = Asked::new(0, Sense::AnyOf, [pattern]).unwrap();
            rule.instance(TemplateInstance::builder(&of).criterion(asked).build().unwrap())
        });
        encode(&Content::builder(1, 1).template_type(of).rule(rule.build().unwrap()).build().unwrap()).unwrap()
    }

    /// Exercises one content, and holds what a release says of another against it, whose field is of this kind.
    fn exercised(instances: u32, of_release: &str, kind: FieldKind) -> Vec<Finding> {
        let (bytes, other) = (asking_for("evil", instances), asking_for(of_release, instances));
        let (file, other) = (ChannelFile::open(&bytes).unwrap(), ChannelFile::open(&other).unwrap());
        let own = OwnTypes::of(&file);
        let own = own.sensor_types();
        let types = SensorTypes::new(&own);
        let interpreter = Interpreter::load(&file, &types, &Budget::DEFAULT).unwrap();
        let defective = Interpreter::load(&other, &types, &Budget::DEFAULT).unwrap();
        let fields = [DeclaredField { name: "a", kind, operators: kind.operators(), since: 1 }];
        let supplied = [SensorType::supplying(DeclaredType { id: 1, version: 1, name: "t", fields: &fields }, 1)];
        let of_release = SensorTypes::new(&supplied);
        let mut runners = vec![Runner::new(None, &interpreter, &types), Runner::new(Some(3), &defective, &of_release)];
        let mut findings = Vec::new();
        let _ = exercise(&file, &mut runners, 1, &mut Waivers::new(&[]), &mut findings, &mut |_| {});
        findings
    }

    #[test]
    fn an_interpreter_that_says_otherwise_is_found() {
        assert_eq!(exercised(1, "evil", FieldKind::Text), []);
        let findings = exercised(1, "good", FieldKind::Text);
        // The instance as such, and its pattern; that the release does not match what misses it is right.
        assert_eq!(findings.len(), 2, "{findings:?}");
        for finding in findings {
            assert_eq!((finding.code, finding.release), (VerdictDiffers, Some(3)));
            assert!(finding.message.contains("the instance matches this event"), "{finding}");
            assert!(finding.witness.is_some_and(|witness| witness.matches));
        }
    }

    #[test]
    fn a_release_that_cannot_be_given_an_event_is_found() {
        let findings = exercised(1, "evil", FieldKind::Unsigned);
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert!(findings.iter().all(|finding| (finding.code, finding.release) == (WitnessNotRun, Some(3))));
    }

    #[test]
    fn the_first_differences_tell_enough() {
        assert_eq!(exercised(30, "good", FieldKind::Text).len(), MOST_DIFFERENCES);
    }
}
