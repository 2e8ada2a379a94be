//! The same operations on more and more.

use channel_file_scenarios::{Set, Verb};

use crate::measure;
use crate::options::Options;

/// The smallest file, in bytes. Each next one is four times as large.
const SMALLEST: u64 = 1 << 10;

/// About what a record and an instance take of a file.
const RECORD_BYTES: u64 = 106;
const INSTANCE_BYTES: u64 = 395;

/// Files of the log and of rules up to a size, then rules up to a number of instances.
pub(crate) fn run(options: &Options) {
    let is_of_bytes = |verb| matches!(verb, Verb::Open | Verb::Read | Verb::Encode | Verb::DecodeOwned);
    let sizes = || std::iter::successors(Some(SMALLEST), |size| size.checked_mul(4));
    for size in sizes().take_while(|size| *size <= options.bytes) {
        let records = usize::try_from(size / RECORD_BYTES).expect("a length");
        measure(&Set::records(records), is_of_bytes);
        measure(&Set::rules_without_events(size / INSTANCE_BYTES), is_of_bytes);
    }
    for instances in [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000] {
        let wants = |verb| match verb {
            Verb::Load | Verb::Evaluate => instances <= options.instances,
            Verb::Check => instances <= options.checked,
            _ => false,
        };
        if Verb::ALL.iter().any(|verb| wants(*verb)) {
            measure(&Set::rules(instances), wants);
        }
    }
}
