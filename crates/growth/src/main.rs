//! Runs the library on hostile inputs of a size and of its double, and on usual ones of far apart sizes, so that the instructions of both
//! can be counted.
//!
//! `growth [SHAPE]` makes the input of every shape, or of those whose name contains the word, at both sizes, and calls each
//! operation on it once. For each call it prints a line: shape, operation and the input's bytes (of slopes: what the operation works
//! through), with tabs between them. The
//! calls are made in `counted::counted` and nowhere else: `cargo xtask growth` has callgrind count that function alone and judges
//! the ratios.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod contents;
mod control;
mod counted;
mod events;
mod operations;
mod refused;
mod slopes;
mod sources;
mod words;

use std::error::Error;
use std::process::ExitCode;

/// What any of it fails with: an input that the library should have taken, or should not have.
type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    match run(&wanted) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(wanted: &str) -> Result {
    for shape in contents::SHAPES.iter().filter(|shape| shape.name.contains(wanted)) {
        within(shape.name, || shape.run())?;
    }
    for shape in events::SHAPES.iter().filter(|shape| shape.name.contains(wanted)) {
        within(shape.name, || shape.run())?;
    }
    for shape in refused::SHAPES.iter().filter(|shape| shape.name.contains(wanted)) {
        within(shape.name, || shape.run())?;
    }
    for shape in sources::SHAPES.iter().filter(|shape| shape.name.contains(wanted)) {
        within(shape.name, || shape.run())?;
    }
    slopes::SLOPES.iter().filter(|slope| slope.name.contains(wanted)).for_each(slopes::Slope::run);
    control::NAMES.into_iter().filter(|name| name.contains(wanted)).for_each(control::run);
    Ok(())
}

fn within(shape: &str, run: impl Fn() -> Result) -> Result {
    run().map_err(|error| format!("{shape}: {error}").into())
}
