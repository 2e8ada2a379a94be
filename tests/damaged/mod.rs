//! Files in which one place is at fault.

use channel_file::template::Content;
use channel_file::{ChannelFile, Error, SectionKind, encode};

use crate::limit_cases::place;
use crate::repair;

/// The error of a file in which these bytes of a section are others, under fitting checksums.
pub(crate) fn with(content: &Content, kind: SectionKind, within: u64, other: &[u8]) -> (u64, Error) {
    let mut bytes = encode(content).expect("it is small");
    assert!(ChannelFile::open(&bytes).is_ok());
    let offset = place(&bytes, kind, within);
    let start = usize::try_from(offset).expect("it fits");
    bytes[start..][..other.len()].copy_from_slice(other);
    repair::checksums(&mut bytes);
    (offset, ChannelFile::open(&bytes).map(|_| ()).expect_err("it is damaged"))
}
