//! What every format makes of small files that were damaged.

mod mutation;

use std::panic;

use channel_file_scenarios::{Random, log, rules};
use serde::Serialize;

use self::mutation::Kind;
use super::documents::Sample;
use super::entrant::Entrant;
use super::peers;
use crate::Failure;

/// What a format made of one damaged file.
#[derive(Clone, Copy, Default)]
pub(crate) struct Reaction {
    /// Access gave a view or a model.
    pub(crate) accepted: bool,
    /// Accepted, but the model is not that of the file before, or none can be made.
    pub(crate) other_value: bool,
    /// Accepted, but the model is written as other bytes than those that were read.
    pub(crate) other_bytes: bool,
    pub(crate) panicked: bool,
    /// Bytes of the largest request to the allocator.
    pub(crate) largest_request: i64,
}

/// What a format made of many.
#[derive(Clone, Copy, Default, Serialize)]
pub(crate) struct Tally {
    pub(crate) mutants: u64,
    pub(crate) accepted: u64,
    pub(crate) other_value: u64,
    pub(crate) other_bytes: u64,
    pub(crate) panics: u64,
    /// Those on which it asked the allocator for much at once.
    pub(crate) large_requests: u64,
    /// Bytes of the largest request.
    pub(crate) largest_request: i64,
}

#[derive(Clone, Serialize)]
pub(crate) struct Damaged {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) kinds: Vec<OfKind>,
    pub(crate) total: Tally,
}

#[derive(Clone, Serialize)]
pub(crate) struct OfKind {
    pub(crate) kind: Kind,
    #[serde(flatten)]
    pub(crate) tally: Tally,
}

/// Much is more than 16 MiB, or more than a thousand times what was to be read, which counts as 64 bytes at least.
const MUCH: i64 = 16 << 20;
const TIMES: usize = 1000;
const LEAST: usize = 64;

/// As many mutants for every format: of each small document and each kind of damage nearly alike.
///
/// Should a format abort the process, as on memory that cannot be had, the program ends with it: none here does.
pub(super) fn damage(mutants: u64, names: &[String]) -> Result<Vec<Damaged>, Failure> {
    let mut documents = documents(names)?;
    let first = documents.first().ok_or("there is no document")?;
    let mut results: Vec<Damaged> = first.iter().map(|entrant| Damaged::of(&**entrant)).collect();
    let hook = panic::take_hook();
    // A format that panics is counted; what it says would bury the table.
    panic::set_hook(Box::new(|_| {}));
    for mutant in 0..mutants {
        let kind = Kind::ALL[mutation::place(mutant, Kind::ALL.len())];
        let document = mutation::place(mutant / Kind::ALL.len() as u64, documents.len());
        for (entrant, result) in documents[document].iter_mut().zip(&mut results) {
            let damaged = kind.damage(entrant.bytes(), &mut Random::new(mutant));
            result.add(kind, damaged.len(), entrant.react(&damaged));
        }
    }
    panic::set_hook(hook);
    Ok(results)
}

/// Small documents, each in every format.
fn documents(names: &[String]) -> Result<Vec<Vec<Box<dyn Entrant>>>, Failure> {
    let mut documents = Vec::new();
    for records in [1, 8] {
        let sample = Sample::new(&format!("log/{records}"), log::content(&log::records(records)))?;
        documents.push(peers::of_log(&sample, names)?);
    }
    for instances in RULES {
        let sample = Sample::new(&format!("rules/{instances}"), rules::content(instances))?;
        documents.push(peers::of_rules(&sample, names)?);
    }
    Ok(documents)
}

/// So few instances that a channel file of them has less than 2 KiB.
const RULES: [u64; 3] = [1, 2, 4];

impl Damaged {
    fn of(entrant: &dyn Entrant) -> Self {
        let kinds = Kind::ALL.map(|kind| OfKind { kind, tally: Tally::default() }).to_vec();
        let description = entrant.description();
        Self { name: description.name, version: description.version, kinds, total: Tally::default() }
    }

    fn add(&mut self, kind: Kind, length: usize, reaction: Reaction) {
        self.total.add(length, reaction);
        for of_kind in self.kinds.iter_mut().filter(|of_kind| of_kind.kind == kind) {
            of_kind.tally.add(length, reaction);
        }
    }
}

impl Tally {
    fn add(&mut self, length: usize, reaction: Reaction) {
        let large = reaction.largest_request > MUCH.min((TIMES * length.max(LEAST)) as i64);
        self.mutants += 1;
        self.accepted += u64::from(reaction.accepted);
        self.other_value += u64::from(reaction.other_value);
        self.other_bytes += u64::from(reaction.other_bytes);
        self.panics += u64::from(reaction.panicked);
        self.large_requests += u64::from(large);
        self.largest_request = self.largest_request.max(reaction.largest_request);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channel_files_are_refused_when_damaged_and_others_are_not_always() {
        let results = damage(1_200, &[]).expect("formats");
        let own = results.iter().find(|result| result.name == "channel-file").expect("it is there").total;
        assert_eq!((own.mutants, own.accepted, own.panics, own.large_requests), (1_200, 0, 0, 0));
        for result in &results {
            let of_kinds = result.kinds.iter().fold(0, |sum, of| sum + of.tally.mutants);
            assert_eq!((result.total.mutants, of_kinds), (1_200, 1_200), "{}", result.name);
        }
        assert!(results.iter().any(|result| result.total.other_value > 0));
    }

    #[test]
    fn documents_are_small() {
        for document in documents(&["channel-file".to_owned()]).expect("formats") {
            assert!(document[0].bytes().len() < 2048, "{}", document[0].bytes().len());
        }
    }

    #[test]
    fn requests_are_large_by_both_measures() {
        let of = |length, largest_request| {
            let mut tally = Tally::default();
            tally.add(length, Reaction { largest_request, ..Reaction::default() });
            tally.large_requests
        };
        assert_eq!([of(0, 64_000), of(0, 64_001), of(1_000, 1_000_000), of(1_000, 1_000_001)], [0, 1, 0, 1]);
        assert_eq!([of(1 << 20, 16 << 20), of(1 << 20, (16 << 20) + 1)], [0, 1]);
    }
}
