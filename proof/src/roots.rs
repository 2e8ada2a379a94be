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

/// Exports what writes a value for programmers.
#[cfg(any(feature = "formatting", feature = "writer"))]
macro_rules! debug_roots {
    ($( $type:ty: $root:ident, )+) => {
        super::roots! {
            $(
                fn $root(value: &$type, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    core::fmt::Debug::fmt(value, f)
                }
            )+
        }
    };
}
#[cfg(any(feature = "formatting", feature = "writer"))]
use debug_roots;

/// Exports what writes a value for people.
#[cfg(any(feature = "formatting", feature = "evaluation"))]
macro_rules! display_roots {
    ($( $type:ty: $root:ident, )+) => {
        super::roots! {
            $(
                fn $root(value: &$type, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    core::fmt::Display::fmt(value, f)
                }
            )+
        }
    };
}
#[cfg(any(feature = "formatting", feature = "evaluation"))]
use display_roots;

mod derived;
mod error;
#[cfg(feature = "evaluation")]
mod evaluation;
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
