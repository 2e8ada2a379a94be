//! `content`: source text and Sigma rules, whichever the keys say.

use std::sync::OnceLock;

use channel_file::{ErrorKind, Limits, encode};
use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};
use channel_file_smith::Gate;

pub(crate) fn body(input: &[u8]) -> Gate {
    static LIBRARY: OnceLock<TypeLibrary> = OnceLock::new();
    let Ok(text) = std::str::from_utf8(input) else { return Gate::Entrance };
    let library = LIBRARY.get_or_init(TypeLibrary::windows);
    // For strangers: a short text can ask for very many instances.
    let options = CompileOptions { limits: Limits::EMBEDDED, skip_refused: true, ..CompileOptions::default() };
    let compiled = compile(&[Source { name: "input.yaml", text }], library, &options);
    // A lone carriage return ends a line of YAML, too; what is missing at the end may be told of the line after it.
    let lines = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 2;
    let refused = compiled.refused.iter().flat_map(|refused| &refused.diagnostics);
    for diagnostic in compiled.diagnostics.iter().chain(refused) {
        let shown = diagnostic.to_string();
        assert!(!shown.is_empty() && !shown.bytes().any(|byte| byte == 0x1B), "{shown:?}");
        assert!(diagnostic.line <= lines, "{diagnostic:?} is beyond the end");
    }
    let Some(content) = compiled.content else {
        let says_why = !compiled.diagnostics.is_empty() || !compiled.refused.is_empty() || compiled.holds_no_rule;
        assert!(says_why, "refused, and nobody says why");
        return if compiled.accepted > 0 { Gate::Schema } else { Gate::Entrance };
    };
    let bytes = match encode(&content) {
        Ok(bytes) => bytes,
        // The compiler counts what is in the content; only the writer knows how many bytes it comes to.
        Err(error) if error.kind() == ErrorKind::Limit => return Gate::Schema,
        Err(error) => panic!("what compiles cannot be written: {error}"),
    };
    let text = decompile(&content);
    let source = [Source { name: "decompiled.yaml", text: &text }];
    let again = compile(&source, &TypeLibrary::new(), &CompileOptions::default());
    let again = again.content.unwrap_or_else(|| panic!("its own text is refused: {:?}\n{text}", again.diagnostics));
    assert_eq!(encode(&again).expect("it was a file"), bytes, "another file comes of the text\n{text}");
    Gate::Canonical
}
