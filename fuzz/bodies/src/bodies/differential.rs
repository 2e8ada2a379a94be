//! `differential`: a second reader, written from the specification alone, says the same.

use channel_file::ChannelFile;
use channel_file_smith::Gate;

pub(crate) fn body(input: &[u8]) -> Gate {
    let opened = ChannelFile::open(input);
    let second = channel_file_second_reader::read(input);
    match (&opened, second) {
        (Ok(file), Ok(content)) => {
            assert_eq!(channel_file_library_text::text(file), content.to_string(), "the two read different things");
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(refusal)) => panic!("accepted, but the second reader refuses: {refusal:?}"),
        (Err(error), Ok(_)) => panic!("the second reader accepts, but: {error}"),
    }
    Gate::reached(&opened)
}
