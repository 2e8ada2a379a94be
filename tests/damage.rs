//! Damage is refused: no truncation, no extension and no change of a byte of a valid file is accepted.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;
mod files;
mod repair;
mod strategies;
mod walk;

use channel_file::template::{Content, Example, Expectation, FieldKind, Operator, OwnedValue, Pattern};
use channel_file::{ChannelFile, ErrorCode, Limits, decode, encode};
use few_words::{any_of, content, equals, instance, rule, template_type};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn refused(bytes: &[u8]) -> ErrorCode {
    ChannelFile::open(bytes).expect_err("damage is refused").code()
}

#[test]
fn every_truncation_is_refused() {
    for (name, bytes) in files::valid() {
        for length in 0..bytes.len() {
            let code = refused(&bytes[..length]);
            let expected = if length < 44 { ErrorCode::Truncated } else { ErrorCode::Length };
            assert_eq!(code, expected, "{name}, {length} bytes");
        }
    }
}

#[test]
fn every_extension_is_refused() {
    for (name, bytes) in files::valid() {
        for further in [1, 2, 3, 7, 8, 13, 44, 4096, bytes.len()] {
            for value in [0, 1, b'\n', 0x7F, 0xC7, 0xFF] {
                let mut longer = bytes.clone();
                longer.resize(bytes.len() + further, value);
                assert_eq!(refused(&longer), ErrorCode::Length, "{name}, {further} bytes of {value}");
            }
        }
        assert_eq!(refused(&[bytes.clone(), bytes].concat()), ErrorCode::Length, "{name} twice");
    }
}

/// Every single byte to every other value: single bits among them. Miri takes some of each.
#[test]
fn every_change_of_a_byte_is_refused() {
    let small = ("small sections".to_owned(), encode(&small()).expect("it is small"));
    for (name, bytes) in files::valid().into_iter().chain([small]) {
        let mut changed = bytes.clone();
        let (positions, flips) = if cfg!(miri) { (37, 127) } else { (1, 1) };
        for (position, was) in bytes.iter().enumerate().step_by(positions) {
            for flip in (1..=u8::MAX).step_by(flips) {
                changed[position] = was ^ flip;
                assert!(ChannelFile::open(&changed).is_err(), "{name}, byte {position} with {flip:#x} flipped");
            }
            changed[position] = *was;
        }
    }
}

/// No value stands for "there is no checksum": zeros and ones are as wrong as any other, where all else fits.
#[test]
fn every_checksum_is_compared_whatever_is_written() {
    for (name, bytes) in files::valid() {
        let sections = repair::sections(&bytes);
        for written in [0, u32::MAX] {
            for (entry, section) in sections.iter().enumerate() {
                // One section in a thousand million has it rightly.
                assert_ne!(repair::crc32c(&bytes[section.clone()]), written, "{name}, section {entry}");
                let mut changed = bytes.clone();
                changed[44 + 13 * entry + 9..][..4].clone_from_slice(&written.to_le_bytes());
                repair::table(&mut changed);
                assert_eq!(refused(&changed), ErrorCode::SectionChecksum, "{name}, {written:#x} for section {entry}");
            }
            let mut changed = bytes.clone();
            changed[36..40].clone_from_slice(&written.to_le_bytes());
            repair::header(&mut changed);
            assert_eq!(refused(&changed), ErrorCode::TableChecksum, "{name}, {written:#x}");
            changed.clone_from(&bytes);
            changed[40..44].clone_from_slice(&written.to_le_bytes());
            assert_eq!(refused(&changed), ErrorCode::HeaderChecksum, "{name}, {written:#x}");
        }
    }
}

/// In sections of a mebibyte, around every power of two from their start and from their end.
#[test]
#[cfg_attr(miri, ignore = "checksums of mebibytes take hours")]
fn damage_of_large_files_is_refused() {
    let mut bytes = encode(&large()).expect("it is within the limits");
    assert!(ChannelFile::open(&bytes).is_ok());
    let mut large_sections = 0;
    for section in repair::sections(&bytes) {
        let powers = (0..).map(|power| 1_usize << power).take_while(|distance| *distance < section.len());
        let distances: Vec<usize> = powers.flat_map(|distance| [distance - 1, distance]).collect();
        let places = distances.iter().flat_map(|distance| [section.start + distance, section.end - 1 - distance]);
        for place in places {
            bytes[place] ^= 0x10;
            assert_eq!(refused(&bytes), ErrorCode::SectionChecksum, "byte {place}");
            bytes[place] ^= 0x10;
        }
        large_sections += usize::from(section.len() > 1 << 20);
    }
    assert_eq!(large_sections, 3, "heaps of texts and of byte strings, and words");
}

/// Every section is there, and each as short as can be.
fn small() -> Content {
    let of = template_type(1, &[FieldKind::Bytes, FieldKind::Unsigned]);
    let letter = Pattern::bytes(Operator::Equals, *b"a").expect("a byte string");
    let example = Example::new(&of, Expectation::Match, [OwnedValue::Absent, OwnedValue::Absent]).expect("two values");
    let one = instance(&of, [any_of(0, [letter]), any_of(1, [Pattern::unsigned(1)])]);
    content([of], [rule("r", [one]).example(example)])
}

/// Patterns of a mebibyte and more in each of the places where they can stand.
fn large() -> Content {
    const MANY: u64 = 180;
    let of = template_type(1, &[FieldKind::Text, FieldKind::Bytes, FieldKind::Unsigned]);
    let long = |number: u64| format!("{number:04}{}", "x".repeat(6_000));
    let large = |number: u64| {
        let bytes = Pattern::bytes(Operator::Equals, long(number).into_bytes()).expect("a byte string");
        let numbers = (0..800).map(|other| Pattern::unsigned(1_000 * number + other));
        instance(&of, [any_of(0, [equals(&long(number))]), any_of(1, [bytes]), any_of(2, numbers)])
    };
    content([of.clone()], [rule("r", (0..MANY).map(large))])
}

#[test]
fn zeros_have_an_error_of_their_own() {
    assert_eq!(refused(&[]), ErrorCode::Truncated);
    let zeros = vec![0; 1 << 20];
    let step = if cfg!(miri) { 255 } else { 1 };
    for length in (1..=4096).step_by(step).chain([1 << 20]) {
        let error = ChannelFile::open(&zeros[..length]).expect_err("it is no channel file");
        assert_eq!((error.code(), error.offset()), (ErrorCode::AllZero, Some(0)), "{length}");
        assert_eq!(error.found(), Some(u64::try_from(length).expect("it fits")));
    }
}

fn valid_file() -> impl Strategy<Value = Vec<u8>> {
    select(files::valid().into_values().collect::<Vec<_>>())
}

/// What random damage writes over a byte: bounds more often than others.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![3 => any::<u8>(), 2 => 0_u8..12, 1 => Just(0xFF), 1 => Just(b'*')]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 16 } else { 10_000 }))]

    #[test]
    fn random_damage_is_refused(
        bytes in valid_file(),
        damage in proptest::collection::vec((any::<Index>(), any::<u8>()), 2..40),
    ) {
        let mut damaged = bytes.clone();
        for (place, byte) in damage {
            damaged[place.index(bytes.len())] = byte;
        }
        prop_assume!(damaged != bytes);
        prop_assert!(ChannelFile::open(&damaged).is_err());
    }

    #[test]
    fn lost_and_doubled_runs_are_refused(bytes in valid_file(), from in any::<Index>(), to in any::<Index>(), double: bool) {
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let (from, to) = (from.min(to), from.max(to) + 1);
        let run = if double { bytes[from..to].repeat(2) } else { Vec::new() };
        let damaged: Vec<u8> = [&bytes[..from], &run, &bytes[to..]].concat();
        prop_assert!(ChannelFile::open(&damaged).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_refused_and_explained(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let error = ChannelFile::open(&bytes).expect_err("no such bytes are drawn");
        prop_assert!(!ChannelFile::explain(error, &bytes).to_string().is_empty());
    }

    /// What was changed under fitting checksums is refused, or it is the one encoding of other content.
    #[test]
    fn repaired_damage_is_refused_or_canonical(
        bytes in valid_file(),
        damage in proptest::collection::vec((any::<Index>(), any::<Index>(), byte()), 1..4),
    ) {
        let mut damaged = bytes;
        for (section, place, byte) in damage {
            let sections = repair::sections(&damaged);
            let section = section.get(&sections).clone();
            damaged[section.start + place.index(section.len())] = byte;
        }
        repair::checksums(&mut damaged);
        refused_or_canonical(&damaged)?;
    }

    /// The same with rows lost and doubled.
    #[test]
    fn repaired_sections_are_refused_or_canonical(
        bytes in valid_file(),
        section in any::<Index>(),
        from in any::<Index>(),
        to in any::<Index>(),
        double: bool,
    ) {
        let mut damaged = bytes;
        let sections = repair::sections(&damaged);
        let entry = section.index(sections.len());
        let bytes = damaged[sections[entry].clone()].to_vec();
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let (from, to) = (from.min(to), from.max(to) + 1);
        let run = if double { bytes[from..to].repeat(2) } else { Vec::new() };
        repair::replace_section(&mut damaged, entry, &[&bytes[..from], &run, &bytes[to..]].concat());
        repair::checksums(&mut damaged);
        refused_or_canonical(&damaged)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 2_000 }))]

    #[test]
    fn repaired_damage_of_any_content_is_refused_or_canonical(
        content in strategies::content(),
        section in any::<Index>(),
        place in any::<Index>(),
        byte in byte(),
    ) {
        let mut damaged = encode(&content).expect("small content is within the limits");
        let sections = repair::sections(&damaged);
        let section = section.get(&sections).clone();
        damaged[section.start + place.index(section.len())] = byte;
        repair::checksums(&mut damaged);
        refused_or_canonical(&damaged)?;
    }
}

fn refused_or_canonical(bytes: &[u8]) -> Result<(), TestCaseError> {
    // Whatever the caller's error is of, to explain it reads the damaged bytes.
    for error in errors_of_every_path() {
        prop_assert!(!ChannelFile::explain(*error, bytes).to_string().is_empty());
    }
    match ChannelFile::open_with(bytes, &Limits::FORMAT) {
        Ok(file) => {
            walk::walk(&file);
            let content = file.to_content();
            let encoded = channel_file::encode_with(&content, &Limits::FORMAT);
            prop_assert_eq!(encoded.as_deref(), Ok(bytes));
            if let Ok(content) = decode(bytes) {
                let encoded = encode(&content);
                prop_assert_eq!(encoded.as_deref(), Ok(bytes));
            }
        }
        Err(error) => {
            prop_assert!(error.offset().is_some_and(|offset| offset <= u64::try_from(bytes.len()).expect("it fits")));
            prop_assert!(!ChannelFile::explain(error, bytes).to_string().is_empty());
        }
    }
    Ok(())
}

/// Errors of the corpus: their paths name types, fields, instances, rules, examples and patterns that other bytes lack.
fn errors_of_every_path() -> &'static [channel_file::Error] {
    static ERRORS: std::sync::OnceLock<Vec<channel_file::Error>> = std::sync::OnceLock::new();
    ERRORS.get_or_init(|| {
        let mut errors: Vec<channel_file::Error> = Vec::new();
        for file in files::invalid() {
            let error = ChannelFile::open(&file.bytes).expect_err("it is invalid");
            if errors.iter().all(|other| other.path() != error.path()) {
                errors.push(error);
            }
        }
        errors
    })
}
