//! `docs/MATCHING.md` says what the code does: its tables are made from the code's own constants. `BLESS=1` rewrites them.
#![cfg(feature = "interpreter")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod document;

use std::fmt::Write;

use channel_file::interpreter::Budget;
use channel_file::template::{FieldKind, Operator, ValueKind};

#[test]
fn the_tables_are_those_of_the_code() {
    document::hold("docs/MATCHING.md", "matching_document", [("operators", operators()), ("budgets", budgets())]);
}

fn operators() -> String {
    let kinds: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let mut table = format!("| operator | {} |\n|---|{}\n", kinds.join(" | "), "---|".repeat(kinds.len()));
    for operator in Operator::ALL {
        let cells = FieldKind::ALL.iter().map(|kind| {
            let takes = |value: &&ValueKind| kind.takes(*operator, **value);
            let values: Vec<_> = ValueKind::ALL.iter().filter(takes).map(|value| value.name()).collect();
            if values.is_empty() { "–".to_owned() } else { values.join(", ") }
        });
        writeln!(table, "| {operator} | {} |", cells.collect::<Vec<_>>().join(" | ")).expect("a String");
    }
    table
}

fn budgets() -> String {
    let mut table = String::from("| bound | default | embedded |\n|---|--:|--:|\n");
    let (default, embedded) = (Budget::DEFAULT, Budget::EMBEDDED);
    macro_rules! rows {
        ($($name:ident)+) => {
            // Not one bound is left out: this would not compile.
            let Budget { $( $name: _, )+ } = default;
            $( writeln!(table, "| `{}` | {} | {} |", stringify!($name), default.$name, embedded.$name).expect("a String"); )+
        };
    }
    rows!(bytes regex_bytes regexes_bytes automaton_bytes automata_bytes work);
    table
}
