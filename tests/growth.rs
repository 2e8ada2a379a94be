//! What longer or hostile values cost, and content that costs too much. What more content costs: `crates/scenarios/tests/growth.rs`.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;

use channel_file::interpreter::{Budget, Event, Interpreter, Refusal};
use channel_file::template::{
    Case, Comparison, Content, FieldKind, FieldReference, Operator, Pattern, SensorTypes, TemplateInstance,
    TemplateType, Value,
};
use channel_file::{ChannelFile, ErrorCode, Limits, OwnTypes, encode_with};
use few_words::{any_of, content, instance, rule, template_type};

/// Loads content for a sensor that supplies just its types, and does something with it.
fn with_budget<R>(
    content: &Content,
    budget: &Budget,
    then: impl FnOnce(Result<&Interpreter<'_>, Refusal>, &SensorTypes<'_>) -> R,
) -> R {
    let bytes = encode_with(content, &Limits::FORMAT).expect("the format takes it");
    let file = ChannelFile::open_with(&bytes, &Limits::FORMAT).expect("it was written");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    match Interpreter::load(&file, &sensor, budget) {
        Ok(interpreter) => then(Ok(&interpreter), &sensor),
        Err(refusal) => then(Err(refusal), &sensor),
    }
}

/// The work that an event with this value in its only field makes, and how many instances match.
fn work(content: &Content, value: &[u8]) -> (u64, usize) {
    with_budget(content, &Budget::DEFAULT, |interpreter, sensor| {
        let interpreter = interpreter.expect("within the budget");
        let values = [Value::Text(value)];
        let event = Event::new(sensor.types()[0].declared(), &values).expect("one value");
        let mut scratch = interpreter.scratch();
        let matches = interpreter.evaluate(&event, &mut scratch).len();
        (scratch.work(), matches)
    })
}

fn one_field() -> TemplateType {
    template_type(1, &[FieldKind::Text])
}

fn on_one_field(patterns: impl IntoIterator<Item = Pattern>) -> TemplateInstance {
    instance(&one_field(), [any_of(0, patterns)])
}

fn of(instances: impl IntoIterator<Item = TemplateInstance>) -> Content {
    content([one_field()], [rule("r", instances)])
}

fn text(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Ignored).expect("not empty")
}

fn regex(expression: &str) -> Pattern {
    Pattern::text(Operator::Regex, expression, Case::Sensitive).expect("not empty")
}

#[test]
fn work_is_linear_in_the_value() {
    let hostile = [
        ("expression", of([on_one_field([regex("(a+)+b")])]), "a"),
        ("expression without an automaton", of([on_one_field([regex(r"\\[^\\]{1,200}$")])]), "a\\"),
        ("counted", of([on_one_field([regex("(?:a{0,30}){30}c")])]), "a"),
        ("glob", of([on_one_field([text(Operator::Glob, "*a*a*a*aaaaaaaaaaaaaaaab")])]), "a"),
        ("long text", of([on_one_field([text(Operator::Contains, &("a".repeat(4_000) + "b"))])]), "a"),
        (
            "texts within texts",
            of((1..300).map(|length| on_one_field([text(Operator::Contains, &"a".repeat(length))]))),
            "a",
        ),
        (
            "a long list",
            of([on_one_field((0..4_432).map(|number| text(Operator::Contains, &format!("{:032x}", number * 7_919))))]),
            "0",
        ),
        ("case outside ASCII", of([on_one_field([text(Operator::Contains, "äöü")])]), "Ä"),
    ];
    for (name, content, value) in hostile {
        let (short, long) =
            (work(&content, value.repeat(4_096).as_bytes()), work(&content, value.repeat(65_536).as_bytes()));
        assert!(long.0 <= short.0 * 17, "{name}: {short:?}, and sixteen times as long: {long:?}");
    }
}

#[test]
fn an_expression_of_nested_repetitions_meets_a_megabyte() {
    let (work, matches) = work(&of([on_one_field([regex("(a+)+b")])]), "a".repeat(1 << 20).as_bytes());
    assert_eq!(matches, 0);
    assert!(work < 8 << 20, "{work}");
}

#[test]
fn what_costs_too_much_is_refused_by_name() {
    let cheap = |letter: char| on_one_field([text(Operator::Contains, &letter.to_string().repeat(6))]);
    let costly = on_one_field([regex("(?:ab?c?d?){300}e"), regex("[ab]{400}[cd]{400}")]);
    let content = of(('a'..='m').map(cheap).chain([costly.clone()]).chain(('n'..='z').map(cheap)));
    let refused = |budget: Budget, code: ErrorCode| {
        with_budget(&content, &budget, |interpreter, _| {
            let refusal = interpreter.expect_err("it is beyond the budget");
            assert_eq!(refusal.code(), code, "{refusal}");
            refusal
        })
    };
    let (bytes, work) = with_budget(&content, &Budget::DEFAULT, |interpreter, _| {
        let interpreter = interpreter.expect("within the budget");
        (interpreter.memory(), interpreter.work())
    });
    let exact = Budget { bytes, work, ..Budget::DEFAULT };
    with_budget(&content, &exact, |interpreter, _| assert!(interpreter.is_ok(), "a budget is kept at its bounds"));
    // Where the costly instance is in the file.
    let position = content.rules()[0].instances().iter().position(|instance| *instance == costly).expect("it is there");
    let position = u32::try_from(position).expect("small");
    for (budget, code, limits) in [
        (Budget { bytes: bytes - 1, ..exact }, ErrorCode::BudgetBytes, (bytes - 1, bytes)),
        (Budget { work: work - 1, ..exact }, ErrorCode::BudgetWork, (work - 1, work)),
    ] {
        let refusal = refused(budget, code);
        let error = refusal.error();
        assert_eq!((error.expected(), error.found()), (Some(limits.0), Some(limits.1)));
        assert_eq!(error.path().instance_index(), Some(position), "{refusal}");
        assert_eq!(refusal.worst()[0].instance, position, "{refusal}");
        assert!(refusal.worst().len() > 1 && refusal.worst()[0].work > refusal.worst()[1].work);
    }
    refused(Budget { regex_bytes: 1_000, ..Budget::DEFAULT }, ErrorCode::RegexSize);
    // Content that would take a hundred times as much is refused before all of it is made.
    refused(Budget { bytes: 10_000, ..Budget::DEFAULT }, ErrorCode::BudgetBytes);
}

#[test]
fn expressions_that_cannot_be_run_are_refused_by_name() {
    for (expression, code) in [
        ("a(?=b)", ErrorCode::RegexSyntax),
        ("(a", ErrorCode::RegexSyntax),
        (r"(a)\1", ErrorCode::RegexSyntax),
        ("((a{1000}){1000}){1000}", ErrorCode::RegexSize),
    ] {
        let content = of([on_one_field([text(Operator::Equals, "x")]), on_one_field([regex(expression)])]);
        with_budget(&content, &Budget::DEFAULT, |interpreter, _| {
            let error = interpreter.expect_err("it cannot be run").error();
            assert_eq!((error.code(), error.path().instance_index()), (code, Some(1)), "{error}");
            assert_eq!((error.path().field_index(), error.path().pattern_index()), (Some(0), Some(0)), "{error}");
        });
    }
}

#[test]
fn many_costly_expressions_are_refused_before_they_are_all_compiled() {
    let expressions =
        (0..3_000).map(|number| on_one_field([regex(&format!(r"\w{{8}}[a-z]{{{}}}q{number}", number % 20 + 1))]));
    let content = of(expressions);
    let budget = Budget { bytes: 32 << 20, ..Budget::DEFAULT };
    with_budget(&content, &budget, |interpreter, _| {
        let error = interpreter.expect_err("it is beyond the budget").error();
        assert_eq!(error.code(), ErrorCode::BudgetBytes, "{error}");
        let (instance, found) = (error.path().instance_index().expect("it has a place"), error.found().expect("bytes"));
        assert!(instance < 1_500, "{error}");
        assert!(found < 33 << 20, "{error}");
    });
}

/// Counting what each find leads to shows that it is not done again at each place where the text is.
#[test]
fn a_text_that_all_look_for_is_told_of_once() {
    const INSTANCES: u64 = 3_000;
    let instances = (0..INSTANCES).map(|number| {
        on_one_field([text(Operator::Contains, "aaaa"), text(Operator::Contains, &format!("zzz{number:04}"))])
    });
    let content = of(instances);
    let value = "a".repeat(65_536);
    let (work, matches) = work(&content, value.as_bytes());
    assert_eq!(matches, 3_000);
    assert!(work < 65_536 * 6 + INSTANCES * 6, "{work}");
}

#[test]
fn a_number_is_parsed_once_for_all_that_ask() {
    // A reference keeps the condition from being looked up.
    let two = template_type(1, &[FieldKind::Text, FieldKind::Text]);
    let other = FieldReference { field: 1, comparison: Comparison::Equals, case: Case::Sensitive };
    let numbers = (1..5_000).map(Pattern::unsigned).chain([Pattern::field(other)]);
    let content = content([two.clone()], [rule("r", [instance(&two, [any_of(0, numbers)])])]);
    with_budget(&content, &Budget::DEFAULT, |interpreter, sensor| {
        let interpreter = interpreter.expect("within the budget");
        let zeros = "0".repeat(65_536);
        let values = [Value::Text(zeros.as_bytes()), Value::Absent];
        let event = Event::new(sensor.types()[0].declared(), &values).expect("two values");
        let mut scratch = interpreter.scratch();
        assert_eq!(interpreter.evaluate(&event, &mut scratch).len(), 0);
        assert!(scratch.work() < 65_536 * 3, "{}", scratch.work());
        assert!(interpreter.work() >= 1);
    });
}

#[test]
fn types_share_one_account() {
    let types: Vec<TemplateType> = (1..40).map(|id| template_type(id, &[FieldKind::Text])).collect();
    let expression = |of: &TemplateType| instance(of, [any_of(0, [regex(r"\w{12}[a-z]{20}q")])]);
    let instances: Vec<_> = types.iter().map(expression).collect();
    let content = content(types, [rule("r", instances)]);
    let budget = Budget { regexes_bytes: 2 << 20, ..Budget::DEFAULT };
    with_budget(&content, &budget, |interpreter, _| {
        let error = interpreter.expect_err("together they are beyond the budget").error();
        assert_eq!((error.code(), error.expected()), (ErrorCode::RegexSize, Some(2 << 20)), "{error}");
    });
}
