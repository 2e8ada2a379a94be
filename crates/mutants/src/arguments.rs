//! What people type.

use std::path::PathBuf;

use crate::Result;

pub(crate) const USAGE: &str = "\
usage: cargo run --release --package channel-file-mutants -- --module PATH ... --out FOLDER [option ...]

  --module PATH      mutate what is at this path of the repository: src/wire takes src/wire.rs and src/wire/ (again for more)
  --out FOLDER       where the copy, its build and outcomes.json are put
  --package NAME     run this package's tests (again for more; without it channel-file and channel-file-fuzz-bodies)
  --only NAME        run this program of tests alone, `lib` for those beside the code (again for more)
  --slowest SECONDS  leave out tests that take longer when nothing is mutated (default 5)
  --again            of what outcomes.json in FOLDER says was missed, run it again; take the rest from there
  --report           only print what outcomes.json in FOLDER says
";

/// What is to be done.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) modules: Vec<String>,
    pub(crate) out: PathBuf,
    pub(crate) packages: Vec<String>,
    pub(crate) only: Vec<String>,
    pub(crate) slowest: f64,
    pub(crate) again: bool,
    pub(crate) report: bool,
}

impl Arguments {
    /// Reads the arguments that follow the program's name.
    pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Self> {
        let mut parsed = Self {
            modules: vec![],
            out: PathBuf::new(),
            packages: vec![],
            only: vec![],
            slowest: 5.0,
            again: false,
            report: false,
        };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let mut next = || words.next().ok_or_else(|| format!("`{word}` needs something after it\n\n{USAGE}"));
            match word.as_str() {
                "--module" => parsed.modules.push(next()?.trim_end_matches('/').to_owned()),
                "--out" => parsed.out = next()?.into(),
                "--package" => parsed.packages.push(next()?),
                "--only" => parsed.only.push(next()?),
                "--slowest" => parsed.slowest = next()?.parse()?,
                "--again" => parsed.again = true,
                "--report" => parsed.report = true,
                _ => return Err(format!("`{word}` means nothing here\n\n{USAGE}").into()),
            }
        }
        if parsed.out.as_os_str().is_empty() || (parsed.modules.is_empty() && !parsed.report) {
            return Err(USAGE.into());
        }
        if parsed.packages.is_empty() {
            parsed.packages = ["channel-file", "channel-file-fuzz-bodies"].map(str::to_owned).to_vec();
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn parse(line: &str) -> Result<Arguments> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_is_left_out_has_a_default() {
        let parsed = parse("--module src/wire/ --out target/mutants").unwrap();
        assert_eq!(parsed.modules, ["src/wire"]);
        assert_eq!(parsed.packages, ["channel-file", "channel-file-fuzz-bodies"]);
        assert!(!parsed.again && !parsed.report);
    }

    #[test]
    fn a_word_too_many_or_too_few_is_told() {
        for line in ["--module", "--module src/wire", "--out target/mutants", "--wire", "--slowest soon"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
