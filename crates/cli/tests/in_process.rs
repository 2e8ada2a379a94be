//! `dump` and `inspect` without a process: they write what the program writes, and nothing that a terminal would obey.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod samples;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use channel_file::template::{
    Case, Content, Criterion, Example, Expectation, FieldKind, Operator, OwnedValue, Pattern, Rule, Sense,
    TemplateInstance, TemplateType,
};
use channel_file::{Limits, encode_with};
use channel_file_cli::{Format, Verdict, dump, dump_rows, inspect};
use channel_file_content::is_hidden;

/// Every command in every form: the text, and what the verdict is.
fn all_outputs(bytes: &[u8]) -> Vec<(Verdict, String)> {
    let formats = [Format::Human, Format::Json];
    let outputs = formats.into_iter().flat_map(|format| {
        let (mut dumped, mut inspected) = (Vec::new(), Vec::new());
        let verdicts = [dump(bytes, format, &mut dumped).unwrap(), inspect(bytes, format, &mut inspected).unwrap()];
        verdicts.into_iter().zip([dumped, inspected])
    });
    outputs.map(|(verdict, text)| (verdict, String::from_utf8(text).unwrap())).collect()
}

/// What the program writes for the same, with the file as its standard input.
fn all_outputs_of_the_program(file: &Path) -> Vec<(u8, String)> {
    let commands = [
        &["dump", "-", "--format", "human"][..],
        &["inspect", "-", "--rules", "--format", "human"],
        &["dump", "-", "--format", "json"],
        &["inspect", "-", "--rules", "--format", "json"],
    ];
    let outputs = commands.into_iter().map(|arguments| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_channel-file"));
        let output = program.args(arguments).stdin(File::open(file).unwrap()).output().unwrap();
        let status = u8::try_from(output.status.code().unwrap()).unwrap();
        (status, String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    });
    outputs.collect()
}

#[test]
fn samples_give_what_the_program_gives() {
    let folder = tempfile::tempdir().unwrap();
    samples::write_all(folder.path());
    let paths = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "chan")).collect();
    let mut verdicts = Vec::new();
    for file in &files {
        let found = all_outputs(&fs::read(file).unwrap());
        verdicts.extend(found.iter().map(|(verdict, _)| *verdict));
        let found: Vec<_> = found.into_iter().map(|(verdict, text)| (verdict.status(), text)).collect();
        assert_eq!(found, all_outputs_of_the_program(file), "{}", file.display());
    }
    assert!(verdicts.contains(&Verdict::Accepted) && verdicts.contains(&Verdict::Refused), "{verdicts:?}");
}

/// Every hidden character wherever a file has text; those that no name may have are in pattern and value.
fn hidden_everywhere() -> Content {
    let hidden: String = ('\0'..=char::MAX).filter(|character| is_hidden(*character)).collect();
    let name: String = hidden.chars().filter(|character| !character.is_ascii_control()).collect();
    let template_type = TemplateType::builder(1, 1, &*name).field(&*name, FieldKind::Text).build().unwrap();
    let pattern = Pattern::text(Operator::Contains, &*hidden, Case::Sensitive).unwrap();
    let criterion = Criterion::new(0, Sense::AnyOf, [pattern]).unwrap();
    let instance = TemplateInstance::builder(&template_type).criterion(criterion).build().unwrap();
    let value = OwnedValue::Text([hidden.as_bytes(), b"\xff"].concat());
    let example = Example::new(&template_type, Expectation::Match, [value]).unwrap();
    let rule = Rule::builder(&*name).title(&*name).author(&*name).reference(&*name);
    let rule = rule.instance(instance).example(example).build().unwrap();
    Content::builder(1, 1).template_type(template_type).rule(rule).build().unwrap()
}

fn assert_harmless(bytes: &[u8]) {
    for (_, text) in all_outputs(bytes) {
        let found = text.chars().find(|character| *character != '\n' && is_hidden(*character));
        assert_eq!(found, None, "{}", text.escape_debug());
    }
}

#[test]
fn no_text_of_a_file_reaches_the_output_as_it_is() {
    // The names are longer than the default limits let them be, so that it is refused and yet explained.
    let refused = encode_with(&hidden_everywhere(), &Limits::FORMAT).unwrap();
    assert_eq!(inspect(&refused, Format::Json, &mut Vec::new()).unwrap(), Verdict::Refused);
    assert_harmless(&refused);
    let folder = tempfile::tempdir().unwrap();
    samples::write_all(folder.path());
    let mut accepted = fs::read(folder.path().join("hidden-text.chan")).unwrap();
    assert_eq!(inspect(&accepted, Format::Json, &mut Vec::new()).unwrap(), Verdict::Accepted);
    assert_harmless(&accepted);
    for place in 0..accepted.len() {
        accepted[place] ^= 0x1b;
        assert_harmless(&accepted);
        accepted[place] ^= 0x1b;
    }
}

#[test]
fn the_caller_ends_the_rows() {
    let mut rows = 0;
    let ended = dump_rows(&[0; 64], |_| {
        rows += 1;
        Err(std::io::Error::other("enough"))
    });
    assert_eq!(ended.unwrap_err().to_string(), "enough");
    assert_eq!(rows, 1);
}
