//! What mutants come to: how many pass each gate of the reader, and what is wrong with the others.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use channel_file::{ChannelFile, ErrorCode, encode};
use channel_file_smith::{Choices, Gate, Generated, cross_over, mutate, random_mutate, repair};
use proptest::collection::vec;
use proptest::prelude::*;

fn mutant(file: &[u8], seed: u64, most: usize) -> Vec<u8> {
    let mut buffer = vec![0; most.max(file.len())];
    buffer[..file.len()].clone_from_slice(file);
    let mut chance = Choices::seeded(seed ^ 0x5555);
    let size = mutate(&mut buffer, file.len(), seed, &mut |bytes, size| random_mutate(bytes, size, &mut chance));
    buffer.truncate(size);
    buffer
}

fn file(seed: u64) -> Vec<u8> {
    Generated::new(&mut Choices::seeded(seed)).expect("valid").bytes().expect("valid")
}

/// Of a hundred.
fn shares(files: impl Iterator<Item = Vec<u8>>) -> (BTreeMap<Gate, usize>, BTreeMap<Option<ErrorCode>, usize>) {
    let (mut gates, mut codes, mut count) = (BTreeMap::new(), BTreeMap::new(), 0);
    for file in files {
        count += 1;
        let opened = ChannelFile::open(&file);
        let reached = Gate::reached(&opened);
        Gate::ALL.iter().filter(|gate| **gate <= reached).for_each(|gate| *gates.entry(*gate).or_default() += 1);
        *codes.entry(opened.err().map(|error| error.code())).or_default() += 1;
    }
    gates.values_mut().for_each(|passed| *passed = *passed * 100 / count);
    (gates, codes)
}

#[test]
fn mutants_pass_the_checksums_and_meet_all_that_can_be_wrong() {
    let files: Vec<_> = (0..100).map(file).collect();
    let mutants = (0..6_000_u64).map(|seed| mutant(&files[usize::try_from(seed % 100).unwrap()], seed, 1 << 14));
    let (gates, codes) = shares(mutants);
    let floors =
        [(Gate::Magic, 95), (Gate::Header, 85), (Gate::Checksums, 80), (Gate::Schema, 35), (Gate::Canonical, 25)];
    for (gate, floor) in floors {
        assert!(
            gates[&gate] >= floor,
            "{gate}: {} of 100 mutants pass, not {floor}: {gates:?} {codes:?}",
            gates[&gate]
        );
    }
    assert!(gates[&Gate::Canonical] < 80, "mutants change too little: {gates:?}");
    assert!(codes.len() > 60, "{} different answers alone: {codes:?}", codes.len());
}

/// libFuzzer's own mutator ends the process if there is nothing to work on.
#[test]
fn engines_are_never_given_nothing() {
    for seed in 0..20_000 {
        let mut file = file(seed % 50);
        let length = file.len();
        mutate(&mut file, length, seed, &mut |bytes, size| {
            assert!(!bytes.is_empty(), "seed {seed}");
            size
        });
    }
}

#[test]
fn children_pass_the_checksums() {
    let files: Vec<_> = (0..60).map(file).collect();
    let children = (0..2_000_u64).map(|seed| {
        let mut chance = Choices::seeded(seed);
        let (one, other) = (&files[chance.below(60)], &files[chance.below(60)]);
        let mut buffer = vec![0; 1 << 14];
        let size = cross_over(one, other, &mut buffer, seed);
        buffer.truncate(size);
        buffer
    });
    let (gates, codes) = shares(children);
    assert!(gates[&Gate::Checksums] >= 85, "{gates:?} {codes:?}");
    assert!(gates[&Gate::Canonical] >= 25, "{gates:?} {codes:?}");
    assert!(codes.len() > 20, "{codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes, results are within the buffer, the same again, and whole files stay what they are under repair.
    #[test]
    fn any_bytes_will_do(bytes in vec(any::<u8>(), 0..300), other in vec(any::<u8>(), 0..300), seed: u64, room in 0_usize..200) {
        let most = bytes.len() + room;
        let one = mutant(&bytes, seed, most);
        prop_assert!(one.len() <= most);
        prop_assert_eq!(&one, &mutant(&bytes, seed, most));
        let mut buffer = vec![0; most];
        let size = cross_over(&bytes, &other, &mut buffer, seed);
        prop_assert!(size <= most);
        let mut repaired = bytes;
        repair(&mut repaired);
        let mut again = repaired.clone();
        repair(&mut again);
        prop_assert_eq!(again, repaired);
    }

    #[test]
    fn whole_files_need_no_repair(seed: u64) {
        let generated = Generated::new(&mut Choices::seeded(seed)).expect("valid");
        let file = encode(&generated.content).expect("valid");
        let mut repaired = file.clone();
        repair(&mut repaired);
        prop_assert_eq!(repaired, file);
    }

    /// What damages the frame alone is mended.
    #[test]
    fn frames_are_repaired(seed: u64, at in 0_usize..44, byte: u8) {
        let file = file(seed);
        let mut damaged = file.clone();
        // The number of sections tells where everything is, channel and content version are content.
        prop_assume!(!(12..24).contains(&at) && !(32..36).contains(&at));
        damaged[at] = byte;
        repair(&mut damaged);
        prop_assert_eq!(damaged, file);
    }
}
