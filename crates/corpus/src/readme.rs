//! The list of the files, for people and for tests.

use std::fmt::Write;

use crate::{Invalid, Valid};

const HEAD: &str = "# Corpus

Small channel files, each named for what it shows. `cargo xtask corpus` holds them against the crate that makes them
(`crates/corpus`), and `BLESS=1 cargo xtask corpus` writes them, this page included. The content is invented and inert.

Tests read them, fuzzers start from them, and whoever writes another reader can try it on them: `valid` files are accepted
under the default limits, and `invalid` files are refused. A reader may refuse a file for another reason than the one given
here, where the file gives several; the code and the offset are what this library says.

## Valid

";

const INVALID: &str = "
## Invalid

";

/// The page that lists the files.
#[must_use]
pub fn readme(valid: &[Valid], invalid: &[Invalid]) -> String {
    let mut text = String::from(HEAD);
    text.push_str("| file | bytes | shows |\n|---|--:|---|\n");
    // Nothing is lost: writing to a `String` cannot fail.
    for Valid { name, shows, bytes } in valid {
        let _ = writeln!(text, "| {name} | {} | {shows} |", bytes.len());
    }
    text.push_str(INVALID);
    text.push_str("| file | code | offset | what is wrong |\n|---|---|--:|---|\n");
    for Invalid { name, shows, code, offset, .. } in invalid {
        let _ = writeln!(text, "| {name} | {code} | {offset} | {shows} |");
    }
    text
}
