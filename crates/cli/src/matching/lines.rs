//! Lines of any number, in batches of bounded size.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use crate::finding::Finding;
use crate::input::is_standard_input;

/// Bytes of the longest line that is an event: more than a sensor ever sees, and little enough to keep some of them.
pub(crate) const LONGEST: usize = 16 << 20;

/// What is read at once, and so about the size of a batch.
const BATCH: usize = 256 << 10;

/// Whole lines, one after the other, each with its line feed but perhaps the last. Of a line that is too long there is so much
/// that it can be seen to be.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The number of the first line, from 1.
    pub(crate) first_line: u64,
    bytes: Vec<u8>,
}

impl Batch {
    /// The lines without line ends, with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let lines = self.bytes.split_inclusive(|byte| *byte == b'\n');
        (self.first_line..).zip(lines.map(|line| line.strip_suffix(b"\n").unwrap_or(line)))
    }

    fn line_count(&self) -> u64 {
        let line_feeds = self.bytes.iter().filter(|byte| **byte == b'\n').count();
        let unended = usize::from(!self.bytes.ends_with(b"\n"));
        crate::number::count(line_feeds.saturating_add(unended))
    }
}

/// Reads batches. Lines that are there are not held back until further ones come.
pub(crate) struct Batches<R> {
    from: BufReader<R>,
    /// The start of a line whose end has not been read.
    rest: Vec<u8>,
    next_line: u64,
}

impl Batches<Box<dyn Read + Send>> {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path) -> Result<Self, Box<Finding>> {
        let from: Box<dyn Read + Send> = if is_standard_input(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Finding::of_access(path, "read", &error))?)
        };
        Ok(Self::of(from, BATCH))
    }
}

impl<R: Read> Batches<R> {
    fn of(from: R, batch: usize) -> Self {
        Self { from: BufReader::with_capacity(batch, from), rest: Vec::new(), next_line: 1 }
    }

    fn read(&mut self) -> io::Result<Option<Batch>> {
        loop {
            let chunk = match self.from.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if self.next_line == 1 && self.rest.is_empty() {
                refuse_other_encodings(chunk)?;
            }
            let read = chunk.len();
            let lines_end = chunk.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
            let (lines, start) = chunk.split_at_checked(lines_end).unwrap_or_default();
            let bytes = if lines.is_empty() {
                extend(&mut self.rest, start);
                if read > 0 { Vec::new() } else { std::mem::take(&mut self.rest) }
            } else {
                let mut bytes = std::mem::replace(&mut self.rest, start.to_vec());
                let first_end = lines.iter().position(|byte| *byte == b'\n').unwrap_or_default();
                let (first, others) = lines.split_at_checked(first_end).unwrap_or_default();
                extend(&mut bytes, first);
                bytes.extend_from_slice(others);
                bytes
            };
            self.from.consume(read);
            if !bytes.is_empty() {
                let batch = Batch { first_line: self.next_line, bytes };
                self.next_line = self.next_line.saturating_add(batch.line_count());
                return Ok(Some(batch));
            }
            if read == 0 {
                return Ok(None);
            }
        }
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Extends the start of a line, but no further than one byte beyond the longest line.
fn extend(line: &mut Vec<u8>, more: &[u8]) {
    let room = LONGEST.saturating_add(1).saturating_sub(line.len());
    line.extend_from_slice(more.get(..room).unwrap_or(more));
}

/// What is no text at all is better said once than of each line.
fn refuse_other_encodings(start: &[u8]) -> io::Result<()> {
    let message = match start {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the events are UTF-16; save them as UTF-8",
        [0x1F, 0x8B, ..] => "the events are compressed; decompress them, such as with `gunzip -c`",
        _ => return Ok(()),
    };
    Err(io::Error::new(ErrorKind::InvalidData, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], batch: usize) -> Vec<(u64, Vec<u8>)> {
        let batches = Batches::of(bytes, batch).map(Result::unwrap);
        batches
            .flat_map(|batch| batch.lines().map(|(number, line)| (number, line.to_vec())).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn batches_are_cut_between_lines() {
        let text = b"one\n\ntwo\r\nthree is long\n\n\nfour";
        let expected: Vec<(u64, Vec<u8>)> = (1..).zip(text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec)).collect();
        for batch in 1..40 {
            assert_eq!(lines(text, batch), expected, "{batch}");
        }
        assert_eq!(lines(b"", 8), []);
        assert_eq!(lines(b"\n", 8), [(1, vec![])]);
        assert_eq!(lines(b"a\n", 8), [(1, b"a".to_vec())]);
    }

    #[test]
    fn a_line_is_kept_up_to_a_byte_too_many() {
        for (length, kept) in [(LONGEST, LONGEST), (LONGEST + 1, LONGEST + 1), (LONGEST + 1_000_000, LONGEST + 1)] {
            let text = [&b"a\n"[..], &vec![b'x'; length], b"\nb\n"].concat();
            let found: Vec<_> = lines(&text, 1 << 16).into_iter().map(|(number, line)| (number, line.len())).collect();
            assert_eq!(found, [(1, 1), (2, kept), (3, 1)]);
        }
    }
}
