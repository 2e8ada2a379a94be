//! Whether a sensor supplies what content was written against.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;

use channel_file::template::{
    DeclaredField, DeclaredType, FieldKind, Operator, OperatorSet, Pattern, SensorType, SensorTypes, TemplateType,
};
use channel_file::{ChannelFile, Error, ErrorCode, encode};
use few_words::{any_of, content, instance, rule};

channel_file::template_type! {
    /// A named pipe was created.
    pub struct PipeCreated = "pipe_created", id 17, version 3 {
        /// Its full name.
        pipe_name: text = "PipeName",
        /// Whose pipe it is.
        process_id: unsigned = "ProcessId" [absent, equals],
        /// The program of that process.
        image: text = "Image" since 2,
        /// Its owner.
        user: text = "User" since 3,
    }
}

/// A file whose first instances, of type 5, no test here has to do with, and whose others are of this type.
fn file_of(template_type: TemplateType) -> Vec<u8> {
    let other = TemplateType::builder(5, 1, "other").field("field", FieldKind::Boolean).build().expect("a type");
    let unrelated = instance(&other, [any_of(0, [Pattern::boolean(true)])]);
    let last = template_type.field_count() - 1;
    let one = instance(&template_type, [any_of(0, [Pattern::absent()])]);
    let two = instance(&template_type, [any_of(last, [Pattern::absent()])]);
    let content = content([other, template_type], [rule("a", [unrelated.clone(), unrelated]), rule("b", [one, two])]);
    encode(&content).expect("it is small")
}

fn version(number: u32) -> TemplateType {
    TemplateType::from_declared(&PipeCreated::TYPE, number).expect("there is this version").expect("it is well formed")
}

const OTHER: DeclaredType<'_> = DeclaredType {
    id: 5,
    version: 1,
    name: "other",
    fields: &[DeclaredField {
        name: "field",
        kind: FieldKind::Boolean,
        operators: FieldKind::Boolean.operators(),
        since: 1,
    }],
};

fn bind(bytes: &[u8], sensor_type: SensorType<'_>) -> Result<(), Error> {
    let types = [SensorType::supplying(OTHER, 1), sensor_type];
    ChannelFile::open(bytes).expect("it is valid").bind(&SensorTypes::new(&types))
}

/// Refused with this code and these numbers; the path names the first instance of the type, and so does the explanation.
fn refused(bytes: &[u8], sensor_type: SensorType<'_>, code: ErrorCode, numbers: (u64, u64)) {
    let error = bind(bytes, sensor_type).expect_err("the sensor does not supply it");
    assert_eq!((error.code(), error.offset()), (code, None));
    assert_eq!((error.expected().unwrap_or_default(), error.found().unwrap_or_default()), numbers, "{error}");
    let file = ChannelFile::open(bytes).expect("it is valid");
    let first = file.instances().find(|instance| instance.template_type().key().id == 17).expect("an instance");
    assert_eq!((first.id(), error.path().instance_index()), (2, Some(2)));
    let explanation = ChannelFile::explain(error, bytes).to_string();
    for part in [code.as_str(), "instance 2", "rule \"b\"", "type 17 version", "\"pipe_created\""] {
        assert!(explanation.contains(part), "{explanation} lacks {part}");
    }
}

fn declared(fields: &'static [DeclaredField<'static>]) -> DeclaredType<'static> {
    DeclaredType { fields, ..PipeCreated::TYPE }
}

/// The declared fields after an edit.
fn edited(edit: impl FnOnce(&mut Vec<DeclaredField<'static>>)) -> DeclaredType<'static> {
    let mut fields = PipeCreated::TYPE.fields.to_vec();
    edit(&mut fields);
    declared(fields.leak())
}

#[test]
fn each_version_that_the_sensor_supplies_is_accepted() {
    for number in 1..=3 {
        assert_eq!(bind(&file_of(version(number)), SensorType::of::<PipeCreated<'_>>()), Ok(()), "version {number}");
    }
}

#[test]
fn other_versions_are_refused() {
    let newer = DeclaredType { version: 2, fields: &PipeCreated::TYPE.fields[..3], ..PipeCreated::TYPE };
    refused(&file_of(version(3)), SensorType::supplying(newer, 3), ErrorCode::SensorLacksVersion, (2, 3));
    assert_eq!(bind(&file_of(version(2)), SensorType::supplying(newer, 3)), Ok(()));
    // A version that was never declared, between two that were.
    let builder = TemplateType::builder(17, 4, "pipe_created").field("PipeName", FieldKind::Text);
    let undeclared = builder.build().expect("a type");
    refused(&file_of(undeclared), SensorType::of::<PipeCreated<'_>>(), ErrorCode::SensorLacksVersion, (3, 4));
}

#[test]
fn unknown_types_are_refused() {
    let elsewhere = DeclaredType { id: 18, ..PipeCreated::TYPE };
    refused(&file_of(version(3)), SensorType::supplying(elsewhere, 4), ErrorCode::SensorLacksType, (0, 17));
    let bytes = file_of(version(3));
    let error =
        ChannelFile::open(&bytes).expect("it is valid").bind(&SensorTypes::new(&[])).expect_err("nothing is supplied");
    assert_eq!(
        (error.code(), error.found(), error.path().instance_index()),
        (ErrorCode::SensorLacksType, Some(5), Some(0))
    );
}

#[test]
fn fields_that_differ_are_refused() {
    let bytes = file_of(version(3));
    let differ = |at: u64, edit: &dyn Fn(&mut Vec<DeclaredField<'static>>)| {
        refused(&bytes, SensorType::supplying(edited(edit), 4), ErrorCode::SensorFieldsDiffer, (at, 4));
    };
    differ(0, &|fields| fields[0].name = "Pipe");
    differ(3, &|fields| fields[3].name = "user");
    differ(2, &|fields| fields[2].kind = FieldKind::Bytes);
    differ(1, &|fields| fields[1].operators = FieldKind::Unsigned.operators());
    differ(0, &|fields| fields[0].operators = OperatorSet::of(&[Operator::Equals]));
    differ(2, &|fields| fields[2..].reverse());
}

#[test]
fn field_counts_that_differ_are_refused() {
    let one_fewer = edited(|fields| fields.truncate(3));
    refused(&file_of(version(3)), SensorType::supplying(one_fewer, 3), ErrorCode::SensorFieldCount, (3, 4));
    let one_more = edited(|fields| fields.push(DeclaredField { name: "More", ..fields[3] }));
    refused(&file_of(version(3)), SensorType::supplying(one_more, 5), ErrorCode::SensorFieldCount, (5, 4));
    // The earlier version, too: it is a prefix of exactly so many.
    let earlier = edited(|fields| fields[2].since = 1);
    refused(&file_of(version(1)), SensorType::supplying(earlier, 4), ErrorCode::SensorFieldCount, (3, 2));
}

/// What the incident was: a type of 21 fields, and integration code that supplies 20. Also the other way round.
#[test]
fn inputs_that_differ_from_the_declaration_are_refused() {
    let fields: Vec<_> = (1..=21)
        .map(|number: u32| DeclaredField {
            name: format!("parameter_{number}").leak(),
            kind: FieldKind::Text,
            operators: FieldKind::Text.operators(),
            since: 1,
        })
        .collect();
    let type_of_21 = DeclaredType { version: 1, fields: fields.leak(), ..PipeCreated::TYPE };
    let bytes = file_of(TemplateType::from_declared(&type_of_21, 1).expect("version 1").expect("it is well formed"));
    assert_eq!(bind(&bytes, SensorType::supplying(type_of_21, 21)), Ok(()));
    for inputs in [20, 22, 0] {
        let numbers = (21, u64::try_from(inputs).expect("it fits"));
        refused(&bytes, SensorType::supplying(type_of_21, inputs), ErrorCode::SensorInputs, numbers);
    }
    let type_of_20 = DeclaredType { fields: &type_of_21.fields[..20], ..type_of_21 };
    refused(&bytes, SensorType::supplying(type_of_20, 21), ErrorCode::SensorInputs, (20, 21));
    refused(&bytes, SensorType::supplying(type_of_20, 20), ErrorCode::SensorFieldCount, (20, 21));
    let content_of_20 =
        file_of(TemplateType::from_declared(&type_of_20, 1).expect("version 1").expect("it is well formed"));
    refused(&content_of_20, SensorType::supplying(type_of_21, 21), ErrorCode::SensorFieldCount, (21, 20));
    refused(&content_of_20, SensorType::supplying(type_of_21, 20), ErrorCode::SensorInputs, (21, 20));
}

#[test]
fn every_type_of_a_file_is_held_against_the_sensor() {
    let types = [SensorType::of::<PipeCreated<'_>>()];
    let bytes = file_of(version(1));
    let error =
        ChannelFile::open(&bytes).expect("it is valid").bind(&SensorTypes::new(&types)).expect_err("5 is missing");
    assert_eq!((error.code(), error.path().instance_index()), (ErrorCode::SensorLacksType, Some(0)));
}

/// The first of two declarations with one id counts.
#[test]
fn the_first_declaration_counts() {
    let bytes = file_of(version(3));
    let (good, bad) = (SensorType::of::<PipeCreated<'_>>(), SensorType::supplying(PipeCreated::TYPE, 3));
    let other = SensorType::supplying(OTHER, 1);
    let file = ChannelFile::open(&bytes).expect("it is valid");
    assert_eq!(file.bind(&SensorTypes::new(&[other, good, bad])), Ok(()));
    assert!(file.bind(&SensorTypes::new(&[other, bad, good])).is_err());
}

/// In order they are found by halves, else one after the other.
#[test]
fn types_are_found_in_any_order() {
    let ascending: Vec<_> =
        [3, 5, 8, 13, 21].map(|id| SensorType::supplying(DeclaredType { id, ..OTHER }, 1)).into_iter().collect();
    let descending: Vec<_> = ascending.iter().rev().copied().collect();
    for types in [&ascending[..], &descending, &ascending[..1], &[]] {
        let sensor = SensorTypes::new(types);
        for id in 0..30 {
            let found = sensor.get(id).map(|found| found.declared().id);
            let there = types.iter().any(|of_sensor| of_sensor.declared().id == id);
            assert_eq!(found, there.then_some(id), "{types:?}");
        }
    }
}

fn supplying<'f>(fields: &'f [DeclaredField<'f>]) -> SensorType<'f> {
    SensorType::supplying(DeclaredType { id: 17, version: 1, name: "pipe_created", fields }, fields.len())
}

/// The twenty-first as well as the first.
#[test]
fn every_field_of_a_wide_type_is_compared() {
    let names: Vec<String> = (0..64).map(|number| format!("field {number}")).collect();
    let (kind, operators) = (FieldKind::Text, FieldKind::Text.operators());
    let builder = TemplateType::builder(17, 1, "pipe_created");
    let wide = names.iter().fold(builder, |builder, name| builder.field(name, kind)).build().expect("a type");
    let bytes = file_of(wide);
    let fields: Vec<_> = names.iter().map(|name| DeclaredField { name, kind, operators, since: 1 }).collect();
    assert_eq!(bind(&bytes, supplying(&fields)), Ok(()));
    for differs in 0..64 {
        for other in [
            DeclaredField { name: "another", ..fields[differs] },
            DeclaredField { kind: FieldKind::Bytes, operators: FieldKind::Bytes.operators(), ..fields[differs] },
            DeclaredField { operators: OperatorSet::of(&[Operator::Absent]), ..fields[differs] },
        ] {
            let mut changed = fields.clone();
            changed[differs] = other;
            let numbers = (u64::try_from(differs).expect("it fits"), 64);
            refused(&bytes, supplying(&changed), ErrorCode::SensorFieldsDiffer, numbers);
        }
    }
}
