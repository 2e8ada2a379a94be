//! `docs/channel_file.ksy` says what the code does: its codes and tables are made from the code's own constants. `BLESS=1`
//! rewrites them; `cargo xtask kaitai` reads the corpus with it.
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

use channel_file::SectionKind;
use channel_file::template::{
    Comparison, Disposition, Expectation, FieldKind, Operator, Severity, SlotRole, ValueKind,
};

#[test]
fn the_tables_are_those_of_the_code() {
    let tables = [
        ("row-bytes", row_bytes()),
        ("operators", operators_of_field_kinds()),
        ("value-kinds", value_kinds_of_operators()),
        ("field-kinds", field_kinds_of_value_kinds()),
        ("words", words_of_value_kinds()),
        ("enums", enums()),
    ];
    document::hold("docs/channel_file.ksy", "kaitai_description", tables);
}

fn row_bytes() -> String {
    let mut rows = vec![0; SectionKind::ALL.len() + 1];
    SectionKind::ALL.iter().for_each(|kind| rows[usize::from(kind.code())] = kind.row_bytes());
    value(&rows.iter().map(u64::to_string).collect::<Vec<_>>(), "[kind.to_i]")
}

fn operators_of_field_kinds() -> String {
    let bits = FieldKind::ALL.iter().map(|kind| format!("{:#06x}", kind.operators().bits()));
    value(&bits.collect::<Vec<_>>(), "[kind.to_i]")
}

fn value_kinds_of_operators() -> String {
    let goes = |operator, value| FieldKind::ALL.iter().any(|field| field.takes(operator, value));
    let bits = Operator::ALL.iter().map(|operator| {
        let values = ValueKind::ALL.iter().filter(|value| goes(*operator, **value));
        format!("{:#05x}", values.fold(0, |bits, value| bits | 1 << value.code()))
    });
    value(&bits.collect::<Vec<_>>(), "[operator.to_i]")
}

/// The kinds of fields that a value kind is for. `empty` alone, which the description says, is not for all that take its value.
fn field_kinds_of_value_kinds() -> String {
    let kinds = |operator: Operator, value: ValueKind| {
        let kinds = FieldKind::ALL.iter().filter(|field| field.takes(operator, value));
        kinds.fold(0, |bits, field| bits | 1 << field.code())
    };
    let bits = ValueKind::ALL.iter().map(|value| {
        let of_operators = Operator::ALL.iter().map(|operator| (operator, kinds(*operator, *value)));
        let others = of_operators.filter(|(operator, bits)| **operator != Operator::Empty && *bits != 0);
        let bits: Vec<_> = others.map(|(_, bits)| bits).collect();
        assert!(bits.iter().all(|other| *other == bits[0]), "{value} is for other fields under another operator");
        format!("{:#04x}", bits[0])
    });
    let bits = value(&bits.collect::<Vec<_>>(), "");
    assert_eq!(kinds(Operator::Empty, ValueKind::None), 0x03);
    bits
}

/// Words without the second bound of a range and the prefix of a network.
fn words_of_value_kinds() -> String {
    for value in ValueKind::ALL {
        for operator in Operator::ALL.iter().filter(|operator| FieldKind::Text.takes(**operator, *value)) {
            let second = u32::from([Operator::Range, Operator::Cidr].contains(operator));
            assert_eq!(value.words(*operator), value.words(Operator::Equals) + second, "{operator} {value}");
        }
    }
    let words = ValueKind::ALL.iter().map(|value| value.words(Operator::Equals).to_string());
    value(&words.collect::<Vec<_>>(), "")
}

/// A line of the description, and the indent of the mark after it.
fn value(numbers: &[String], index: &str) -> String {
    format!("        value: '[{}]{index}'\n        # ", numbers.join(", "))
}

fn enums() -> String {
    let mut text = String::new();
    macro_rules! add {
        ($($name:literal $type:ty;)+) => { $(
            writeln!(text, "  {}:", $name).expect("a String");
            for value in <$type>::ALL {
                writeln!(text, "    {}: {}", value.code(), value.name().replace('-', "_")).expect("a String");
            }
        )+ };
    }
    add! {
        "section_kind" SectionKind;
        "field_kind" FieldKind;
        "operator" Operator;
        "value_kind" ValueKind;
        "role" SlotRole;
        "severity" Severity;
        "disposition" Disposition;
        "expectation" Expectation;
        "comparison" Comparison;
    }
    text + "  # "
}
