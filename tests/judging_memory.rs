//! Judging takes memory in proportion to the file, beside what loading and searching may take; loading does over the whole corpus.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod counting;
mod few_words;
mod files;
mod judged;

use std::iter::once;

use channel_file::interpreter::{Budget, Interpreter};
use channel_file::template::{Content, FieldKind, Pattern, SensorTypes};
use channel_file::validator::{FindingCode, Validator};
use channel_file::{ChannelFile, OwnTypes, encode};
use counting::count;
use few_words::{any_of, content, equals, instance, rule, template_type};
use judged::{contains, glob, none_of, one_instance, regex};

/// Bytes for each byte of the file. The documentation of `Validator` says the same.
const EACH_BYTE: u64 = 256;
/// The values that are kept, and one search for another.
const VALUES_AND_SEARCH: u64 = 128 << 20;
/// Where no value is long and no expression is searched through.
const PLAIN: u64 = 64 << 10;

#[test]
fn judging_the_corpus_takes_memory_in_proportion() {
    let invalid = files::invalid().into_iter().map(|file| (file.name, file.bytes));
    for (name, bytes) in files::valid().into_iter().chain(invalid) {
        let (report, taken) = count(|| Validator::new().judge(&bytes));
        let is_read = ChannelFile::open(&bytes).is_ok();
        assert_eq!(is_read, !report.findings.iter().any(|finding| finding.code == FindingCode::Unreadable), "{name}");
        // A file that cannot be read costs its finding.
        let least = if is_read { 512 << 10 } else { 4 << 10 };
        let most = if is_read { EACH_BYTE * length(&bytes) + least } else { least };
        assert!(taken.peak <= most, "{name}: {} bytes, more than {most}, for {} of file", taken.peak, bytes.len());
    }
}

#[test]
fn judging_takes_memory_in_proportion() {
    for (name, content) in plain() {
        let (peak, length) = judge(&content);
        let most = EACH_BYTE * length + PLAIN;
        assert!(peak <= most, "{name}: {peak} bytes, more than {most}, for {length} of file");
    }
}

#[test]
fn long_values_and_searches_are_bounded() {
    for (name, content) in costly() {
        let (peak, length) = judge(&content);
        let most = EACH_BYTE * length + VALUES_AND_SEARCH;
        assert!(peak <= most, "{name}: {peak} bytes, more than {most}, for {length} of file");
    }
}

/// A value that meets one of the short patterns holds all of the long ones: values for all of them are more than can be kept.
#[test]
fn content_that_takes_too_long_to_try_is_not_accepted() {
    let bytes = encode(&long_and_short(8)).expect("it is within the limits");
    let report = Validator::new().judge(&bytes);
    assert!(!report.is_accepted());
    let given_up = report.findings.iter().filter(|finding| finding.code == FindingCode::NoWitness).count();
    assert!(given_up > 0, "{:?}", report.findings.first());
}

/// While it loads, an interpreter takes at most four times what it keeps, and something for the file.
#[test]
fn loading_the_corpus_takes_memory_in_proportion() {
    for (name, bytes) in files::valid() {
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let own = OwnTypes::of(&file);
        let types = own.sensor_types();
        let (loaded, taken) = count(|| Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT));
        assert!(loaded.is_ok(), "{name}");
        let most = 4 * taken.kept + 32 * length(&bytes) + (64 << 10);
        assert!(taken.peak <= most, "{name}: {} bytes, more than {most}, to keep {}", taken.peak, taken.kept);
    }
}

fn judge(content: &Content) -> (u64, u64) {
    let bytes = encode(content).expect("it is within the limits");
    let (report, taken) = count(|| Validator::new().judge(&bytes));
    assert!(report.content.is_some(), "it was read");
    (taken.peak, length(&bytes))
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).expect("it fits")
}

/// Much of what is smallest in a file.
fn plain() -> Vec<(&'static str, Content)> {
    const MANY: usize = 800;
    let text = template_type(1, &[FieldKind::Text]);
    let of = |criterion| instance(&text, [criterion]);
    let instances = |patterns: &dyn Fn(usize) -> Pattern| {
        content([text.clone()], [rule("r", (0..MANY).map(|number| of(any_of(0, [patterns(number)]))))])
    };
    let numbered = |number: usize| contains(&format!("text {number:05}"));
    let absent = |number: usize| rule(&format!("{number:x}"), [of(any_of(0, [Pattern::absent()]))]);
    let letter = |number: usize| equals(&char::from(b'a' + u8::try_from(number % 26).expect("a letter")).to_string());
    vec![
        ("without values", instances(&|_| Pattern::absent())),
        ("letters", instances(&letter)),
        ("texts", instances(&numbered)),
        ("rules", content([text.clone()], (0..MANY).map(absent))),
        ("patterns", one_instance(&[FieldKind::Text], &[any_of(0, (0..MANY).map(numbered))])),
        ("excluded", one_instance(&[FieldKind::Text], &[none_of(0, (0..MANY).map(numbered))])),
        (
            "fields",
            one_instance(
                &[FieldKind::Text; 26],
                &(0..26).map(|field| any_of(field, [equals("b")])).collect::<Vec<_>>(),
            ),
        ),
    ]
}

/// What is searched through, and what needs long values.
fn costly() -> Vec<(&'static str, Content)> {
    let one = |criteria: &[_]| one_instance(&[FieldKind::Text], criteria);
    let large = |letter: char| any_of(0, [regex(&format!("^(?:a|b)*{letter}(?:a|b){{40}}$"))]);
    vec![
        ("long and short", long_and_short(4)),
        ("an expression of many classes", one(&[any_of(0, [regex(r"^\w{20}$")])])),
        ("a glob of many stars", one(&[any_of(0, [glob(&format!("{}b", "*a".repeat(500)))])])),
        ("two that only a large automaton tells apart", one(&[large('a'), large('b')])),
    ]
}

/// Many short patterns, and beside them as many criteria that ask for 8,000 bytes each.
fn long_and_short(number: usize) -> Content {
    let short = (0..200 * number).map(|number| contains(&format!("<{number:04}>")));
    let long = (0..number).map(|number| any_of(0, [contains(&format!("{number:02}{}", "a".repeat(8_000)))]));
    one_instance(&[FieldKind::Text], &once(any_of(0, short)).chain(long).collect::<Vec<_>>())
}
