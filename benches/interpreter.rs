//! Loading and evaluating, by the wall clock, with content from 100 to 100,000 invented instances.
//!
//! `cargo bench --bench interpreter --features interpreter`
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench fails by panicking"
)]

use std::hint::black_box;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{SensorTypes, Value};
use channel_file::{ChannelFile, OwnTypes, encode};
use criterion::{BenchmarkId, Criterion as Bench, Throughput, criterion_group, criterion_main};

#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

const EVENTS: u64 = 1_000;

fn measure(bench: &mut Bench, instances: u64) {
    let bytes = encode(&synthetic::content(instances)).expect("it is within the limits");
    let file = ChannelFile::open(&bytes).expect("it was written");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    let load = || Interpreter::load(&file, &sensor, &Budget::DEFAULT).expect("within the budget");

    let mut group = bench.benchmark_group("load");
    group.throughput(Throughput::Elements(instances)).sample_size(10);
    group.bench_function(BenchmarkId::from_parameter(instances), |bencher| bencher.iter(|| black_box(load().memory())));
    group.finish();

    let interpreter = load();
    let mut scratch = interpreter.scratch();
    let values = synthetic::events(instances, EVENTS);
    let values: Vec<Vec<Value<'_>>> =
        values.iter().map(|values| values.iter().map(|value| Value::Text(value.as_bytes())).collect()).collect();
    let declared = types[0].declared();
    let mut evaluate = || {
        let matches = values.iter().map(|values| {
            let event = Event::new(declared, values).expect("a value for each field");
            interpreter.evaluate(&event, &mut scratch).len()
        });
        matches.sum::<usize>()
    };
    assert!(evaluate() > 0, "some events match");
    let mut group = bench.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(EVENTS)).sample_size(10);
    group.bench_function(BenchmarkId::from_parameter(instances), |bencher| bencher.iter(|| black_box(evaluate())));
    group.finish();
}

fn interpreter(bench: &mut Bench) {
    for instances in [100, 1_000, 10_000, 100_000] {
        measure(bench, instances);
    }
}

criterion_group!(benches, interpreter);
criterion_main!(benches);
