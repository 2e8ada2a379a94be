//! Mutation testing in one build: every mutant that `cargo mutants` lists of a module is compiled into a copy of the
//! library, behind a condition that a variable of the environment chooses, and run with the tests that reach it.
//!
//! What it is for, and what it found: `docs/MUTATION.md`.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod arguments;
mod blame;
mod building;
mod listed;
mod outcome;
mod process;
mod reach;
mod rewrite;
mod sites;
mod table;
mod tree;
mod trial;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::arguments::Arguments;
use crate::listed::Listed;
use crate::outcome::{Outcome, Outcomes, Record};
use crate::sites::{Obstacle, Unchosen};
use crate::tree::Tree;

/// What any of it fails with.
type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

/// Outcomes are written after so many mutants, for whoever stops it before its end.
const OFTEN: usize = 25;

fn main() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)).and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result {
    std::fs::create_dir_all(&arguments.out)?;
    let out = arguments.out.canonicalize()?;
    let kept = out.join("outcomes.json");
    if arguments.report {
        print!("{}", table::show(&Outcomes::read(&kept)?));
        return Ok(());
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).ok_or("the repository is not where it was")?;
    let before = if arguments.again { Outcomes::read(&kept)? } else { Outcomes::default() };

    let listed = listed::list(root, &arguments.modules)?;
    let tree = Tree::make(root, out.join("tree"), &listed)?;
    eprintln!("{} mutants, {} of them never chosen", listed.len(), tree.unchosen.len());
    let (binaries, left_out) = building::build(&tree, &out.join("build"), arguments, broken(&tree, &before))?;
    let slowest = Duration::try_from_secs_f64(arguments.slowest)?;
    let (tests, left_out_tests) = reach::measure(&binaries, &out, slowest)?;
    let time: Duration = tests.iter().map(|test| test.time).fold(Duration::ZERO, Duration::saturating_add);
    eprintln!("{} tests take {:.1} s; {} have no say", tests.len(), time.as_secs_f64(), left_out_tests.len());

    let mut outcomes = Outcomes {
        modules: arguments.modules.clone(),
        records: records(&tree, &listed, &left_out, &before),
        left_out_tests,
    };
    let numbers: Vec<usize> = (1..=tree.numbered.len()).collect();
    let started = Instant::now();
    for (done, number) in (1_usize..).zip(numbers) {
        let Some(mutant) = tree.mutant(number) else { continue };
        let record = outcomes.records.iter_mut().find(|record| record.name == mutant.name);
        let Some(record) = record.filter(|record| record.outcome == Outcome::Waiting) else { continue };
        (record.outcome, record.by) = trial::attempt(number, &tests)?;
        if matches!(record.outcome, Outcome::Missed | Outcome::Unreached | Outcome::Late) {
            eprintln!("{:?}: {}", record.outcome, record.name);
        }
        if done.is_multiple_of(OFTEN) {
            eprintln!("{done} of {} after {} s", tree.numbered.len(), started.elapsed().as_secs());
            outcomes.write(&kept)?;
        }
    }
    outcomes.write(&kept)?;
    print!("{}", table::show(&outcomes));
    Ok(())
}

/// The numbers of those that did not compile before.
fn broken(tree: &Tree, before: &Outcomes) -> BTreeSet<usize> {
    let names: BTreeSet<&str> = before
        .records
        .iter()
        .filter(|record| record.outcome == Outcome::DoesNotCompile)
        .map(|record| record.name.as_str())
        .collect();
    let numbered = (1..).zip(&tree.numbered);
    numbered.filter(|(_, mutant)| names.contains(mutant.name.as_str())).map(|(number, _)| number).collect()
}

/// What is known of each mutant before any is run.
fn records(tree: &Tree, listed: &[Listed], left_out: &BTreeSet<usize>, before: &Outcomes) -> Vec<Record> {
    let broken: BTreeSet<&str> =
        left_out.iter().filter_map(|number| tree.mutant(*number)).map(|mutant| mutant.name.as_str()).collect();
    let record = |mutant: &Listed| {
        let unchosen = tree.unchosen.iter().find(|unchosen| unchosen.name == mutant.name);
        let known = before.records.iter().find(|record| record.name == mutant.name);
        let known = known.filter(|record| matches!(record.outcome, Outcome::Caught | Outcome::Late));
        let (outcome, by) = match (unchosen, known) {
            (Some(Unchosen { why: Obstacle::Broken, .. }), _) => (Outcome::DoesNotCompile, None),
            (Some(Unchosen { why, .. }), _) => (Outcome::NotChosen, Some(format!("{why:?}"))),
            _ if broken.contains(mutant.name.as_str()) => (Outcome::DoesNotCompile, None),
            (_, Some(known)) => (known.outcome, known.by.clone()),
            _ => (Outcome::Waiting, None),
        };
        Record {
            name: mutant.name.clone(),
            function: mutant.function().to_owned(),
            what: mutant.what().to_owned(),
            file: mutant.file.clone(),
            outcome,
            by,
        }
    };
    listed.iter().map(record).collect()
}
