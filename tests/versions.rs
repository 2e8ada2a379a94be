//! Field counts agree or nothing loads: content and sensors of different versions of a type, and values that events lack.
//!
//! The types are those of Sysmon with the sets of fields that its versions really send: pipe events (17, 18) with 5 to 8, process
//! creations (1) with 20 to 23. Events that lack one more value have a slot without a value for it.
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
mod files;

use channel_file::interpreter::{Budget, Event, Interpreter, LeftOut, Outcome, Refusal};
use channel_file::template::{
    Content, ContentBuilder, Criterion, DeclaredField, DeclaredType, FieldKind, Pattern, Sense, SensorType,
    SensorTypes, TemplateInstance, TemplateType, TypeKey, Value,
};
use channel_file::{ChannelFile, Error, ErrorCode, encode};
use few_words::{any_of, equals, instance, rule};

channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 4 {
        utc_time: text = "UtcTime",
        process_guid: text = "ProcessGuid",
        process_id: text = "ProcessId",
        pipe_name: text = "PipeName",
        image: text = "Image",
        rule_name: text = "RuleName" since 2,
        event_type: text = "EventType" since 3,
        user: text = "User" since 4,
    }
}

channel_file::template_type! {
    struct ProcessCreation = "process_creation", id 1, version 4 {
        utc_time: text = "UtcTime",
        process_guid: text = "ProcessGuid",
        process_id: text = "ProcessId",
        image: text = "Image",
        file_version: text = "FileVersion",
        description: text = "Description",
        product: text = "Product",
        company: text = "Company",
        command_line: text = "CommandLine",
        current_directory: text = "CurrentDirectory",
        user: text = "User",
        logon_guid: text = "LogonGuid",
        logon_id: text = "LogonId",
        terminal_session_id: text = "TerminalSessionId",
        integrity_level: text = "IntegrityLevel",
        hashes: text = "Hashes",
        parent_process_guid: text = "ParentProcessGuid",
        parent_process_id: text = "ParentProcessId",
        parent_image: text = "ParentImage",
        parent_command_line: text = "ParentCommandLine",
        rule_name: text = "RuleName" since 2,
        original_file_name: text = "OriginalFileName" since 3,
        parent_user: text = "ParentUser" since 4,
    }
}

channel_file::template_type! {
    /// Its instances come before all others in a file.
    struct Other = "other", id 0, version 1 {
        flag: boolean = "flag",
    }
}

/// Each type in its newest version, and how many fields each version has.
const TYPES: [(DeclaredType<'static>, [usize; 4]); 2] =
    [(PipeCreated::TYPE, [5, 6, 7, 8]), (ProcessCreation::TYPE, [20, 21, 22, 23])];

#[test]
fn each_version_has_as_many_fields_as_its_sensors_send() {
    for (newest, counts) in TYPES {
        assert_eq!([1, 2, 3, 4].map(|version| declared(newest, version).fields.len()), counts, "{}", newest.name);
    }
}

#[test]
fn content_of_the_same_or_an_earlier_version_is_evaluated() {
    for (newest, of_content, of_sensor) in pairs().filter(|(_, content, sensor)| content <= sensor) {
        let bytes = file_of(newest, &[of_content]);
        let sensor = sensor(declared(newest, of_sensor));
        let what = format!("{} content {of_content} sensor {of_sensor}", newest.name);
        let interpreter = load(&bytes, &sensor).expect("the sensor supplies it");
        let (partly, left_out) = load_supported(&bytes, &sensor).expect("the sensor supplies it");
        assert!(left_out.is_empty(), "{what}");

        let own = declared(newest, of_sensor);
        let last_of_content = declared(newest, of_content).fields.len() - 1;
        for interpreter in [&interpreter, &partly] {
            let names = names_as_values(&own);
            assert_eq!(matching(interpreter, &own, &names), (Outcome::Evaluated, vec![1, 2]), "{what}");
            // Fields that came later are nothing to it.
            let mut values = names.clone();
            values[last_of_content + 1..].fill(Value::Absent);
            assert_eq!(matching(interpreter, &own, &values), (Outcome::Evaluated, vec![1, 2]), "{what}");
            values[last_of_content] = Value::Text(b"something else");
            assert_eq!(matching(interpreter, &own, &values), (Outcome::Evaluated, vec![1]), "{what}");
            assert_eq!(other_matches(interpreter), vec![0], "{what}");
        }
    }
}

#[test]
fn content_of_a_later_version_is_refused_or_left_out() {
    for (newest, of_content, of_sensor) in pairs().filter(|(_, content, sensor)| content > sensor) {
        let bytes = file_of(newest, &[of_content]);
        let sensor = sensor(declared(newest, of_sensor));
        let refusal = load(&bytes, &sensor).expect_err("the sensor lacks it");
        lacks_version(refusal.error(), of_sensor, of_content, 1);
        assert!(refusal.worst().is_empty());
        let explanation = ChannelFile::explain(refusal.error(), &bytes).to_string();
        assert!(explanation.contains("rule \"versions\"") && explanation.contains(newest.name), "{explanation}");

        let (interpreter, left_out) = load_supported(&bytes, &sensor).expect("the rest is supplied");
        assert_eq!(left_out.iter().map(|left| left.instance).collect::<Vec<_>>(), [1, 2]);
        for left in left_out {
            assert_eq!(left.template_type, TypeKey { id: newest.id, version: of_content });
            lacks_version(left.error, of_sensor, of_content, 1);
        }
        let own = declared(newest, of_sensor);
        assert_eq!(matching(&interpreter, &own, &names_as_values(&own)), (Outcome::NoContent, vec![]));
        assert_eq!(other_matches(&interpreter), [0]);
    }
}

/// One file with instances on all versions: each sensor has those up to its own.
#[test]
fn a_file_for_a_whole_fleet_is_evaluated_as_far_as_each_sensor_goes() {
    for (newest, _) in TYPES {
        let bytes = file_of(newest, &[1, 2, 3, 4]);
        for of_sensor in 1..=4 {
            let own = declared(newest, of_sensor);
            let sensor = sensor(own);
            let (interpreter, left_out) = load_supported(&bytes, &sensor).expect("the rest is supplied");
            // Two instances a version.
            let first_left_out = 1 + 2 * of_sensor;
            let left: Vec<_> = left_out.iter().map(|left| (left.instance, left.template_type.version)).collect();
            let expected: Vec<_> = (first_left_out..9).map(|instance| (instance, instance.div_ceil(2))).collect();
            assert_eq!(left, expected, "sensor {of_sensor}");
            let matching = matching(&interpreter, &own, &names_as_values(&own));
            assert_eq!(matching, (Outcome::Evaluated, (1..first_left_out).collect()), "sensor {of_sensor}");
            assert_eq!(other_matches(&interpreter), [0]);

            match load(&bytes, &sensor) {
                Ok(_) => assert_eq!(of_sensor, 4),
                Err(refusal) => lacks_version(refusal.error(), of_sensor, of_sensor + 1, first_left_out),
            }
        }
    }
}

#[test]
fn content_on_a_type_that_the_sensor_lacks_is_refused_or_left_out() {
    let bytes = file_of(PipeCreated::TYPE, &[1]);
    let only_other = [SensorType::of::<Other<'_>>()];
    let error = load(&bytes, &only_other).expect_err("it lacks the type").error();
    assert_eq!((error.code(), error.path().instance_index()), (ErrorCode::SensorLacksType, Some(1)));
    let (interpreter, left_out) = load_supported(&bytes, &only_other).expect("the other type is there");
    assert!(left_out.iter().all(|left| left.error.code() == ErrorCode::SensorLacksType));
    assert_eq!(left_out.iter().map(|left| left.instance).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(other_matches(&interpreter), [0]);
    // Nothing is left: that is no refusal, and nothing matches.
    let (interpreter, left_out) = load_supported(&bytes, &[]).expect("nothing disagrees");
    assert_eq!(left_out.len(), 3);
    assert_eq!(other_matches(&interpreter), Vec::<u32>::new());
}

/// Declared and supplied numbers that disagree refuse the whole file, however it is loaded and whatever else is in it.
#[test]
fn counts_that_disagree_refuse_the_whole_file() {
    for ((newest, counts), of_content) in TYPES.into_iter().flat_map(|of| (1..=4_u32).map(move |content| (of, content)))
    {
        let bytes = file_of(newest, &[of_content]);
        let own = declared(newest, of_content);
        let count = counts[usize::try_from(of_content - 1).expect("small")];
        for inputs in [count - 1, count + 1, 0] {
            let types = [SensorType::of::<Other<'_>>(), SensorType::supplying(own, inputs)];
            refused_whole(&bytes, &types, ErrorCode::SensorInputs, (count, inputs));
            // Also where the content would be left out for its version.
            if of_content > 1 {
                let earlier = declared(newest, of_content - 1);
                let types = [SensorType::of::<Other<'_>>(), SensorType::supplying(earlier, inputs)];
                if inputs != earlier.fields.len() {
                    refused_whole(&bytes, &types, ErrorCode::SensorInputs, (earlier.fields.len(), inputs));
                }
            }
        }
        // The sensor takes another number of fields for the same version.
        let fewer = DeclaredType { fields: &own.fields[..count - 1], ..own };
        let more: Vec<_> =
            own.fields.iter().copied().chain([DeclaredField { name: "More", ..own.fields[count - 1] }]).collect();
        let more = DeclaredType { fields: &more, ..own };
        for sensors in [fewer, more] {
            let types = [SensorType::of::<Other<'_>>(), SensorType::supplying(sensors, sensors.fields.len())];
            refused_whole(&bytes, &types, ErrorCode::SensorFieldCount, (sensors.fields.len(), count));
        }
    }
}

/// What an instance carries is counted before a file is opened at all: there is nothing to load.
#[test]
fn a_file_whose_instances_carry_another_number_does_not_open() {
    let files = files::invalid();
    let of_count: Vec<_> = files.iter().filter(|file| file.code == ErrorCode::FieldCount.as_str()).collect();
    assert!(!of_count.is_empty(), "the corpus has none");
    for file in of_count {
        let error = ChannelFile::open(&file.bytes).expect_err("the counts disagree");
        assert_eq!(error.code(), ErrorCode::FieldCount, "{}", file.name);
    }
}

/// Within the slots values may be absent. Every subset of the fields that real events lack is tried.
#[test]
fn an_absent_value_meets_absent_and_nothing_else() {
    let own = PipeCreated::TYPE;
    let template_type = TemplateType::from_declared(&own, 4).expect("version 4").expect("it is well formed");
    // What a criterion asks of a field, and whether it is met by an absent value and by the field's own name.
    type Asks = fn(Pattern) -> (Sense, Vec<Pattern>);
    let cases: [(Asks, bool, bool); 6] = [
        (|_| (Sense::AnyOf, vec![Pattern::absent()]), true, false),
        (|name| (Sense::AnyOf, vec![name]), false, true),
        (|_| (Sense::AnyOf, vec![Pattern::empty()]), false, false),
        (|name| (Sense::NoneOf, vec![name]), true, false),
        (|name| (Sense::NoneOf, vec![name, Pattern::absent()]), false, false),
        (|_| (Sense::NoneOf, vec![Pattern::absent(), Pattern::empty()]), false, true),
    ];
    let fields = || 0..8_u16;
    let rules = (0..cases.len() * 8).map(|at| {
        let (number, field) = (at / 8, u16::try_from(at % 8).expect("small"));
        let (sense, patterns) = cases[number].0(equals(own.fields[at % 8].name));
        let criterion = Criterion::new(field, sense, patterns).expect("a pattern");
        rule(&format!("{number} {field}"), [instance(&template_type, [criterion])])
    });
    let bytes = encode(&few_words::content([template_type.clone()], rules)).expect("it is small");
    let types = [SensorType::of::<PipeCreated<'_>>()];
    let interpreter = load(&bytes, &types).expect("the sensor supplies it");
    let mut scratch = interpreter.scratch();
    for lacking in 0..=u8::MAX {
        let is_absent = |field: u16| lacking & (1 << field) != 0;
        let mut values = names_as_values(&own);
        fields().filter(|field| is_absent(*field)).for_each(|field| values[usize::from(field)] = Value::Absent);
        let event = Event::new(&own, &values).expect("eight values");
        let matches = interpreter.evaluate(&event, &mut scratch);
        let mut found: Vec<String> = matches.map(|found| found.rule.to_owned()).collect();
        found.sort();
        let expected: Vec<String> = cases
            .iter()
            .enumerate()
            .flat_map(|(number, (_, absent, present))| {
                fields()
                    .filter(move |field| if is_absent(*field) { *absent } else { *present })
                    .map(move |field| format!("{number} {field}"))
            })
            .collect();
        assert_eq!(found, expected, "lacking {lacking:08b}");
    }
}

#[test]
fn an_event_has_one_value_a_field() {
    let type_of_21 = declared(ProcessCreation::TYPE, 2);
    let values = [Value::Absent; 23];
    for count in [0, 20, 22, 23] {
        let error = Event::new(&type_of_21, &values[..count]).expect_err("there are 21 fields");
        assert_eq!(error.code(), ErrorCode::EventValues);
        assert_eq!((error.expected(), error.found()), (Some(21), u64::try_from(count).ok()), "{error}");
    }
    assert!(Event::new(&type_of_21, &values[..21]).is_ok());
    let mut values = [Value::Absent; 21];
    values[20] = Value::Unsigned(1);
    let error = Event::new(&type_of_21, &values).expect_err("RuleName is text");
    assert_eq!((error.code(), error.path().field_index()), (ErrorCode::EventValue, Some(20)));
    let numbers = [FieldKind::Text, FieldKind::Unsigned].map(|kind| Some(u64::from(kind.code())));
    assert_eq!([error.expected(), error.found()], numbers);
}

/// A sensor that loads for one declaration and makes events of another learns that nothing was evaluated.
#[test]
fn events_of_another_version_than_content_was_loaded_for_are_not_evaluated() {
    for (newest, _) in TYPES {
        let bytes = file_of(newest, &[1]);
        let sensor = sensor(declared(newest, 3));
        let interpreter = load(&bytes, &sensor).expect("the sensor supplies it");
        for version in [1, 2, 4] {
            let own = declared(newest, version);
            assert_eq!(matching(&interpreter, &own, &names_as_values(&own)), (Outcome::OtherType, vec![]));
        }
    }
}

/// Each type with each version of content and each of sensor.
fn pairs() -> impl Iterator<Item = (DeclaredType<'static>, u32, u32)> {
    TYPES.into_iter().flat_map(|(newest, _)| (0..16).map(move |pair| (newest, 1 + pair / 4, 1 + pair % 4)))
}

/// The type as a sensor declares it whose newest version this is.
fn declared(newest: DeclaredType<'static>, version: u32) -> DeclaredType<'static> {
    DeclaredType { version, fields: newest.fields_at(version).expect("there is this version"), ..newest }
}

/// What a sensor supplies that has this type, and the other one.
fn sensor(own: DeclaredType<'static>) -> [SensorType<'static>; 2] {
    [SensorType::of::<Other<'static>>(), SensorType::supplying(own, own.fields.len())]
}

/// A file with instance 0 on the other type, and for each version two instances: that the first field has its own name as its
/// value, and that the last has.
fn file_of(newest: DeclaredType<'_>, versions: &[u32]) -> Vec<u8> {
    let other = TemplateType::from_declared(&Other::TYPE, 1).expect("version 1").expect("it is well formed");
    let flag = instance(&other, [any_of(0, [Pattern::boolean(true)])]);
    let mut builder = Content::builder(291, 1).template_type(other);
    let mut instances: Vec<TemplateInstance> = Vec::new();
    for version in versions {
        let of = TemplateType::from_declared(&newest, *version).expect("there is this version").expect("well formed");
        for field in [0, of.field_count() - 1] {
            instances.push(instance(&of, [any_of(field, [equals(newest.fields[usize::from(field)].name)])]));
        }
        builder = ContentBuilder::template_type(builder, of);
    }
    let rules = [rule("other", [flag]), rule("versions", instances)].map(|rule| rule.build().expect("a rule"));
    encode(&rules.into_iter().fold(builder, ContentBuilder::rule).build().expect("content")).expect("it is small")
}

fn load<'t>(bytes: &[u8], types: &'t [SensorType<'t>]) -> Result<Interpreter<'t>, Refusal> {
    let file = ChannelFile::open(bytes).expect("it is valid");
    Interpreter::load(&file, &SensorTypes::new(types), &Budget::DEFAULT)
}

fn load_supported<'t>(bytes: &[u8], types: &'t [SensorType<'t>]) -> Result<(Interpreter<'t>, Vec<LeftOut>), Refusal> {
    let file = ChannelFile::open(bytes).expect("it is valid");
    Interpreter::load_supported(&file, &SensorTypes::new(types), &Budget::DEFAULT)
}

fn refused_whole(bytes: &[u8], types: &[SensorType<'_>], code: ErrorCode, (expected, found): (usize, usize)) {
    let errors = [
        load(bytes, types).expect_err("counts disagree").error(),
        load_supported(bytes, types).expect_err("counts disagree").error(),
    ];
    for error in errors {
        assert_eq!((error.code(), error.path().instance_index()), (code, Some(1)), "{error}");
        let numbers = (u64::try_from(expected).ok(), u64::try_from(found).ok());
        assert_eq!((error.expected(), error.found()), numbers, "{error}");
    }
}

fn lacks_version(error: Error, newest: u32, found: u32, first_instance: u32) {
    assert_eq!((error.code(), error.path().instance_index()), (ErrorCode::SensorLacksVersion, Some(first_instance)));
    assert_eq!((error.expected(), error.found()), (Some(u64::from(newest)), Some(u64::from(found))), "{error}");
}

/// An event in which the value of each field is the field's name.
fn names_as_values<'t>(own: &DeclaredType<'t>) -> Vec<Value<'t>> {
    own.fields.iter().map(|field| Value::Text(field.name.as_bytes())).collect()
}

fn matching(interpreter: &Interpreter<'_>, own: &DeclaredType<'_>, values: &[Value<'_>]) -> (Outcome, Vec<u32>) {
    let event = Event::new(own, values).expect("a value a field");
    let mut scratch = interpreter.scratch();
    let matches = interpreter.evaluate(&event, &mut scratch);
    (matches.outcome(), matches.map(|found| found.instance).collect())
}

/// The instances that match an event of the other type.
fn other_matches(interpreter: &Interpreter<'_>) -> Vec<u32> {
    matching(interpreter, &Other::TYPE, &[Value::Boolean(true)]).1
}
