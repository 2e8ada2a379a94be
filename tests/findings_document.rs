//! `docs/FINDINGS.md` says what the code does: its table is made from the code's own constants. `BLESS=1` rewrites it.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod document;

use std::fmt::Write;

use channel_file::validator::{FindingCode, Layer};

#[test]
fn the_table_is_that_of_the_code() {
    document::hold("docs/FINDINGS.md", "findings_document", [("findings", findings())]);
}

fn findings() -> String {
    let mut table = String::new();
    for layer in Layer::ALL {
        writeln!(table, "### {}\n", layer.name()).expect("a String");
        table.push_str("| code | name | level | waivable | what | what to do |\n|---|---|---|---|---|---|\n");
        for code in FindingCode::ALL.iter().filter(|code| code.layer() == *layer) {
            let waivable = if code.is_waivable() { "yes" } else { "" };
            let (name, level, summary, help) = (code.name(), code.level(), code.summary(), code.help());
            writeln!(table, "| {code} | `{name}` | {level} | {waivable} | {summary} | {help} |").expect("a String");
        }
        table.push('\n');
    }
    table.trim_end().to_owned() + "\n"
}
