//! Files with faults: always refused, with the code that the fault promises.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use channel_file::{ChannelFile, ErrorCode};
use channel_file_smith::{Choices, Fault, Faulty, Generated, tighter_limits, tightest_limits};
use proptest::collection::vec;
use proptest::prelude::*;

const GENERATED: u64 = 300;

/// Valid files: generated ones, and those of the corpus.
fn files() -> Vec<(String, Vec<u8>)> {
    let generated = |seed| Generated::new(&mut Choices::seeded(seed)).and_then(|generated| generated.bytes());
    let generated = (0..GENERATED).map(|seed| (format!("seed {seed}"), generated(seed).expect("valid")));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/valid");
    let corpus = fs::read_dir(folder).expect("the corpus is there").map(|entry| entry.expect("it is readable").path());
    let corpus = corpus.map(|path| (path.display().to_string(), fs::read(&path).expect("it is readable")));
    let mut files: Vec<_> = generated.chain(corpus).collect();
    files.sort();
    files
}

#[test]
fn every_fault_is_met_with_its_code_in_every_file() {
    let files = files();
    assert!(files.len() > 320, "the corpus has files");
    let mut wrong = Vec::new();
    let mut put_in: BTreeMap<&str, u32> = Fault::ALL.iter().map(|fault| (fault.name(), 0)).collect();
    let mut codes = BTreeSet::new();
    let mut seed = 0;
    for (name, bytes) in &files {
        for fault in Fault::ALL.iter().flat_map(|fault| [fault; 3]) {
            seed += 1;
            let Some(faulty) = fault.apply(bytes, &mut Choices::seeded(seed)) else { continue };
            assert_eq!(faulty.faults.len(), 1);
            *put_in.get_mut(fault.name()).expect("it is listed") += 1;
            codes.insert(faulty.faults[0].1);
            if let Err(complaint) = faulty.judge(ChannelFile::open(&faulty.bytes)) {
                wrong.push(format!("{name}, {seed}: {complaint}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    let never: Vec<_> = put_in.iter().filter(|(_, times)| **times < 10).collect();
    assert!(never.is_empty(), "hardly ever put in: {never:?}");
    // The frame, texts, types, shapes, patterns, rules: all that bytes alone can have wrong. Compatibility with a sensor (06), misuse
    // (08) and evaluation (09) take more than bytes; limits (07) are below.
    let unmet: Vec<_> = ErrorCode::ALL
        .iter()
        .filter(|code| code.number() < 600 && !codes.contains(code))
        .map(|code| code.as_str())
        .collect();
    assert!(unmet.is_empty(), "no fault gives {unmet:?}");
}

#[test]
fn several_faults_are_met_with_the_code_of_one() {
    let files = files();
    let mut sizes = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    let mut wrong = Vec::new();
    for (seed, (name, bytes)) in (0..).zip(&files) {
        for (faults, seed) in (1..5).flat_map(|faults| (0..10).map(move |round| (faults, seed * 100 + round * 10))) {
            let seed = seed + u64::try_from(faults).expect("few");
            let faulty = Faulty::new(bytes, faults, &mut Choices::seeded(seed)).expect("some fault goes in");
            assert!((1..=faults).contains(&faulty.faults.len()));
            *sizes.entry((faults, faulty.faults.len())).or_insert(0) += 1;
            for (one, two) in faulty.faults.iter().zip(faulty.faults.iter().skip(1)) {
                pairs.insert((one.0.name(), two.0.name()));
            }
            if let Err(complaint) = faulty.judge(ChannelFile::open(&faulty.bytes)) {
                wrong.push(format!("{name}, {seed}: {complaint}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    // Nearly always as many as were asked for, and in many combinations.
    for faults in 1..5 {
        let all = sizes.get(&(faults, faults)).copied().unwrap_or(0);
        assert!(all * 100 > files.len() * 10 * 90, "{faults}: {sizes:?}");
    }
    assert!(pairs.len() > 2000, "{}", pairs.len());
}

/// What decides is the choices, and nothing else.
#[test]
fn the_same_choices_give_the_same_faults() {
    let files = files();
    let mut different = BTreeSet::new();
    for (name, bytes) in files.iter().take(30) {
        for seed in 0..20 {
            let make = || Faulty::new(bytes, 3, &mut Choices::seeded(seed));
            assert_eq!(make(), make(), "{name}");
            different.extend(make().map(|faulty| faulty.bytes));
        }
    }
    assert!(different.len() > 500, "{}", different.len());
}

/// Each file keeps the limits that it is at, and is refused under the ones that it is just beyond.
#[test]
fn limits_are_kept_to_the_one() {
    let mut codes = BTreeSet::new();
    for (seed, (name, bytes)) in (0..).zip(files()) {
        let limits = tightest_limits(&bytes).expect("the file is valid");
        assert_eq!(ChannelFile::open_with(&bytes, &limits).map(|_| ()), Ok(()), "{name}");
        for round in 0..20 {
            let mut choices = Choices::seeded(seed * 20 + round);
            let (limits, code) = tighter_limits(&bytes, &mut choices).expect("every file has bytes");
            assert_eq!(
                ChannelFile::open_with(&bytes, &limits).map_err(|error| error.code()).err(),
                Some(code),
                "{name}"
            );
            codes.insert(code);
        }
    }
    // What limits do not say: more patterns than bytes.
    let limits = ErrorCode::ALL.iter().filter(|code| (701..=713).contains(&code.number()));
    assert_eq!(codes, limits.copied().collect());
}

#[test]
fn names_are_unique_and_lead_back() {
    let names: BTreeSet<_> = Fault::ALL.iter().map(Fault::name).collect();
    assert_eq!(names.len(), Fault::ALL.len());
    for fault in Fault::ALL {
        assert_eq!(Fault::named(fault.name()), Some(*fault));
        assert!(!fault.shows().is_empty());
        assert_eq!(format!("{fault:?}"), fault.name());
    }
    assert_eq!(Fault::named("no such fault"), None);
}

/// The judge itself: what it is there to notice it notices.
#[test]
fn wrong_answers_are_noticed() {
    let bytes = Generated::new(&mut Choices::seeded(1)).expect("valid").bytes().expect("valid");
    let fault = Fault::named("field-count-more").expect("it is listed");
    let faulty = fault.apply(&bytes, &mut Choices::seeded(1)).expect("every file has a shape");
    assert_eq!(faulty.judge(ChannelFile::open(&faulty.bytes)), Ok(()));
    let accepted = faulty.judge(ChannelFile::open(&bytes)).expect_err("the file has no fault");
    assert!(accepted.contains("field-count-more") && accepted.contains("accepted"), "{accepted}");
    let other = Faulty { faults: vec![(fault, ErrorCode::TextUtf8)], ..faulty.clone() };
    let complaint = other.judge(ChannelFile::open(&faulty.bytes)).expect_err("the code is another");
    assert!(complaint.contains("CF0303"), "{complaint}");
}

#[test]
fn only_valid_files_get_faults() {
    assert_eq!(Faulty::new(b"", 1, &mut Choices::seeded(1)), None);
    let bytes = Generated::new(&mut Choices::seeded(1)).expect("valid").bytes().expect("valid");
    assert_eq!(Faulty::new(&bytes, 0, &mut Choices::seeded(1)), None);
    assert_eq!(Faulty::new(&bytes[1..], 1, &mut Choices::seeded(1)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_input_makes_a_file_that_is_refused(faults in 1..5_usize, decisions in vec(any::<u8>(), 0..200), input in vec(any::<u8>(), 0..1500)) {
        let bytes = Generated::new(&mut Choices::of(&input)).and_then(|generated| generated.bytes()).expect("valid");
        let faulty = Faulty::new(&bytes, faults, &mut Choices::of(&decisions)).expect("some fault goes in");
        prop_assert_eq!(faulty.judge(ChannelFile::open(&faulty.bytes)), Ok(()));
    }
}
