//! How many of the library's lines its tests run.

use serde_json::Value;

use super::no_arguments;
use crate::llvm::Tools;
use crate::outcome::{Extra, Failure, Outcome, Run};
use crate::project::{LIBRARY, Project};

pub(crate) const EXTRA: Extra = Extra {
    name: "coverage",
    arguments: "",
    summary: "the lines of src/ that tests run, by file; needs cargo-llvm-cov, and the LLVM tools of rustc's version",
    details: "",
    run: Run::Reported(run),
};

/// Of all lines together, in thousandths.
const FLOOR: u64 = 950;

/// Packages whose tests are tests of the library.
const TESTED_BY: &[&str] = &[LIBRARY, "channel-file-fuzz-bodies"];

fn run(project: &Project, arguments: &[&str]) -> Outcome {
    no_arguments(EXTRA.name, arguments)?;
    project
        .cargo()
        .args(["llvm-cov", "--version"])
        .succeed()
        .map_err(|_| Failure::unjudged("coverage needs cargo-llvm-cov: cargo install --locked cargo-llvm-cov"))?;
    let tools = Tools::find(project)?;
    // Instrumented tests miss bounds of time. Whether they pass, the gate says.
    let command = project.cargo().args(["llvm-cov", "--all-features", "--ignore-run-fail", "--json", "--summary-only"]);
    let command = command.env("LLVM_COV", tools.cov).env("LLVM_PROFDATA", tools.profdata);
    let output = command.args(TESTED_BY.iter().flat_map(|name| ["--package", name])).read()?;
    let files = files(&output, &format!("{}/src/", project.root().display()))?;
    let all = files.iter().fold(Covered::default(), |sum, file| sum.and(file));
    let mut table = String::new();
    for file in &files {
        table.push_str(&format!("\n  {file}"));
    }
    if all.lines == 0 || all.share() < FLOOR {
        return Err(
            Failure::new(format!("less than {} of the lines are run: {all}", percent(FLOOR))).with_details(table)
        );
    }
    Ok(format!("{all}; the least covered first:{table}"))
}

/// How many lines there are in a file, or in all, and how many of them are run.
#[derive(Default)]
struct Covered {
    file: String,
    lines: u64,
    run: u64,
}

impl Covered {
    fn share(&self) -> u64 {
        self.run.saturating_mul(1_000).checked_div(self.lines).unwrap_or(1_000)
    }

    fn and(self, other: &Self) -> Self {
        Self { lines: self.lines.saturating_add(other.lines), run: self.run.saturating_add(other.run), ..self }
    }
}

impl std::fmt::Display for Covered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>6} {:>5} of {:>5} lines {}", percent(self.share()), self.run, self.lines, self.file)
    }
}

/// The files of this folder, the least covered first.
fn files(report: &str, folder: &str) -> Result<Vec<Covered>, Failure> {
    let unexpected = || Failure::new("`cargo llvm-cov` gives something else than it did");
    let report: Value = serde_json::from_str(report).map_err(|_| unexpected())?;
    let files = report.pointer("/data/0/files").and_then(Value::as_array).ok_or_else(unexpected)?;
    let mut found = Vec::new();
    for file in files {
        let name = file.get("filename").and_then(Value::as_str).ok_or_else(unexpected)?;
        let Some(name) = name.strip_prefix(folder) else { continue };
        let number = |key: &str| file.pointer(&format!("/summary/lines/{key}")).and_then(Value::as_u64);
        let (lines, run) = number("count").zip(number("covered")).ok_or_else(unexpected)?;
        found.push(Covered { file: name.to_owned(), lines, run });
    }
    found.sort_by(|one, two| (one.share(), &one.file).cmp(&(two.share(), &two.file)));
    Ok(found)
}

fn percent(thousandths: u64) -> String {
    let (whole, rest) = (thousandths.checked_div(10), thousandths.checked_rem(10));
    format!("{}.{} %", whole.unwrap_or_default(), rest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_folder_are_sorted_by_share() {
        let file = |name: &str, count: u64, covered: u64| {
            format!(r#"{{"filename":"{name}","summary":{{"lines":{{"count":{count},"covered":{covered}}}}}}}"#)
        };
        let reported = [file("/r/src/a.rs", 10, 10), file("/r/src/b/c.rs", 8, 4), file("/r/crates/d.rs", 9, 0)];
        let found = files(&format!(r#"{{"data":[{{"files":[{}]}}]}}"#, reported.join(",")), "/r/src/");
        let shown: Vec<_> = found.ok().iter().flatten().map(|file| (file.file.clone(), file.share())).collect();
        assert_eq!(shown, [("b/c.rs".to_owned(), 500), ("a.rs".to_owned(), 1_000)]);
        assert!(files("{}", "/r/src/").is_err());
    }
}
