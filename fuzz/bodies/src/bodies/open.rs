//! `open` and `open_repaired`.

use std::fmt::Write;

use channel_file::{ChannelFile, Limits};
use channel_file_smith::Gate;

use crate::counting::count;
use crate::walk::walk;

pub(crate) fn body(input: &[u8]) -> Gate {
    let (opened, taken) = count(|| ChannelFile::open(input));
    assert_eq!(taken.calls, 0, "opening allocates");
    match &opened {
        Ok(file) => {
            assert_eq!(file.bytes(), input);
            let (_, taken) = count(|| walk(file));
            assert_eq!(taken.calls, 0, "reading allocates");
            assert_eq!(ChannelFile::peek(input).as_ref(), Ok(file.header()), "the header alone says something else");
            assert!(
                ChannelFile::open_with(input, &Limits::FORMAT).is_ok(),
                "wider limits refuse what narrower ones take"
            );
        }
        Err(error) => {
            let length = u64::try_from(input.len()).unwrap();
            assert!(error.offset().is_none_or(|offset| offset <= length), "{error:?} is beyond the end");
            if is_explained(input) {
                let mut shown = Shown::default();
                let (_, taken) = count(|| write!(shown, "{error}{error:?}{}", ChannelFile::explain(*error, input)));
                assert_eq!(taken.calls, 0, "explaining allocates");
                assert!(
                    shown.length > 0 && !shown.has_escape,
                    "an error says nothing, or what a terminal would act on"
                );
            }
        }
    }
    Gate::reached(&opened)
}

/// One refused input in four, told by its bytes, so that it is the same one again: explaining takes longer than refusing.
fn is_explained(input: &[u8]) -> bool {
    let last = input.rchunks(8).next().unwrap_or_default();
    last.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) % 4 == 0
}

/// Takes text and keeps only what is asked of it.
#[derive(Default)]
struct Shown {
    length: usize,
    has_escape: bool,
}

impl Write for Shown {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.length += text.len();
        self.has_escape |= text.bytes().any(|byte| byte == 0x1B);
        Ok(())
    }
}
