//! The harness: what it finds, how small that gets, and that it can be run again.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use channel_file::ChannelFile;
use channel_file::template::{Inputs, OwnedValue, SensorType, Value};
use channel_file_smith::harness::{Case, Search, run};
use channel_file_smith::sensor_harness;

channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 2 {
        pipe_name: text = "PipeName",
        process_id: unsigned = "ProcessId",
        user: text = "User" since 2,
    }
}

channel_file::template_type! {
    struct Connection = "connection", id 18, version 1 { address: ip_address = "Address", payload: bytes = "Payload" }
}

const TYPES: [SensorType<'static>; 2] =
    [SensorType::of::<PipeCreated<'static>>(), SensorType::of::<Connection<'static>>()];

sensor_harness! {
    /// Right code, that takes an interpreter and both kinds of inputs.
    fn right(case) for [SensorType::of::<PipeCreated<'_>>(), SensorType::of::<Connection<'_>>()] -> Result<(), String> {
        let (pipes, connections) =
            (case.inputs(PipeCreated::from_values).count(), case.inputs(Connection::from_values).count());
        if case.events().len().checked_sub(pipes) != Some(connections) {
            return Err(format!("{pipes} and {connections} of {} events", case.events().len()));
        }
        let Ok(interpreter) = case.interpreter() else { return Ok(()) };
        let mut scratch = interpreter.scratch();
        let most = case.events().iter().map(|event| interpreter.evaluate(event, &mut scratch).count()).max();
        if most > Some(200) { Err(format!("{most:?} instances match")) } else { Ok(()) }
    }
}

sensor_harness! {
    fn without_an_outcome(case) for [SensorType::of::<PipeCreated<'_>>()] {
        assert_eq!(case.types().types().len(), 1);
    }
}

/// What cases are like, over so many seeds.
#[test]
fn cases_are_of_every_sort() {
    let seen = Mutex::new((0_usize, 0_usize, 0_usize, 0_usize, BTreeSet::new()));
    let body = |data: &[u8]| {
        run(&TYPES, data, |case: &Case<'_>| {
            let mut seen = seen.lock().expect("nothing panics");
            seen.0 += 1;
            // A mutant may be a valid file, of other types.
            if let (Ok(file), Ok(interpreter)) = (case.file(), case.interpreter()) {
                seen.1 += 1;
                seen.4.extend(file.types().map(|own| (own.key().id, own.key().version)));
                let mut scratch = interpreter.scratch();
                seen.2 += case.events().len();
                seen.3 +=
                    case.events().iter().filter(|event| interpreter.evaluate(event, &mut scratch).count() > 0).count();
            }
        });
    };
    Search::new("sorts", &TYPES, &body).seeds(0..1000).expect("nothing fails");
    let (cases, opened, events, met, types) = seen.into_inner().expect("nothing panics");
    assert_eq!(cases, 1000);
    assert!((800..950).contains(&opened), "{opened} are for these types");
    assert!(met * 100 > events * 30 && met * 100 < events * 90, "{met} of {events} events meet the content");
    assert_eq!(types, BTreeSet::from([(17, 1), (17, 2), (18, 1)]));
}

/// Fails where an event of version 2 has a long user, and content asks for it.
fn wrong(data: &[u8]) {
    run(&TYPES, data, |case: &Case<'_>| {
        let Ok(file) = case.file() else { return Ok(()) };
        let asks = |own: channel_file::view::InstanceView<'_>| {
            own.template_type().key().id == 17 && own.criteria().any(|criterion| criterion.field() == 2)
        };
        let asked = file.instances().any(asks);
        let long = |inputs: PipeCreated<'_>| inputs.user.is_some_and(|user| user.len() >= 4);
        if asked && case.inputs(PipeCreated::from_values).any(long) { Err("a long user") } else { Ok(()) }
    });
}

#[test]
fn what_fails_is_found_and_made_small() {
    let search = Search::new("wrong", &TYPES, &wrong).of_package("own");
    let reproducer = search.seeds(0..2000).expect_err("it is wrong");
    assert_eq!(reproducer.failure().message, "a long user");

    let file = ChannelFile::open(reproducer.file()).expect("valid");
    let instance = file.instances().next().expect("one is left");
    let fields: Vec<u16> = instance.criteria().map(|criterion| criterion.field()).collect();
    assert_eq!((file.instances().len(), fields), (1, vec![2]));
    assert_eq!(instance.criteria().next().expect("one").patterns().count(), 1);
    let events: Vec<_> = reproducer.events().collect();
    let [(0, [OwnedValue::Absent, OwnedValue::Absent, OwnedValue::Text(user)])] = &events[..] else {
        panic!("one event with nothing but a user: {events:?}");
    };
    assert_eq!(user.len(), 4, "no byte more than it takes");

    let told = reproducer.to_string();
    for part in
        ["a long user", "found by seed ", "instance of rule ", "field index 2 User", "event of type pipe_created"]
    {
        assert!(told.contains(part), "{told}");
    }

    // The same once more, from what was written alone.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("harness-wrong");
    let written = reproducer.write(&folder).expect("it can be written");
    assert_eq!(fs::read(&written.file).unwrap(), reproducer.file());
    let line = fs::read_to_string(&written.events).unwrap();
    assert!(line.starts_with(r#"{"template_type":"pipe_created","User":""#) && line.lines().count() == 1, "{line}");
    let input = fs::read(&written.input).unwrap();
    let again = search.input(&input).expect_err("it still fails");
    assert_eq!((again.file(), again.failure()), (reproducer.file(), reproducer.failure()));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
#[ignore = "it fails; the test below runs it"]
fn fails_as_a_test() {
    Search::new("fails_as_a_test", &TYPES, &wrong).of_package("own").test();
}

/// What somebody sees whose test fails, and what they can do then.
#[test]
fn a_test_that_fails_says_how_to_run_it_again() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("harness-output");
    let run = |name: &str, value: &Path| {
        let mut test = Command::new(std::env::current_exe().unwrap());
        test.args(["--exact", "fails_as_a_test", "--ignored"]).env("HARNESS_OUTPUT", &folder).env(name, value);
        let output = test.output().expect("it is this very test");
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let input = folder.join("fails_as_a_test/case.input");
    let told = run("HARNESS_CASES", Path::new("300"));
    let again = format!("HARNESS_INPUT={} cargo test -p own fails_as_a_test", input.display());
    for part in ["the code fails: a long user", "found by seed ", &again] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let before = fs::read(&input).expect("it was written");
    let told = run("HARNESS_INPUT", &input);
    assert!(told.contains("the code fails: a long user") && !told.contains("found by seed "), "{told}");
    assert_eq!(fs::read(&input).unwrap(), before);

    let told = run("HARNESS_CASES", Path::new("0"));
    assert!(told.contains("HARNESS_CASES is no number above 0: 0"), "{told}");
    let told = run("HARNESS_INPUT", &folder.join("not-there"));
    assert!(told.contains("not-there: "), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

/// Damaged files are part of it, and stay damaged where that is what it takes.
#[test]
fn code_that_takes_every_file_for_valid_is_found() {
    let body = |data: &[u8]| {
        run(&TYPES, data, |case: &Case<'_>| {
            case.file().expect("valid");
        });
    };
    let reproducer = Search::new("trusting", &TYPES, &body).seeds(0..200).expect_err("some are damaged");
    assert!(ChannelFile::open(reproducer.file()).is_err());
    assert_eq!(reproducer.events().len(), 0);
    assert!(reproducer.to_string().contains("bytes that are no channel file"), "{reproducer}");
}

/// It stops at the failure that it began with, though another is smaller.
#[test]
fn one_failure_does_not_become_another() {
    let body = |data: &[u8]| {
        run(&TYPES, data, |case: &Case<'_>| {
            assert!(!case.events().is_empty(), "another");
            assert!(case.events().len() < 3, "many");
        });
    };
    let reproducer = Search::new("two", &TYPES, &body).seeds(0..200).expect_err("some have many");
    assert_eq!((reproducer.failure().message.as_str(), reproducer.events().len()), ("many", 3));
}

/// Code written by hand, whose inputs are not made by the macro.
struct Short<'a>(Value<'a>);

impl<'a> Inputs<'a> for Short<'a> {
    const TYPE: channel_file::template::DeclaredType<'static> = PipeCreated::TYPE;
    const COUNT: usize = 1;
    type Values = [Value<'a>; 1];

    fn values(&self) -> Self::Values {
        [self.0]
    }
}

#[test]
fn inputs_of_another_number_are_none() {
    let types = [SensorType::of::<Short<'_>>()];
    let body = |data: &[u8]| {
        run(&types, data, |case: &Case<'_>| {
            assert_eq!(case.inputs(|[only]| Some(Short(only))).count(), 0);
            assert_eq!(case.inputs(|[first, _, _]| Some(Short(first))).count(), case.events().len());
            assert!(case.interpreter().is_err(), "one input for three fields");
        });
    };
    Search::new("short", &types, &body).seeds(0..20).expect("nothing fails");
}

#[test]
#[should_panic(expected = "no content can be made for the types of the sensor")]
fn a_sensor_without_types_is_refused() {
    run(&[], b"any", |_: &Case<'_>| ());
}
