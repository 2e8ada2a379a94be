//! The two readers agree on any content, and on what becomes of it when several numbers are changed under fitting checksums.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/repair/mod.rs"]
mod repair;
#[path = "../../../tests/strategies/mod.rs"]
mod strategies;

use channel_file::{ChannelFile, encode};
use proptest::prelude::*;
use proptest::sample::Index;

/// What is written over a byte: its neighbours, small codes and the bound more often than others.
fn change(was: u8, how: u8, other: u8) -> u8 {
    match how {
        0 => was.wrapping_add(1),
        1 => was.wrapping_sub(1),
        2 => other % 12,
        3 => u8::MAX,
        _ => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_content_is_judged_alike(
        content in strategies::content(),
        damage in proptest::collection::vec((any::<Index>(), any::<Index>(), 0_u8..5, any::<u8>()), 0..4),
    ) {
        let mut bytes = encode(&content).expect("small content is within the limits");
        let whole = damage.is_empty();
        for (section, place, how, other) in damage {
            let sections = repair::sections(&bytes);
            let section = section.get(&sections).clone();
            let byte = &mut bytes[section.start + place.index(section.len())];
            *byte = change(*byte, how, other);
        }
        repair::checksums(&mut bytes);
        match (ChannelFile::open(&bytes), channel_file_second_reader::read(&bytes)) {
            (Ok(file), Ok(content)) => prop_assert_eq!(channel_file_library_text::text(&file), content.to_string()),
            (Err(_), Err(_)) => prop_assert!(!whole),
            (library, second) => {
                let (library, second) = (library.err().map(|error| error.to_string()), second.err());
                prop_assert!(false, "the library says {:?}, the second reader {:?}", library, second);
            }
        }
    }
}
