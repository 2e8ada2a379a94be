//! The library's tests as Miri interprets them: 32-bit and big-endian hosts read the same files.

use std::time::Instant;

use crate::outcome::{Extra, Failure, Outcome, Run};
use crate::project::{LIBRARY, Project};
use crate::stages::count_passed;

pub(crate) const EXTRA: Extra = Extra {
    name: "miri",
    arguments: "[TARGET ...]",
    summary: "the library's tests under Miri, for each host; needs a nightly toolchain with miri and rust-src",
    details: "",
    run: Run::Reported(run),
};

/// 64 bits, 32 bits, and big-endian. Miri needs nothing of them but the source of the standard library.
const HOSTS: &[&str] = &["x86_64-unknown-linux-gnu", "i686-unknown-linux-gnu", "s390x-unknown-linux-gnu"];

/// Hardware checksums are outside what Miri can run, so `std` is not among them.
const FEATURES: &[&str] = &["", "alloc"];

fn run(project: &Project, arguments: &[&str]) -> Outcome {
    let hosts = if arguments.is_empty() { HOSTS } else { arguments };
    let cargo = || project.cargo_of("nightly");
    cargo().args(["miri", "--version"]).succeed().map_err(|failure| {
        let reason =
            "there is no nightly toolchain with Miri: rustup toolchain install nightly --component miri,rust-src";
        Failure { output: failure.output, ..Failure::unjudged(reason) }
    })?;
    let mut times = String::new();
    for host in hosts {
        for features in FEATURES {
            let started = Instant::now();
            let command = cargo().env("MIRIFLAGS", "-Zmiri-disable-isolation");
            let command = command.args(["miri", "test", "--package", LIBRARY, "--lib", "--tests", "--target", host]);
            let output = command.args(["--no-default-features", "--features", features]).succeed()?;
            let (passed, seconds) = (count_passed(&output)?, started.elapsed().as_secs());
            let features = if features.is_empty() { "none" } else { features };
            times.push_str(&format!("\n  {host}, features {features}: {passed} tests passed in {seconds} s"));
        }
    }
    Ok(format!("Miri finds nothing on {} hosts{times}", hosts.len()))
}
