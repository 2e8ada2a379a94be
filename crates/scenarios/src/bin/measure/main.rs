//! Measures time and memory of the operations, for reports: `cargo xtask bench` runs it.
//!
//! Each line on the standard output is a JSON object: the operation, its set, what the file holds, nanoseconds of a run (the median and
//! the quartiles), and what a run asks of the allocator. Progress is told on the standard error.
// But for the allocator that counts.
#![deny(unsafe_code)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "what is measured is made here: where it cannot be made, there is nothing to measure"
)]

// It counts only while it is asked to: what allocates much must not pay for being counted while it is timed.
#[allow(dead_code, reason = "shared with the comparison of peers, which asks for more")]
#[path = "../../../../../benches/peers/src/allocations.rs"]
mod allocations;
mod growth;
mod options;
mod timing;

use std::process::ExitCode;

use channel_file_scenarios::{Set, Units, Verb, each_operation, hostile, refuse};

use self::allocations::{Taken, count};
use self::options::{Command, Options};
use self::timing::Times;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Options::parse(&arguments) {
        Ok(Options { command: Command::Help, .. }) => print!("{}", options::HELP),
        Ok(options @ Options { command: Command::Scenarios, .. }) => scenarios(&options),
        Ok(options @ Options { command: Command::Growth, .. }) => growth::run(&options),
        Err(problem) => {
            eprint!("error: {problem}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Every operation on every set, as `cargo bench` has them.
fn scenarios(options: &Options) {
    let rules = [100, 1_000, 10_000, 100_000].into_iter().filter(|instances| *instances <= options.instances);
    let sets = std::iter::once_with(Set::log).chain(rules.map(Set::rules)).chain(hostile::sets());
    for set in sets {
        let instances = instances(&set);
        measure(&set, |verb| verb != Verb::Check || (set.name.starts_with("rules/") && instances <= options.checked));
    }
    let refused = hostile::refused_late();
    let length = u64::try_from(refused.len()).expect("a length");
    tell(
        &Case { operation: "refuse", set: "hostile/refused-late", units: Units::Bytes(length), instances: 0 },
        &mut || u64::from(refuse(&refused)),
    );
}

/// What is run, as its line names it.
struct Case<'c> {
    operation: &'c str,
    set: &'c str,
    units: Units,
    instances: u64,
}

/// Measures the operations that are wanted.
fn measure(set: &Set, wants: impl Fn(Verb) -> bool) {
    let instances = instances(set);
    each_operation(set, wants, |operation| {
        let case = Case { operation: operation.verb.name(), set: &set.name, units: operation.units, instances };
        tell(&case, &mut || operation.run());
    });
}

fn instances(set: &Set) -> u64 {
    u64::try_from(set.instances().count()).expect("a length")
}

fn tell(case: &Case<'_>, run: &mut dyn FnMut() -> u64) {
    let Case { operation, set, units, instances } = case;
    eprint!("{operation:<12} {set:<22}");
    let (_, Taken { calls, peak, .. }) = count(&mut *run);
    let Times { median, lower_quartile, upper_quartile, runs } = timing::time(run);
    eprintln!(" {median:>14.0} ns, {runs} runs");
    // No name has anything in it that JSON would have escaped.
    println!(
        "{{\"operation\":\"{operation}\",\"set\":\"{set}\",\"units\":\"{}\",\"count\":{},\"instances\":{instances},\
         \"nanoseconds\":{median},\"lower_quartile_nanoseconds\":{lower_quartile},\
         \"upper_quartile_nanoseconds\":{upper_quartile},\"runs\":{runs},\"allocations\":{calls},\"peak_bytes\":{peak}}}",
        units.name(),
        units.count()
    );
}
