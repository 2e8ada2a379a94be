//! How long the validator takes for content that is made to keep it busy, by the wall clock: each is judged once. For content of the
//! usual shape: `cargo bench -p channel-file-scenarios -- check/`.
//!
//! `cargo bench --bench validator --features validator`
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench fails by panicking"
)]

#[path = "../tests/few_words/mod.rs"]
mod few_words;
#[path = "../tests/judged/mod.rs"]
mod judged;

use std::time::Instant;

use channel_file::encode;
use channel_file::template::{Content, Criterion, FieldKind, Operator, Pattern};
use channel_file::validator::{Tally, Validator};

use self::few_words::{any_of, content, equals, instance, rule, template_type};
use self::judged::{contains, ends, glob, ignoring, network, none_of, one_instance, range, refers, regex, starts};

fn main() {
    many_patterns_on_one_field();
    long_patterns();
    many_criteria_on_one_field();
    large_expressions();
    references_and_siblings();
    many_searches_that_are_given_up();
}

fn measure(name: &str, content: &Content) {
    let bytes = encode(content).expect("it is within the limits");
    let begin = Instant::now();
    let report = Validator::new().judge(&bytes);
    let elapsed = begin.elapsed();
    let mut codes: Vec<_> = report.findings.iter().map(|finding| finding.code.name()).collect();
    let findings = codes.len();
    codes.dedup();
    let patterns = report
        .coverage
        .iter()
        .map(|field| field.patterns)
        .fold((0, 0), |(present, exercised), own: Tally| (present + own.present, exercised + own.exercised));
    println!(
        "{:9.3} s  {name}: {} of {} patterns exercised, {findings} findings {codes:?}",
        elapsed.as_secs_f64(),
        patterns.1,
        patterns.0
    );
}

fn judge(cases: Vec<(String, Content)>) {
    for (name, content) in cases {
        measure(&name, &content);
    }
}

fn on_text(name: &str, criteria: Vec<Criterion>) -> (String, Content) {
    (name.to_owned(), one_instance(&[FieldKind::Text; 3], &criteria))
}

/// All words of so many letters, each of which is one of two.
fn words(letters: u32) -> impl Iterator<Item = String> {
    (0..1_u32 << letters)
        .map(move |number| (0..letters).map(|letter| if number >> letter & 1 == 1 { 'b' } else { 'a' }).collect())
}

fn many_patterns_on_one_field() {
    let overlapping = |letters| words(letters).map(|word| contains(&word));
    let numbers = |count: u64| (0..count).map(|number| Pattern::unsigned(number * 3));
    let ranges = |count: u64| (0..count).map(|number| range(number * 10, number * 10 + 5));
    let networks =
        |count: u32| (0..count).map(|number| network(&format!("10.{}.{}.0", number / 256, number % 256), 24));
    let of =
        |name: &str, kind: FieldKind, criteria: Vec<Criterion>| (name.to_owned(), one_instance(&[kind], &criteria));
    judge(vec![
        on_text("1,024 overlapping", vec![any_of(0, overlapping(10))]),
        on_text("4,096 overlapping", vec![any_of(0, overlapping(12))]),
        on_text("2,048 overlapping excluded", vec![any_of(0, [starts("a")]), none_of(0, overlapping(11))]),
        on_text(
            "all words of 8 letters excluded, and nothing but letters",
            vec![any_of(0, [regex("^[ab]{8,}$")]), none_of(0, overlapping(8))],
        ),
        on_text("2,048 in two lists", vec![any_of(0, overlapping(10)), any_of(0, words(10).map(|word| ends(&word)))]),
        on_text("4,432 texts", vec![any_of(0, (0..4_432).map(|number| equals(&format!("{number:064x}"))))]),
        on_text(
            "4,432 texts, case ignored, beside others",
            vec![
                any_of(0, (0..4_432).map(|number| ignoring(Operator::EndsWith, &format!("{number:064x}")))),
                none_of(0, (0..200).map(|number| contains(&format!("{number:08x}")))),
            ],
        ),
        on_text(
            "a chain of 1,000, each in the next",
            vec![any_of(0, (1..1_000).map(|length| contains(&"a".repeat(length))))],
        ),
        of("2,000 numbers", FieldKind::Unsigned, vec![any_of(0, numbers(2_000))]),
        of("8,000 numbers", FieldKind::Unsigned, vec![any_of(0, numbers(8_000))]),
        of("2,000 ranges excluded", FieldKind::Unsigned, vec![none_of(0, ranges(2_000))]),
        of("2,000 networks", FieldKind::IpAddress, vec![any_of(0, networks(2_000))]),
        on_text("1,000 networks in text", vec![any_of(0, networks(1_000))]),
        on_text("1,000 numbers in text", vec![any_of(0, numbers(1_000))]),
    ]);
}

fn long_patterns() {
    let long = |text: &str| text.repeat(8_192 / text.len());
    let nearly = format!("{}b", "a".repeat(8_191));
    judge(vec![
        on_text("one of 8,192 bytes", vec![any_of(0, [equals(&long("abcdefgh"))])]),
        on_text(
            "starts, contains and ends with 8,192",
            vec![any_of(0, [starts(&long("ab"))]), any_of(0, [contains(&nearly)]), any_of(0, [ends(&long("ba"))])],
        ),
        on_text(
            "8,192 excluded from 8,192",
            vec![any_of(0, [starts(&nearly)]), none_of(0, [contains(&long("a")), contains(&long("ab"))])],
        ),
        on_text("a glob of 8,191", vec![any_of(0, [glob(&format!("{}*", "?a".repeat(4_095)))])]),
        on_text("a glob with 2,000 stars", vec![any_of(0, [glob(&format!("{}b", "*a".repeat(2_000)))])]),
        on_text(
            "30 of 8,000",
            vec![any_of(0, (0..30).map(|number| contains(&format!("{number}{}", "ab".repeat(4_000)))))],
        ),
    ]);
}

fn many_criteria_on_one_field() {
    let numbered = |number: u32| [contains(&format!("-{number}-")), contains(&format!("+{number}+"))];
    judge(vec![
        on_text("128 criteria", (0..128).map(|number| any_of(0, numbered(number))).collect()),
        on_text(
            "128 criteria of one pattern",
            (0..128).map(|number| any_of(0, [contains(&format!("-{number}-"))])).collect(),
        ),
        on_text("32 that contradict each other in threes", {
            let three = |number: u32| [format!("p{number}"), format!("q{number}")];
            (0..31)
                .map(|number| any_of(0, three(number).map(|text| contains(&text))))
                .chain([any_of(0, [regex("^.{1,20}$")])])
                .collect()
        }),
    ]);
}

fn large_expressions() {
    let one = |name: &str, text: &str| on_text(name, vec![any_of(0, [regex(text)])]);
    let many = |name: &str, count: u32, text: fn(u32) -> String| {
        let of = template_type(1, &[FieldKind::Text]);
        let instances = (0..count).map(|number| instance(&of, [any_of(0, [regex(&text(number))])]));
        (name.to_owned(), content([of.clone()], [rule("r", instances)]))
    };
    judge(vec![
        one("(a+)+$", "(a+)+$"),
        one("(.*a){20}", "(.*a){20}"),
        one(".{1000,}", ".{1000,}"),
        one("^[a-z]{3000}$", "^[a-z]{3000}$"),
        one("(?:[a-z0-9]{1,50}x){40}", "(?:[a-z0-9]{1,50}x){40}"),
        one(r"^\w{20}$", r"^\w{20}$"),
        one(r"(?:\w\W){10}", r"(?:\w\W){10}"),
        one(r"an alternation of 700", &words(10).take(700).collect::<Vec<_>>().join("|")),
        on_text("lengths that do not fit", vec![any_of(0, [regex("^.{2000,}$")]), none_of(0, [regex(".{1000}")])]),
        on_text(
            "two that only a large automaton tells apart",
            vec![any_of(0, [regex("^(?:a|b)*a(?:a|b){40}$")]), any_of(0, [regex("^(?:a|b)*b(?:a|b){40}$")])],
        ),
        on_text(
            "three with large automata, which can be met",
            vec![
                any_of(0, [regex("(?:a|b)*a(?:a|b){60}c")]),
                any_of(0, [regex("(?:a|b)*b(?:a|b){50}c")]),
                none_of(0, [regex("(?:a|b)*b(?:a|b){40}c")]),
            ],
        ),
        many("300 instances with large automata", 300, |number| format!("^(?:a|b)*a(?:a|b){{30}}{number}$")),
    ]);
}

fn references_and_siblings() {
    use channel_file::template::Comparison::{Contains, Equals};
    let many_fields = vec![FieldKind::Text; 20];
    let siblings = |count: u32| {
        let of = template_type(1, &[FieldKind::Text; 2]);
        let instances = (0..count).map(|number| {
            instance(
                &of,
                [any_of(0, [contains("a"), contains(&format!("b{number}"))]), any_of(1, [regex("^.*a.*b.*$")])],
            )
        });
        content([of.clone()], [rule("r", instances)])
    };
    judge(vec![
        (
            "20 fields, each equal to the next".into(),
            one_instance(
                &many_fields,
                &(0..19).map(|field| any_of(field, [refers(field + 1, Equals)])).collect::<Vec<_>>(),
            ),
        ),
        (
            "20 fields, each within the next".into(),
            one_instance(
                &many_fields,
                &(0..19).map(|field| any_of(field, [refers(field + 1, Contains)])).collect::<Vec<_>>(),
            ),
        ),
        (
            "20 fields that all differ".into(),
            one_instance(
                &many_fields,
                &(0..19)
                    .map(|field| none_of(field, (field + 1..20).map(|other| refers(other, Equals))))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("2,000 siblings that match the same".into(), siblings(2_000)),
    ]);
}

/// Each question takes its bound; all of a content together have one too.
fn many_searches_that_are_given_up() {
    let mixed = |number: u32| match number % 4 {
        0 => contains(&format!("<{number}>")),
        1 => regex(&format!("x{number}[a-z]+y")),
        2 => glob(&format!("*{number}?z*")),
        _ => regex(&format!(r"\b{number}\b")),
    };
    let of = template_type(1, &[FieldKind::Text]);
    let impossible = |number: u32| instance(&of, [any_of(0, [regex(&format!("^(?:a|b)*a(?:a|b){{30}}{number}$b"))])]);
    let many = content([of.clone()], [rule("r", (0..50).map(impossible))]);
    judge(vec![
        ("50 instances that nothing meets".into(), many),
        on_text("64 criteria of all sorts", (0..64).map(|number| any_of(0, [mixed(number)])).collect()),
        on_text("127 that contradict each other together", {
            let mut criteria: Vec<_> =
                (1..127).map(|number| any_of(0, [regex(&format!("^(?:a{{{number}}})+$"))])).collect();
            criteria.push(any_of(0, [regex("^a{1,300}$")]));
            criteria
        }),
    ]);
}
