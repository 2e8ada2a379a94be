//! Made-up channel files, with events and what these match: for tests of sensors, in whatever language.

use std::fmt::Write;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{DeclaredType, OwnedValue, SensorType, SensorTypes, Value};
use channel_file::{ChannelFile, Error};
use channel_file_smith::{Choices, Declared, Generated, JsonLine, Swarm};

use crate::number::count;

/// Bytes of choices for the types; more than they take.
const TYPES: usize = 1 << 10;

/// Names of types that are made up.
const NAMES: [&str; 3] = ["made_up_a", "made_up_b", "made_up_c"];

/// One channel file, and what belongs to it.
#[derive(Debug)]
pub(crate) struct Exercise {
    pub(crate) file: Vec<u8>,
    /// JSON Lines.
    pub(crate) events: String,
    /// For each event and each instance that it matches a line: number of the event's line, rule id, instance.
    pub(crate) matches: String,
    pub(crate) counts: Counts,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) instances: u64,
    pub(crate) events: u64,
    pub(crate) matching_events: u64,
    pub(crate) matches: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.instances = self.instances.saturating_add(other.instances);
        self.events = self.events.saturating_add(other.events);
        self.matching_events = self.matching_events.saturating_add(other.matching_events);
        self.matches = self.matches.saturating_add(other.matches);
    }
}

/// The key that names the type of an event: one that no field has as its name.
pub(crate) fn type_key(types: &[Declared<'_>]) -> String {
    let mut key = "template_type".to_owned();
    while types.iter().flat_map(|own| &own.fields).any(|field| field.name == key) {
        key.push('_');
    }
    key
}

/// Types that are made up.
pub(crate) fn made_up_types(choices: &mut Choices<'_>) -> Vec<Declared<'static>> {
    let mut choices = choices.part(TYPES);
    let swarm = Swarm::new(&mut choices);
    let several = choices.within(1, NAMES.len());
    let named = NAMES.iter().zip(1_u32..).take(several);
    named.map(|(name, id)| Declared { name, ..Declared::new(&mut choices, &swarm, id) }).collect()
}

/// Makes content for these types, so many events, and says which instances each matches.
///
/// # Errors
///
/// Only those of a defect: the library refuses what was made for it.
pub(crate) fn exercise(
    choices: &mut Choices<'_>,
    types: &[Declared<'_>],
    events: u32,
    type_key: &str,
) -> Result<Exercise, Error> {
    let declared: Vec<DeclaredType<'_>> = types.iter().map(Declared::declaration).collect();
    let generated = Generated::for_types(choices, &declared)?;
    let bytes = generated.bytes()?;
    let file = ChannelFile::open(&bytes)?;
    let sensor_types: Vec<SensorType<'_>> = types.iter().map(Declared::supplied).collect();
    let interpreter = Interpreter::load(&file, &SensorTypes::new(&sensor_types), &Budget::DEFAULT);
    let interpreter = interpreter.map_err(|refusal| refusal.error())?;
    let mut scratch = interpreter.scratch();
    let (mut lines, mut matches) = (String::new(), String::new());
    let mut counts = Counts { instances: count(file.instances().len()), events: events.into(), ..Counts::default() };
    for number in 1..=events {
        let Some(own) = choices.one_of(&generated.types) else { continue };
        let values: Vec<_> = generated.events(own).event(choices).into_iter().map(sayable).collect();
        let values: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
        let declared = own.declaration();
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{}", JsonLine { type_key, declared: &declared, values: &values });
        let event = Event::new(&declared, &values)?;
        let found = interpreter.evaluate(&event, &mut scratch);
        let mut found: Vec<(&str, u32)> = found.map(|found| (found.rule, found.instance)).collect();
        found.sort_unstable();
        counts.matching_events = counts.matching_events.saturating_add(u64::from(!found.is_empty()));
        counts.matches = counts.matches.saturating_add(count(found.len()));
        for (rule, instance) in found {
            let _ = writeln!(matches, "{number}\t{rule}\t{instance}");
        }
    }
    Ok(Exercise { file: bytes, events: lines, matches, counts })
}

/// The value as JSON can say it: text is UTF-8.
fn sayable(value: OwnedValue) -> OwnedValue {
    match value {
        OwnedValue::Text(text) => OwnedValue::Text(String::from_utf8_lossy(&text).into_owned().into_bytes()),
        other => other,
    }
}
