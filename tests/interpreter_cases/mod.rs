//! What the interpreter refuses: for each of its codes a call that meets it.

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    Case, DeclaredField, DeclaredType, FieldKind, Operator, Pattern, SensorTypes, TemplateType, Value,
};
use channel_file::{ChannelFile, Error, ErrorCode, OwnTypes, encode};

use crate::few_words::{any_of, content, instance, rule, template_type};

/// Codes, and errors that have them.
pub(crate) fn cases() -> Vec<(ErrorCode, Error)> {
    let mut cases = events();
    for (text, position) in [("a(b", 1), ("[z-a]", 1), (r"x\p{Nonsense}", 1), ("a**{2,1}", 3), (r"(\w)\1", 4)] {
        let error = refused(&of_regex(text), &Budget::DEFAULT);
        assert_eq!(error.found(), Some(position), "{text}: {error}");
        cases.push((ErrorCode::RegexSyntax, error));
    }
    let small = Budget { regex_bytes: 1000, ..Budget::DEFAULT };
    for (text, budget) in [(r"x\w{1000}y", &Budget::DEFAULT), (r"x\wy", &small)] {
        let error = refused(&of_regex(text), budget);
        assert_eq!(error.expected(), Some(budget.regex_bytes), "{text}: {error}");
        assert!(error.found() > error.expected(), "{text}: {error}");
        cases.push((ErrorCode::RegexSize, error));
    }
    cases.push((ErrorCode::BudgetBytes, budget_of_bytes()));
    let idle = Budget { work: 0, ..Budget::DEFAULT };
    cases.push((ErrorCode::BudgetWork, refused(&of_regex("a.*b"), &idle)));
    for (_, error) in cases.iter().filter(|(code, _)| matches!(code, ErrorCode::RegexSyntax | ErrorCode::RegexSize)) {
        let path = error.path();
        assert_eq!((path.instance_index(), path.field_index(), path.pattern_index()), (Some(1), Some(1), Some(1)));
    }
    cases
}

fn events() -> Vec<(ErrorCode, Error)> {
    const FIELD: DeclaredField<'_> =
        DeclaredField { name: "a", kind: FieldKind::Text, operators: FieldKind::Text.operators(), since: 1 };
    let declared = DeclaredType { id: 1, version: 1, name: "t", fields: &[FIELD] };
    let error = |values: &[Value<'_>]| Event::new(&declared, values).expect_err("it does not fit");
    vec![
        (ErrorCode::EventValues, error(&[])),
        (ErrorCode::EventValues, error(&[Value::Absent; 2])),
        (ErrorCode::EventValue, error(&[Value::Bytes(b"not text")])),
    ]
}

/// What is at the limit is loaded, what is one byte above it is not.
fn budget_of_bytes() -> Error {
    let bytes = of_regex("a.*b");
    let takes = load(&bytes, &Budget::DEFAULT).expect("it is small");
    let budget = |bytes| Budget { bytes, ..Budget::DEFAULT };
    assert_eq!(load(&bytes, &budget(takes)), Ok(takes));
    let error = refused(&bytes, &budget(takes - 1));
    assert_eq!((error.expected(), error.found()), (Some(takes - 1), Some(takes)), "{error}");
    error
}

/// Instance 0 is without fault; in instance 1 the second pattern on the second field is this expression.
fn of_regex(text: &str) -> Vec<u8> {
    let of: TemplateType = template_type(1, &[FieldKind::Text, FieldKind::Text]);
    let regex = |text: &str| Pattern::text(Operator::Regex, text, Case::Sensitive).expect("a text");
    // Within a criterion patterns are by length.
    let patterns = [regex("a"), regex(text)];
    let rules =
        [rule("a", [instance(&of, [any_of(0, [regex("a")])])]), rule("b", [instance(&of, [any_of(1, patterns)])])];
    encode(&content([of], rules)).expect("it is small")
}

/// How much the interpreter takes, or why it is not loaded.
fn load(bytes: &[u8], budget: &Budget) -> Result<u64, Error> {
    let file = ChannelFile::open(bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    let memory = |interpreter: Interpreter<'_>| interpreter.memory();
    let whole = Interpreter::load(&file, &sensor, budget).map(memory).map_err(|refusal| refusal.error());
    let supported = Interpreter::load_supported(&file, &sensor, budget);
    // Both load the same way.
    assert_eq!(supported.map(|(of, _)| memory(of)).map_err(|refusal| refusal.error()), whole);
    whole
}

fn refused(bytes: &[u8], budget: &Budget) -> Error {
    load(bytes, budget).expect_err("it is not allowed")
}
