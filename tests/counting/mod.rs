//! An allocator that counts, for each thread apart, and that ends the process where a thread takes too much: no engine's own
//! limit holds everywhere, and an allocation of a declared length must not pass for a slow machine.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(unsafe_code, reason = "a global allocator is an unsafe trait; this one only counts and passes on")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Passes on to the system's allocator.
struct Counting;

thread_local! {
    static CALLS: Cell<u64> = const { Cell::new(0) };
    // Below zero where memory of another thread was given back.
    static LIVE: Cell<i64> = const { Cell::new(0) };
    static PEAK: Cell<i64> = const { Cell::new(0) };
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// No input is allowed so much of one thread, in bytes.
const MOST: i64 = 2 << 30;

fn grow(bytes: usize) {
    CALLS.set(CALLS.get() + 1);
    LIVE.set(LIVE.get().saturating_add(size(bytes)));
    PEAK.set(PEAK.get().max(LIVE.get()));
    if LIVE.get() > MOST {
        // Not a panic: that would allocate.
        std::process::abort();
    }
}

fn shrink(bytes: usize) {
    LIVE.set(LIVE.get().saturating_sub(size(bytes)));
}

// SAFETY: every call is passed on as it came; counting touches no memory of the allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        shrink(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // Both may be live for a while.
        grow(bytes);
        shrink(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.realloc(pointer, layout, bytes) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a call took of this thread's memory.
pub(crate) struct Taken {
    /// How often memory was asked for.
    pub(crate) calls: u64,
    /// Bytes at the highest, beyond those that were there before.
    pub(crate) peak: u64,
    /// Bytes that are still taken when the call is over: those of what it gives.
    pub(crate) kept: u64,
}

/// Calls and counts.
pub(crate) fn count<T>(call: impl FnOnce() -> T) -> (T, Taken) {
    let (calls, live) = (CALLS.get(), LIVE.get());
    PEAK.set(live);
    let value = call();
    let kept = u64::try_from(LIVE.get() - live).unwrap_or_default();
    (value, Taken { calls: CALLS.get() - calls, peak: PEAK.get().abs_diff(live), kept })
}
