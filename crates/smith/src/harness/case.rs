//! What a sensor's code is run on.

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{Inputs, SensorType, SensorTypes, Value};
use channel_file::{ChannelFile, Result};

/// A channel file, and events that come after it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    pub(super) bytes: &'c [u8],
    pub(super) types: &'c [SensorType<'c>],
    pub(super) events: &'c [Event<'c>],
}

impl<'c> Case<'c> {
    /// The channel file: mostly a valid one, written against versions of the sensor's types; some are damaged.
    #[must_use]
    pub const fn bytes(&self) -> &'c [u8] {
        self.bytes
    }

    /// The channel file, opened.
    ///
    /// # Errors
    ///
    /// Why the library refuses it.
    pub fn file(&self) -> Result<ChannelFile<'c>> {
        ChannelFile::open(self.bytes)
    }

    /// The types that were given to the harness.
    #[must_use]
    pub const fn types(&self) -> SensorTypes<'c> {
        SensorTypes::new(self.types)
    }

    /// The content, loaded for the sensor's types within the default budget.
    ///
    /// # Errors
    ///
    /// Why the library refuses the file, or to load it.
    pub fn interpreter(&self) -> Result<Interpreter<'c>> {
        Interpreter::load(&self.file()?, &self.types(), &Budget::DEFAULT).map_err(|refusal| refusal.error())
    }

    /// Events of the sensor's types, one to eight, with a value or none for each field of the newest version: such as meet the
    /// content, such as nearly do, and such as make evaluation work.
    #[must_use]
    pub const fn events(&self) -> &'c [Event<'c>] {
        self.events
    }

    /// The events of one type, as its typed inputs: `case.inputs(PipeCreated::from_values)`.
    pub fn inputs<I: Inputs<'c>, const N: usize>(
        &self,
        from_values: impl Fn([Value<'c>; N]) -> Option<I>,
    ) -> impl Iterator<Item = I> {
        let own = self.events.iter().filter(|event| event.declared().id == I::TYPE.id);
        own.filter_map(move |event| from_values(event.values().try_into().ok()?))
    }
}
