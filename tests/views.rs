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

use channel_file::template::{
    Case, Comparison, Content, Example, Expectation, FieldKind, FieldReference, Operator, OwnedValue, Pattern,
    PatternValue,
};
use channel_file::view::InstanceView;
use channel_file::{ChannelFile, Header, encode};
use few_words::{any_of, content, equals, instance, rule, template_type};

#[test]
fn every_run_counts_what_is_left_of_it() {
    let rich = ("two of everything".to_owned(), rich());
    for (name, bytes) in files::valid().into_iter().chain([rich]) {
        let file = ChannelFile::open(&bytes).expect(&name);
        both_ends(&file.types());
        both_ends(&file.shapes());
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

#[test]
fn what_is_skipped_is_what_comes_first() {
    let rich = ("two of everything".to_owned(), rich());
    for (name, bytes) in files::valid().into_iter().chain([rich]) {
        let file = ChannelFile::open(&bytes).expect(&name);
        let mut ids = Vec::new();
        file.instances().for_each(|instance| ids.push(instance.id()));
        for place in 0..ids.len() + 2 {
            let mut instances = file.instances();
            assert_eq!(instances.nth(place).map(|own| own.id()), ids.get(place).copied(), "{name}");
            // And of those that are left once more.
            assert_eq!(instances.nth(1).map(|own| own.id()), ids.get(place + 2).copied(), "{name}");
        }
        assert!((0..).zip(file.examples()).all(|(place, own)| own.index() == place), "{name}");
    }
}

/// Column by column there are the same values as instance by instance, at whatever place a loop ends and `fold` takes over.
#[test]
fn columns_hold_the_values_of_the_instances() {
    let own =
        [("two of everything", rich()), ("every kind", every_kind())].map(|(name, bytes)| (name.to_owned(), bytes));
    for (name, bytes) in files::valid().into_iter().chain(own) {
        let file = ChannelFile::open(&bytes).expect(&name);
        let mut ids = 0..0;
        for (index, shape) in (0..).zip(file.shapes()) {
            assert_eq!((shape.index(), shape.ids().start), (index, ids.end), "{name}");
            ids = shape.ids();
            assert!(shape.instances().map(|instance| instance.id()).eq(ids.clone()), "{name}");
            each_step(&shape.columns());
            for instance in shape.instances() {
                assert_eq!(instance.template_type().key(), shape.template_type().key());
                assert_eq!(instance.field_count(), shape.field_count());
                let slots = instance.criteria().flat_map(|criterion| criterion.slots());
                assert!(slots.eq(shape.columns().map(|column| column.slot())), "{name}");
            }
            for (place, column) in shape.columns().enumerate() {
                assert_eq!(column.instances(), u32::try_from(ids.len()).expect("it fits"));
                let expected: Vec<_> = shape.instances().flat_map(|instance| slot_values(&instance, place)).collect();
                each_step(&column.values());
                assert!(column.values().eq(expected.iter().copied()), "{name}");
                for looped in 0..=expected.len() {
                    let mut values = column.values();
                    values.by_ref().take(looped).for_each(drop);
                    let mut rest = Vec::new();
                    values.for_each(|value| rest.push(value));
                    assert_eq!(rest, expected[looped..], "{name}");
                }
            }
        }
        assert_eq!(ids.end, u32::try_from(file.instances().len()).expect("it fits"), "{name}");
    }
}

/// The values of one slot of an instance, by its criteria.
fn slot_values<'a>(instance: &InstanceView<'a>, place: usize) -> Vec<PatternValue<'a>> {
    let slots = instance.criteria().flat_map(|criterion| criterion.slots());
    let counts: Vec<usize> = slots.map(|slot| usize::try_from(slot.count).expect("it fits")).collect();
    let patterns = instance.criteria().flat_map(|criterion| criterion.patterns());
    patterns.skip(counts[..place].iter().sum()).take(counts[place]).map(|pattern| pattern.value()).collect()
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

/// Two instances with two patterns of each kind of value.
fn every_kind() -> Vec<u8> {
    let kinds = [FieldKind::Text, FieldKind::Bytes, FieldKind::Unsigned, FieldKind::Signed, FieldKind::Boolean];
    let kinds = kinds.into_iter().chain([FieldKind::IpAddress, FieldKind::Text, FieldKind::Text]);
    let of = template_type(1, &kinds.collect::<Vec<_>>());
    let network = |text: &str| Pattern::network(text.parse().expect("a network")).expect("it has addresses");
    let bytes = |bytes: &[u8]| Pattern::bytes(Operator::Contains, bytes).expect("there are some");
    let text = |text: &str, case| Pattern::text(Operator::Contains, text, case).expect("it is not empty");
    let address = |text: &str| Pattern::address(text.parse().expect("an address"));
    let one = |number: u8| {
        let (unsigned, signed) = (u64::from(number), i64::from(number));
        let (range, signed_range) = (Pattern::unsigned_range(unsigned, 90), Pattern::signed_range(-signed, 90));
        let reference =
            |field| Pattern::field(FieldReference { field, comparison: Comparison::Equals, case: Case::Ignored });
        let texts = [text("a", Case::Sensitive), text("bc", Case::Ignored), text(&format!("d{number}"), Case::Ignored)];
        let addresses =
            [address("10.0.0.1"), address("::1"), network("10.0.0.0/8"), network("10.9.0.0/16"), network("fe80::/10")];
        instance(
            &of,
            [
                any_of(0, texts),
                any_of(1, [bytes(&[number]), bytes(&[1, number])]),
                any_of(2, [Pattern::unsigned(unsigned), Pattern::unsigned(u64::MAX), range.expect("it ascends")]),
                any_of(3, [Pattern::signed(-signed), Pattern::signed(i64::MIN), signed_range.expect("it ascends")]),
                any_of(4, [Pattern::boolean(false), Pattern::boolean(number > 1), Pattern::absent()]),
                any_of(5, addresses),
                any_of(6, [reference(0), reference(7), Pattern::absent(), Pattern::empty()]),
            ],
        )
    };
    encode(&content([of.clone()], [rule("r", [one(2), one(3)])])).expect("it is small")
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
