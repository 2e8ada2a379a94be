//! `faults`: what is wrong with a file is answered with the code that says so.

use channel_file::{ChannelFile, Limits};
use channel_file_smith::{Choices, Faulty, Gate, Generated, tighter_limits};

/// Bytes of an input that decide what is wrong; the rest decides what it is wrong in.
const OF_FAULTS: usize = 80;

pub(crate) fn body(input: &[u8]) -> Gate {
    let mut choices = Choices::of(input);
    let mut of_faults = choices.part(OF_FAULTS);
    let generated = Generated::new(&mut choices).expect("smith makes valid content");
    let bytes = generated.bytes().expect("smith makes valid content");
    let count = of_faults.within(1, 3);
    if let Some((limits, code)) = tighter_limits(&bytes, &mut of_faults).filter(|_| count == 1) {
        let refused = ChannelFile::open_with(&bytes, &limits).err().map(|error| error.code());
        assert_eq!(refused, Some(code), "{limits:?}");
    }
    let Some(faulty) = Faulty::new(&bytes, count, &mut of_faults) else { return Gate::Canonical };
    let opened = ChannelFile::open_with(&faulty.bytes, &Limits::DEFAULT);
    let reached = Gate::reached(&opened);
    faulty.judge(opened).unwrap_or_else(|error| panic!("{error}: {faulty:?}"));
    reached
}
