//! What the program writes for other programs, held against the schemas of it.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

/// Holds the report of `check` against `docs/report.schema.json`, in which nothing may be left undescribed.
pub(crate) fn assert_report(report: &Value) {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    assert_fits(report, SCHEMA.get_or_init(|| closed("report.schema.json")));
}

/// Holds the report of `diff` against `docs/difference.schema.json` likewise.
pub(crate) fn assert_difference(report: &Value) {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    assert_fits(report, SCHEMA.get_or_init(|| closed("difference.schema.json")));
}

/// A schema of the documentation that allows nothing but what it describes.
fn closed(file: &str) -> Validator {
    let mut schema = read(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs")).join(file));
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

/// Holds a log against the official schema of SARIF 2.1.0, which a package of the registry brings along.
pub(crate) fn assert_sarif(log: &Value) {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    assert_fits(
        log,
        SCHEMA.get_or_init(|| {
            // Packages of other platforms are not there, and not asked for.
            let rustc = Command::new("rustc").arg("-vV").output().unwrap().stdout;
            let rustc = String::from_utf8(rustc).unwrap();
            let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["metadata", "--format-version", "1", "--offline", "--filter-platform", host]);
            cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
            let metadata: Value = serde_json::from_slice(&cargo.output().unwrap().stdout).unwrap();
            let mut packages = metadata["packages"].as_array().unwrap().iter();
            let package = packages.find(|package| package["name"] == "serde-sarif").unwrap();
            let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
            let mut schema = read(&folder.join("src/schema.json"));
            assert!(schema["title"].as_str().unwrap().contains("SARIF"));
            // It has a bracket too many, which no strict engine takes; it is about parts that are not written.
            for part in ["run", "toolComponent"] {
                let language = &mut schema["definitions"][part]["properties"]["language"];
                language.as_object_mut().unwrap().remove("pattern").unwrap();
            }
            jsonschema::validator_for(&schema).unwrap()
        }),
    );
}

fn assert_fits(value: &Value, schema: &Validator) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\nin {value:#}");
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Forbids what an object does not describe. The published schema allows it, for the sake of later versions.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.entry("additionalProperties").or_insert(Value::Bool(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(array) => array.iter_mut().for_each(close),
        _ => {}
    }
}
