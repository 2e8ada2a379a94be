//! Content of the usual shapes, small and a hundred times as large or more: what a byte, an instance or an event takes of one and the other.

use channel_file_scenarios::{Set, Verb, each_operation};

use crate::counted::count;

/// One kind of content at both its ends.
pub(crate) struct Slope {
    pub(crate) name: &'static str,
    small: fn() -> Set,
    large: fn() -> Set,
    verbs: &'static [Verb],
}

/// Not `decode-owned`: of what it takes of large files, half is the C library's, which looks for room among hundred thousands of blocks.
const OF_BYTES: &[Verb] = &[Verb::Open, Verb::Read, Verb::Encode];

pub(crate) const SLOPES: &[Slope] = &[
    // Files of 16 KiB and 4 MiB. Of rules there must be a hundred: below, it is chance how many of the long lists are among them.
    Slope { name: "slope of log", small: || Set::records(154), large: || Set::records(39_568), verbs: OF_BYTES },
    Slope {
        name: "slope of rules",
        small: || Set::rules_without_events(100),
        large: || Set::rules_without_events(10_618),
        verbs: OF_BYTES,
    },
    Slope {
        name: "slope of instances",
        small: || Set::rules(100),
        large: || Set::rules(3_000),
        verbs: &[Verb::Load, Verb::Evaluate],
    },
];

impl Slope {
    pub(crate) fn run(&self) {
        for make in [self.small, self.large] {
            let wants = |verb| self.verbs.contains(&verb);
            each_operation(&make(), wants, |operation| {
                let units = usize::try_from(operation.units.count()).unwrap_or(usize::MAX);
                count(self.name, operation.verb.name(), units, || operation.run());
            });
        }
    }
}
