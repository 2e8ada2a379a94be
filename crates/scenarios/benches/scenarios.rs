//! Every operation on every set, by the wall clock.
//!
//! `cargo bench -p channel-file-scenarios -- open/` measures one operation; names are `OPERATION/SET`. `CHANNEL_FILE` may name a file of
//! your own to measure too.
#![allow(missing_docs, clippy::expect_used, reason = "a bench fails by panicking")]

use std::time::Duration;

use channel_file::{Limits, decode_with};
use channel_file_scenarios::{Operation, Set, Units, Verb, each_operation, hostile, refuse};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Judging what is not of the usual shape takes seconds.
const CHECKED: &[&str] = &["rules/100", "rules/1000", "rules/10000"];

fn measure(bench: &mut Criterion, set: &Set) {
    let wants = |verb| verb != Verb::Check || CHECKED.contains(&set.name.as_str());
    each_operation(set, wants, |operation: &mut Operation<'_>| {
        let mut group = bench.benchmark_group(operation.verb.name());
        group.throughput(match operation.units {
            Units::Bytes(count) => Throughput::Bytes(count),
            Units::Instances(count) | Units::Events(count) => Throughput::Elements(count),
        });
        group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        group.bench_function(BenchmarkId::from_parameter(&set.name), |bencher| bencher.iter(|| operation.run()));
    });
}

fn scenarios(bench: &mut Criterion) {
    measure(bench, &Set::log());
    for instances in [100, 1_000, 10_000, 100_000] {
        measure(bench, &Set::rules(instances));
    }
    for set in hostile::sets() {
        measure(bench, &set);
    }
    let refused = hostile::refused_late();
    bench.bench_function("refuse/late", |bencher| bencher.iter(|| refuse(&refused)));
    if let Some(path) = std::env::var_os("CHANNEL_FILE") {
        let bytes = std::fs::read(path).expect("CHANNEL_FILE names a file");
        let content = decode_with(&bytes, &Limits::FORMAT).expect("CHANNEL_FILE names a channel file");
        measure(bench, &Set::new("own", content));
    }
}

criterion_group!(benches, scenarios);
criterion_main!(benches);
