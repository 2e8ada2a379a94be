//! Release 2024.08, mended twice over: it supplies the 21st input, and it holds each file against what it supplies before it
//! takes it. With the second alone it would refuse all content for the type, at load and not at an event.

use channel_file::template::{SensorType, SensorTypes, Value};
use channel_file::{Result, SharedChannelFile};

use crate::matching::is_met;
use crate::seen::Seen;
use crate::template::INTERPROCESS_COMMUNICATION;

/// The number of inputs: that of the array that [`inputs`] gives.
const INPUTS: usize = 21;

/// What the sensor supplies.
pub const TYPES: &[SensorType<'static>] = &[SensorType::supplying(INTERPROCESS_COMMUNICATION, INPUTS)];

/// The sensor with one channel file.
#[derive(Debug)]
pub struct Sensor(SharedChannelFile);

impl Sensor {
    /// Takes a channel file.
    ///
    /// # Errors
    ///
    /// If it is no valid one, or one for a sensor with other types or another number of inputs.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        Self::load_for(bytes, TYPES)
    }

    /// The same for a sensor that supplies something else.
    ///
    /// # Errors
    ///
    /// As those of [`load`](Self::load).
    pub fn load_for(bytes: &[u8], types: &[SensorType<'_>]) -> Result<Self> {
        let file = SharedChannelFile::open(bytes.to_vec())?;
        file.view().bind(&SensorTypes::new(types))?;
        Ok(Self(file))
    }

    /// The ids of the instances that what was seen meets.
    #[must_use]
    pub fn judge(&self, seen: &Seen<'_>) -> Vec<u32> {
        let inputs = inputs(seen);
        let file = self.0.view();
        let met = file.instances().filter(|instance| {
            let input = |field: u16| inputs.get(usize::from(field)).copied().unwrap_or(Value::Absent);
            instance.criteria().all(|criterion| is_met(&criterion, input(criterion.field())))
        });
        met.map(|instance| instance.id()).collect()
    }
}

/// The inputs in the order of the fields.
const fn inputs<'a>(seen: &Seen<'a>) -> [Value<'a>; INPUTS] {
    [
        seen.pipe_name,
        seen.operation,
        seen.image,
        seen.command_line,
        seen.process_id,
        seen.thread_id,
        seen.parent_image,
        seen.parent_command_line,
        seen.user,
        seen.integrity_level,
        seen.session,
        seen.peer_image,
        seen.peer_process_id,
        seen.peer_user,
        seen.peer_host,
        seen.access_mask,
        seen.open_mode,
        seen.pipe_mode,
        seen.instance_limit,
        seen.security_descriptor,
        seen.caller_module,
    ]
}
