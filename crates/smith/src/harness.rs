//! A sensor's own code under generated content and events: the body of a fuzz target, and a test.
//!
//! [`sensor_harness!`](crate::sensor_harness) makes both. What it finds is anything that the code does but return: a panic, or an
//! error that it gives back. It finds no endless loop: engines have a time limit for that.

mod case;
mod damage;
mod failure;
mod listing;
mod parts;
mod recorded;
mod reproducer;
mod scenario;
mod search;
mod shrink;

use channel_file::template::SensorType;

pub use self::case::Case;
pub use self::failure::{Failure, Outcome};
pub use self::reproducer::{Reproducer, Written};
pub use self::search::Search;

use self::scenario::Scenario;

/// Makes a case of the bytes, and runs a sensor's code on it. That is the body of a fuzz target, for libFuzzer and AFL++ alike.
/// Any bytes make a case; those that a [`Reproducer`] writes make the one that it found.
///
/// # Panics
///
/// If the code panics, or gives back an error: that is how engines and tests are told. And if the types are not well formed.
#[allow(clippy::panic, reason = "engines and tests take a panic for what was found")]
pub fn run<O: Outcome>(types: &[SensorType<'_>], data: &[u8], code: impl FnOnce(&Case<'_>) -> O) {
    let scenario = match Scenario::of(types, data) {
        Ok(scenario) => scenario,
        Err(error) => panic!("no content can be made for the types of the sensor: {error}"),
    };
    let made = scenario.with_case(types, |case| code(case).failure());
    match made {
        Ok(None) => {}
        Ok(Some(failure)) => panic!("{failure}"),
        Err(error) => panic!("the library refuses what was made for the types of the sensor: {error}"),
    }
}

/// Puts a sensor's code under generated content and events.
///
/// Of a name, the sensor's types and code that takes a [`Case`](crate::harness::Case) it makes
///
/// - a function of that name, which takes bytes: the body of a fuzz target;
/// - a test, in a module of that name, that runs the function on some thousand inputs, and where it fails writes a small
///   [`Reproducer`](crate::harness::Reproducer) and says how to run it again.
///
/// The code may open the channel file with its own loader, or take an interpreter from the case; it may take events as values,
/// as an [`Event`](channel_file::interpreter::Event), or as the typed inputs of its own types. It fails by a panic, and where it
/// gives back a `Result`, by an error.
///
/// ```
/// use channel_file::template::SensorType;
/// use channel_file_smith::sensor_harness;
///
/// channel_file::template_type! {
///     /// The sensor's own type, from its own crate.
///     pub struct PipeCreated = "pipe_created", id 17, version 1 {
///         pipe_name: text = "PipeName",
///         process_id: unsigned = "ProcessId",
///     }
/// }
///
/// sensor_harness! {
///     /// Loads what it gets, and judges every event.
///     pub fn pipes(case) for [SensorType::of::<PipeCreated<'_>>()] -> Result<(), String> {
///         // Content may be refused, and a sensor has to live on; here nothing remains to be done.
///         let Ok(interpreter) = case.interpreter() else { return Ok(()) };
///         let mut scratch = interpreter.scratch();
///         for event in case.events() {
///             let found = interpreter.evaluate(event, &mut scratch).count();
///             if found > 1000 {
///                 return Err(format!("{found} alerts for one event"));
///             }
///         }
///         // The same events as the sensor's own struct.
///         for PipeCreated { pipe_name, .. } in case.inputs(PipeCreated::from_values) {
///             assert!(pipe_name.is_none_or(|name| name.len() < 1 << 20));
///         }
///         Ok(())
///     }
/// }
///
/// pipes(b"whatever an engine comes up with");
/// ```
///
/// The fuzz target is one line more: `fuzz_target!(|data: &[u8]| pipes(data));`.
///
/// Of the test, variables of the environment say: `HARNESS_CASES` how many inputs it tries (2,000), `HARNESS_INPUT` the one file
/// that it is to run instead, such as one that an engine has found, and `HARNESS_OUTPUT` the folder for reproducers.
#[macro_export]
macro_rules! sensor_harness {
    (
        $(#[$meta:meta])*
        $vis:vis fn $name:ident($case:ident) for [ $($type:expr),+ $(,)? ] $(-> $outcome:ty)? $body:block
    ) => {
        $(#[$meta])*
        $vis fn $name(data: &[u8]) {
            fn code($case: &$crate::harness::Case<'_>) $(-> $outcome)? $body
            $crate::harness::run(&[ $($type),+ ], data, code);
        }

        #[cfg(test)]
        mod $name {
            #[allow(unused_imports, reason = "the types may be named from anywhere")]
            use super::*;

            #[test]
            fn lives_with_generated_content() {
                let types = [ $($type),+ ];
                let search = $crate::harness::Search::new(stringify!($name), &types, &super::$name);
                search
                    .of_package(env!("CARGO_PKG_NAME"))
                    .writing_to(option_env!("CARGO_TARGET_TMPDIR"))
                    .test();
            }
        }
    };
}
