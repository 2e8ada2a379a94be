//! One run before it is one: what the bytes of an input mean, in parts that can be taken away.

use channel_file::interpreter::Event;
use channel_file::template::{Content, DeclaredType, OwnedValue, SensorType, Value};
use channel_file::{Result, encode};

use super::case::Case;
use super::damage::Damage;
use super::recorded;
use crate::choices::Choices;
use crate::content::Generated;

/// Bytes of an input that decide what is general: damage, and how many events there are.
const GENERAL: usize = 16;
/// Bytes of an input that decide one event, so that others stay what they are when one changes.
const EVENT: usize = 192;
/// No case has more events.
const MOST_EVENTS: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scenario {
    pub(super) file: File,
    pub(super) events: Vec<RecordedEvent>,
}

/// A channel file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum File {
    /// One that was made for the types, and what happened to it since.
    Made(Content, Option<Damage>),
    /// One that was there.
    Given(Vec<u8>),
}

/// Values of a type: its place among the sensor's, and one a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordedEvent {
    pub(super) of: usize,
    pub(super) values: Vec<OwnedValue>,
}

impl Scenario {
    /// What was recorded, where the bytes are a record; else what they decide.
    ///
    /// # Errors
    ///
    /// What is wrong with the types, or that there are none.
    pub(super) fn of(types: &[SensorType<'_>], data: &[u8]) -> Result<Self> {
        match recorded::read(data, types) {
            Some(recorded) => Ok(recorded),
            None => Self::generated(types, &mut Choices::of(data)),
        }
    }

    fn generated(types: &[SensorType<'_>], choices: &mut Choices<'_>) -> Result<Self> {
        let mut general = choices.part(GENERAL);
        let damage = general.percent(12).then(|| Damage::new(&mut general));
        let of_events: Vec<_> = (0..general.within(1, MOST_EVENTS)).map(|_| choices.part(EVENT)).collect();
        let declared: Vec<DeclaredType<'_>> = types.iter().map(|own| *own.declared()).collect();
        let generated = Generated::for_types(choices, &declared)?;
        let event = |mut choices: Choices<'_>| {
            let of = choices.below(generated.types.len());
            let values = generated.types.get(of).map(|own| generated.events(own).event(&mut choices));
            RecordedEvent { of, values: values.unwrap_or_default() }
        };
        let events = of_events.into_iter().map(event).collect();
        Ok(Self { file: File::Made(generated.content, damage), events })
    }

    /// The bytes of the channel file.
    ///
    /// # Errors
    ///
    /// Those of [`encode`].
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        match &self.file {
            File::Given(bytes) => Ok(bytes.clone()),
            File::Made(content, damage) => {
                let mut bytes = encode(content)?;
                if let Some(damage) = damage {
                    damage.apply(&mut bytes);
                }
                Ok(bytes)
            }
        }
    }

    /// Makes the case, and hands it on.
    ///
    /// # Errors
    ///
    /// What the library says of content or events that it does not take.
    pub(super) fn with_case<T>(&self, types: &[SensorType<'_>], code: impl FnOnce(&Case<'_>) -> T) -> Result<T> {
        let bytes = self.bytes()?;
        let declared = |event: &RecordedEvent| types.get(event.of).map(SensorType::declared);
        let borrowed: Vec<(&DeclaredType<'_>, Vec<Value<'_>>)> = self
            .events
            .iter()
            .filter_map(|event| Some((declared(event)?, event.values.iter().map(OwnedValue::as_ref).collect())))
            .collect();
        let events = borrowed.iter().map(|(declared, values)| Event::new(declared, values));
        let events: Vec<Event<'_>> = events.collect::<Result<_>>()?;
        Ok(code(&Case { bytes: &bytes, types, events: &events }))
    }
}
