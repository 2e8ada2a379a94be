//! Opening, reading, encoding and decoding, by the wall clock. `CHANNEL_FILE` may name a file of your own to measure too:
//! `CHANNEL_FILE=rules.chan cargo bench --bench reader`.
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench fails by panicking"
)]

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, PatternValue, Rule, Sense, TemplateInstance, TemplateType,
};
use channel_file::{ChannelFile, decode, encode};
use criterion::{Criterion as Bench, Throughput, criterion_group, criterion_main};

/// Access-log records, a value of each of seven fields as an exact pattern.
fn records(count: u32) -> Content {
    let log = TemplateType::builder(1, 1, "access_log")
        .field("address", FieldKind::IpAddress)
        .field("identity", FieldKind::Text)
        .field("user", FieldKind::Text)
        .field("date", FieldKind::Text)
        .field("request", FieldKind::Text)
        .field("code", FieldKind::Unsigned)
        .field("size", FieldKind::Unsigned)
        .build()
        .expect("a type");
    let mut state = 1_u64;
    let mut random = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap_or_default() % below
    };
    let mut rule = Rule::builder("records");
    for _ in 0..count {
        let text = |text: String| Pattern::text(Operator::Equals, text, Case::Sensitive).expect("not empty");
        let address = IpAddr::V4(Ipv4Addr::from_bits(random(u32::MAX)));
        let date = (random(28) + 1, random(12) + 1, random(24), random(60), random(60));
        let patterns = [
            Pattern::address(address),
            text(if random(2) == 0 { "-".to_owned() } else { format!("identity-{}", random(1000)) }),
            text(format!("user-{}", random(10))),
            text(format!("{:02}/{:02}/2026:{:02}:{:02}:{:02}Z", date.0, date.1, date.2, date.3, date.4)),
            text(format!("GET /images/{:0width$}.svg HTTP/1.1", random(100), width = 3)),
            Pattern::unsigned(u64::from(random(600))),
            Pattern::unsigned(u64::from(random(100_000_000))),
        ];
        let criteria = (0..).zip(patterns).map(|(field, pattern)| Criterion::new(field, Sense::AnyOf, [pattern]));
        let criteria: Result<Vec<_>, _> = criteria.collect();
        let instance = TemplateInstance::builder(&log).criteria(criteria.expect("criteria")).build();
        rule = rule.instance(instance.expect("an instance"));
    }
    Content::builder(1, 1).template_type(log).rule(rule.build().expect("a rule")).build().expect("content")
}

fn read(file: &ChannelFile<'_>) -> usize {
    let criteria = file.instances().flat_map(|instance| instance.criteria());
    let patterns = criteria.flat_map(|criterion| criterion.patterns());
    patterns.fold(0, |sum, pattern| match pattern.value() {
        PatternValue::Text(text, _) => sum + text.len(),
        value => {
            black_box(value);
            sum + 1
        }
    })
}

fn measure(bench: &mut Bench, name: &str, bytes: &[u8]) {
    let content = decode(bytes).expect("a channel file");
    let file = ChannelFile::open(bytes).expect("a channel file");
    assert_eq!(encode(&content).as_deref(), Ok(bytes), "decode and encode lead back");
    let runs: [(&str, &dyn Fn() -> usize); 4] = [
        ("open", &|| ChannelFile::open(bytes).map_or(0, |file| file.instances().len())),
        ("read", &|| read(&file)),
        ("decode", &|| decode(bytes).map_or(0, |content| content.rules().len())),
        ("encode", &|| encode(&content).map_or(0, |bytes| bytes.len())),
    ];
    for (verb, run) in runs {
        let mut group = bench.benchmark_group(verb);
        group.throughput(Throughput::Bytes(u64::try_from(bytes.len()).unwrap_or_default()));
        assert!(run() > 0, "{verb} does something");
        group.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
    }
}

fn reader(bench: &mut Bench) {
    measure(bench, "records", &encode(&records(10_000)).expect("a file"));
    if let Some(path) = std::env::var_os("CHANNEL_FILE") {
        measure(bench, "own", &std::fs::read(path).expect("CHANNEL_FILE names a file"));
    }
}

criterion_group!(benches, reader);
criterion_main!(benches);
