//! What evaluating gives beside the matches themselves: how many are left, and whether the event was of the loaded type.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod few_words;

use channel_file::interpreter::{Budget, Event, Interpreter, Outcome};
use channel_file::template::{
    Case, DeclaredField, DeclaredType, Disposition, FieldKind, Operator, Pattern, SensorType, SensorTypes,
    TemplateInstance, TemplateType, Value,
};
use channel_file::{ChannelFile, OwnTypes, encode};
use few_words::{any_of, content, instance, rule, template_type};

const fn field(name: &str) -> DeclaredField<'_> {
    DeclaredField { name, kind: FieldKind::Unsigned, operators: FieldKind::Unsigned.operators(), since: 1 }
}

static FIELDS: [DeclaredField<'_>; 2] = [field("a"), field("b")];

static OTHERS: [DeclaredField<'_>; 2] = [field("a"), field("c")];

const TYPE: DeclaredType<'_> = DeclaredType { id: 1, version: 1, name: "t", fields: &FIELDS };

/// Three instances, of which a 7 in the first field meets two.
fn with<T>(look: impl FnOnce(&Interpreter<'_>) -> T) -> T {
    let of = TemplateType::from_declared(&TYPE, 1).expect("there is this version").expect("it is well formed");
    let on = |number| instance(&of, [any_of(0, [Pattern::unsigned(number)])]);
    let bytes = encode(&content([of.clone()], [rule("r", [on(7), on(8), on(7)])])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let types = [SensorType::supplying(TYPE, 2)];
    look(&Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is small"))
}

#[test]
fn matches_count_what_is_left_of_them() {
    with(|interpreter| {
        let mut scratch = interpreter.scratch();
        for (value, count) in [(7, 2), (8, 1), (9, 0)] {
            let values = [Value::Unsigned(value), Value::Absent];
            let event = Event::new(&TYPE, &values).expect("it fits");
            let mut matches = interpreter.evaluate(&event, &mut scratch);
            assert_eq!(matches.outcome(), Outcome::Evaluated);
            for left in (0..count).rev() {
                assert_eq!((matches.len(), matches.size_hint()), (left + 1, (left + 1, Some(left + 1))), "{value}");
                assert!(matches.next().is_some());
            }
            assert_eq!(matches.size_hint(), (0, Some(0)));
            assert_eq!(matches.next(), None);
        }
    });
}

#[test]
fn of_all_that_match_the_gravest_disposition_counts() {
    let of = template_type(1, &[FieldKind::Unsigned]);
    let number = |number, disposition| {
        let builder = TemplateInstance::builder(&of).criterion(any_of(0, [Pattern::unsigned(number)]));
        builder.disposition(disposition).build().expect("the criterion fits")
    };
    let (detect, prevent) = (Disposition::Detect, Disposition::Prevent);
    let instances = [number(1, detect), number(2, prevent), number(3, detect), number(3, prevent), number(4, detect)];
    let bytes = encode(&content([of.clone()], [rule("r", instances)])).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let interpreter =
        Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is within the budget");
    let mut scratch = interpreter.scratch();
    for (value, expected) in [(1, Some(detect)), (2, Some(prevent)), (3, Some(prevent)), (4, Some(detect)), (5, None)] {
        let values = [Value::Unsigned(value)];
        let event = Event::new(types[0].declared(), &values).expect("it fits");
        assert_eq!(interpreter.evaluate(&event, &mut scratch).disposition(), expected, "{value}");
    }
}

#[test]
fn a_scratch_that_measures_knows_what_each_instance_made() {
    with(|interpreter| {
        assert_eq!(interpreter.scratch().instance_work(), None);
        let mut scratch = interpreter.measuring_scratch();
        assert_eq!(scratch.instance_work(), Some(&[0; 3][..]));
        let mut evaluate = |number| {
            let values = [Value::Unsigned(number), Value::Absent];
            let event = Event::new(&TYPE, &values).expect("it fits");
            let matches = interpreter.evaluate(&event, &mut scratch).count();
            assert!(scratch.work() > 0);
            (matches, scratch.instance_work().expect("it measures").to_vec())
        };
        // An index tells that they match: each is looked at once.
        assert_eq!(evaluate(7), (2, vec![1, 0, 1]));
        assert_eq!(evaluate(9), (0, vec![1, 0, 1]));
        assert_eq!(evaluate(8), (1, vec![1, 1, 1]));
        assert_eq!(evaluate(7), (2, vec![2, 1, 2]));
    });
}

/// Whatever two declarations have in common, be it the very same fields in memory: if one thing differs they are not the same.
#[test]
fn events_of_another_declaration_are_not_evaluated() {
    let same = FIELDS;
    let fewer = FIELDS.get(..1).expect("there are two");
    with(|interpreter| {
        for (name, declared, expected) in [
            ("the declaration itself", TYPE, Outcome::Evaluated),
            ("its like elsewhere in memory", DeclaredType { fields: &same, ..TYPE }, Outcome::Evaluated),
            ("fewer fields", DeclaredType { fields: fewer, ..TYPE }, Outcome::OtherType),
            ("another version", DeclaredType { version: 2, ..TYPE }, Outcome::OtherType),
            ("other fields", DeclaredType { fields: &OTHERS, ..TYPE }, Outcome::OtherType),
            ("other fields and version", DeclaredType { fields: &OTHERS, version: 2, ..TYPE }, Outcome::OtherType),
            ("another id", DeclaredType { id: 2, ..TYPE }, Outcome::NoContent),
        ] {
            let values: Vec<_> = declared.fields.iter().map(|_| Value::Unsigned(7)).collect();
            let event = Event::new(&declared, &values).expect("it fits");
            let mut scratch = interpreter.scratch();
            let matches = interpreter.evaluate(&event, &mut scratch);
            let count = if expected == Outcome::Evaluated { 2 } else { 0 };
            assert_eq!((matches.outcome(), matches.count()), (expected, count), "{name}");
        }
    });
}

/// Digits are read one by one, however many of them are zeros; whether an index asks for the number or a criterion does.
#[test]
fn a_number_in_a_text_takes_work_by_its_length() {
    let of = template_type(1, &[FieldKind::Text]);
    let no_index_tells = Pattern::text(Operator::Regex, "[ab][cd]", Case::Sensitive).expect("not empty");
    for patterns in [vec![Pattern::unsigned(7)], vec![Pattern::unsigned(7), no_index_tells]] {
        let bytes = encode(&content([of.clone()], [rule("r", [instance(&of, [any_of(0, patterns)])])]));
        let bytes = bytes.expect("it is small");
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let own = OwnTypes::of(&file);
        let types = own.sensor_types();
        let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT).expect("it is small");
        let work = |value: &str| {
            let values = [Value::Text(value.as_bytes())];
            let event = Event::new(types[0].declared(), &values).expect("it fits");
            let mut scratch = interpreter.scratch();
            assert_eq!(interpreter.evaluate(&event, &mut scratch).count(), 1, "{value}");
            scratch.work()
        };
        assert!(work(&format!("{}7", "0".repeat(1000))) >= work("7") + 1000);
    }
}
