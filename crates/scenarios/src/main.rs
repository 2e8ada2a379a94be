//! Runs each operation on each set once, so that its instructions and allocations can be counted.
//!
//! `scenarios [WORD [VERB]]` takes the sets whose name contains the word, and of the operations that one. For each operation it prints a line: operation, set, what is worked
//! through, how much of it, calls of the allocator, and the most bytes that were taken at once, with tabs between them. The operations are
//! run in `counted` and nowhere else: `cargo xtask instructions` has callgrind count that function alone.
//!
//! `scenarios --slower` opens a file forty-one times where it says forty: a gate that does not notice is none.
// But for the allocator that counts.
#![deny(unsafe_code)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "what is measured is made here: where it cannot be made, there is nothing to measure"
)]

#[path = "../../../tests/counting/mod.rs"]
mod counting;

use std::hint::black_box;

use channel_file_scenarios::{Set, Units, Verb, each_operation, hostile, refuse};

use self::counting::count;

fn main() {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("--slower") {
        return control(TIMES + 1);
    }
    let wanted = argument.unwrap_or_default();
    let verb = std::env::args().nth(2);
    let is_wanted = |candidate: &str| verb.as_deref().is_none_or(|verb| verb == candidate);
    let sets = [Set::log(), Set::rules(100), Set::rules(1_000)].into_iter().chain(hostile::sets());
    sets.filter(|set| set.name.contains(&wanted)).for_each(|set| measure_set(&set, is_wanted));
    if "hostile/refused-late".contains(&wanted) && is_wanted("refuse") {
        let bytes = hostile::refused_late();
        let length = u64::try_from(bytes.len()).expect("a length");
        tell("refuse", "hostile/refused-late", Units::Bytes(length), &mut || u64::from(refuse(&bytes)));
    }
    if "control".contains(&wanted) && is_wanted("control") {
        control(TIMES);
    }
}

/// A file is opened so often for the control, which then is slower by a fortieth.
const TIMES: usize = 40;

fn control(times: usize) {
    let set = Set::rules(100);
    let open = |verb| verb == Verb::Open;
    each_operation(&set, open, |operation| {
        tell("control", "rules/100", operation.units, &mut || {
            (0..times).map(|_| operation.run()).fold(0, u64::wrapping_add)
        });
    });
}

/// Under callgrind everything takes fifty times as long; what takes longest is counted on small sets.
fn wants(set: &str, verb: Verb) -> bool {
    match verb {
        Verb::Check => set == "rules/100",
        Verb::Load | Verb::Evaluate => set.starts_with("rules/"),
        _ => true,
    }
}

fn measure_set(set: &Set, is_wanted: impl Fn(&str) -> bool) {
    let wants = |verb: Verb| wants(&set.name, verb) && is_wanted(verb.name());
    each_operation(set, wants, |operation| {
        tell(operation.verb.name(), &set.name, operation.units, &mut || operation.run());
    });
}

fn tell(verb: &str, set: &str, units: Units, run: &mut dyn FnMut() -> u64) {
    // What is made on the first call only, this call makes.
    let (_, taken) = count(&mut *run);
    println!("{verb}\t{set}\t{}\t{}\t{}\t{}", units.name(), units.count(), taken.calls, taken.peak);
    counted(run);
}

/// The one function that `cargo xtask instructions` names to callgrind.
#[inline(never)]
fn counted(run: &mut dyn FnMut() -> u64) {
    black_box(run());
}
