//! What an input holds, for whoever looks at what broke: bytes alone say little.

use std::fmt::Write;

use channel_file::{ChannelFile, encode};
use channel_file_cli::{Format, dump};
use channel_file_content::decompile;
use channel_file_smith::{Choices, Generated};

use crate::target::{Input, Target};

/// The input as text: a file with every byte of it explained, generated content as its source, text as it is. Of what is generated
/// beside the content, events for instance, a broken promise tells by itself.
///
/// Never panics, whatever the input: it is called with those that break things.
#[must_use]
pub fn show(target: &Target, input: &[u8]) -> String {
    let name = target.name;
    let mut shown =
        format!("An input of target `{name}`, {} bytes. What must hold: {}.\n\n", input.len(), target.oracle);
    match target.input {
        Input::Bytes | Input::File => shown.push_str(&file(input)),
        Input::Choices => shown.push_str(&generated(input)),
        Input::Text => shown.push_str(&String::from_utf8_lossy(input)),
    }
    shown
}

fn file(input: &[u8]) -> String {
    let mut shown = Vec::new();
    let dumped = dump(input, Format::Human, &mut shown);
    let mut shown = String::from_utf8_lossy(&shown).into_owned();
    if let Err(error) = dumped {
        // Text is never refused by memory.
        let _ = writeln!(shown, "the dump ends here: {error}");
    }
    if let Err(error) = ChannelFile::open(input) {
        let _ = writeln!(shown, "\nopen says: {}", ChannelFile::explain(error, input));
    }
    shown
}

fn generated(input: &[u8]) -> String {
    let mut choices = Choices::of(input);
    match Generated::new(&mut choices) {
        Ok(generated) => {
            let bytes = encode(&generated.content).map_or(0, |bytes| bytes.len());
            format!("The choices make this content, a file of {bytes} bytes:\n\n{}", decompile(&generated.content))
        }
        Err(error) => format!("The choices make no valid content: {error}\n"),
    }
}
