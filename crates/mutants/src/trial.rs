//! A mutant, and the tests that reach it: the quick ones first, until one fails.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::Result;
use crate::outcome::Outcome;
use crate::process::{self, Ended};
use crate::reach::Test;

/// The least time that tests get.
const LEAST: Duration = Duration::from_secs(10);

/// How many times the time that they take without a mutant.
const TIMES: u32 = 8;

/// Tests that together take no longer are run in one go.
const QUICK: Duration = Duration::from_millis(200);

/// Tests of one program that are run in one go.
struct Batch<'t> {
    tests: Vec<&'t Test<'t>>,
    time: Duration,
}

/// Tries a mutant; says which program noticed it.
pub(crate) fn attempt(number: usize, tests: &[Test<'_>]) -> Result<(Outcome, Option<String>)> {
    let batches = batches(tests.iter().filter(|test| test.reached.contains(&number)));
    if batches.is_empty() {
        return Ok((Outcome::Unreached, None));
    }
    let chosen = number.to_string();
    for Batch { tests, time } in batches {
        let Some(first) = tests.first() else { continue };
        let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
        let most = time.saturating_mul(TIMES).max(LEAST);
        let (ended, _) = process::run(first.binary, &names, ("MUTANT", &chosen), most)?;
        match ended {
            Ended::Passed => {}
            Ended::Failed => return Ok((Outcome::Caught, Some(first.binary.name.clone()))),
            Ended::Late => return Ok((Outcome::Late, Some(first.binary.name.clone()))),
        }
    }
    Ok((Outcome::Missed, None))
}

/// Batches of tests, the quickest first.
fn batches<'t>(tests: impl Iterator<Item = &'t Test<'t>>) -> Vec<Batch<'t>> {
    let mut tests: Vec<_> = tests.collect();
    tests.sort_by_key(|test| test.time);
    let mut done: Vec<Batch<'t>> = vec![];
    let mut open: BTreeMap<&std::path::Path, Batch<'t>> = BTreeMap::new();
    for test in tests {
        let batch = open.entry(&test.binary.path).or_insert(Batch { tests: vec![], time: Duration::ZERO });
        if !batch.tests.is_empty() && batch.time.saturating_add(test.time) > QUICK {
            done.push(std::mem::replace(batch, Batch { tests: vec![], time: Duration::ZERO }));
        }
        batch.tests.push(test);
        batch.time = batch.time.saturating_add(test.time);
    }
    done.extend(open.into_values());
    done.sort_by_key(|batch| batch.time);
    done
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::building::Binary;

    #[test]
    fn quick_tests_of_a_program_run_together_and_before_slow_ones() {
        let binary = |name: &str| Binary { name: name.to_owned(), path: name.into(), folder: "/".into() };
        let (a, b) = (binary("a"), binary("b"));
        let test = |binary, name: &str, millis| Test {
            binary,
            name: name.to_owned(),
            time: Duration::from_millis(millis),
            reached: BTreeSet::new(),
        };
        let tests = [test(&a, "slow", 900), test(&a, "one", 20), test(&b, "other", 50), test(&a, "two", 10)];
        let batches = batches(tests.iter());
        let names: Vec<Vec<&str>> =
            batches.iter().map(|batch| batch.tests.iter().map(|test| test.name.as_str()).collect()).collect();
        assert_eq!(names, [vec!["two", "one"], vec!["other"], vec!["slow"]]);
    }
}
