//! The roots: one for each way into the library, a file for each part of it.
//!
//! Every name begins with `root_`; `cargo xtask no-panic` demands each of them in what was linked. A root takes what a
//! caller can choose and gives back what the caller sees, so that nothing is computed for nobody. One that gives an
//! iterator would instantiate none of it: use it up instead.

/// Exports functions under their own names.
macro_rules! roots {
    ($( fn $name:ident $(<$($lifetime:lifetime),+>)? ( $($argument:ident : $type:ty),* $(,)? ) $(-> $result:ty)? $body:block )+) => {
        $(
            #[allow(unsafe_code, reason = "the proof shim is the named exception")]
            #[unsafe(no_mangle)]
            pub fn $name $(<$($lifetime),+>)? ( $($argument: $type),* ) $(-> $result)? $body
        )+
    };
}
use roots;

mod derived;
mod error;
mod file;
#[cfg(feature = "formatting")]
mod formatting;
#[cfg(feature = "negative-control")]
mod negative_control;
mod template;
mod views;
mod wire;
#[cfg(feature = "writer")]
mod writer;
