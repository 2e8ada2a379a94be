//! Release 2024.02, with the defect: 20 inputs, read by the numbers of fields that content names.

use channel_file::template::Value;
use channel_file::{Result, SharedChannelFile};

use crate::matching::is_met;
use crate::seen::Seen;
use crate::template::INTERPROCESS_COMMUNICATION;

/// As many inputs as somebody counted.
const INPUTS: usize = 20;

/// The sensor with one channel file.
#[derive(Debug)]
pub struct Sensor(SharedChannelFile);

impl Sensor {
    /// Takes a channel file.
    ///
    /// # Errors
    ///
    /// If it is no valid one. Nothing here asks whether it is one for this sensor.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        SharedChannelFile::open(bytes.to_vec()).map(Self)
    }

    /// The ids of the instances that what was seen meets.
    ///
    /// # Panics
    ///
    /// If an instance asks anything of the 21st field and is met so far. That is the defect. It shows at no file without such an
    /// instance, and with one only when an event comes for it: a field that an instance does not name is never read.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the defect, planted")]
    pub fn judge(&self, seen: &Seen<'_>) -> Vec<u32> {
        let inputs = inputs(seen);
        let file = self.0.view();
        let own =
            file.instances().filter(|instance| instance.template_type().key().id == INTERPROCESS_COMMUNICATION.id);
        let met = own.filter(|instance| {
            instance.criteria().all(|criterion| is_met(&criterion, inputs[usize::from(criterion.field())]))
        });
        met.map(|instance| instance.id()).collect()
    }
}

/// The inputs in the order of the fields. It compiles without a warning; nothing in it says that there is one field more.
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
    ]
}
