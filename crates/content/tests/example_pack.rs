//! The example pack and the examples of the documentation compile.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use channel_file::template::Expectation;
use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn named_pipes_compile() {
    let text = fs::read_to_string(root().join("examples/named-pipes/rules.yaml")).unwrap();
    let source = Source { name: "rules.yaml", text: &text };
    let compiled = compile(&[source], &TypeLibrary::windows(), &CompileOptions::default());
    assert_eq!((compiled.refused, compiled.diagnostics), (vec![], vec![]));
    let content = compiled.content.unwrap();
    assert_eq!((content.channel(), content.content_version()), (291, 1));
    for rule in content.rules() {
        for expectation in Expectation::ALL {
            let shown = rule.examples().iter().any(|example| example.expectation() == *expectation);
            assert!(shown, "rule {} has no example to {expectation}", rule.id());
        }
    }
    let printed = decompile(&content);
    let source = Source { name: "printed", text: &printed };
    let again = compile(&[source], &TypeLibrary::new(), &CompileOptions::default());
    assert_eq!(again.content, Some(content));
}

/// Every block marked `yaml` in the documentation is a source of its own.
#[test]
fn documented_sources_compile() {
    let text = fs::read_to_string(root().join("docs/SOURCE.md")).unwrap();
    let mut blocks = text.split("```yaml\n").skip(1).filter_map(|block| block.split_once("```"));
    let mut count = 0;
    assert!(blocks.all(|(text, _)| {
        count += 1;
        let options = CompileOptions { channel: Some(1), ..CompileOptions::default() };
        let compiled = compile(&[Source { name: "SOURCE.md", text }], &TypeLibrary::windows(), &options);
        assert_eq!((compiled.refused, compiled.diagnostics), (vec![], vec![]), "{text}");
        compiled.accepted > 0
    }));
    assert!(count >= 3, "{count} blocks");
}
