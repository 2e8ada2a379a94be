//! Proves that the library cannot panic.
//!
//! The panic handler calls a function that exists nowhere. If a branch that panics survives in anything that a root
//! reaches, the handler is linked, and linking fails. Roots take arguments that the compiler knows nothing about, so a
//! branch that is gone is unreachable for every input. What allocates keeps the handler, where a failed allocation ends:
//! there `cargo xtask no-panic` follows every call that leads to it. It builds the roots with several profiles, looks for
//! public functions without a root, and makes sure that the proof can fail.
//!
//! Not proved: an end to recursion and to loops, the caller's own use of provided iterator methods, functions that no
//! root reaches.
#![no_std]

// Whoever links one of them, here or in the library or below it, the proof must not build.
#[cfg(any(feature = "alloc-control", feature = "writer"))]
extern crate alloc;
#[cfg(feature = "std-control")]
extern crate std;

#[cfg(feature = "writer")]
mod allocator;
mod roots;

#[allow(unsafe_code, reason = "the proof shim is the named exception")]
unsafe extern "C" {
    /// Exists nowhere. Takes what the handler is given, so that functions which panic with different words stay different.
    safe fn a_panic_path_survived(panic: *const ()) -> !;
}

/// Not inlined, so that whoever calls it can be found.
#[inline(never)]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    a_panic_path_survived(core::ptr::from_ref(info).cast())
}

/// Without link-time optimisation the standard library's objects name it.
#[allow(unsafe_code, reason = "the proof shim is the named exception")]
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// The standard library's own objects are compiled to unwind, and name it where they format text.
#[allow(unsafe_code, reason = "the proof shim is the named exception")]
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() {}
