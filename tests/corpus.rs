//! The committed corpus: valid files are accepted and written back as they are; each invalid one meets its defect.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod files;
mod walk;

use channel_file::{ChannelFile, Limits, SharedChannelFile, decode, encode};

#[test]
fn valid_files_come_back_and_give_everything() {
    for (name, bytes) in files::valid() {
        let file = ChannelFile::open(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let content = decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(encode(&content).as_ref(), Ok(&bytes), "{name}");
        let seen = walk::walk(&file);
        let shared = SharedChannelFile::open(bytes.clone()).expect("it was accepted");
        assert_eq!(walk::walk(&shared.view()), seen, "{name}");
        for limits in [Limits::EMBEDDED, Limits::FORMAT] {
            let file = ChannelFile::open_with(&bytes, &limits).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(walk::walk(&file), seen, "{name}");
        }
    }
}

#[test]
fn invalid_files_meet_their_defects() {
    let mut wrong = String::new();
    for file in files::invalid() {
        match decode(&file.bytes) {
            Ok(_) => wrong.push_str(&format!("{}: accepted\n", file.name)),
            Err(error) if (error.code().as_str(), error.offset()) == (file.code.as_str(), Some(file.offset)) => {}
            Err(error) => wrong.push_str(&format!("{}: {} at {}, but {error}\n", file.name, file.code, file.offset)),
        }
        assert_eq!(ChannelFile::open(&file.bytes).err(), decode(&file.bytes).err(), "{}", file.name);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_offset_is_within_the_file() {
    for file in files::invalid() {
        let length = u64::try_from(file.bytes.len()).expect("it fits");
        // Just after the end is where the missing bytes should have been.
        assert!(file.offset <= length, "{} at {} of {length}", file.name, file.offset);
    }
}
