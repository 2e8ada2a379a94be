//! An allocator that the compiler knows nothing about.
#![allow(unsafe_code, reason = "the proof shim is the named exception")]

use core::alloc::{GlobalAlloc, Layout};

unsafe extern "C" {
    fn aligned_alloc(alignment: usize, size: usize) -> *mut u8;
    fn free(memory: *mut u8);
}

struct OfC;

#[global_allocator]
static ALLOCATOR: OfC = OfC;

// SAFETY: what C promises of the two is what the trait asks for.
unsafe impl GlobalAlloc for OfC {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: every alignment of a layout is a power of two.
        unsafe { aligned_alloc(layout.align(), layout.size()) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        // SAFETY: it came from `alloc`.
        unsafe { free(memory) }
    }
}
