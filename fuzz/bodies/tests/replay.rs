//! Each target over its seeds, and over every input that ever broke a promise. On stable, without an engine.
//!
//! `CORPUS=folder` replays another folder in which each target has one, as a campaign leaves it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use channel_file_fuzz_bodies::{TARGETS, Target};

fn replay(target: &Target, folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty: nothing would be tried", folder.display());
    for file in &files {
        let input = fs::read(file).unwrap();
        assert!(input.len() <= target.most_bytes, "{} is too long to be looked at", file.display());
        let held = catch_unwind(AssertUnwindSafe(|| target.run(&input)));
        assert!(held.is_ok(), "{} breaks a promise of target `{}`: {}", file.display(), target.name, target.oracle);
    }
    files.len()
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in a folder").to_owned()
}

macro_rules! replayed {
    ($($name:ident)+) => {
        /// Those that this file replays.
        const REPLAYED: &[&str] = &[$(stringify!($name)),+];

        mod seeds { $(
            #[test]
            fn $name() {
                let target = super::Target::named(stringify!($name)).expect("a target");
                super::replay(target, &super::fuzz().join("seeds").join(target.name));
            }
        )+ }
    };
}

replayed! { open open_repaired canonical roundtrip differential faults limits evaluate accepts content decompile dump inspect operations }

#[test]
fn every_target_is_replayed() {
    let targets: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(REPLAYED, targets);
}

/// Inputs that once broke a promise, each named for what was wrong.
#[test]
fn past_crashes_stay_mended() {
    let crashes = fuzz().join("crashes");
    let mut replayed = 0;
    for entry in fs::read_dir(&crashes).expect("there is a folder of past crashes") {
        let folder = entry.unwrap().path();
        if folder.is_dir() {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap().to_owned();
            let target = Target::named(&name).unwrap_or_else(|| panic!("{} belongs to no target", folder.display()));
            replayed += replay(target, &folder);
        }
    }
    println!("{replayed} past crashes");
}

#[test]
fn another_corpus_breaks_nothing() {
    let Some(folder) = std::env::var_os("CORPUS") else {
        println!("skipped: CORPUS names no folder");
        return;
    };
    let replayed: usize = TARGETS
        .iter()
        .map(|target| Path::new(&folder).join(target.name))
        .zip(TARGETS)
        .filter(|(folder, _)| folder.is_dir())
        .map(|(folder, target)| replay(target, &folder))
        .sum();
    assert!(replayed > 0, "there is no input in it");
}
