//! Evaluating allocates nothing, from the first event on and whatever it holds; loading takes what the interpreter says it takes.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod counting;
mod few_words;

use std::net::{IpAddr, Ipv4Addr};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    Case, Comparison, Criterion, FieldKind, FieldReference, IpNetwork, Operator, Pattern, Sense, SensorTypes, Value,
};
use channel_file::{ChannelFile, OwnTypes, encode};
use counting::count;
use few_words::{any_of, content, instance, rule};

/// Two texts, and one of each other kind.
const KINDS: [FieldKind; 7] = [
    FieldKind::Text,
    FieldKind::Text,
    FieldKind::Bytes,
    FieldKind::Unsigned,
    FieldKind::Signed,
    FieldKind::Boolean,
    FieldKind::IpAddress,
];

/// With and without a dense automaton, with what must be there and without.
const EXPRESSIONS: [&str; 12] = [
    r"[^\\]{1,256}$",
    r"(?i)stra\u{DF}e",
    r"^a.*z$",
    r"(a|b)*c(a|b){12}",
    r".{4096}",
    r"\w{8}x",
    r"[\p{Greek}--α]+ω",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"^$",
    r"",
    r"(?s)^.*\\([^\\]+)\\?.*$",
    r"[0-9a-f]{8}-[0-9a-f]{4}-(?:[0-9a-f]{4}-){2}[0-9a-f]{12}",
];

/// Their dense automata give up at values that are not ASCII.
const WORDS: [&str; 2] = [r"\bword\b", r"\Bord\b"];

const GLOBS: [&str; 5] = ["*a*b*c*", "?*\\*é?", "a?b", "*x?*ÿ*z", "??????????*word?*"];

/// What loading may take whatever there is to load.
const TABLE: u64 = 64 * 1024;

#[test]
fn evaluating_allocates_nothing_from_the_first_event_on() {
    allocates_nothing("all together", &all_patterns());
    for bytes in each_alone() {
        allocates_nothing("alone", &bytes);
    }
}

#[test]
fn looking_for_words_outside_ascii_allocates_nothing() {
    for text in WORDS {
        allocates_nothing(text, &file_of([vec![any_of(0, [pattern(Operator::Regex, text, Case::Ignored)])]]));
    }
}

fn allocates_nothing(name: &str, bytes: &[u8]) {
    with_interpreter(bytes, |interpreter, own| {
        let long = long_values();
        for values in values(&long) {
            let event = Event::new(own, &values).expect("a value a field");
            // The first event of a scratch, of which nothing has been warmed up, and the second.
            let mut scratch = interpreter.scratch();
            for time in ["first", "second"] {
                let evaluate = || interpreter.evaluate(&event, &mut scratch).map(|found| found.rule.len()).sum();
                let (_, taken): (usize, _) = count(evaluate);
                assert_eq!(taken.calls, 0, "{name}, {time} event, {}", shown(&values));
            }
            assert!(scratch.work() > 0);
            let mut scratch = interpreter.measuring_scratch();
            let (_, taken) = count(|| interpreter.evaluate(&event, &mut scratch).count());
            assert_eq!(taken.calls, 0, "{name}, measured, {}", shown(&values));
        }
    });
}

/// Making an event, and asking what it is, neither.
#[test]
fn events_allocate_nothing() {
    with_interpreter(&all_patterns(), |interpreter, own| {
        let long = long_values();
        let values = values(&long);
        let mut scratch = interpreter.scratch();
        let (_, taken) = count(|| {
            for values in &values {
                let event = Event::new(own, values).expect("a value a field");
                let matches = interpreter.evaluate(&event, &mut scratch);
                assert!(matches.disposition().is_some() == (matches.len() > 0));
            }
            assert!(Event::new(own, &[]).is_err());
        });
        assert_eq!(taken.calls, 0);
    });
}

/// How much memory the interpreter says that it takes, and how much its allocator has given. What the allocator itself adds
/// for each allocation is neither's.
#[test]
fn an_interpreter_says_what_it_takes() {
    for (name, bytes) in loads() {
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let own_types = OwnTypes::of(&file);
        let types = own_types.sensor_types();
        let load = || Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is allowed");
        let (interpreter, taken) = count(load);
        let (says, kept) = (interpreter.memory(), taken.kept);
        println!("{name}: {} bytes of file, says {says}, keeps {kept}, {} at the highest", bytes.len(), taken.peak);
        assert!(says.abs_diff(kept) <= kept / 4, "{name}: says {says}, keeps {kept}");
        // While it loads, too, it stays in proportion; apart from the table in which it counts parts of texts.
        let read = u64::try_from(bytes.len()).expect("it is small");
        assert!(taken.peak <= 4 * kept + 32 * read + TABLE, "{name}: {} bytes, to keep {kept}", taken.peak);
        let ((), given_back) = count(|| drop(interpreter));
        assert_eq!((given_back.calls, given_back.kept), (0, 0));
    }
}

/// Twice the content is about twice the memory.
#[test]
fn memory_is_in_proportion_to_content() {
    let memory = |number: usize| {
        with_interpreter(&texts(number, Operator::Contains), |interpreter, _| {
            let scratch = count(|| interpreter.scratch()).1;
            (interpreter.memory(), scratch.kept)
        })
    };
    let ((one, scratch), (four, scratch_of_four)) = (memory(2000), memory(8000));
    assert!(four <= 5 * one && one <= four, "{one} for 2000 instances, {four} for 8000");
    assert!(scratch_of_four <= 5 * scratch && scratch <= scratch_of_four, "{scratch} and {scratch_of_four}");
}

fn pattern(operator: Operator, text: &str, case: Case) -> Pattern {
    Pattern::text(operator, text, case).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Every criterion that is tried.
fn criteria() -> Vec<Criterion> {
    let cases = [Case::Sensitive, Case::Ignored];
    let mut criteria = Vec::new();
    for case in cases {
        for text in EXPRESSIONS.iter().filter(|text| !text.is_empty()) {
            criteria.push(any_of(0, [pattern(Operator::Regex, text, case)]));
        }
        criteria.extend(GLOBS.map(|text| any_of(0, [pattern(Operator::Glob, text, case)])));
        for operator in [Operator::Equals, Operator::StartsWith, Operator::EndsWith, Operator::Contains] {
            for text in ["a", "word", "ÄÖÜ", "ſtraße", "K\u{212A}k", "a much longer text with many words"] {
                criteria.push(any_of(0, [pattern(operator, text, case)]));
                criteria.push(Criterion::new(1, Sense::NoneOf, [pattern(operator, text, case)]).expect("a pattern"));
            }
        }
        for comparison in [Comparison::Equals, Comparison::StartsWith, Comparison::EndsWith, Comparison::Contains] {
            criteria.push(any_of(0, [Pattern::field(FieldReference { field: 1, comparison, case })]));
        }
    }
    let network = IpNetwork::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 0)), 24).expect("a network");
    criteria.extend([
        any_of(0, [Pattern::network(network).expect("a network"), Pattern::unsigned_range(1, 9).expect("a range")]),
        any_of(1, [Pattern::absent(), Pattern::empty()]),
        any_of(2, [Pattern::bytes(Operator::Contains, [0xFF, 0]).expect("two bytes")]),
        any_of(3, [Pattern::unsigned(7), Pattern::unsigned_range(10, 20).expect("a range")]),
        any_of(4, [Pattern::signed(-7), Pattern::signed_range(-20, -10).expect("a range")]),
        any_of(5, [Pattern::boolean(true)]),
        any_of(6, [Pattern::address(Ipv4Addr::LOCALHOST.into()), Pattern::network(network).expect("a network")]),
    ]);
    criteria
}

fn file_of(rules: impl IntoIterator<Item = Vec<Criterion>>) -> Vec<u8> {
    let template_type = few_words::template_type(1, &KINDS);
    let rules = rules.into_iter().enumerate();
    let rules = rules.map(|(number, criteria)| rule(&format!("{number:05}"), [instance(&template_type, criteria)]));
    encode(&content([template_type.clone()], rules)).expect("it is small")
}

fn all_patterns() -> Vec<u8> {
    file_of(criteria().into_iter().map(|criterion| vec![criterion]))
}

/// Content with one expression or glob alone has no room but its own.
fn each_alone() -> Vec<Vec<u8>> {
    let costly = |criterion: &Criterion| {
        criterion
            .patterns()
            .iter()
            .any(|pattern| matches!(pattern.as_ref().operator(), Operator::Regex | Operator::Glob))
    };
    criteria().into_iter().filter(costly).map(|criterion| file_of([vec![criterion]])).collect()
}

fn texts(number: usize, operator: Operator) -> Vec<u8> {
    let text = |at: usize| format!(r"\{:x}-part-{at:04}.exe", at.wrapping_mul(0x9E37_79B9) % 0xFFFF);
    file_of((0..number).map(|at| vec![any_of(0, [pattern(operator, &text(at), Case::Ignored)])]))
}

/// Content whose memory is looked at: much of one thing each, and all together.
fn loads() -> Vec<(&'static str, Vec<u8>)> {
    let number = |at: usize| u64::try_from(at).expect("small");
    vec![
        ("all patterns", all_patterns()),
        ("one text", texts(1, Operator::Equals)),
        ("ten texts", texts(10, Operator::Equals)),
        ("texts equal", texts(3000, Operator::Equals)),
        ("texts begun", texts(3000, Operator::StartsWith)),
        ("texts ended", texts(3000, Operator::EndsWith)),
        ("texts contained", texts(3000, Operator::Contains)),
        ("numbers", file_of((0..3000).map(|at| vec![any_of(3, [Pattern::unsigned(number(at))])]))),
        (
            "ranges",
            file_of(
                (0..3000).map(|at| {
                    vec![any_of(3, [Pattern::unsigned_range(number(at), number(at) + 100).expect("a range")])]
                }),
            ),
        ),
        (
            "expressions",
            file_of((0..100).map(|at| {
                vec![any_of(0, [pattern(Operator::Regex, &format!(r"^\\x{at}[0-9a-f]{{4}}\.exe$"), Case::Ignored)])]
            })),
        ),
        (
            "expressions without automaton",
            file_of((0..20).map(|at| {
                vec![any_of(0, [pattern(Operator::Regex, &format!(r"(a|b)*c{at}(a|b){{12}}c"), Case::Ignored)])]
            })),
        ),
        (
            "globs",
            file_of(
                (0..1000)
                    .map(|at| vec![any_of(0, [pattern(Operator::Glob, &format!(r"\\{at}-*-?.exe"), Case::Ignored)])]),
            ),
        ),
        (
            "many criteria",
            file_of((0..1000).map(|at| {
                let text = format!("value {at}");
                vec![
                    any_of(0, [pattern(Operator::Contains, &text, Case::Ignored)]),
                    any_of(1, [pattern(Operator::Contains, &text, Case::Sensitive)]),
                    any_of(3, [Pattern::unsigned(number(at))]),
                    any_of(5, [Pattern::boolean(true)]),
                ]
            })),
        ),
    ]
}

/// Loads a file for its own types.
fn with_interpreter<T>(
    bytes: &[u8],
    call: impl FnOnce(&Interpreter<'_>, &channel_file::template::DeclaredType<'_>) -> T,
) -> T {
    let file = ChannelFile::open(bytes).expect("it is valid");
    let own_types = OwnTypes::of(&file);
    let types = own_types.sensor_types();
    let interpreter =
        Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("the budget allows it");
    call(&interpreter, types[0].declared())
}

fn long_values() -> Vec<Vec<u8>> {
    let repeated = |text: &str, bytes: usize| text.repeat(bytes / text.len() + 1).into_bytes();
    vec![
        repeated(r"C:\Windows\word a", 65_536),
        repeated("ä ſtraße wörd word\u{1F980}", 65_536),
        repeated("abc", 65_536),
        repeated(r"\aabbcab", 1_048_576),
        repeated("ÄÖÜω\u{212A}", 1_048_576),
        vec![0xFF; 65_536],
    ]
}

/// Events: short ones, long ones, ones that are not UTF-8, ones without values.
fn values(long: &[Vec<u8>]) -> Vec<[Value<'_>; 7]> {
    let short: [&[u8]; 12] = [
        b"",
        b"a",
        b"word",
        "ein wörd word.".as_bytes(),
        "STRA\u{1E9E}E KKk \u{212A}".as_bytes(),
        "ἈΩω".as_bytes(),
        b"\xFF\xFE word \xC3",
        br"C:\Windows\System32\a.exe",
        b"192.0.2.7",
        b"0x7",
        b"0123abcd-0123-abcd-0123-0123456789ab",
        b"a much longer text with many words",
    ];
    let of = |text| {
        [
            Value::Text(text),
            Value::Text(text),
            Value::Bytes(text),
            Value::Unsigned(7),
            Value::Signed(-7),
            Value::Boolean(true),
            Value::IpAddress(Ipv4Addr::LOCALHOST.into()),
        ]
    };
    let texts = long.iter().map(Vec::as_slice).chain(short);
    texts.map(of).chain([[Value::Absent; 7]]).collect()
}

/// The first value's length and its beginning.
fn shown(values: &[Value<'_>]) -> String {
    match values[0] {
        Value::Text(text) => format!("{} bytes {:?}", text.len(), text.get(..20).unwrap_or(text)),
        _ => "absent".to_owned(),
    }
}
