//! The replay of 19 July 2024. A reconstruction: types, rules and patterns in `examples/july-19` are invented. What happened, and
//! the sources that say so: `docs/JULY-19.md`.
//!
//! Several defences stand between integration code that supplies 20 inputs and content that asks something of field 21. Here
//! each is tried alone, as if the others were not there.
#![cfg(all(feature = "validator", feature = "serde"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "../examples/july-19/sensor/mod.rs"]
mod sensor;

use std::fs;
use std::path::{Path, PathBuf};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{Inputs, SensorTypes, Value};
use channel_file::validator::{
    Comparer, Finding, FindingCode, History, Layer, Level, Report, SensorManifest, Validator,
};
use channel_file::{ChannelFile, ErrorCode};

use sensor::definition::InterprocessCommunication;
use sensor::release_2024_02::{self, Seen};
use sensor::release_2024_08;

/// The field that nothing had read before, counted from 0.
const FIELD_21: u16 = 20;

/// The content of 19 July. Those before it are 1 to 4.
const OF_JULY_19: u64 = 5;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/july-19")
}

fn content(version: u64) -> Vec<u8> {
    let path = example().join(format!("content/{version}.chan"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn judge(version: u64, manifests: &[SensorManifest]) -> Report {
    Validator::new().manifests(manifests).judge(&content(version))
}

/// The contents are what the page says of them: five, each with all instances of those before it, and field 21 is a wildcard in
/// all instances but one.
#[test]
fn only_the_content_of_july_19_asks_anything_of_field_21() {
    let mut before = Vec::new();
    for (version, instances) in [(1, 1), (2, 2), (3, 3), (4, 4), (OF_JULY_19, 6)] {
        let bytes = content(version);
        let file = ChannelFile::open(&bytes).expect("it is valid");
        assert_eq!((file.channel(), file.content_version(), file.instances().len()), (291, version, instances));
        let types: Vec<_> = file.types().map(|own| own.field_count()).collect();
        assert_eq!(types, [21], "the declaration has always had 21 fields");
        let asks = |field| move |own: &channel_file::view::CriterionView<'_>| own.field() == field;
        let asking = file.instances().filter(|instance| instance.criteria().any(|own| asks(FIELD_21)(&own))).count();
        assert_eq!(asking, usize::from(version == OF_JULY_19));
        let rules: Vec<String> = file.rules().map(|rule| rule.id().to_owned()).collect();
        assert!(before.iter().all(|rule| rules.contains(rule)), "content {version} lacks a rule of the one before");
        before = rules;
    }
}

/// How it went unseen for five months. A validator that judges by the declaration accepts the first four contents, and for the
/// release that supplies 20 inputs it refuses every one: the day on which the first was written was early enough.
#[test]
fn with_the_manifest_the_very_first_content_is_refused() {
    let (short, mended) = ([release_2024_02::manifest()], [release_2024_08::manifest()]);
    for version in 1..OF_JULY_19 {
        let unaware = judge(version, &[]);
        assert!(unaware.is_accepted() && unaware.findings.is_empty(), "{:?}", unaware.findings);
        let report = judge(version, &short);
        assert!(!report.is_accepted());
        assert_eq!(report.findings[0].code, FindingCode::InputsDiffer);
        assert_eq!(
            report.findings[0].message,
            "the code of release 2024.02 supplies 20 inputs for the 21 fields of the type interprocess_communication: \
            nothing fills field 21 CallerModule, and no instance asks anything of it, so nothing would be seen until one does"
        );
        let report = judge(version, &mended);
        assert!(report.is_accepted() && report.findings.is_empty(), "{:?}", report.findings);
    }
    // Without a manifest not even the last is refused: by its own declaration it is right.
    let unaware = judge(OF_JULY_19, &[]);
    assert!(unaware.is_accepted() && unaware.findings.is_empty(), "{:?}", unaware.findings);
}

/// Defence 1. With the inputs declared by `template_type!`, 20 for 21 fields is an error of the compiler. The case is in
/// `crates/compile-fail/tests/cases`, with what the compiler says.
#[test]
fn defence_1_it_does_not_compile() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/compile-fail/tests/cases");
    let read = |name: &str| fs::read_to_string(cases.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let code = read("july_19_twenty_inputs.rs");
    assert!(code.contains("examples/july-19/sensor/definition.rs"), "it is this type");
    assert_eq!(code.matches(": None,").count(), 20, "20 inputs");
    assert!(read("july_19_twenty_inputs.stderr").starts_with("error[E0063]: missing field `caller_module`"));
    let values = read("twenty_values_for_21_fields.stderr");
    assert!(values.contains("expected an array with a size of 21, found one with a size of 20"), "{values}");

    assert_eq!(InterprocessCommunication::COUNT, InterprocessCommunication::TYPE.fields.len());
    assert_eq!(Seen::COUNT + 1, Seen::TYPE.fields.len(), "by hand it compiles");
}

/// Defence 2. No content of the type is bound or loaded, whether it asks anything of field 21 or not: at the start of the sensor,
/// and not at an event.
#[test]
fn defence_2_it_does_not_bind_and_does_not_load() {
    for version in 1..=OF_JULY_19 {
        let bytes = content(version);
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let error = file.bind(&release_2024_02::TYPES).expect_err("20 inputs are not 21");
        assert_eq!((error.code(), error.code().as_str()), (ErrorCode::SensorInputs, "CF0605"));
        assert_eq!((error.expected(), error.found()), (Some(21), Some(20)));
        let refusal =
            Interpreter::load(&file, &release_2024_02::TYPES, &Budget::DEFAULT).expect_err("nor does it load");
        assert_eq!(refusal.code(), ErrorCode::SensorInputs);
        let refusal = Interpreter::load_supported(&file, &release_2024_02::TYPES, &Budget::DEFAULT);
        assert_eq!(refusal.expect_err("nor in part").code(), ErrorCode::SensorInputs);

        assert_eq!(file.bind(&release_2024_08::TYPES), Ok(()));
        assert!(Interpreter::load(&file, &release_2024_08::TYPES, &Budget::DEFAULT).is_ok());
    }
}

/// Defence 3. The validator judges by what a release supplies. Its first finding names the field and the release.
#[test]
fn defence_3_the_validator_refuses_it_for_the_release() {
    let report = judge(OF_JULY_19, &[release_2024_08::manifest(), release_2024_02::manifest()]);
    assert!(!report.is_accepted());
    let first = &report.findings[0];
    assert_eq!((first.code.as_str(), first.code.name(), first.release), ("CV0205", "inputs-differ", Some(1)));
    assert_eq!((first.place.field, first.place.field_name.as_deref()), (Some(FIELD_21), Some("CallerModule")));
    assert_eq!(first.place.rule.as_deref(), Some("burdock-pipe-from-a-loaded-module"));
    assert_eq!(
        first.to_string(),
        "error CV0205 inputs-differ: the code of release 2024.02 supplies 20 inputs for the 21 fields of the type \
        interprocess_communication: nothing fills field 21 CallerModule, and 1 instance asks for it"
    );
    let [mended, short] = &report.releases[..] else { panic!("one verdict a release") };
    assert!(mended.is_accepted && mended.cost.is_some());
    assert!(!short.is_accepted && short.cost.is_none());
    assert_eq!((short.unsupported, short.evaluated), (6, 0));
    assert!(!first.code.is_waivable(), "no author can wave it through");

    let report = judge(OF_JULY_19, &[release_2024_08::manifest()]);
    assert!(report.is_accepted() && report.findings.is_empty(), "{:?}", report.findings);
    assert!(report.releases[0].evaluated > 0, "and it was evaluated as that release would");
}

/// Defence 4. Each instance is evaluated before release, with events that reach each criterion. The release cannot be given such
/// an event, and that alone refuses the content.
#[test]
fn defence_4_no_witness_can_be_run() {
    for version in 1..=OF_JULY_19 {
        let report = judge(version, &[release_2024_02::manifest()]);
        let exercise: Vec<&Finding> = report.of_layer(Layer::Exercise).collect();
        let [finding] = exercise[..] else { panic!("one for the release: {exercise:?}") };
        assert_eq!((finding.code.as_str(), finding.code.name()), ("CV0503", "witness-not-run"));
        assert!(finding.refuses() && !finding.code.is_waivable());
        assert_eq!(finding.error.map(|error| error.code()), Some(ErrorCode::EventValues));
        let witness = finding.witness.as_ref().expect("the event");
        assert_eq!(witness.values.len(), 21);
        if version == OF_JULY_19 {
            assert_eq!(witness.fields[usize::from(FIELD_21)], "CallerModule");
            assert_ne!(witness.values[usize::from(FIELD_21)].as_ref(), Value::Absent, "it reads field 21");
        }
    }
}

/// Finding 3 of the root cause analysis: tests used too few kinds of criteria. Here field 21 was read: its criterion was met, and
/// was failed by an event that differs in that value alone.
#[test]
fn the_criterion_on_field_21_is_exercised() {
    let report = judge(OF_JULY_19, &[release_2024_08::manifest()]);
    let covered: Vec<_> = report.coverage.iter().filter(|own| own.field == FIELD_21).collect();
    let [covered] = covered[..] else { panic!("the field is asked for") };
    assert_eq!((covered.criteria.present, covered.criteria.exercised), (1, 1));
    assert_eq!((covered.patterns.present, covered.patterns.exercised), (1, 1));
    // That a wildcard exercises nothing, the earlier contents say by having no such line.
    let report = judge(4, &[release_2024_08::manifest()]);
    assert!(report.coverage.iter().all(|own| own.field != FIELD_21));
}

/// Defence 5. Whoever publishes the content reads first what it does for the first time, manifest or not.
#[test]
fn defence_5_the_first_use_of_field_21_is_the_first_line() {
    let contents: Vec<Vec<u8>> = (1..=OF_JULY_19).map(content).collect();
    let files: Vec<_> = contents.iter().map(|bytes| ChannelFile::open(bytes).expect("it is valid")).collect();
    let mut history = History::new();
    for file in &files {
        history.add(file);
    }
    let (old, new) = (&files[3], &files[4]);

    let difference = Comparer::new().history(&history).compare(old, new);
    let first = difference.all_findings().next().expect("something is new");
    assert_eq!((first.code.as_str(), first.level), ("CV0901", Level::Warning));
    assert!(
        first
            .message
            .starts_with("first use of field 21 CallerModule (type interprocess_communication) in 5 content versions"),
        "{first}"
    );
    let fields: Vec<_> = difference.novelties.iter().filter(|own| own.level > Level::Note).collect();
    assert_eq!(fields, [first], "nothing else is as new");

    // So does the validator that is told of what came before.
    let report = Validator::new().history(&history).judge(&contents[4]);
    assert_eq!(report.findings[0].code, FindingCode::FirstUseOfField);
    assert_eq!(report.findings[0].place.field, Some(FIELD_21));

    let manifests = [release_2024_02::manifest()];
    let difference = Comparer::new().history(&history).manifests(&manifests).compare(old, new);
    let first = &difference.novelties[0];
    assert_eq!(
        (first.code, first.place.field, first.level),
        (FindingCode::FirstUseOfField, Some(FIELD_21), Level::Error)
    );
    assert!(first.message.ends_with("release 2024.02 supplies 20 inputs: field 21 is beyond them"), "{first}");
    assert!(!difference.is_accepted());

    // Of the contents before, none did anything with it.
    for pair in files[..4].array_windows() {
        let [old, new] = pair;
        let difference = Comparer::new().history(&history).compare(old, new);
        assert!(difference.novelties.iter().all(|own| own.place.field != Some(FIELD_21)));
    }
}

/// Defence 6, from outside: the values of the short array are no event. Past that, the interpreter's own lookup has a bound, which
/// a test beside it tries (`src/interpreter/event.rs`): field 21 of 20 values is absent.
#[test]
fn defence_6_twenty_values_are_no_event() {
    let seen = Seen { pipe_name: br"\burdock.stage1", operation: b"open", ..Seen::default() };
    let values = seen.values();
    let error = Event::of::<Seen<'_>>(&values).expect_err("20 values");
    assert_eq!((error.code(), error.expected(), error.found()), (ErrorCode::EventValues, Some(21), Some(20)));

    let inputs = InterprocessCommunication { caller_module: Some(br"C:\ProgramData\bdk32.dll"), ..whole(&seen) };
    let values = inputs.values();
    let event = Event::of::<InterprocessCommunication<'_>>(&values).expect("21 values");
    let bytes = content(OF_JULY_19);
    let file = ChannelFile::open(&bytes).expect("it is valid");
    let interpreter = Interpreter::load(&file, &release_2024_08::TYPES, &Budget::DEFAULT).expect("it loads");
    let mut scratch = interpreter.scratch();
    let rules: Vec<_> = interpreter.evaluate(&event, &mut scratch).map(|found| found.rule).collect();
    assert_eq!(rules, ["burdock-pipe-from-a-loaded-module"]);
    // A value that a sensor does not have is absent, in its own place.
    let values = whole(&seen).values();
    let event = Event::of::<InterprocessCommunication<'_>>(&values).expect("21 values, one of them absent");
    assert_eq!(interpreter.evaluate(&event, &mut scratch).count(), 0);
}

/// Not what happened, though it was much said: zeros are what is left of a file after a crash. They have an error of their own.
#[test]
fn zeros_are_refused_by_name() {
    let error = ChannelFile::open(&[0; 4096]).expect_err("zeros");
    assert_eq!((error.code(), error.code().as_str()), (ErrorCode::AllZero, "CF0002"));
}

/// Manifests are emitted by the code that they are about, so they state 20 because an array has 20 values, and 21 because a type
/// has 21 fields. `BLESS=1` writes them.
#[test]
fn the_manifests_are_what_the_sensors_say_of_themselves() {
    for manifest in [release_2024_02::manifest(), release_2024_08::manifest()] {
        let json = serde_json::to_string_pretty(&manifest).expect("JSON") + "\n";
        let path = example().join(format!("sensor-{}.json", manifest.release));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &json).expect("it can be written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(committed, json, "{}: `BLESS=1` writes it", path.display());
        assert_eq!(serde_json::from_str::<SensorManifest>(&committed).expect("a manifest"), manifest);
    }
    let inputs = |types: &SensorTypes<'_>| types.types()[0].inputs();
    assert_eq!((inputs(&release_2024_02::TYPES), inputs(&release_2024_08::TYPES)), (20, 21));
}

/// Authors write against the list of fields that the definition has. `BLESS=1` writes it.
#[test]
fn the_type_of_the_sources_is_the_definition() {
    let path = example().join("types.yaml");
    let source = format!(
        "# The definition of the sensor, as authors see it. Written by the sensor's own code: `DeclaredType::source`.\n{}",
        InterprocessCommunication::TYPE.source()
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &source).expect("it can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("it is there"), source, "`BLESS=1` writes it");
}

/// The same in 21 inputs, of which the last is absent.
fn whole<'a>(seen: &Seen<'a>) -> InterprocessCommunication<'a> {
    let mut values = [Value::Absent; InterprocessCommunication::COUNT];
    for (own, value) in values.iter_mut().zip(seen.values()) {
        *own = value;
    }
    InterprocessCommunication::from_values(values).expect("each is of the kind of its field")
}
