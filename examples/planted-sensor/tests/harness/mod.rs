//! Both releases under the harness: bodies for fuzz targets, and for tests.
#![allow(dead_code, reason = "a fuzz target takes one of the two")]

use channel_file::template::{SensorType, Value};
use channel_file_example_planted_sensor::release_2024_02::Sensor as PlantedSensor;
use channel_file_example_planted_sensor::release_2024_08::Sensor as MendedSensor;
use channel_file_example_planted_sensor::seen::Seen;
use channel_file_example_planted_sensor::template::INTERPROCESS_COMMUNICATION;
use channel_file_smith::harness::{Case, run};
use channel_file_smith::sensor_harness;

/// What release 2024.02 says of itself: it has the type. Content is made for that.
pub(crate) const TYPES: &[SensorType<'static>] = &[SensorType::supplying(INTERPROCESS_COMMUNICATION, 20)];

/// Release 2024.02. A sensor of your own has `sensor_harness!` instead, as below: here the test has to expect that it fails.
pub(crate) fn release_2024_02(data: &[u8]) {
    run(TYPES, data, |case: &Case<'_>| {
        let Ok(sensor) = PlantedSensor::load(case.bytes()) else { return };
        for event in case.events() {
            let _ = sensor.judge(&seen(event.values()));
        }
    });
}

sensor_harness! {
    /// Release 2024.08.
    pub(crate) fn release_2024_08(case) for [SensorType::supplying(INTERPROCESS_COMMUNICATION, 21)] -> Result<(), String> {
        let sensor = match MendedSensor::load(case.bytes()) {
            Ok(sensor) => sensor,
            // What the library loads for the sensor's own types has to be taken; damaged files need not.
            Err(error) if case.interpreter().is_ok() => return Err(format!("valid content is refused: {error}")),
            Err(_) => return Ok(()),
        };
        for event in case.events() {
            let _ = sensor.judge(&seen(event.values()));
        }
        Ok(())
    }
}

/// What the sensor would have seen.
fn seen<'a>(values: &[Value<'a>]) -> Seen<'a> {
    let value = |field: usize| values.get(field).copied().unwrap_or(Value::Absent);
    Seen {
        pipe_name: value(0),
        operation: value(1),
        image: value(2),
        command_line: value(3),
        process_id: value(4),
        thread_id: value(5),
        parent_image: value(6),
        parent_command_line: value(7),
        user: value(8),
        integrity_level: value(9),
        session: value(10),
        peer_image: value(11),
        peer_process_id: value(12),
        peer_user: value(13),
        peer_host: value(14),
        access_mask: value(15),
        open_mode: value(16),
        pipe_mode: value(17),
        instance_limit: value(18),
        security_descriptor: value(19),
        caller_module: value(20),
    }
}
