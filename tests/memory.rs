//! Memory is proportional to input; the checked view, errors and their explanations take none.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod counting;
mod few_words;
mod files;
mod repair;
mod walk;

use std::fmt::Write;
use std::hint::black_box;

use channel_file::template::{
    Content, Example, Expectation, FieldKind, OwnedValue, Pattern, TemplateInstance, TemplateType,
};
use channel_file::{ChannelFile, Error, Limits, SharedChannelFile, decode, decode_with, encode_with};
use counting::count;
use few_words::{any_of, content, equals, instance, rule, template_type};

/// Peak of decoding: so many bytes for each byte of the file, and at least. The documentation of `decode` says the same.
const DECODE: Bound = Bound { each_byte: 192, least: 4096 };

/// Peak of encoding, the file itself included. The documentation of `encode` says the same.
const ENCODE: Bound = Bound { each_byte: 48, least: 4096 };

struct Bound {
    each_byte: u64,
    least: u64,
}

impl Bound {
    fn hold(&self, name: &str, peak: u64, file: &ChannelFile<'_>) {
        let length = file.header().length();
        let bound = self.each_byte * length + self.least;
        assert!(peak <= bound, "{name}: {peak} bytes, more than {bound}, for {length} of file");
    }
}

#[test]
fn the_allocator_counts() {
    let (text, taken) = count(|| "four".repeat(2));
    assert_eq!((text.len(), taken.calls, taken.peak, taken.kept), (8, 1, 8, 8));
    let (_, taken) = count(|| drop(black_box([vec![1_u8; 100], vec![1; 50]])));
    assert!(taken.peak >= 150 && taken.kept == 0, "{}, {} of them kept", taken.peak, taken.kept);
}

#[test]
fn opening_and_walking_allocates_nothing() {
    for (name, bytes) in files::valid() {
        let (_, taken) = count(|| walk::walk(&ChannelFile::open(&bytes).expect("it is valid")));
        assert_eq!(taken.calls, 0, "{name}");
    }
    for (name, content) in contents() {
        let bytes = encode_with(&content, &Limits::FORMAT).expect("the format takes it");
        let open = || walk::walk(&ChannelFile::open_with(&bytes, &Limits::FORMAT).expect("it is valid"));
        assert_eq!(count(open).1.calls, 0, "{name}");
    }
}

/// Files that declare 2^32 of something are among them.
#[test]
fn refusing_and_explaining_allocates_nothing() {
    for file in files::invalid() {
        let explain = || {
            let error = ChannelFile::open(&file.bytes).expect_err("it is invalid");
            let mut text = Fixed { bytes: [0; 4096], length: 0 };
            write!(text, "{error} {error:?} {}", ChannelFile::explain(error, &file.bytes)).expect("there is room");
            text.length
        };
        let (length, taken) = count(explain);
        assert!(length > 0);
        assert_eq!(taken.calls, 0, "{}", file.name);
        // The owned model is made of what was accepted, and nothing before.
        assert_eq!(count(|| decode(&file.bytes).is_err()).1.calls, 0, "{}", file.name);
        let owned = file.bytes.clone();
        let (error, taken) = count(|| SharedChannelFile::open(owned).err());
        assert_eq!((error.is_some(), taken.calls), (true, 0), "{}, shared", file.name);
    }
}

/// All numbers of all rows set to 2^32 - 1, a column at a time.
#[test]
fn no_declared_number_makes_memory() {
    for (name, bytes) in files::valid() {
        for section in repair::sections(&bytes) {
            for width in [1, 2, 4, 8] {
                for start in (section.start..section.end).step_by(width).take(if cfg!(miri) { 1 } else { 64 }) {
                    let mut hostile = bytes.clone();
                    hostile[start..section.end.min(start + width)].fill(0xFF);
                    repair::checksums(&mut hostile);
                    let (error, taken) = count(|| decode_with(&hostile, &Limits::FORMAT).err());
                    // What is accepted all the same is content like any other.
                    assert!(error.is_none() || taken.calls == 0, "{name}: {error:?}");
                    let explain = |error: Error| write!(Nothing, "{}", ChannelFile::explain(error, &hostile));
                    assert_eq!(count(|| error.map(explain)).1.calls, 0, "{name}");
                }
            }
        }
    }
}

#[test]
fn the_peak_is_bounded_by_the_file() {
    let mut files: Vec<_> = contents()
        .into_iter()
        .map(|(name, content)| (name.to_owned(), encode_with(&content, &Limits::FORMAT).expect("the format takes it")))
        .collect();
    files.extend(files::valid());
    for (name, bytes) in files {
        let file = ChannelFile::open_with(&bytes, &Limits::FORMAT).expect("it is valid");
        let (content, taken) = count(|| decode_with(&bytes, &Limits::FORMAT).expect("it is valid"));
        DECODE.hold(&name, taken.peak, &file);
        let (encoded, taken) = count(|| encode_with(&content, &Limits::FORMAT).expect("it was read"));
        assert_eq!(encoded, bytes, "{name}");
        ENCODE.hold(&name, taken.peak, &file);
    }
}

#[test]
fn the_writer_reserves_the_file_once() {
    for (_, content) in contents() {
        let bytes = encode_with(&content, &Limits::FORMAT).expect("the format takes it");
        assert_eq!(bytes.capacity(), bytes.len());
    }
}

const MANY: usize = if cfg!(miri) { 100 } else { 3000 };

/// Content of which the model takes much more room than the file: many of what is smallest in a file.
fn contents() -> Vec<(&'static str, Content)> {
    let text = template_type(1, &[FieldKind::Text]);
    let wide = (0..64)
        .fold(TemplateType::builder(2, 1, "wide"), |builder, field| builder.field(field.to_string(), FieldKind::Text));
    let wide = wide.build().expect("a type");
    let absent = instance(&text, [any_of(0, [Pattern::absent()])]);
    let letter = |number: usize| equals(&char::from(b'a' + u8::try_from(number % 26).expect("a letter")).to_string());
    let on_every_field = |pattern: &dyn Fn() -> Pattern| -> TemplateInstance {
        instance(&wide, (0..64).map(|field| any_of(field, [pattern()])))
    };
    let absent_values = Example::new(&wide, Expectation::Match, vec![OwnedValue::Absent; 64]).expect("64 values");
    let short_value = Example::new(&text, Expectation::NoMatch, [OwnedValue::Text(b"x".into())]).expect("a value");
    let on_wide = rule("r", [instance(&wide, [any_of(0, [Pattern::absent()])])]);
    let types: Vec<_> = (0..500).map(|id| template_type(id, &[FieldKind::Text])).collect();
    let of_types: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [Pattern::absent()])])).collect();
    let one_letter = |number| instance(&text, [any_of(0, [letter(number)])]);
    let numbered = |number: usize| rule(&format!("{number:x}"), [absent.clone()]);
    vec![
        ("letters", content([text.clone()], [rule("r", (0..MANY).map(one_letter))])),
        ("rules", content([text.clone()], (0..MANY).map(numbered))),
        ("without values", content([text.clone()], [rule("r", vec![absent.clone(); MANY])])),
        ("numbers", content([wide.clone()], [rule("r", vec![on_every_field(&|| Pattern::unsigned(1)); 300])])),
        ("letters on every field", content([wide.clone()], [rule("r", vec![on_every_field(&|| letter(0)); 300])])),
        (
            "without values on every field",
            content([wide.clone()], [rule("r", vec![on_every_field(&Pattern::absent); 20])]),
        ),
        (
            "absent values",
            content([wide.clone()], [(0..500).fold(on_wide, |rule, _| rule.example(absent_values.clone()))]),
        ),
        (
            "short values",
            content(
                [text.clone()],
                [(0..MANY).fold(rule("r", [absent.clone()]), |rule, _| rule.example(short_value.clone()))],
            ),
        ),
        (
            "patterns",
            content(
                [text.clone()],
                [rule("r", [instance(&text, [any_of(0, (0..MANY).map(|n| equals(&format!("{n:x}"))))])])],
            ),
        ),
        (
            "references",
            content([text.clone()], [(0..250).fold(rule("r", [absent.clone()]), |rule, _| rule.reference("x"))]),
        ),
        ("types", content(types, [rule("r", of_types)])),
    ]
}

/// A buffer that does not grow.
struct Fixed {
    bytes: [u8; 4096],
    length: usize,
}

impl Write for Fixed {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?;
        place.clone_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// A place where text goes and does not stay.
struct Nothing;

impl Write for Nothing {
    fn write_str(&mut self, _: &str) -> std::fmt::Result {
        Ok(())
    }
}
