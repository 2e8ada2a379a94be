//! Which mutants each test reaches, and how long it takes when nothing is mutated.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::Result;
use crate::building::Binary;
use crate::process::{self, Ended};

/// A test with what it reaches.
#[derive(Debug)]
pub(crate) struct Test<'b> {
    pub(crate) binary: &'b Binary,
    pub(crate) name: String,
    pub(crate) time: Duration,
    pub(crate) reached: BTreeSet<usize>,
}

/// Runs each test alone; leaves out those that fail or take longer than `slowest`, and gives their names.
pub(crate) fn measure<'b>(
    binaries: &'b [Binary],
    folder: &Path,
    slowest: Duration,
) -> Result<(Vec<Test<'b>>, Vec<String>)> {
    let (mut tests, mut left_out) = (vec![], vec![]);
    let record = folder.join("reached");
    for binary in binaries {
        for name in process::names(binary)? {
            // Of the test before; there is none before the first.
            let _ = fs::remove_file(&record);
            let variable = ("MUTANTS_REACHED", record.to_str().ok_or("the folder's name is not text")?);
            let (ended, time) = process::run(binary, &[&name], variable, slowest)?;
            let text = fs::read_to_string(&record).unwrap_or_default();
            let reached = text.lines().filter_map(|line| line.parse().ok()).collect();
            match ended {
                Ended::Passed => tests.push(Test { binary, name, time, reached }),
                Ended::Failed => left_out.push(format!("{} {name}: fails", binary.name)),
                Ended::Late => left_out.push(format!("{} {name}: slow", binary.name)),
            }
        }
    }
    Ok((tests, left_out))
}
