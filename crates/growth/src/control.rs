//! An operation that takes the square of its input: whoever judges growth must refuse it.

use crate::counted::count;

pub(crate) const NAME: &str = "control";

pub(crate) fn run() {
    for size in [256, 512] {
        let numbers: Vec<u32> = (0..size).collect();
        count(NAME, "quadratic", numbers.len(), || {
            let less = |number: &u32| numbers.iter().filter(|other| *other < number).fold(0_u32, |sum, n| sum ^ n);
            numbers.iter().map(less).fold(0_u32, |sum, n| sum ^ n)
        });
    }
}
