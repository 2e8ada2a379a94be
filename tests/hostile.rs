//! The most that a file can hold of one thing is checked in time that grows with the file.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;

use std::time::{Duration, Instant};

use channel_file::template::{Content, Criterion, FieldKind, Pattern, Sense, TemplateType};
use channel_file::{ChannelFile, Limits, encode_with};
use few_words::{any_of, content, equals, instance, rule, template_type};

/// Content of about this size, of which a check that is not linear makes much.
type Sized = fn(u32) -> Content;

const CONTENTS: &[(&str, Sized)] = &[
    ("fields", |size| {
        let builder = TemplateType::builder(1, 1, "wide");
        let wide = (0..size).fold(builder, |builder, field| builder.field(field.to_string(), FieldKind::Text));
        let wide = wide.build().expect("a type");
        let criteria = (0..wide.field_count()).map(|field| any_of(field, [Pattern::absent()]));
        let one = instance(&wide, criteria);
        content([wide], [rule("r", [one])])
    }),
    ("types", |size| {
        let types: Vec<_> = (0..size).map(|id| template_type(id, &[FieldKind::Text])).collect();
        let instances: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [Pattern::absent()])])).collect();
        content(types, [rule("r", instances)])
    }),
    ("versions", |size| {
        // Each version repeats the fields of those before: the file grows with the square.
        let count = size.isqrt();
        let types = (1..=count).map(|version| {
            let builder = TemplateType::builder(1, version, "t");
            (0..version).fold(builder, |b, field| b.field(field.to_string(), FieldKind::Text)).build().expect("a type")
        });
        let types: Vec<_> = types.collect();
        let instances: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [Pattern::absent()])])).collect();
        content(types, [rule("r", instances)])
    }),
    ("criteria on one field", |size| {
        let number = template_type(1, &[FieldKind::Unsigned]);
        let criteria = (0..size).map(|number| any_of(0, [Pattern::unsigned(u64::from(number))]));
        let one = instance(&number, criteria);
        content([number], [rule("r", [one])])
    }),
    ("patterns of one criterion", |size| {
        let text = template_type(1, &[FieldKind::Text]);
        let one = instance(&text, [any_of(0, (0..size).map(|number| equals(&number.to_string())))]);
        content([text], [rule("r", [one])])
    }),
    ("shapes", |size| {
        // No two instances have the same number of patterns: the file grows with the square.
        let text = template_type(1, &[FieldKind::Text]);
        let of = |count| instance(&text, [any_of(0, (0..count).map(|number| equals(&number.to_string())))]);
        let instances: Vec<_> = (1..=size.isqrt()).map(of).collect();
        content([text], [rule("r", instances)])
    }),
    ("instances without values", |size| {
        // Six bytes an instance, and no more patterns than bytes.
        let fields = TemplateType::builder(1, 1, "wide");
        let wide = (0..6).fold(fields, |builder, field| builder.field(field.to_string(), FieldKind::Text));
        let wide = wide.build().expect("a type");
        let none_of = |field| Criterion::new(field, Sense::NoneOf, [Pattern::absent()]).expect("a pattern");
        let one = instance(&wide, (0..6).map(none_of));
        content([wide], [rule("r", vec![one; usize::try_from(size).expect("it fits")])])
    }),
    ("rules", |size| {
        let text = template_type(1, &[FieldKind::Text]);
        let one = instance(&text, [any_of(0, [Pattern::absent()])]);
        content([text], (0..size).map(|number| rule(&number.to_string(), [one.clone()])))
    }),
];

/// Times are a sanity bound: a check that grows with the square of these files takes minutes.
#[test]
fn opening_the_most_there_can_be() {
    for (name, make) in CONTENTS {
        let size = if cfg!(miri) { 1_000 } else { 40_000 };
        let bytes = encode_with(&make(size), &Limits::FORMAT).expect("the format takes it");
        let started = Instant::now();
        ChannelFile::open_with(&bytes, &Limits::FORMAT).unwrap_or_else(|error| panic!("{name}: {error}"));
        let taken = started.elapsed();
        assert!(bytes.len() > usize::try_from(size / 2).expect("it fits"), "{name} has {} bytes", bytes.len());
        assert!(cfg!(miri) || taken < Duration::from_secs(10), "{name}: {taken:?} for {} bytes", bytes.len());
        println!("{name:26} {:8} bytes {taken:?}", bytes.len());
    }
}
