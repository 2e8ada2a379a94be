//! An operation that takes the square of its input: whoever judges growth must refuse it.

use crate::counted::count;

/// Judged as what is doubled is, and as slopes are.
pub(crate) const NAMES: [&str; 2] = ["control", "slope of the control"];

pub(crate) fn run(name: &str) {
    for size in [256, 512] {
        let numbers: Vec<u32> = (0..size).collect();
        count(name, "quadratic", numbers.len(), || {
            let less = |number: &u32| numbers.iter().filter(|other| *other < number).fold(0_u32, |sum, n| sum ^ n);
            numbers.iter().map(less).fold(0_u32, |sum, n| sum ^ n)
        });
    }
}
