//! `roundtrip`: a model, its file, the same model.

use channel_file::template::Content;
use channel_file::{ChannelFile, decode, encode};
use channel_file_smith::{Choices, Gate, Generated};

pub(crate) fn body(input: &[u8]) -> Gate {
    let mut choices = Choices::of(input);
    let Generated { content, .. } = Generated::new(&mut choices).expect("smith makes valid content");
    let bytes = encode(&content).expect("what the builders accept the writer accepts");
    let opened = ChannelFile::open(&bytes);
    if let Err(error) = &opened {
        panic!("what the writer writes the reader refuses: {error}");
    }
    assert_eq!(decode(&bytes).expect("what opens decodes"), content, "another content comes back");
    // Every so often: JSON takes longer than all else.
    if input.first().is_some_and(|byte| byte % 16 == 0) {
        let json = serde_json::to_string(&content).expect("a model can be written as JSON");
        let read: Content = serde_json::from_str(&json).expect("and read again");
        assert_eq!(read, content, "JSON says something else");
    }
    // A single changed byte is noticed.
    let at =
        input.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % bytes.len();
    let mut damaged = bytes.clone();
    damaged[at] ^= 1 << (at % 8);
    assert!(ChannelFile::open(&damaged).is_err(), "a changed byte at {at} passes");
    Gate::reached(&opened)
}
