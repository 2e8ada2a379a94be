//! Release 2024.08, mended: the inputs come from the definition itself, so there is one list of fields and nobody counts.

use channel_file::Limits;
use channel_file::interpreter::Budget;
use channel_file::template::{SensorType, SensorTypes};
use channel_file::validator::SensorManifest;

use super::definition::InterprocessCommunication;

/// What the sensor supplies: as many inputs as the definition has fields.
pub(crate) const TYPES: SensorTypes<'static> =
    SensorTypes::new(const { &[SensorType::of::<InterprocessCommunication<'static>>()] });

/// What the build of this release states about it, in `sensor-2024.08.json`.
pub(crate) fn manifest() -> SensorManifest {
    SensorManifest::new("2024.08", &TYPES, Limits::DEFAULT, Budget::DEFAULT)
}
