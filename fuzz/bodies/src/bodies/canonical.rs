//! `canonical`: one content, one encoding.

use channel_file::{ChannelFile, Limits, SharedChannelFile, decode, encode, encode_into};
use channel_file_smith::Gate;

use crate::walk::walk;

pub(crate) fn body(input: &[u8]) -> Gate {
    let opened = ChannelFile::open(input);
    match &opened {
        Ok(file) => {
            let content = decode(input).expect("what opens decodes");
            let again = encode(&content).expect("what was read can be written");
            assert_eq!(again, input, "the same content has another encoding");
            let shared = SharedChannelFile::open(input.to_vec()).expect("what opens borrowed opens owned");
            assert_eq!(walk(&shared.view()), walk(file), "owned and borrowed say different things");
            let mut room = vec![0; input.len()];
            encode_into(&content, &Limits::DEFAULT, &mut room.as_mut_slice()).expect("there is just enough room");
            assert_eq!(room, input);
            let mut little = vec![0; input.len() - 1];
            assert!(
                encode_into(&content, &Limits::DEFAULT, &mut little.as_mut_slice()).is_err(),
                "it fits where there is no room"
            );
            // One byte more or less, and it is no file.
            assert!(ChannelFile::open(&input[..input.len() - 1]).is_err());
            room.push(0);
            assert!(ChannelFile::open(&room).is_err());
        }
        Err(error) => {
            assert_eq!(decode(input).err().map(|other| other.code()), Some(error.code()));
            assert_eq!(SharedChannelFile::open(input.to_vec()).err(), Some(*error));
        }
    }
    Gate::reached(&opened)
}
