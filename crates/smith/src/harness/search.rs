//! Looks for a case on which a sensor's code fails.

use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use channel_file::template::SensorType;

use super::failure::{Failure, watch};
use super::recorded;
use super::reproducer::Reproducer;
use super::scenario::Scenario;
use super::shrink::shrink;
use crate::choices::Choices;

/// Inputs that a test tries.
const CASES: u64 = 2_000;

/// Inputs have one of these lengths: what is not there reads as zeros, the simplest choice.
const LENGTHS: [usize; 5] = [200, 600, 1500, 4000, 9000];

/// Smaller cases that are tried before one is taken for the smallest.
const TRIES: usize = 4_000;

/// A search for a case on which the body of a fuzz target panics. [`sensor_harness!`](crate::sensor_harness) makes it;
/// by hand it serves tests that expect something to be found.
#[derive(Clone, Copy)]
pub struct Search<'s> {
    name: &'s str,
    types: &'s [SensorType<'s>],
    body: &'s dyn Fn(&[u8]),
    package: &'s str,
    folder: Option<&'s str>,
}

impl<'s> Search<'s> {
    /// A search of that name, for the types of a sensor and the body of a fuzz target, which calls [`run`](super::run) with the
    /// same types.
    #[must_use]
    pub const fn new(name: &'s str, types: &'s [SensorType<'s>], body: &'s dyn Fn(&[u8])) -> Self {
        Self { name, types, body, package: "", folder: None }
    }

    /// The same, of a package, whose name is part of the command that runs a case again.
    #[must_use]
    pub const fn of_package(self, package: &'s str) -> Self {
        Self { package, ..self }
    }

    /// The same, with a folder for reproducers; without, they go to the folder for temporary files.
    #[must_use]
    pub const fn writing_to(self, folder: Option<&'s str>) -> Self {
        Self { folder, ..self }
    }

    /// Tries an input for each seed, up to the first that fails, and shrinks that.
    ///
    /// # Errors
    ///
    /// The case on which the body fails.
    pub fn seeds(&self, seeds: Range<u64>) -> Result<(), Box<Reproducer<'s>>> {
        seeds.into_iter().try_for_each(|seed| {
            let input = input(seed);
            self.judge(&input, || format!("seed {seed}, an input of {} bytes", input.len()))
        })
    }

    /// Tries one input, such as one that an engine has found, and shrinks it if it fails.
    ///
    /// # Errors
    ///
    /// As those of [`seeds`](Self::seeds).
    pub fn input(&self, input: &[u8]) -> Result<(), Box<Reproducer<'s>>> {
        self.judge(input, || format!("an input of {} bytes", input.len()))
    }

    /// What the test does that [`sensor_harness!`](crate::sensor_harness) makes: looks what the environment asks for, tries that,
    /// and writes the reproducer.
    ///
    /// # Panics
    ///
    /// If a case fails, or what the environment asks for cannot be had: that is how tests fail.
    #[allow(clippy::panic, reason = "a test fails by panicking")]
    pub fn test(&self) {
        for own in self.types {
            let (name, inputs, fields) = (own.declared().name, own.inputs(), own.declared().fields.len());
            if inputs != fields {
                println!("note: {inputs} inputs for {fields} fields: no content for {name} binds or loads");
            }
        }
        let found = match std::env::var_os("HARNESS_INPUT") {
            Some(path) => match fs::read(&path) {
                Ok(input) => self.input(&input),
                Err(error) => panic!("HARNESS_INPUT {}: {error}", Path::new(&path).display()),
            },
            None => match number(std::env::var_os("HARNESS_CASES")) {
                Ok(cases) => self.seeds(0..cases),
                Err(given) => panic!("HARNESS_CASES is no number above 0: {}", Path::new(&given).display()),
            },
        };
        if let Err(reproducer) = found {
            panic!("{reproducer}{}", self.written(&reproducer));
        }
    }

    /// Writes the reproducer, and says where it is and how to run it again.
    fn written(&self, reproducer: &Reproducer<'_>) -> String {
        let folder = self.folder().join(self.name);
        match reproducer.write(&folder) {
            Ok(written) => {
                let [file, events, input] = [&written.file, &written.events, &written.input].map(|path| path.display());
                let package = if self.package.is_empty() { "" } else { " -p " };
                format!(
                    "written:\n  {file}\n  {events}\n  {input} (an input for the fuzz target too)\n\
                     run it again:\n  HARNESS_INPUT={input} cargo test{package}{} {}\n",
                    self.package, self.name
                )
            }
            Err(error) => format!("not written to {}: {error}\n", folder.display()),
        }
    }

    fn folder(&self) -> PathBuf {
        let asked_for = std::env::var_os("HARNESS_OUTPUT").map(PathBuf::from);
        asked_for.or_else(|| self.folder.map(|folder| Path::new(folder).join("harness"))).unwrap_or_else(|| {
            let package = if self.package.is_empty() { "channel-file" } else { self.package };
            std::env::temp_dir().join(format!("{package}-harness"))
        })
    }

    fn judge(&self, input: &[u8], found_by: impl FnOnce() -> String) -> Result<(), Box<Reproducer<'s>>> {
        match watch(|| (self.body)(input)) {
            None => Ok(()),
            Some(failure) => Err(Box::new(self.reproducer(input, failure, found_by()))),
        }
    }

    /// The smallest case that fails at the same place.
    fn reproducer(&self, input: &[u8], failure: Failure, found_by: String) -> Reproducer<'s> {
        let fails = |scenario: &Scenario| {
            let run = |file: Vec<u8>| watch(|| (self.body)(&recorded::write(&file, &scenario.events)));
            scenario.bytes().is_ok_and(|file| run(file).is_some_and(|found| found.place == failure.place))
        };
        let Ok(scenario) = Scenario::of(self.types, input) else {
            return Reproducer { types: self.types, failure, found_by, file: Vec::new(), events: Vec::new() };
        };
        let smallest = shrink(scenario, TRIES, &fails);
        let file = smallest.bytes().unwrap_or_default();
        // What is said may have changed on the way, as the length that an index is out of.
        let last = watch(|| (self.body)(&recorded::write(&file, &smallest.events)));
        Reproducer { types: self.types, failure: last.unwrap_or(failure), found_by, file, events: smallest.events }
    }
}

/// The input of a seed: the seed decides its length too.
fn input(seed: u64) -> Vec<u8> {
    let mut chance = Choices::seeded(seed);
    let length = chance.pick(&LENGTHS);
    (0..length).map(|_| u8::try_from(chance.below(256)).unwrap_or_default()).collect()
}

/// How many cases there are to be.
fn number(given: Option<OsString>) -> Result<u64, OsString> {
    let Some(given) = given else { return Ok(CASES) };
    let number = given.to_str().and_then(|given| given.parse().ok());
    number.filter(|cases| *cases > 0).ok_or(given)
}
