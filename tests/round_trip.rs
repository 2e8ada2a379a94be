//! One content, one encoding: what the writer makes the reader takes, and both lead back.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod strategies;

use channel_file::{ChannelFile, Limits, SharedChannelFile, decode, encode, encode_into};
use proptest::prelude::*;

proptest! {
    #[test]
    fn content_comes_back(content in strategies::content()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let decoded = decode(&bytes);
        prop_assert_eq!(decoded.as_ref(), Ok(&content), "{:?}", decoded.as_ref().err().map(|e| ChannelFile::explain(*e, &bytes)));
        prop_assert_eq!(encode(&decoded.expect("it was accepted")), Ok(bytes));
    }

    #[test]
    fn a_shared_file_gives_the_same_view(content in strategies::content()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let shared = SharedChannelFile::open(bytes.clone()).expect("what the writer makes is accepted");
        prop_assert_eq!(shared.clone().view().to_content(), content);
        prop_assert_eq!(shared.view().bytes(), &bytes[..]);
    }

    #[test]
    fn a_buffer_with_too_little_room_is_left_alone(content in strategies::content(), room in any::<prop::sample::Index>()) {
        let bytes = encode(&content).expect("small content is within the limits");
        let mut exact = vec![0; bytes.len()];
        prop_assert_eq!(encode_into(&content, &Limits::DEFAULT, &mut &mut exact[..]), Ok(u64::try_from(bytes.len()).expect("it fits")));
        prop_assert_eq!(&exact, &bytes);
        let mut short = vec![0; room.index(bytes.len())];
        let error = encode_into(&content, &Limits::DEFAULT, &mut &mut short[..]).expect_err("there is no room");
        prop_assert_eq!(error.code(), channel_file::ErrorCode::BufferTooSmall);
        prop_assert!(short.iter().all(|byte| *byte == 0));
    }
}
