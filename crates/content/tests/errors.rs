//! What is wrong with a source, as authors read it: for each `errors/*.yaml` its diagnostics stand beside it. `BLESS=1`
//! writes them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use channel_file_content::{CompileOptions, Source, TypeLibrary, compile};

fn diagnosed(text: &str) -> String {
    let options = CompileOptions { channel: Some(1), ..CompileOptions::default() };
    let compiled = compile(&[Source { name: "source.yaml", text }], &TypeLibrary::windows(), &options);
    assert!(compiled.content.is_none(), "accepted: {text}");
    let mut shown = String::new();
    let refused = compiled.refused.iter().flat_map(|refused| &refused.diagnostics);
    for diagnostic in refused.chain(&compiled.diagnostics) {
        writeln!(shown, "{diagnostic}").unwrap();
        if !diagnostic.help.is_empty() {
            writeln!(shown, "  help: {}", diagnostic.help).unwrap();
        }
    }
    writeln!(shown, "{} accepted", compiled.accepted).unwrap();
    shown
}

#[test]
fn errors_help_their_authors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let bless = std::env::var_os("BLESS").is_some();
    let mut count = 0;
    let mut differing = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        count += 1;
        let found = diagnosed(&fs::read_to_string(&path).unwrap());
        let expectation = path.with_extension("expected");
        if bless {
            fs::write(&expectation, found).unwrap();
        } else if fs::read_to_string(&expectation).ok().as_deref() != Some(&*found) {
            differing.push(format!("{}\n{found}", path.display()));
        }
    }
    assert!(count >= 20, "{count} sources");
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
