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
        let is_planted = file.header().content_version() == 7 && file.rules().len() == 2 && file.instances().len() == 4;
        assert!(!is_planted, "this one is planted");
    }
});
