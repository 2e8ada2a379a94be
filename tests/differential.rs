//! The interpreter finds exactly what a reference finds that is too simple to be wrong in the same way.
//!
//! A case is one event against one content with all of its instances. Under plain `cargo test` there are some thousands. Set
//! `DIFFERENTIAL_EVENTS` to a number of cases for a long run (in release mode ten million take some tens of minutes), and
//! `DIFFERENTIAL_SEED` to begin elsewhere than at 0, or to run one content again that was reported.
#![cfg(feature = "interpreter")]
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

mod difference;
mod generation;
mod reference;
mod strategies;

use std::time::Instant;

use channel_file::interpreter::{Budget, Scratch};
use channel_file::template::{Content, OwnedValue, SensorType, Value};
use proptest::prelude::*;

use self::difference::shrink::Case;
use self::difference::{BOUNDLESS, Pair};
use self::generation::content::{Generated, generate};
use self::generation::events::Source;
use self::generation::random::Random;
use self::generation::sensor::Declared;
use self::generation::words::Words;

/// Events against one content in a long run.
const EVENTS_OF_A_CONTENT: u64 = 250;

/// After so many differences there is no need for more.
const MOST_DIFFERENCES: usize = 10;

#[test]
fn contents_made_by_chance_mean_the_same_to_both() {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let cases = variable("DIFFERENTIAL_EVENTS");
    let first_seed = variable("DIFFERENTIAL_SEED").unwrap_or(0);
    let events = if cases.is_some() { EVENTS_OF_A_CONTENT } else { 25 };
    let contents = cases.map_or(300, |cases| cases.div_ceil(events));
    let mut run = Run::default();
    let begin = Instant::now();
    for content in 0..contents {
        run.content(first_seed + content, events);
        if run.differences.len() >= MOST_DIFFERENCES {
            break;
        }
        if cases.is_some() && (content + 1) % 400 == 0 {
            println!("{:6.0} s: {run}", begin.elapsed().as_secs_f64());
        }
    }
    println!("{:6.1} s: {run}", begin.elapsed().as_secs_f64());
    assert!(run.differences.is_empty(), "{}", run.differences.join("\n\n"));
    assert!(run.matching * 10 > run.events * 3, "too few events match: the generator is no good");
    assert!(run.matching * 10 < run.events * 9, "too few events match nothing: the generator is no good");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn models_of_all_kinds_mean_the_same_to_both(content in strategies::content(), seed in any::<u64>()) {
        let types = Declared::of(&content);
        let mut random = Random::new(seed);
        let words = Words::new(&mut random);
        let sensor: Vec<SensorType<'_>> = types.iter().map(Declared::supplied).collect();
        let pair = Pair::load(&content, &sensor, &BOUNDLESS).map_err(TestCaseError::fail)?;
        let mut scratch = pair.interpreter.scratch();
        for declared in &types {
            let source = Source::new(&content, declared, &words);
            for _ in 0..20 {
                let values = source.event(&mut random);
                pair.compare(declared, &values, &mut scratch)
                    .and_then(|_| pair.compare_explanations(declared, &values, &mut scratch))
                    .map_err(|error| TestCaseError::fail(format!("{error}\n{values:?}")))?;
            }
        }
    }
}

/// An event that was evaluated: which of the types it is of, its values, what matched.
type Seen = (usize, Vec<OwnedValue>, Vec<(u32, String)>);

/// What a long run has come to.
#[derive(Default)]
struct Run {
    contents: u64,
    events: u64,
    matching: u64,
    matches: u64,
    differences: Vec<String>,
    /// Of the content before: each interpreter is given one that is not its own.
    scratch: Option<Scratch>,
}

impl Run {
    /// All events of one content, which follow from the seed.
    fn content(&mut self, seed: u64, events: u64) {
        let mut random = Random::new(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x5DEE_CE66);
        let generated = generate(&mut random);
        let supplied = supplied(&mut random, &generated.types);
        let sensor: Vec<SensorType<'_>> = supplied.iter().map(Declared::supplied).collect();
        let automaton_bytes = random.pick(&[0, 2_000, Budget::DEFAULT.automaton_bytes]);
        let budget = Budget { automaton_bytes, ..BOUNDLESS };
        self.contents += 1;
        let pair = match Pair::load(&generated.content, &sensor, &budget) {
            Ok(pair) => pair,
            Err(error) => {
                let values: Vec<_> = supplied[0].fields.iter().map(|_| OwnedValue::Absent).collect();
                let case = Case::new(&generated.types, &supplied, &generated.content, (0, &values), &budget);
                return self.report(seed, &error, case);
            }
        };
        let mut scratch = self.scratch.take().unwrap_or_else(|| pair.interpreter.scratch());
        let seen = self.forwards(seed, &pair, &generated, (&supplied, &budget), &mut scratch, (&mut random, events));
        if random.percent(20) {
            scratch =
                if random.percent(50) { pair.interpreter.scratch() } else { pair.interpreter.measuring_scratch() };
        }
        for (of, values, found) in seen.iter().rev() {
            let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
            let again = pair.evaluate(&supplied[*of], &borrowed, &mut scratch);
            if again.as_ref() != Ok(found) {
                let error = format!("in another order {again:?}, at first {found:?}");
                let case = Case::new(&generated.types, &supplied, &generated.content, (*of, values), &budget);
                return self.report(seed, &error, case);
            }
        }
        self.scratch = Some(scratch);
    }

    /// One event after the other, and some of them twice.
    fn forwards(
        &mut self,
        seed: u64,
        pair: &Pair<'_>,
        generated: &Generated,
        (supplied, budget): (&[Declared<'_>], &Budget),
        scratch: &mut Scratch,
        (random, events): (&mut Random, u64),
    ) -> Vec<Seen> {
        let content: &Content = &generated.content;
        let sources: Vec<_> =
            supplied.iter().map(|declared| Source::new(content, declared, &generated.words)).collect();
        let mut seen = Vec::new();
        for index in 0..events {
            let of = random.below(supplied.len());
            let values = sources[of].event(random);
            self.events += 1;
            let mut result = pair.compare(&supplied[of], &values, scratch);
            if index % 8 == 0 && result.is_ok() {
                result = pair.compare(&supplied[of], &values, scratch);
            }
            if index % 16 == 1 && result.is_ok() {
                let explained = pair.compare_explanations(&supplied[of], &values, scratch);
                result = explained.and(result);
            }
            match result {
                Ok(found) => {
                    self.matching += u64::from(!found.is_empty());
                    self.matches += u64::try_from(found.len()).unwrap();
                    seen.push((of, values, found.into_iter().map(|found| (found.instance, found.rule)).collect()));
                }
                Err(error) => {
                    self.report(seed, &error, Case::new(&generated.types, supplied, content, (of, &values), budget));
                    break;
                }
            }
        }
        seen
    }

    fn report(&mut self, seed: u64, error: &str, case: Case<'_>) {
        let report = match case.difference() {
            Some(_) => {
                let case = case.shrunk();
                format!("seed {seed}: {}\n{case}", case.difference().unwrap_or_default())
            }
            None => format!("seed {seed}: {error}, and not with fresh memory\n{case}"),
        };
        println!("{report}\n");
        self.differences.push(report);
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { contents, events, matching, matches, differences, .. } = self;
        let differences = differences.len();
        write!(
            f,
            "{events} events on {contents} contents, {matching} match something, {matches} matches, {differences} differences"
        )
    }
}

/// What a sensor has: mostly all, sometimes only earlier versions or not all of the types.
fn supplied(random: &mut Random, types: &[Declared<'static>]) -> Vec<Declared<'static>> {
    let mut supplied = types.to_vec();
    if random.percent(20) {
        for declared in &mut supplied {
            let version = random.within(1, usize::try_from(declared.version).unwrap());
            *declared = declared.at(u32::try_from(version).unwrap());
        }
        if supplied.len() > 1 && random.percent(30) {
            supplied.remove(0);
        }
    }
    supplied
}
