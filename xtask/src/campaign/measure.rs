//! How many executions a second of processor time there are, where it matters.

use std::fs;

use super::state::Folders;
use crate::figures::{real, short};
use crate::fuzzing::engine::Engine;
use crate::fuzzing::session::Session;
use crate::fuzzing::target::{Target, bodies};
use crate::outcome::Failure;
use crate::project::Project;

/// One measurement.
struct Measurement {
    name: &'static str,
    target: &'static str,
    /// Begins with the files of 64 KiB, rather than with the seeds.
    is_large: bool,
    runs: u64,
    /// No input is longer.
    most_bytes: u64,
    /// At least so many a second are expected; for repaired files, of those that pass every checksum.
    expected: f64,
    /// What is counted: all inputs, or those that pass this gate.
    gate: Option<&'static str>,
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement {
        name: "any bytes, opened",
        target: "open",
        is_large: false,
        runs: 4_000_000,
        most_bytes: 4096,
        expected: 500_000.0,
        gate: None,
    },
    Measurement {
        name: "small files that pass the checksums, opened",
        target: "open_repaired",
        is_large: false,
        runs: 3_000_000,
        most_bytes: 4096,
        expected: 100_000.0,
        gate: Some("checksums"),
    },
    Measurement {
        name: "files of 64 KiB that pass the checksums, opened",
        target: "open_repaired",
        is_large: true,
        runs: 100_000,
        most_bytes: 1 << 17,
        expected: 10_000.0,
        gate: Some("checksums"),
    },
];

/// Prints each, over a fixed number of executions from a fixed seed.
pub(crate) fn measure(project: &Project, engine: &Engine, folders: &Folders) -> Result<(), Failure> {
    let targets = Target::all(project)?;
    let large = folders.work().join("large");
    bodies(project).arg("large").arg(&large).succeed()?;
    println!("per second of processor time, one process, no sanitizer:");
    for measurement in MEASUREMENTS {
        let Measurement { name, target, is_large, runs, most_bytes, expected, gate } = measurement;
        let target = targets.iter().find(|known| known.name == *target);
        let target = target.ok_or_else(|| Failure::new("what is measured is no longer a target"))?;
        let mut command = engine.run(target, &folders.work().join("measured"))?;
        command.args([format!("-runs={runs}"), "-seed=1".to_owned(), format!("-max_len={most_bytes}")]);
        // What is found goes into the first folder.
        let found = folders.work().join("found");
        // It may be there from another time.
        let _ = fs::remove_dir_all(&found);
        fs::create_dir_all(&found)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", found.display())))?;
        command.arg(found).arg(if *is_large { large.clone() } else { engine.seeds(target) });
        let ended = Session::finish(command, folders.work().join("gates"))?;
        if !ended.status.success() {
            let lines: Vec<&str> = ended.seen.tail.iter().map(String::as_str).collect();
            return Err(Failure::new(format!("{name}: a promise broke")).with_output(&lines.join("\n")));
        }
        let speed = real(ended.seen.executions) / ended.cpu.as_secs_f64().max(0.01);
        let counted = gate.map_or(speed, |gate| speed * ended.gates.percent(gate) / 100.0);
        let verdict = if counted >= *expected { "" } else { "  TOO FEW" };
        println!(
            "  {name:<50} {:>6} (of {} in all; at least {} expected){verdict}",
            short(counted),
            short(speed),
            short(*expected)
        );
    }
    Ok(())
}
