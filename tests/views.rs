//! What views count is what they give, from either end and after each step.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod few_words;
mod files;

use channel_file::template::{Content, Example, Expectation, FieldKind, OwnedValue, Pattern};
use channel_file::{ChannelFile, Header, encode};
use few_words::{any_of, content, equals, instance, rule, template_type};

#[test]
fn every_run_counts_what_is_left_of_it() {
    let rich = ("two of everything".to_owned(), rich());
    for (name, bytes) in files::valid().into_iter().chain([rich]) {
        let file = ChannelFile::open(&bytes).expect(&name);
        both_ends(&file.types());
        both_ends(&file.instances());
        both_ends(&file.rules());
        both_ends(&file.examples());
        file.types().for_each(|of| both_ends(&of.fields()));
        file.rules().for_each(|rule| both_ends(&rule.references()));
        file.rules().for_each(|rule| both_ends(&rule.examples()));
        file.examples().for_each(|example| each_step(&example.values()));
        for instance in file.instances() {
            each_step(&instance.criteria());
            instance.criteria().for_each(|criterion| each_step(&criterion.patterns()));
        }
    }
}

/// The numbers of the runs in a file that has two and more of each.
#[test]
fn runs_are_as_long_as_what_was_written() {
    let bytes = rich();
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let (rule, instance) = (file.rules().next().expect("a rule"), file.instances().next().expect("an instance"));
    let criteria = instance.criteria();
    let patterns = criteria.clone().next().expect("a criterion").patterns();
    let values = file.examples().next().expect("an example").values();
    let lengths = [rule.references().len(), criteria.len(), patterns.len(), values.len()];
    assert_eq!(lengths, [3, 2, 4, 2]);
}

#[test]
fn the_header_says_what_was_written() {
    let of = template_type(1, &[FieldKind::Text]);
    let rule = rule("r", [instance(&of, [any_of(0, [equals("p")])])]).build().expect("a rule");
    let content = Content::builder(291, 7).template_type(of).rule(rule).build().expect("content");
    let bytes = encode(&content).expect("it is small");
    let header = Header::peek(&bytes).expect("it is valid");
    let length = u64::try_from(bytes.len()).expect("it fits");
    assert_eq!((header.channel(), header.content_version(), header.length()), (291, 7, length));
    assert_eq!(header.format_version(), (1, 0));
    let file = ChannelFile::open(&bytes).expect("it is valid");
    assert_eq!((*file.header(), file.channel(), file.content_version()), (header, 291, 7));
}

fn each_step<I: ExactSizeIterator + Clone>(run: &I) {
    let mut run = run.clone();
    for left in (0..run.clone().count()).rev() {
        assert_eq!((run.len(), run.size_hint()), (left + 1, (left + 1, Some(left + 1))));
        assert!(run.next().is_some());
    }
    assert_eq!((run.len(), run.size_hint()), (0, (0, Some(0))));
    assert!(run.next().is_none() && run.next().is_none());
}

fn both_ends<I: ExactSizeIterator + DoubleEndedIterator + Clone>(run: &I) {
    each_step(run);
    each_step(&run.clone().rev());
    let mut both = run.clone();
    let mut left = run.len();
    while left > 0 {
        assert!(both.next().is_some());
        left -= 1;
        assert_eq!(both.next_back().is_some(), left > 0);
        left = left.saturating_sub(1);
        assert_eq!((both.len(), both.size_hint()), (left, (left, Some(left))));
    }
    assert!(both.next_back().is_none() && both.next().is_none());
}

/// Two types, two rules, three references, two examples, and an instance of two criteria, one of two slots.
fn rich() -> Vec<u8> {
    let two = template_type(1, &[FieldKind::Text, FieldKind::Unsigned]);
    let other = template_type(2, &[FieldKind::Boolean]);
    let texts = any_of(0, [equals("p"), equals("q"), equals("r"), Pattern::absent()]);
    let numbers = any_of(1, [Pattern::unsigned(1), Pattern::unsigned(2)]);
    let one = instance(&two, [texts, numbers]);
    let flag = instance(&other, [any_of(0, [Pattern::boolean(true)])]);
    let example =
        || Example::new(&two, Expectation::Match, [OwnedValue::Absent, OwnedValue::Unsigned(7)]).expect("two values");
    let first = rule("a", [one.clone(), one]).reference("x").reference("y").reference("z");
    let content = content([two.clone(), other], [first.example(example()).example(example()), rule("b", [flag])]);
    encode(&content).expect("it is small")
}
