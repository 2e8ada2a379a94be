//! What AFL++ would call does what it would want.
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "it does what C does; a test fails by panicking"
)]

use std::ptr;

use channel_file::ChannelFile;
use channel_file_afl::{afl_custom_deinit, afl_custom_init, afl_custom_post_process};
use channel_file_smith::{Choices, Generated};

/// Damages a checksum and a length as AFL++ would, a few hundred times.
#[test]
fn damaged_files_come_out_repaired() {
    let file =
        Generated::new(&mut Choices::seeded(1)).and_then(|made| made.bytes()).expect("smith makes valid content");
    let data = afl_custom_init(ptr::null_mut(), 7);
    let mut repaired = 0;
    for at in 24..44 {
        for byte in 0..16 {
            let mut damaged = file.clone();
            damaged[at] ^= 1 + byte;
            assert!(ChannelFile::open(&damaged).is_err(), "the damage at {at} goes unnoticed");
            let mut out = ptr::null_mut();
            // SAFETY: `data` is alive; the buffer has its length; `out` is a variable.
            let length = unsafe { afl_custom_post_process(data, damaged.as_mut_ptr(), damaged.len(), &raw mut out) };
            // SAFETY: it is so long, and no other call has come between.
            let given = unsafe { std::slice::from_raw_parts(out, length) };
            repaired += u32::from(given == file);
        }
    }
    // One in 32 keeps something wrong; the number of sections is in this part too, and cannot always be told.
    assert!(repaired > 200, "{repaired} of 320 are repaired");
    // SAFETY: it is not used again.
    unsafe { afl_custom_deinit(data) };
}

#[test]
fn nothing_is_taken_for_nothing() {
    let data = afl_custom_init(ptr::null_mut(), 7);
    // SAFETY: null is allowed for.
    assert_eq!(unsafe { afl_custom_post_process(data, ptr::null_mut(), 0, ptr::null_mut()) }, 0);
    // SAFETY: it is not used again; the second is null.
    unsafe {
        afl_custom_deinit(data);
        afl_custom_deinit(ptr::null_mut());
    }
}
