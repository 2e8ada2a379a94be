//! Events for single instances: to prove a finding, and for everyone.

use alloc::format;
use alloc::vec::Vec;

use super::fields::Solutions;
use super::plan::Subject;
use crate::channel_file::view::InstanceView;
use crate::channel_file::{ChannelFile, OwnTypes};
use crate::counted::counted;
use crate::interpreter::{Budget, Event, Interpreter};
use crate::template::{OwnedValue, SensorTypes, Value};
use crate::validator::code::FindingCode;
use crate::validator::finding::{Finding, Place, Witness};

/// An event that meets an instance: by the first pattern of a criterion, if one is named by its index. `None` if there is no such
/// instance, if none was found, or if the content does not load for its own types under the default budget.
///
/// Loads the file. Texts are searched for up to a bound: most take less than a millisecond, none more than some seconds.
#[must_use]
pub fn witness(file: &ChannelFile<'_>, instance: u32, criterion: Option<u16>) -> Option<Witness> {
    let own = OwnTypes::of(file);
    let own = own.sensor_types();
    let types = SensorTypes::new(&own);
    let interpreter = Interpreter::load(file, &types, &Budget::DEFAULT).ok()?;
    witness_for(file, &types, &interpreter, instance, criterion)
}

/// Events that a release cannot be given: its code supplies more or fewer values than the type has fields. One is told of for
/// each type.
pub(in super::super) fn not_run(
    file: &ChannelFile<'_>,
    own: &SensorTypes<'_>,
    interpreter: &Interpreter<'_>,
    releases: &[SensorTypes<'_>],
    findings: &mut Vec<Finding>,
) {
    for (release, types) in counted(0_usize, releases) {
        for template_type in file.types() {
            let Some(sensor_type) = types.get(template_type.key().id) else { continue };
            let (declared, inputs) = (sensor_type.declared(), sensor_type.inputs());
            let on_type = || file.instances().filter(|own| own.template_type().index() == template_type.index());
            let beyond = |instance: &InstanceView<'_>| {
                instance.criteria().any(|criterion| usize::from(criterion.field()) >= inputs)
            };
            let Some(instance) = on_type().find(beyond).or_else(|| on_type().next()) else { continue };
            let Some(witness) = witness_for(file, own, interpreter, instance.id(), None) else { continue };
            // What the release's code would fill in.
            let values: Vec<Value<'_>> = witness
                .values
                .iter()
                .map(OwnedValue::as_ref)
                .chain(core::iter::repeat(Value::Absent))
                .take(inputs.min(usize::from(u16::MAX)))
                .collect();
            let Err(error) = Event::new(declared, &values) else { continue };
            let message =
                format!("the event that exercises instance {} cannot be given to this release: {error}", instance.id());
            let finding = Finding::new(FindingCode::WitnessNotRun, Place::of_instance(&instance), message);
            findings.push(finding.of_release(release).because(error).proved_by(Some(witness)));
        }
    }
}

/// The same, with content that is loaded already.
pub(in super::super) fn witness_for(
    file: &ChannelFile<'_>,
    types: &SensorTypes<'_>,
    interpreter: &Interpreter<'_>,
    instance: u32,
    criterion: Option<u16>,
) -> Option<Witness> {
    let view = file.instance(instance)?;
    let declared = types.get(view.template_type().key().id)?.declared();
    let subject = Subject::new(view, declared, interpreter);
    let mut solutions = Solutions::for_patterns(0);
    let mut scratch = interpreter.scratch();
    let plan = subject.plan(&mut solutions, interpreter, &mut scratch);
    let mut values = plan.base?;
    let through =
        criterion.and_then(|criterion| plan.trials.iter().find(|trial| trial.criterion == criterion && trial.matches));
    for (field, value) in through.into_iter().flat_map(|trial| &trial.changes) {
        if let Some(own) = values.get_mut(usize::from(*field)) {
            *own = value.clone();
        }
    }
    let values: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
    let event = Event::new(declared, &values).ok()?;
    let matches = interpreter.evaluate(&event, &mut scratch).any(|found| found.instance == instance);
    matches.then(|| Witness::of_event(&event, true))
}
