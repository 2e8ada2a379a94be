//! What the validator claims to have proved, no event contradicts.
//!
//! Under plain `cargo test` there are some hundred contents. Set `PROOFS_CONTENTS` to a number of contents for a long run, and
//! `PROOFS_SEED` to begin elsewhere than at 0, or to judge one content again that was reported.
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

mod claims;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{OwnedValue, SensorType, SensorTypes, Value};
use channel_file::validator::{FindingCode, Validator, witness};
use channel_file::{ChannelFile, encode};
use channel_file_smith::{Choices, Declared, Generated};

use self::claims::{Counterexample, counterexamples};

/// No content by chance takes as long, whatever the machine is busy with.
const LONG: Duration = Duration::from_secs(60);

/// What a run has come to.
#[derive(Default)]
struct Run {
    claims: BTreeMap<FindingCode, u64>,
    events: u64,
    slowest: Duration,
    wrong: Vec<String>,
}

#[test]
fn no_event_contradicts_what_is_claimed() {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let contents = variable("PROOFS_CONTENTS");
    let first_seed = variable("PROOFS_SEED").unwrap_or(0);
    let events = if contents.is_some() { 1_000 } else { 60 };
    let mut run = Run::default();
    for seed in first_seed..first_seed + contents.unwrap_or(24) {
        run.content(seed, events);
        if run.wrong.len() >= 20 {
            break;
        }
    }
    println!("{:?}, {} events, slowest {:?}", run.claims, run.events, run.slowest);
    assert!(run.wrong.is_empty(), "{}", run.wrong.join("\n\n"));
    assert!(run.slowest < LONG, "{:?}", run.slowest);
    if contents.is_none() {
        let claimed: u64 = run.claims.values().sum();
        assert!(claimed > 100, "too little is claimed ({claimed}): the test tries nothing");
    }
}

impl Run {
    fn content(&mut self, seed: u64, events: u64) {
        let mut choices = Choices::seeded(seed.wrapping_mul(0xA24B_AED4_963E_E407) ^ 0x9FB2_1C65_1E98_DF25);
        let generated = Generated::new(&mut choices).unwrap();
        let bytes = encode(&generated.content).unwrap();
        let begin = Instant::now();
        let report = Validator::new().judge(&bytes);
        self.slowest = self.slowest.max(begin.elapsed());
        assert_eq!(Validator::new().judge(&bytes), report, "seed {seed}: not the same the second time");
        let file = ChannelFile::open(&bytes).unwrap();
        for finding in &report.findings {
            assert_ne!(finding.code, FindingCode::VerdictDiffers, "seed {seed}: {finding}");
            assert_ne!(finding.code, FindingCode::NotLoaded, "seed {seed}: {finding}");
            for counterexample in counterexamples(finding, &generated.content, &file) {
                *self.claims.entry(finding.code).or_default() += 1;
                if let Some(event) = self.contradiction(&counterexample, &generated, events, &mut choices) {
                    let Counterexample { claim, content } = &counterexample;
                    let criteria = content.rules()[0].instances()[0].criteria();
                    self.wrong.push(format!("seed {seed}: {claim}\nbut {event:?}\nmeets {criteria:?}"));
                }
            }
        }
    }

    /// An event that meets the counterexample: made by the search itself, or by chance.
    fn contradiction(
        &mut self,
        counterexample: &Counterexample,
        generated: &Generated<'_>,
        events: u64,
        choices: &mut Choices<'_>,
    ) -> Option<Vec<OwnedValue>> {
        let content = &counterexample.content;
        let bytes = encode(content).unwrap();
        let file = ChannelFile::open(&bytes).unwrap();
        if let Some(found) = witness(&file, 0, None) {
            return Some(found.values);
        }
        let types = Declared::of(content);
        let sensor: Vec<SensorType<'_>> = types.iter().map(Declared::supplied).collect();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&sensor), &Budget::DEFAULT).unwrap();
        let source = generated.events_against(content, &types[0]);
        let declared = types[0].declaration();
        let mut scratch = interpreter.scratch();
        for _ in 0..events {
            let values = source.event(choices);
            let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
            let event = Event::new(&declared, &borrowed).unwrap();
            self.events += 1;
            if interpreter.evaluate(&event, &mut scratch).count() > 0 {
                return Some(values);
            }
        }
        None
    }
}
