//! What loaded content is said to cost: work a byte, bytes of memory, and the instances that cost most.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_in_result,
    reason = "a test fails by panicking"
)]

mod few_words;

use channel_file::interpreter::{Budget, Interpreter, Refusal};
use channel_file::template::{
    Case, Comparison, Criterion, FieldKind, FieldReference, Operator, Pattern, SensorTypes, TemplateInstance,
    TemplateType,
};
use channel_file::{ChannelFile, ErrorCode, OwnTypes, encode};
use few_words::{any_of, content, equals, instance, rule, template_type};

/// Two texts, a number.
fn of() -> TemplateType {
    template_type(1, &[FieldKind::Text, FieldKind::Text, FieldKind::Unsigned])
}

fn text(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Sensitive).expect("not empty")
}

fn folded(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Ignored).expect("not empty")
}

fn loaded<T>(
    instances: impl IntoIterator<Item = TemplateInstance>,
    budget: &Budget,
    look: impl for<'t> FnOnce(&Interpreter<'t>) -> T,
) -> Result<T, Refusal> {
    let bytes = encode(&content([of()], [rule("r", instances)])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    Interpreter::load(&file, &SensorTypes::new(&types), budget).map(|interpreter| look(&interpreter))
}

fn work(criteria: impl IntoIterator<Item = Criterion>) -> u64 {
    loaded([instance(&of(), criteria)], &Budget::DEFAULT, |of| of.work()).expect("it is small")
}

fn memory(criteria: impl IntoIterator<Item = Criterion>) -> u64 {
    loaded([instance(&of(), criteria)], &Budget::DEFAULT, |of| of.memory()).expect("it is small")
}

/// By the index of the field, by each expression, and by each search that no index makes.
#[test]
fn a_byte_is_looked_at_as_often_as_is_said() {
    let contains = |of: &str| text(Operator::Contains, of);
    let regex = |of: &str| text(Operator::Regex, of);
    let glob = |of: &str| text(Operator::Glob, of);
    let number = Pattern::unsigned;
    // Without a text that it needs, so that no index tells of it.
    let bare = || regex("[ab][cd]");
    for (name, patterns, expected) in [
        ("texts at an end", vec![equals("x"), text(Operator::StartsWith, "y"), text(Operator::EndsWith, "z")], 0),
        ("a byte anywhere", vec![contains("x")], 1),
        ("a text anywhere", vec![contains("xyz")], 3),
        ("a text anywhere that is compared in three steps", vec![contains(&"x".repeat(40))], 2 + 3),
        ("texts whose case is not of ASCII", ["äb", "äc"].map(|of| folded(Operator::Contains, of)).into(), 32),
        ("such a text at an end", vec![folded(Operator::StartsWith, "äb"), folded(Operator::Equals, "äb")], 0),
        ("numbers", vec![number(7), number(8)], 1),
        ("no value", vec![Pattern::absent(), Pattern::empty()], 0),
        ("an expression", vec![bare()], 1),
        ("expressions", ["[ab][cd]", "[ab][ef]", "[ab][gh]"].map(regex).into(), 3),
        ("an expression of two texts, one of them in the index", vec![regex("abc.*def")], 1 + 2 + 3),
        ("an expression of a text or another, and a third", vec![regex("(abc|bcd).*def")], 1 + 3 + 3),
        ("and a number, parsed for the index and beside the expression", vec![regex("abc.*def"), number(7)], 6 + 1 + 1),
        ("and a text", vec![regex("abc.*def"), contains("xyz")], 6),
        ("numbers that no index tells of", vec![bare(), number(7), number(8)], 1 + 1),
        ("a text that no index tells of", vec![bare(), contains("xyz")], 1 + 1),
        ("texts that no index tells of", vec![bare(), contains("xyz"), contains("xyw"), equals("xyz")], 1 + 2),
        ("a glob's longest part, once more, and the text that it needs", vec![glob("ab*cde?*")], 4 + 1 + 1 + 3),
        ("a glob that needs no text", vec![glob("??")], 2 + 1),
    ] {
        assert_eq!(work([any_of(0, patterns)]), expected, "{name}");
    }
    let of_other = |field, comparison| {
        any_of(field, [Pattern::field(FieldReference { field: 1 - field, comparison, case: Case::Sensitive })])
    };
    assert_eq!(work([of_other(0, Comparison::Equals)]), 1, "a search in each of the two fields");
    assert_eq!(work([any_of(0, [bare()]), of_other(1, Comparison::Contains)]), 1 + 1, "added to the other field's own");
    let shared = any_of(0, [bare(), contains("xyz")]);
    assert_eq!(work([any_of(0, [bare()]), shared]), 1 + 1, "an expression is evaluated once, whoever asks");
    assert_eq!(work([any_of(0, [bare()]), any_of(1, [contains("xyz")])]), 3, "fields are each for themselves");
}

/// Where an expression has no dense automaton each of its states can be looked at for each byte.
#[test]
fn expressions_without_an_automaton_take_more_work() {
    let work = |expression: &str| {
        let expression = instance(&of(), [any_of(0, [text(Operator::Regex, expression)])]);
        loaded([expression], &Budget { automaton_bytes: 0, ..Budget::DEFAULT }, |of| of.work()).expect("it is small")
    };
    assert!(work("[ab][cd]") > 4, "two classes and what leads to them");
    assert_eq!(work("[ab][cd][ef][gh]") - work("[ab][cd][ef]"), work("[ab][cd][ef]") - work("[ab][cd]"));
}

/// What takes as much as the budget allows is loaded.
#[test]
fn the_budget_of_work_is_what_may_be_taken() {
    let regex = |of: &str| text(Operator::Regex, of);
    let instances = || {
        [vec![regex("[ab][cd]")], vec![equals("x")], vec![regex("abc.*def"), Pattern::unsigned(7)]]
            .map(|patterns| instance(&of(), [any_of(0, patterns)]))
    };
    let takes = loaded(instances(), &Budget::DEFAULT, |of| of.work()).expect("it is small");
    let within = |work| loaded(instances(), &Budget { work, ..Budget::DEFAULT }, |of| of.work());
    assert_eq!(within(takes).map_err(|refusal| refusal.error()), Ok(takes));
    let refusal = within(takes - 1).expect_err("one less");
    assert_eq!(refusal.code(), ErrorCode::BudgetWork);
    assert_eq!((refusal.error().expected(), refusal.error().found()), (Some(takes - 1), Some(takes)));
    let worst: Vec<_> = refusal.worst().iter().map(|cost| (cost.instance, cost.work)).collect();
    // By shape: the text, the expression and the number (which is parsed for all instances at once), the expression alone.
    assert_eq!(worst, [(1, 3), (2, 1), (0, 0)]);
    let source = std::error::Error::source(&refusal).map(ToString::to_string);
    assert_eq!(source, Some(refusal.error().to_string()));
}

/// Of an instance counts what its patterns take: texts by their length, expressions by what they are made into.
#[test]
fn the_instances_that_take_most_are_named() {
    let long = "x".repeat(1000);
    let globs = ["a?b*".to_owned(), format!("a?{long}*")].map(|of| text(Operator::Glob, &of));
    let patterns: Vec<Pattern> =
        [equals("x"), equals(&long), text(Operator::Regex, "[ab][cd]{50}")].into_iter().chain(globs).collect();
    let instances = || patterns.iter().map(|pattern| instance(&of(), [any_of(0, [pattern.clone()])]));
    let takes = loaded(instances(), &Budget::DEFAULT, |of| of.memory()).expect("it is small");
    let within = |bytes| loaded(instances(), &Budget { bytes, ..Budget::DEFAULT }, |of| of.memory());
    assert_eq!(within(takes).map_err(|refusal| refusal.error()), Ok(takes));
    let refusal = within(takes - 1).expect_err("one less");
    assert_eq!(refusal.code(), ErrorCode::BudgetBytes);
    let costs = refusal.worst();
    assert!(costs.is_sorted_by(|one, two| one.bytes >= two.bytes) && costs.len() == 5, "{costs:?}");
    let bytes: Vec<u64> = (0..5).map(|id| costs.iter().find(|cost| cost.instance == id).expect("each").bytes).collect();
    let [short, long, short_glob, long_glob, regex] = bytes[..] else { panic!("{bytes:?}") };
    assert_eq!(long - short, 999, "a byte of a text is a byte");
    assert!(long_glob - short_glob >= 999 && short_glob > short, "{bytes:?}");
    assert!(regex > 51, "a state takes more than a byte: {bytes:?}");
}

/// No room is kept for more: a further pattern takes as much as the one before.
#[test]
fn memory_grows_with_what_is_there() {
    let of = |numbers: u64| memory([any_of(2, (0..numbers).map(|number| Pattern::unsigned(3 * number)))]);
    let one = of(2) - of(1);
    for numbers in 2..40 {
        assert_eq!(of(numbers + 1) - of(numbers), one, "after {numbers}");
    }
}
