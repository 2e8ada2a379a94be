//! Verdicts of the validator are those of the releases: the fuzz target `accepts`, with seeds one after the other.
//!
//! Under plain `cargo test` there are some thousand events. Set `ACCEPTANCE_EVENTS` to a number of events for a long run, and
//! `ACCEPTANCE_SEED` to begin elsewhere than at 0.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use channel_file::interpreter::Budget;
use channel_file::template::{SensorType, SensorTypes};
use channel_file::validator::{FindingCode, SensorManifest, Validator};
use channel_file::{ChannelFile, Limits};
use channel_file_fuzz_bodies::accepts::judge;
use channel_file_smith::{Choices, Declared, Generated, mutate, random_mutate};

/// No content by chance takes as long, whatever the machine is busy with.
const LONG: Duration = Duration::from_secs(60);

/// Events for each release that accepts a content.
const EVENTS_OF_A_RELEASE: u64 = 40;

#[test]
fn verdicts_are_those_of_the_releases() {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let least = variable("ACCEPTANCE_EVENTS").unwrap_or(1_500);
    let first_seed = variable("ACCEPTANCE_SEED").unwrap_or(0);
    let (mut events, mut matches, mut verdicts) = (0, 0, BTreeMap::<(bool, &str), u64>::new());
    let mut seed = first_seed;
    while events < least {
        let mut choices = Choices::seeded(seed.wrapping_mul(0x9E6C_63D0_9759_27A5) ^ 0x2545_F491_4F6C_DD1D);
        let judged = judge(&mut choices, EVENTS_OF_A_RELEASE);
        events += judged.events;
        matches += judged.matches;
        judged.releases.iter().for_each(|(change, accepted)| *verdicts.entry((*accepted, change)).or_default() += 1);
        seed += 1;
    }
    println!("{} contents, {events} events, {matches} matches: {verdicts:?}", seed - first_seed);
    let of = |accepted| verdicts.iter().filter(|((own, _), _)| *own == accepted).map(|(_, count)| count).sum::<u64>();
    assert!(of(true) > 15 && of(false) > 15, "too little of one of them: {verdicts:?}");
}

#[test]
fn damaged_files_are_judged_in_bounded_time() {
    let mut opened = 0_u32;
    for seed in 0..50 {
        let generated = Generated::new(&mut Choices::seeded(seed)).unwrap();
        let bytes = generated.bytes().unwrap();
        let sensor: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
        let manifest = SensorManifest::new("good", &SensorTypes::new(&sensor), Limits::DEFAULT, Budget::EMBEDDED);
        let manifests = [manifest];
        let validator = Validator::new().manifests(&manifests);
        for number in 0..8 {
            let mut damaged = bytes.clone();
            damaged.resize(bytes.len() + 64, 0);
            let mut chance = Choices::seeded(seed);
            let mut engine = |bytes: &mut [u8], size| random_mutate(bytes, size, &mut chance);
            let size = mutate(&mut damaged, bytes.len(), seed * 8 + number, &mut engine);
            damaged.truncate(size);
            let begin = Instant::now();
            let report = validator.judge(&damaged);
            assert!(begin.elapsed() < LONG, "seed {seed}: {:?}", begin.elapsed());
            let is_open = ChannelFile::open(&damaged).is_ok();
            assert_eq!(is_open, report.content.is_some());
            let is_unreadable = report.findings.iter().any(|finding| finding.code == FindingCode::Unreadable);
            assert_eq!(is_open, !is_unreadable);
            assert!(is_open || !report.is_accepted());
            opened += u32::from(is_open);
        }
    }
    assert!(opened > 40, "only {opened} damaged files open: the test tries nothing but the reader");
}
