//! An allocator that counts while it is asked to.
#![allow(unsafe_code, reason = "a global allocator is an unsafe trait; this one only counts and passes on")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Passes on to the system's allocator.
struct Counting;

// For each thread apart.
thread_local! {
    /// Off while time is measured: an engine that allocates much must not pay for being counted.
    static ON: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<i64> = const { Cell::new(0) };
    // Below zero where memory that was not counted is given back.
    static LIVE: Cell<i64> = const { Cell::new(0) };
    static PEAK: Cell<i64> = const { Cell::new(0) };
    static LARGEST: Cell<i64> = const { Cell::new(0) };
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn grow(bytes: usize) {
    if ON.get() {
        CALLS.set(CALLS.get() + 1);
        LIVE.set(LIVE.get().saturating_add(size(bytes)));
        PEAK.set(PEAK.get().max(LIVE.get()));
        LARGEST.set(LARGEST.get().max(size(bytes)));
    }
}

fn shrink(bytes: usize) {
    if ON.get() {
        LIVE.set(LIVE.get().saturating_sub(size(bytes)));
    }
}

// SAFETY: every call is passed on as it came; counting touches no memory of the allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc_zeroed(layout) }
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

/// What a call took of memory.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// How often memory was asked for.
    pub(crate) calls: i64,
    /// Bytes that the call left behind. Below zero if it gave back more than it took.
    pub(crate) retained: i64,
    /// Bytes at the highest, beyond those that were there before.
    pub(crate) peak: i64,
    /// Bytes of the largest request.
    pub(crate) largest: i64,
}

/// Calls and counts.
pub(crate) fn count<T>(call: impl FnOnce() -> T) -> (T, Taken) {
    for counter in [&CALLS, &LIVE, &PEAK, &LARGEST] {
        counter.set(0);
    }
    ON.set(true);
    let value = call();
    ON.set(false);
    let taken = Taken { calls: CALLS.get(), retained: LIVE.get(), peak: PEAK.get(), largest: LARGEST.get() };
    (value, taken)
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[test]
    fn memory_is_counted() {
        let (kept, taken) = count(|| {
            drop(black_box(vec![1_u8; 1 << 20]));
            black_box(vec![1_u8; 1 << 10])
        });
        assert_eq!(kept.len(), 1 << 10);
        assert!(taken.calls >= 2 && taken.retained >= 1 << 10 && taken.peak >= 1 << 20);
        assert_eq!(taken.largest, 1 << 20);
    }
}
