//! `dump`: every byte of a file with what it means.

use channel_file::ChannelFile;
use channel_file_cli::{Format, Verdict, dump, dump_rows};
use channel_file_smith::Gate;

/// Longer dumps are not written out: the rows say the same.
const SHOWN: usize = 2048;

pub(crate) fn body(input: &[u8]) -> Gate {
    let opened = ChannelFile::open(input);
    let mut end = 0;
    let verdict = dump_rows(input, |row| {
        assert_eq!(usize::try_from(row.offset).unwrap(), end, "a byte is left out or shown twice");
        assert!(!row.bytes.is_empty(), "a row shows nothing");
        assert_eq!(input.get(end..end + row.bytes.len()), Some(row.bytes), "other bytes are shown");
        assert!(opened.is_err() || row.is_explained(), "of a valid file, the byte at {end} is not explained");
        end += row.bytes.len();
        Ok(())
    });
    let verdict = verdict.expect("memory takes every row");
    assert_eq!(end, input.len(), "the last bytes are not shown");
    assert_eq!(matches!(verdict, Verdict::Accepted), opened.is_ok());
    if input.len() <= SHOWN {
        for format in [Format::Human, Format::Json] {
            let mut shown = Vec::new();
            let verdict = dump(input, format, &mut shown).expect("memory takes it");
            assert_eq!(matches!(verdict, Verdict::Accepted), opened.is_ok());
            is_plain(&shown);
        }
    }
    Gate::reached(&opened)
}

/// Nothing of the file reaches the output that a terminal would act on, or that a reader would not see.
pub(crate) fn is_plain(shown: &[u8]) {
    let text = std::str::from_utf8(shown).expect("output is text");
    let hidden = text.chars().find(|character| *character != '\n' && channel_file_content::is_hidden(*character));
    assert_eq!(hidden, None, "{text}");
}
