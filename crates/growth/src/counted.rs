//! The function whose instructions are counted.

use std::hint::black_box;

/// Says what comes, and calls it where the instructions are counted.
pub(crate) fn count<R>(shape: &str, operation: &str, bytes: usize, call: impl FnOnce() -> R) {
    println!("{shape}\t{operation}\t{bytes}");
    let mut call = Some(call);
    counted(&mut || drop(black_box(call.take().map(|call| call()))));
}

/// The one function that `cargo xtask growth` names to callgrind. It gives back what the call made, too.
#[inline(never)]
fn counted(call: &mut dyn FnMut()) {
    call();
}
