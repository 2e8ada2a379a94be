//! `docs/FORMAT.md` says what the code does: its tables are made from the code's own constants. `BLESS=1` rewrites them.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod document;

use std::fmt::Write;

use channel_file::template::{
    Case, Comparison, Content, Criterion, Disposition, Expectation, FieldKind, Operator, Pattern, Rule, Sense,
    Severity, SlotRole, TemplateInstance, TemplateType, ValueKind,
};
use channel_file::{ChannelFile, ErrorCode, Limits, SectionKind, encode};

#[test]
fn the_tables_are_those_of_the_code() {
    let tables = [
        ("sections", sections()),
        ("codes", codes()),
        ("kinds", kinds()),
        ("patterns", patterns()),
        ("limits", limits()),
        ("errors", errors()),
        ("example", example()),
    ];
    document::hold("docs/FORMAT.md", "format_document", tables);
}

fn sections() -> String {
    let optional = [
        SectionKind::Examples,
        SectionKind::Presences,
        SectionKind::Words,
        SectionKind::ByteEnds,
        SectionKind::ByteHeap,
    ];
    let holds = |kind| match kind {
        SectionKind::Types => "[template types](#6-template-types)",
        SectionKind::Fields => "fields of the types",
        SectionKind::Shapes => "[shapes](#7-shapes-slots-and-instances)",
        SectionKind::Slots => "slots of the shapes",
        SectionKind::Severities => "severity of each instance",
        SectionKind::Dispositions => "disposition of each instance",
        SectionKind::InstanceRules => "index of the rule of each instance",
        SectionKind::Rules => "[rules](#9-rules)",
        SectionKind::Examples => "[examples](#10-examples)",
        SectionKind::Presences => "presence of each value of the examples",
        SectionKind::Words => "[values](#8-values-of-patterns) that are numbers, addresses or references, `u64`",
        SectionKind::ByteEnds => "ends of the byte strings, `u32`",
        SectionKind::ByteHeap => "byte strings",
        SectionKind::TextEnds => "ends of the [texts](#5-texts-and-byte-strings), `u32`",
        SectionKind::TextHeap => "texts",
    };
    let mut table = String::from("| kind | name | bytes a row | required | holds |\n|--:|---|--:|---|---|\n");
    for kind in SectionKind::ALL {
        let required = if optional.contains(kind) { "" } else { "yes" };
        let row = (kind.code(), kind.name(), kind.row_bytes());
        writeln!(table, "| {} | {} | {} | {required} | {} |", row.0, row.1, row.2, holds(*kind)).expect("a String");
    }
    table
}

fn codes() -> String {
    let mut table = String::from("| what | codes |\n|---|---|\n");
    macro_rules! row {
        ($name:literal, $type:ty) => {
            let codes: Vec<_> = <$type>::ALL.iter().map(|value| format!("{} {value}", value.code())).collect();
            writeln!(table, "| {} | {} |", $name, codes.join(" · ")).expect("a String");
        };
    }
    row!("field kind", FieldKind);
    row!("operator", Operator);
    row!("value kind", ValueKind);
    row!("role of a slot", SlotRole);
    row!("severity", Severity);
    row!("disposition", Disposition);
    row!("expectation", Expectation);
    row!("comparison", Comparison);
    table
}

fn kinds() -> String {
    let mut table = String::from("| field kind | operators | bits |\n|---|---|--:|\n");
    for kind in FieldKind::ALL {
        let operators: Vec<_> = kind.operators().iter().map(Operator::name).collect();
        writeln!(table, "| {kind} | {} | {:#06x} |", operators.join(", "), kind.operators().bits()).expect("a String");
    }
    table
}

fn patterns() -> String {
    let mut table = String::from("| operator | value kind | words | on fields of kind |\n|---|---|--:|---|\n");
    for operator in Operator::ALL {
        for value in ValueKind::ALL {
            let takes = |kind: &&FieldKind| kind.takes(*operator, *value);
            let kinds: Vec<_> = FieldKind::ALL.iter().filter(takes).map(|kind| kind.name()).collect();
            if !kinds.is_empty() {
                let words = value.words(*operator);
                writeln!(table, "| {operator} | {value} | {words} | {} |", kinds.join(", ")).expect("a String");
            }
        }
    }
    table
}

fn limits() -> String {
    let mut table = String::from("| limit | default | embedded | code |\n|---|--:|--:|---|\n");
    let (default, embedded) = (Limits::DEFAULT, Limits::EMBEDDED);
    macro_rules! rows {
        ($($name:ident $code:ident,)+) => {
            // Not one limit is left out: this would not compile.
            let Limits { $( $name: _, )+ } = default;
            $(
                let row = (stringify!($name).replace('_', " "), default.$name, embedded.$name, ErrorCode::$code);
                writeln!(table, "| {} | {} | {} | {} |", row.0, row.1, row.2, row.3).expect("a String");
            )+
        };
    }
    rows!(
        file_bytes LimitFileBytes,
        types LimitTypes,
        fields LimitFields,
        instances LimitInstances,
        criteria LimitCriteria,
        patterns LimitPatterns,
        total_patterns LimitTotalPatterns,
        pattern_bytes LimitPatternBytes,
        name_bytes LimitNameBytes,
        rules LimitRules,
        references LimitReferences,
        examples LimitExamples,
        example_bytes LimitExampleBytes,
    );
    table
}

fn errors() -> String {
    let mut table = String::from("| code | kind | what is wrong |\n|---|---|---|\n");
    for code in ErrorCode::ALL {
        writeln!(table, "| {code} | {} | {} |", code.kind(), code.message()).expect("a String");
    }
    table
}

/// The smallest file, in hexadecimal with the meaning of each run.
fn example() -> String {
    let pipe = TemplateType::builder(17, 1, "pipe").field("name", FieldKind::Text).build().expect("a type");
    let pattern = Pattern::text(Operator::StartsWith, r"\x", Case::Ignored).expect("a pattern");
    let criterion = Criterion::new(0, Sense::AnyOf, [pattern]).expect("a criterion");
    let instance = TemplateInstance::builder(&pipe).severity(Severity::High).criterion(criterion).build();
    let rule = Rule::builder("r").instance(instance.expect("an instance")).build().expect("a rule");
    let content = Content::builder(291, 1).template_type(pipe).rule(rule).build().expect("content");
    let bytes = encode(&content).expect("a file");
    let file = ChannelFile::open(&bytes).expect("it opens");

    let mut runs = vec![
        (8, "magic".to_owned()),
        (4, "format version 1.0".to_owned()),
        (4, "channel 291".to_owned()),
        (8, "content version 1".to_owned()),
        (8, format!("length {}", bytes.len())),
        (4, format!("{} sections", file.sections().count())),
        (4, "CRC32C of the table".to_owned()),
        (4, "CRC32C of the 40 bytes before".to_owned()),
    ];
    for (kind, _, section) in file.sections() {
        runs.push((13, format!("entry: {}, {} bytes, CRC32C", kind.name(), section.len())));
    }
    for (kind, _, section) in file.sections() {
        runs.push((section.len(), kind.name().to_owned()));
    }
    let mut text = String::from("```text\n");
    let mut offset = 0;
    for (length, meaning) in runs {
        for (index, line) in bytes[offset..offset + length].chunks(16).enumerate() {
            let hex: Vec<_> = line.iter().map(|byte| format!("{byte:02x}")).collect();
            let meaning = if index == 0 { meaning.as_str() } else { "" };
            let line = format!("{:4}  {:47}  {meaning}", offset + index * 16, hex.join(" "));
            writeln!(text, "{}", line.trim_end()).expect("a String");
        }
        offset += length;
    }
    assert_eq!(offset, bytes.len(), "every byte is shown");
    text.push_str("```\n");
    text
}
