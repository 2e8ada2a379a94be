//! The two readers agree: on the corpus, and on what becomes of it when bytes are lost or changed under fitting checksums.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../../../tests/repair/mod.rs"]
mod repair;

use channel_file::ChannelFile;
use channel_file_corpus::Valid;

fn valid() -> Vec<Valid> {
    let files = channel_file_corpus::valid().expect("the corpus can be made");
    assert!(!files.is_empty(), "nothing would be tested");
    files
}

/// Whether both accept; demands that both do, with the same text, or both refuse.
fn agree(bytes: &[u8], what: impl Fn() -> String) -> bool {
    match (ChannelFile::open(bytes), channel_file_second_reader::read(bytes)) {
        (Ok(file), Ok(content)) => {
            let (library, second) = (channel_file_library_text::text(&file), content.to_string());
            assert!(library == second, "{}: the library reads\n{library}\nthe second reader\n{second}", what());
            true
        }
        (Err(_), Err(_)) => false,
        (Ok(_), Err(refusal)) => panic!("{}: the library accepts, the second reader says: {refusal}", what()),
        (Err(error), Ok(_)) => panic!("{}: the second reader accepts, the library says: {error}", what()),
    }
}

#[test]
fn valid_files_are_read_alike() {
    for file in valid() {
        assert!(agree(&file.bytes, || file.name.to_owned()), "{} is refused", file.name);
    }
}

#[test]
fn invalid_files_are_refused() {
    let files = channel_file_corpus::invalid().expect("the corpus can be made");
    assert!(!files.is_empty(), "nothing would be tested");
    let accepted = files.iter().filter(|file| agree(&file.bytes, || file.name.to_owned()));
    assert_eq!(accepted.map(|file| file.name).collect::<Vec<_>>(), <[&str; 0]>::default());
}

#[test]
fn truncations_are_refused() {
    for file in valid() {
        for length in 0..file.bytes.len() {
            let bytes = &file.bytes[..length];
            assert!(!agree(bytes, || format!("{length} bytes of {}", file.name)), "{length} bytes of {}", file.name);
        }
    }
}

/// What is written over each byte in turn: its neighbours, single bits, and the bounds of codes, texts and numbers.
fn others(was: u8) -> impl Iterator<Item = u8> {
    let bits = (0..8).map(move |bit| was ^ (1 << bit));
    let fixed = [0, 1, 2, 9, 10, b'*', b'?', b'\\', 0x1F, 0x7F, 0x80, 0xFF];
    bits.chain([was.wrapping_add(1), was.wrapping_sub(1)]).chain(fixed).filter(move |other| *other != was)
}

#[test]
fn changes_of_header_and_table_are_judged_alike() {
    let mut tally = Tally::default();
    for file in valid() {
        let sections = repair::sections(&file.bytes);
        for position in 0..sections[0].start {
            for other in others(file.bytes[position]) {
                let mut bytes = file.bytes.clone();
                bytes[position] = other;
                let what = || format!("{}, byte {position} is {other:#04x}", file.name);
                assert!(!agree(&bytes, what), "{}", what());
                channel_file_corpus::seal_header(&mut bytes);
                tally.count(agree(&bytes, what));
                channel_file_corpus::seal_table(&mut bytes, sections.len());
                tally.count(agree(&bytes, what));
            }
        }
    }
    tally.demand(1000);
}

#[test]
fn changes_of_sections_are_judged_alike() {
    let mut tally = Tally::default();
    for file in valid() {
        // Every position of small files, about as many of larger ones.
        let first = repair::sections(&file.bytes)[0].start;
        let step = file.bytes.len().div_ceil(700);
        for position in (first..file.bytes.len()).step_by(step) {
            for other in others(file.bytes[position]) {
                let mut bytes = file.bytes.clone();
                bytes[position] = other;
                repair::checksums(&mut bytes);
                tally.count(agree(&bytes, || format!("{}, byte {position} is {other:#04x}", file.name)));
            }
        }
    }
    tally.demand(10_000);
}

/// Rows lost, doubled and swapped; bytes, where rows are single bytes.
#[test]
fn changes_of_rows_are_judged_alike() {
    let mut tally = Tally::default();
    for file in valid() {
        let opened = ChannelFile::open(&file.bytes).expect("it is valid");
        for (entry, (kind, _, section)) in opened.sections().enumerate() {
            let rows: Vec<_> = section.chunks(usize::try_from(kind.row_bytes()).expect("it fits")).collect();
            for row in (0..rows.len()).step_by(rows.len().div_ceil(100)) {
                for (change, rows) in
                    [("lost", lost(&rows, row)), ("doubled", doubled(&rows, row)), ("swapped", swapped(&rows, row))]
                {
                    let mut bytes = file.bytes.clone();
                    repair::replace_section(&mut bytes, entry, &rows.concat());
                    repair::checksums(&mut bytes);
                    tally.count(agree(&bytes, || format!("{}, row {row} of {kind:?} {change}", file.name)));
                }
            }
        }
    }
    tally.demand(1000);
}

fn lost<'a>(rows: &[&'a [u8]], row: usize) -> Vec<&'a [u8]> {
    [&rows[..row], &rows[row + 1..]].concat()
}

fn doubled<'a>(rows: &[&'a [u8]], row: usize) -> Vec<&'a [u8]> {
    [&rows[..=row], &rows[row..]].concat()
}

/// The row and the one after it.
fn swapped<'a>(rows: &[&'a [u8]], row: usize) -> Vec<&'a [u8]> {
    let mut rows = rows.to_vec();
    let other = (row + 1) % rows.len();
    rows.swap(row, other);
    rows
}

/// How often both readers accepted and refused: a comparison of refusals alone would show little.
#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
}

impl Tally {
    fn count(&mut self, accepted: bool) {
        *(if accepted { &mut self.accepted } else { &mut self.refused }) += 1;
    }

    fn demand(self, least: usize) {
        let Tally { accepted, refused } = self;
        assert!(accepted >= least && refused >= least, "only {accepted} accepted, {refused} refused");
    }
}
