//! What the validator accepts for a release, that release loads and evaluates; what a release refuses, the validator refuses.
//!
//! Under plain `cargo test` there are some thousand events. Set `ACCEPTANCE_EVENTS` to a number of events for a long run, and
//! `ACCEPTANCE_SEED` to begin elsewhere than at 0.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod generation;
mod manifest_changes;
mod reference;
mod repair;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{OwnedValue, SensorType, SensorTypes, Value};
use channel_file::validator::{FindingCode, Level, ManifestTypes, Report, SensorManifest, Validator, Waiver};
use channel_file::{ChannelFile, Limits, encode};

use self::generation::content::{Generated, generate};
use self::generation::events::Source;
use self::generation::random::Random;
use self::generation::sensor::Declared;

/// No content by chance takes as long, whatever the machine is busy with.
const LONG: Duration = Duration::from_secs(60);

/// Events for each release that accepts a content.
const EVENTS_OF_A_RELEASE: u64 = 40;

#[derive(Debug, Default)]
struct Run {
    events: u64,
    matches: usize,
    accepted: BTreeMap<&'static str, u64>,
    refused: BTreeMap<&'static str, u64>,
}

#[test]
fn verdicts_are_those_of_the_releases() {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let events = variable("ACCEPTANCE_EVENTS").unwrap_or(1_500);
    let mut seed = variable("ACCEPTANCE_SEED").unwrap_or(0);
    let mut run = Run::default();
    while run.events < events {
        run.content(seed);
        seed += 1;
    }
    println!("{seed} contents: {run:?}");
    let accepted: u64 = run.accepted.values().sum();
    let refused: u64 = run.refused.values().sum();
    assert!(accepted > 15 && refused > 15, "too little of one of them: {run:?}");
}

impl Run {
    fn content(&mut self, seed: u64) {
        let mut random = Random::new(seed.wrapping_mul(0x9E6C_63D0_9759_27A5) ^ 0x2545_F491_4F6C_DD1D);
        let generated = generate(&mut random);
        let bytes = encode(&generated.content).unwrap();
        let sensor: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
        let good = SensorManifest::new("good", &SensorTypes::new(&sensor), Limits::DEFAULT, Budget::DEFAULT);
        let mut changes = vec![("nothing", good.clone())];
        for _ in 0..random.within(1, 6) {
            changes.push(manifest_changes::changed(&mut random, &good));
        }
        let manifests: Vec<_> = changes.iter().map(|(_, manifest)| manifest.clone()).collect();
        let waivers = waive_what_chance_makes(&generated);
        let report = Validator::new().manifests(&manifests).waivers(&waivers).judge(&bytes);
        // A waiver refuses nothing that is accepted without it.
        let without = seed.is_multiple_of(8).then(|| Validator::new().manifests(&manifests).judge(&bytes));
        assert_eq!(report.releases.len(), manifests.len());
        for (number, (change, manifest)) in changes.iter().enumerate() {
            let verdict = &report.releases[number];
            let context =
                || format!("seed {seed}, release {number}, changed: {change}, {manifest:?}\n{}", told(&report));
            let is_accepted_without = without.as_ref().is_some_and(|report| report.releases[number].is_accepted);
            assert!(verdict.is_accepted || !is_accepted_without, "{}", context());
            if verdict.is_accepted {
                *self.accepted.entry(change).or_default() += 1;
            } else {
                *self.refused.entry(change).or_default() += 1;
            }
            match self.loaded(&bytes, manifest, verdict.is_accepted.then_some((&generated, &mut random))) {
                Ok(()) => {}
                Err(error) => {
                    assert!(!verdict.is_accepted, "accepted, but {error}: {}", context());
                    let refuses = report.findings.iter().any(|finding| {
                        finding.release == Some(number) && finding.level == Level::Error && finding.waived.is_none()
                    });
                    assert!(refuses, "{error}, and nothing says so: {}", context());
                    assert!(!report.is_accepted(), "{}", context());
                }
            }
        }
        let is_refused =
            report.findings.iter().any(|finding| finding.level == Level::Error && finding.waived.is_none());
        assert_eq!(report.is_accepted(), !is_refused, "{}", told(&report));
    }

    /// What the release itself makes of the file: opened, loaded, and evaluated where it was accepted.
    fn loaded(
        &mut self,
        bytes: &[u8],
        manifest: &SensorManifest,
        evaluate: Option<(&Generated, &mut Random)>,
    ) -> channel_file::Result<()> {
        let file = ChannelFile::open_with(bytes, &manifest.limits)?;
        let types = ManifestTypes::of(manifest);
        let types = types.sensor_types();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &manifest.budget)?;
        let Some((generated, random)) = evaluate else { return Ok(()) };
        let mut scratch = interpreter.scratch();
        for sensor_type in &types {
            let declared = sensor_type.declared();
            let Some(own) = generated.types.iter().find(|own| own.id == declared.id) else { continue };
            if !file.types().any(|used| used.key().id == own.id) {
                continue;
            }
            let own = own.at(declared.version);
            let source = Source::new(&generated.content, &own, &generated.words);
            for _ in 0..EVENTS_OF_A_RELEASE {
                let mut values = source.event(random);
                values.resize(sensor_type.inputs(), OwnedValue::Absent);
                // Where fields were moved, values are of other kinds.
                for (value, field) in values.iter_mut().zip(declared.fields) {
                    if !value.as_ref().fits(field.kind) {
                        *value = OwnedValue::Absent;
                    }
                }
                let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
                let event = Event::new(declared, &borrowed)?;
                self.events += 1;
                self.matches += interpreter.evaluate(&event, &mut scratch).count();
            }
        }
        Ok(())
    }
}

/// Content by chance contradicts itself more often than not.
fn waive_what_chance_makes(generated: &Generated) -> Vec<Waiver> {
    let rules = generated.content.rules().iter();
    let waive = |rule: &channel_file::template::Rule, code: FindingCode| Waiver {
        rule: rule.id().into(),
        finding: code.name().into(),
        field: None,
        reason: "chance".into(),
    };
    rules.flat_map(|rule| [FindingCode::NeverMatches, FindingCode::NoWitness].map(|code| waive(rule, code))).collect()
}

fn told(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("{:?} {finding}\n", finding.release)).collect()
}

#[test]
fn damaged_files_are_judged_in_bounded_time() {
    let mut random = Random::new(7);
    let mut opened = 0_u32;
    for seed in 0..50 {
        let generated = generate(&mut Random::new(seed));
        let bytes = encode(&generated.content).unwrap();
        let sensor: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
        let manifest = SensorManifest::new("good", &SensorTypes::new(&sensor), Limits::DEFAULT, Budget::EMBEDDED);
        let manifests = [manifest];
        let validator = Validator::new().manifests(&manifests);
        for _ in 0..8 {
            let mut damaged = bytes.clone();
            let begin = repair::sections(&bytes)[0].start;
            for _ in 0..random.pick(&[1, 1, 1, 2, 4]) {
                let at = random.within(begin, damaged.len() - 1);
                damaged[at] = match random.below(4) {
                    0 => damaged[at] ^ (1 << random.below(8)),
                    1 => damaged[at].wrapping_add(1),
                    2 => damaged[at].wrapping_sub(1),
                    _ => u8::try_from(random.below(256)).unwrap(),
                };
            }
            repair::checksums(&mut damaged);
            if random.percent(10) {
                damaged.truncate(random.below(damaged.len()));
            }
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
