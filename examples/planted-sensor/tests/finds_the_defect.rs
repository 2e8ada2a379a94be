//! The harness finds the defect of July 2024 in seconds, and nothing in the mended release.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod harness;

use std::path::Path;
use std::time::{Duration, Instant};

use channel_file::template::SensorTypes;
use channel_file::{ChannelFile, ErrorCode};
use channel_file_example_planted_sensor::release_2024_08::Sensor;
use channel_file_smith::harness::Search;

/// The field that nothing fills, counted from 0.
const FIELD_21: u16 = 20;

#[test]
fn release_2024_02_reads_an_input_that_is_not_there() {
    let begin = Instant::now();
    let search = Search::new("release_2024_02", harness::TYPES, &harness::release_2024_02);
    let reproducer = search.seeds(0..2_000).expect_err("the defect is found");
    let took = begin.elapsed();
    println!("{reproducer}found and made small in {took:?}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    assert_eq!(reproducer.failure().message, "index out of bounds: the len is 20 but the index is 20");
    assert!(reproducer.failure().place.contains("release_2024_02.rs"), "{}", reproducer.failure());

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release_2024_02");
    let written = reproducer.write(&folder).expect("it can be written");
    let bytes = std::fs::read(&written.file).expect("it was written");
    let file = ChannelFile::open(&bytes).expect("the library finds nothing wrong with it");
    let asked: Vec<u16> =
        file.instances().flat_map(|instance| instance.criteria().map(|criterion| criterion.field())).collect();
    assert_eq!(asked, [FIELD_21], "one instance with one criterion remains");
    assert_eq!(reproducer.events().len(), 1, "and one event");

    // `bind` would have told, at load.
    let refused = file.bind(&SensorTypes::new(harness::TYPES)).expect_err("20 inputs are not 21");
    assert_eq!((refused.code(), refused.expected(), refused.found()), (ErrorCode::SensorInputs, Some(21), Some(20)));
    assert_eq!(Sensor::load_for(&bytes, harness::TYPES).expect_err("so a sensor that binds refuses it"), refused);
    assert!(Sensor::load(&bytes).is_ok(), "and one that supplies 21 takes it");
}
