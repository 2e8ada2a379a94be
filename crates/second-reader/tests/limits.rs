//! Both readers keep each limit, and the same presets.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/few_words/mod.rs"]
mod few_words;
#[path = "../../../tests/limit_cases/mod.rs"]
mod limit_cases;

use channel_file::template::{FieldKind, Pattern};
use channel_file::{ChannelFile, Limits, SectionKind, encode, encode_with};
use channel_file_corpus::{Frame, Place};
use channel_file_second_reader::read_with;
use few_words::{any_of, content, instance, rule, template_type};
use limit_cases::{Case, cases};

macro_rules! of_the_second_reader {
    ($limits:expr; $($name:ident)+) => {
        channel_file_second_reader::Limits { $($name: $limits.$name,)+ }
    };
}

fn second(limits: &Limits) -> channel_file_second_reader::Limits {
    of_the_second_reader! { limits; file_bytes types fields instances criteria patterns total_patterns pattern_bytes name_bytes
        rules references examples example_bytes
    }
}

#[test]
fn the_presets_are_the_same() {
    assert_eq!(channel_file_second_reader::Limits::default(), second(&Limits::DEFAULT));
}

#[test]
fn each_limit_is_kept() {
    for Case { name, content, needs, within, .. } in cases() {
        let bytes = encode(&content).expect("the default limits take it");
        assert!(read_with(&bytes, &second(&within(needs))).is_ok(), "{name}");
        let refusal = read_with(&bytes, &second(&within(needs - 1))).expect_err(name);
        assert_eq!(refusal.to_string(), format!("12. Limits: too many {}", name.replace('_', " ")));
    }
}

#[test]
fn patterns_are_no_more_than_the_file_has_bytes() {
    let wide = template_type(1, &[FieldKind::Text; 26]);
    let absent = instance(&wide, (0..26).map(|field| any_of(field, [Pattern::absent()])));
    let file = |instances: usize| {
        let content = content([wide.clone()], [rule("r", vec![absent.clone(); instances])]);
        encode_with(&content, &Limits::FORMAT).ok()
    };
    let most = (1..).map_while(file).last().expect("one instance is no problem");
    assert!(read_with(&most, &second(&Limits::FORMAT)).is_ok());
    // One instance more says its severity, disposition and rule.
    let mut frame = Frame::cut(&most).expect("it is valid");
    let end = Place::new(SectionKind::Shapes, 0, 10);
    let instances = frame.number(end).expect("a shape") + 1;
    frame.put(end, &instances.to_le_bytes()).expect("a shape");
    frame.section(SectionKind::Severities).expect("it is there").bytes.push(0);
    frame.section(SectionKind::Dispositions).expect("it is there").bytes.push(0);
    frame.section(SectionKind::InstanceRules).expect("it is there").bytes.extend([0; 4]);
    let more = frame.bytes();
    let error = ChannelFile::open(&more).expect_err("more patterns than bytes");
    assert_eq!(error.code().as_str(), "CF0714");
    let refusal = read_with(&more, &second(&Limits::FORMAT)).expect_err("more patterns than bytes");
    assert_eq!(refusal.to_string(), "12. Limits: more patterns than bytes");
}

/// Whatever the limits: sums that come to 2^32 are not 0. Each would go through the checks of its part if they were.
#[test]
fn ends_are_computed_without_wrapping_around() {
    const HALF: u32 = 1 << 31;
    let addresses = template_type(1, &[FieldKind::IpAddress]);
    let address = Pattern::address("2001:db8::1".parse().expect("an address"));
    let two_words = instance(&addresses, [any_of(0, [address])]);
    let text = template_type(1, &[FieldKind::Text]);
    let one_text = instance(&text, [any_of(0, [few_words::equals("a")])]);
    let wide = template_type(1, &[FieldKind::Text; 2]);
    let no_values = instance(&wide, [any_of(0, [Pattern::absent()]), any_of(1, [Pattern::absent()])]);
    let instances_end = Place::new(SectionKind::Shapes, 0, 10);
    let texts_end = Place::new(SectionKind::Shapes, 0, 14);
    let words_end = Place::new(SectionKind::Shapes, 0, 22);
    let count = Place::new(SectionKind::Slots, 0, 5);
    let rule_texts_end = Place::new(SectionKind::Rules, 0, 4);
    let text_ends = SectionKind::TextEnds;
    for (name, of, one, changes, code) in [
        ("words of an instance", &addresses, two_words, vec![(count, HALF), (words_end, 0)], "CF0306"),
        (
            "texts of two instances",
            &text,
            one_text.clone(),
            vec![(count, HALF), (instances_end, 2), (texts_end, 0)],
            "CF0306",
        ),
        ("patterns of all instances", &wide, no_values, vec![(instances_end, HALF)], "CF0714"),
        ("texts of all", &text, one_text, vec![(rule_texts_end, u32::MAX)], "CF0017"),
    ] {
        let bytes = encode(&content([of.clone()], [rule("r", [one])])).expect("it is small");
        let mut frame = Frame::cut(&bytes).expect("it is valid");
        for (place, number) in changes {
            frame.put(place, &number.to_le_bytes()).expect("it is there");
        }
        if code == "CF0017" {
            // A name of a type, one of a field, a pattern and 2^32 - 1 texts of rules: 2 more than 2^32.
            frame.section(text_ends).expect("it is there").bytes.truncate(8);
        }
        let bytes = frame.bytes();
        let error = ChannelFile::open_with(&bytes, &Limits::FORMAT).expect_err(name);
        assert_eq!(error.code().as_str(), code, "{name}: {}", ChannelFile::explain(error, &bytes));
        assert!(read_with(&bytes, &second(&Limits::FORMAT)).is_err(), "{name}");
    }
}
