//! Every file is what it says it is, in a folder by itself or not.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use channel_file::{ChannelFile, Limits, decode, encode};
use channel_file_corpus::{Frame, files, invalid, valid};

#[test]
fn valid_files_are_accepted_and_small() {
    for file in valid().expect("the content is valid") {
        let content = decode(&file.bytes).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        assert_eq!(encode(&content).as_ref(), Ok(&file.bytes), "{}", file.name);
        ChannelFile::open_with(&file.bytes, &Limits::EMBEDDED).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        assert!(file.bytes.len() <= 2_200, "{} has {} bytes", file.name, file.bytes.len());
    }
}

#[test]
fn invalid_files_are_refused_as_they_say() {
    let mut wrong = String::new();
    for file in invalid().expect("the bases are valid") {
        match ChannelFile::open(&file.bytes) {
            Ok(_) => wrong.push_str(&format!("{}: accepted\n", file.name)),
            Err(error) if (error.code(), error.offset()) == (file.code, Some(file.offset)) => {}
            Err(error) => {
                let explanation = ChannelFile::explain(error, &file.bytes);
                wrong.push_str(&format!("{}: {} at {}, but {explanation}\n", file.name, file.code, file.offset));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn names_are_unique_and_files_differ() {
    let files = files().expect("all are made");
    let names: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names.len(), files.len());
    let contents: BTreeSet<_> = files.iter().map(|file| file.bytes.as_slice()).collect();
    assert_eq!(contents.len(), files.len(), "two files are the same");
}

#[test]
fn a_frame_leads_back() {
    for file in valid().expect("the content is valid") {
        assert_eq!(Frame::cut(&file.bytes).expect("it is valid").bytes(), file.bytes, "{}", file.name);
    }
}
