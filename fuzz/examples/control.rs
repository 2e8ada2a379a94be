//! No target, but what stage `fuzz` is held to: a defect is planted behind the checksums and behind most of the checks, and
//! libFuzzer with the mutator is to find it. Were it not found, that nothing else is found would mean nothing.
#![no_main]

use channel_file_fuzz::smith::Gate;
use channel_file_fuzz_bodies as bodies;

channel_file_fuzz::mutations!();

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let opened = channel_file::ChannelFile::open(input);
    bodies::gates::count(Gate::reached(&opened));
    if let Ok(file) = opened {
        // What no seed has together: a number of the header and a number of rows.
        let is_planted = file.content_version() == 9 && file.instances().len() == 5;
        assert!(!is_planted, "this one is planted");
    }
});
