//! What is asked of `bench`.

use std::path::PathBuf;

use crate::outcome::Failure;

/// What follows `bench`.
pub(crate) const ARGUMENTS: &str = "[--quick] [--out FOLDER] [--readme]";

pub(crate) const DETAILS: &str = "
  --quick       smaller sets and fewer runs: minutes instead of the better part of an hour
  --out FOLDER  where the report is, instead of target/bench-report
  --readme      measures nothing: writes the figures of the report there is into README.md

The folder gets report.md with its plots, report.json, and benchmark-data.json, which github-action-benchmark reads as
customSmallerIsBetter. Instructions are counted where valgrind is. Matching engines are compared where CHANNEL_FILE_DATA names a folder
with rules and events (benches/peers/README.md). What is left out, the report says.

  cargo xtask bench --quick
  cargo xtask bench && cargo xtask bench --readme
  CHANNEL_FILE_DATA=~/detection-data cargo xtask bench --out target/bench-of-today
";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) out: Option<PathBuf>,
    pub(crate) readme: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Result<Self, Failure> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--quick" => options.quick = true,
                "--readme" => options.readme = true,
                "--out" => {
                    let folder = arguments.next().ok_or_else(|| Failure::unjudged("`--out` needs a folder"))?;
                    options.out = Some(folder.into());
                }
                _ => return Err(Failure::unjudged(format!("`{argument}` means nothing here; bench {ARGUMENTS}"))),
            }
        }
        if options.quick && options.readme {
            return Err(Failure::unjudged("`--readme` measures nothing, quickly or not"));
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_understood_or_refused() {
        let expected = Options { quick: true, out: Some("here".into()), readme: false };
        assert_eq!(Options::parse(&["--quick", "--out", "here"]).ok(), Some(expected));
        for wrong in [&["--out"][..], &["--fast"], &["--quick", "--readme"]] {
            assert!(Options::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
