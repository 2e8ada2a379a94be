//! AFL++ mutates channel files as any bytes; this repairs what it made before the target sees it. `AFL_CUSTOM_MUTATOR_LIBRARY` names
//! the shared library. How to use it: `docs/FUZZING.md`.
//!
//! Only these three functions are exported: AFL++ then keeps its own mutations, and `post_process` comes after each.
#![allow(unsafe_code, reason = "AFL++ is C: it hands over pointers, and finds the functions by name")]

use std::ffi::{c_uint, c_void};
use std::ptr;

use channel_file_smith::{Choices, repair_most};

/// What lives from `afl_custom_init` to `afl_custom_deinit`.
struct Repair {
    /// What is left wrong now and then follows from it; it counts on, so that the same bytes are not always left wrong.
    seed: u64,
    /// The repaired file, which AFL++ reads until the next call.
    file: Vec<u8>,
}

/// Called once. AFL++ hands what this gives to the other two.
#[unsafe(no_mangle)]
pub extern "C" fn afl_custom_init(_afl: *mut c_void, seed: c_uint) -> *mut c_void {
    Box::into_raw(Box::new(Repair { seed: seed.into(), file: Vec::new() })).cast()
}

/// Repairs beginning, lengths and checksums of what AFL++ is about to run, but for one file in 32 that keeps one wrong thing. Gives
/// the length of the repaired file, which is that of the bytes, and where it is.
///
/// # Safety
///
/// `data` comes from [`afl_custom_init`] and not yet from [`afl_custom_deinit`]; `buffer` holds `size` bytes; `out` can be
/// written. What `*out` points to is valid until the next call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn afl_custom_post_process(
    data: *mut c_void,
    buffer: *mut u8,
    size: usize,
    out: *mut *mut u8,
) -> usize {
    if data.is_null() || buffer.is_null() || out.is_null() {
        return 0;
    }
    // SAFETY: AFL++ calls from one thread, with what `afl_custom_init` gave and has not taken back.
    let repair = unsafe { &mut *data.cast::<Repair>() };
    // SAFETY: AFL++'s buffer holds so many bytes, and nothing else has it during the call.
    let input = unsafe { std::slice::from_raw_parts(buffer, size) };
    repair.file.clear();
    repair.file.extend_from_slice(input);
    repair.seed = repair.seed.wrapping_add(1);
    repair_most(&mut repair.file, &mut Choices::seeded(repair.seed));
    // SAFETY: `out` is a variable of the caller.
    unsafe { ptr::write(out, repair.file.as_mut_ptr()) };
    repair.file.len()
}

/// Called once, at the end.
///
/// # Safety
///
/// `data` comes from [`afl_custom_init`], and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn afl_custom_deinit(data: *mut c_void) {
    if !data.is_null() {
        // SAFETY: it was made by `Box::into_raw` in `afl_custom_init`, of this type.
        drop(unsafe { Box::from_raw(data.cast::<Repair>()) });
    }
}
