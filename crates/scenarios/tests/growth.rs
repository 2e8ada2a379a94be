//! What more content costs the events that are evaluated on it.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, reason = "a test fails by panicking")]

use channel_file::interpreter::{Event, Interpreter};
use channel_file::template::{OwnedValue, SensorTypes};
use channel_file::{ChannelFile, OwnTypes};
use channel_file_scenarios::{BUDGET, Set};

/// The work of an event in the mean.
fn mean_work(instances: u64) -> u64 {
    let Set { bytes, events, .. } = Set::rules(instances);
    let file = ChannelFile::open(&bytes).expect("it was written");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    let interpreter = Interpreter::load(&file, &sensor, &BUDGET).expect("within the budget");
    let declared = types.first().expect("a type").declared();
    let mut scratch = interpreter.scratch();
    let (mut sum, mut matches, mut count) = (0, 0, 0);
    for values in &events {
        let values: Vec<_> = values.iter().map(OwnedValue::as_ref).collect();
        let event = Event::new(declared, &values).expect("a value for each field");
        matches += interpreter.evaluate(&event, &mut scratch).len();
        sum += scratch.work();
        count += 1;
    }
    assert!(matches > 0, "some match");
    sum / count
}

#[test]
fn events_hardly_cost_more_with_more_content() {
    let (few, many) = (mean_work(100), mean_work(10_000));
    assert!(many < few * 3, "{few} with 100 instances, {many} with a hundred times as many");
}
