//! The interpreter finds exactly what a reference finds: the fuzz target `evaluate`, with seeds one after the other.
//!
//! A case is one event against one content with all of its instances. Under plain `cargo test` there are some thousands. Set
//! `DIFFERENTIAL_EVENTS` to a number of cases for a long run (in release mode ten million take some tens of minutes), and
//! `DIFFERENTIAL_SEED` to begin elsewhere than at 0, or to run one content again that was reported.
#![allow(clippy::arithmetic_side_effects, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use channel_file_fuzz_bodies::evaluate::{Tally, compare};
use channel_file_smith::Choices;

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
    let (mut sum, mut differences, mut scratch) = (Tally::default(), Vec::new(), None);
    let begin = Instant::now();
    for content in 0..contents {
        let seed = first_seed + content;
        let mut choices = Choices::seeded(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x5DEE_CE66);
        match compare(&mut choices, events, &mut scratch) {
            Ok(tally) => {
                sum.events += tally.events;
                sum.matching += tally.matching;
                sum.matches += tally.matches;
            }
            Err(difference) => differences.push(format!("seed {seed}: {difference}")),
        }
        if differences.len() >= MOST_DIFFERENCES {
            break;
        }
        if cases.is_some() && (content + 1) % 400 == 0 {
            println!("{:6.0} s: {sum:?}, {} differences", begin.elapsed().as_secs_f64(), differences.len());
        }
    }
    println!("{:6.1} s: {sum:?} on {contents} contents", begin.elapsed().as_secs_f64());
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    assert!(sum.matching * 10 > sum.events * 3, "too few events match: the generator is no good");
    assert!(sum.matching * 10 < sum.events * 9, "too few events match nothing: the generator is no good");
}
