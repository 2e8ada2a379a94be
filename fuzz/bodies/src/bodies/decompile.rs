//! `decompile`: the text of a file builds to the same file.

use channel_file::{ChannelFile, decode, encode};
use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};
use channel_file_smith::Gate;

pub(crate) fn body(input: &[u8]) -> Gate {
    let opened = ChannelFile::open(input);
    if opened.is_ok() {
        let text = decompile(&decode(input).expect("what opens decodes"));
        let source = [Source { name: "decompiled.yaml", text: &text }];
        let compiled = compile(&source, &TypeLibrary::new(), &CompileOptions::default());
        let Some(content) = compiled.content else {
            panic!("its own text is refused: {:?} {:?}\n{text}", compiled.diagnostics, compiled.refused);
        };
        assert_eq!(encode(&content).expect("it was a file"), input, "another file comes of the text\n{text}");
    }
    Gate::reached(&opened)
}
