//! Earlier contents of the channel.

use std::path::PathBuf;

use channel_file::validator::History;
use channel_file::{ChannelFile, Limits};

use crate::finding::{Failure, Finding};
use crate::input::{self, Input};

/// Reads earlier contents from channel files, and from folders with such; gives also how many files there were. Without one of them
/// nothing can be judged.
pub(crate) fn read(paths: &[PathBuf], limits: &Limits) -> Result<(History, usize), Failure> {
    let (mut history, mut findings) = (History::new(), Vec::new());
    let files = input::files(paths, &["chan"])?;
    for path in &files {
        let read = Input::read(path, limits.file_bytes).and_then(|input| {
            let opened = ChannelFile::open_with(&input.bytes, limits);
            let file = opened.map_err(|error| Finding::of_bytes(&input.name, error, &input.bytes))?;
            history.add(&file);
            Ok(())
        });
        findings.extend(read.err().map(|finding| *finding));
    }
    if findings.is_empty() {
        return Ok((history, files.len()));
    }
    Err(Failure(findings.into_iter().map(|finding| Finding { kind: "input-output", ..finding }).collect()))
}
