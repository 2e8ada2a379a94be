//! Release 2024.02: the inputs are filled by code that somebody wrote by hand, next to the definition and not from it.
//!
//! It compiles without a warning. Nothing in it says that the definition has one field more.

use channel_file::Limits;
use channel_file::interpreter::Budget;
use channel_file::template::{DeclaredType, Inputs, SensorType, SensorTypes, Value};
use channel_file::validator::SensorManifest;

use super::definition::InterprocessCommunication;

/// As many values as somebody counted.
const INPUTS: usize = 20;

/// What was seen of a process and a pipe.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen<'a> {
    pub(crate) pipe_name: &'a [u8],
    pub(crate) operation: &'a [u8],
    pub(crate) image: &'a [u8],
    pub(crate) command_line: &'a [u8],
    pub(crate) process_id: u64,
    pub(crate) thread_id: u64,
    pub(crate) parent_image: &'a [u8],
    pub(crate) parent_command_line: &'a [u8],
    pub(crate) user: &'a [u8],
    pub(crate) integrity_level: &'a [u8],
    pub(crate) session: u64,
    pub(crate) peer_image: &'a [u8],
    pub(crate) peer_process_id: u64,
    pub(crate) peer_user: &'a [u8],
    pub(crate) peer_host: &'a [u8],
    pub(crate) access_mask: u64,
    pub(crate) open_mode: &'a [u8],
    pub(crate) pipe_mode: &'a [u8],
    pub(crate) instance_limit: u64,
    pub(crate) security_descriptor: &'a [u8],
}

impl<'a> Inputs<'a> for Seen<'a> {
    const TYPE: DeclaredType<'static> = InterprocessCommunication::TYPE;
    type Values = [Value<'a>; INPUTS];
    const COUNT: usize = INPUTS;

    fn values(&self) -> [Value<'a>; INPUTS] {
        [
            Value::Text(self.pipe_name),
            Value::Text(self.operation),
            Value::Text(self.image),
            Value::Text(self.command_line),
            Value::Unsigned(self.process_id),
            Value::Unsigned(self.thread_id),
            Value::Text(self.parent_image),
            Value::Text(self.parent_command_line),
            Value::Text(self.user),
            Value::Text(self.integrity_level),
            Value::Unsigned(self.session),
            Value::Text(self.peer_image),
            Value::Unsigned(self.peer_process_id),
            Value::Text(self.peer_user),
            Value::Text(self.peer_host),
            Value::Unsigned(self.access_mask),
            Value::Text(self.open_mode),
            Value::Text(self.pipe_mode),
            Value::Unsigned(self.instance_limit),
            Value::Text(self.security_descriptor),
        ]
    }
}

/// What the sensor supplies: the number of inputs is that of the array above.
pub(crate) const TYPES: SensorTypes<'static> = SensorTypes::new(const { &[SensorType::of::<Seen<'static>>()] });

/// What the build of this release states about it, in `sensor-2024.02.json`.
pub(crate) fn manifest() -> SensorManifest {
    SensorManifest::new("2024.02", &TYPES, Limits::DEFAULT, Budget::DEFAULT)
}
