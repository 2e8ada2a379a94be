//! What a campaign has to say when it ends: for people, and for programs.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::coverage::Reached;
use super::plots;
use super::state::{Record, State};
use crate::figures::{duration, real, short};
use crate::fuzzing::broken::Distinct;
use crate::fuzzing::gates::NAMES;
use crate::fuzzing::target::{Input, Target};
use crate::machine::{machine, today};
use crate::outcome::Failure;

pub(crate) struct Report<'r> {
    pub(crate) state: &'r State,
    pub(crate) targets: &'r [Target],
    pub(crate) broken: &'r [Distinct],
    /// If it was measured.
    pub(crate) coverage: Option<&'r [Reached]>,
    pub(crate) jobs: usize,
}

impl Report<'_> {
    /// Writes `report.md` with its plots, and `report.json`.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let cannot = |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", folder.display()));
        let records = self.records();
        let records: Vec<(&str, &Record)> =
            records.iter().map(|(target, record)| (target.name.as_str(), *record)).collect();
        fs::create_dir_all(folder).map_err(cannot)?;
        fs::write(folder.join("edges.svg"), plots::edges(&records)).map_err(cannot)?;
        fs::write(folder.join("gates.svg"), plots::gates(&records)).map_err(cannot)?;
        fs::write(folder.join("report.md"), self.text()).map_err(cannot)?;
        fs::write(folder.join("report.json"), format!("{:#}\n", self.json())).map_err(cannot)
    }

    /// Of the targets of this campaign, those that have had a turn.
    fn records(&self) -> Vec<(&Target, &Record)> {
        let record = |target: &'_ Target| self.state.targets.get(&target.name);
        self.targets.iter().filter_map(|target| Some((target, record(target)?))).collect()
    }

    fn cpu_seconds(&self) -> f64 {
        self.records().iter().fold(0.0, |sum, (_, record)| sum + record.cpu_seconds)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.summary(&mut text);
        self.broken_table(&mut text);
        self.targets_table(&mut text);
        self.gates_table(&mut text);
        text.push_str("\n## Edges over processor time\n\n![Edges over processor time](edges.svg)\n");
        self.not_reached(&mut text);
        text
    }

    fn summary(&self, text: &mut String) {
        let broken = match self.broken {
            [] => "no promise is broken".to_owned(),
            [_] => "**a promise is broken**".to_owned(),
            several => format!("**{} promises are broken**", several.len()),
        };
        let cpu = duration(std::time::Duration::try_from_secs_f64(self.cpu_seconds()).unwrap_or_default());
        // Text is never refused by memory.
        let _ = write!(
            text,
            "# Campaign\n\nAfter {cpu} of processor time, {broken}.\n\n\
             | date | {} |\n|---|---|\n| sources | {} |\n| machine | {} |\n| processes at once | {} |\n| engine | libFuzzer, no \
             sanitizer, debug assertions and overflow checks on |\n",
            today(),
            self.state.commit,
            machine(),
            self.jobs
        );
        let slow = self.records().iter().fold(0_u64, |sum, (_, record)| sum.saturating_add(record.slow_once));
        if slow > 0 {
            let _ = writeln!(
                text,
                "\nInputs that took too long once, and not when they were tried again alone: {slow}. The machine was busy; they are in the corpus."
            );
        }
    }

    fn broken_table(&self, text: &mut String) {
        if self.broken.is_empty() {
            return;
        }
        text.push_str("\n## What broke\n\n| target | what | inputs | breaks alone | to look at the shortest |\n|---|---|---|---|---|\n");
        for distinct in self.broken {
            let Distinct { target, breakage, count, input, bytes, breaks_alone } = distinct;
            let what = breakage.to_string().replace('|', "\\|");
            let alone = if *breaks_alone { "yes" } else { "no: see its `.log`" };
            let _ = writeln!(
                text,
                "| {target} | {what} | {count} | {alone} | `cargo xtask crash --target {target} {}` ({bytes} bytes) |",
                input.display()
            );
        }
    }

    fn targets_table(&self, text: &mut String) {
        text.push_str(
            "\n## Targets\n\n| target | runs | per CPU second | CPU time | edges | features | corpus | last new path |\n\
             |---|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        for (target, record) in self.records() {
            let cpu = duration(std::time::Duration::try_from_secs_f64(record.cpu_seconds).unwrap_or_default());
            let _ = writeln!(
                text,
                "| {} | {} | {} | {cpu} | {} | {} | {} files, {}B | {} of running ago |",
                target.name,
                short(real(record.executions)),
                short(record.speed()),
                record.edges,
                record.features,
                record.corpus_files,
                short(real(record.corpus_bytes)),
                duration(record.since_new()),
            );
        }
    }

    fn gates_table(&self, text: &mut String) {
        text.push_str(
            "\n## Gates\n\nThe share of inputs that passed each gate of the reader; an input that stops at a checksum tests nothing behind it. \
             Of targets whose inputs are choices or text, it is the files made of them that pass; a dash stands where generators make \
             valid ones alone.\n\n| target | inputs are |",
        );
        text.extend(NAMES.iter().map(|name| format!(" {name} |")));
        text.push_str("\n|---|---|");
        text.extend(NAMES.iter().map(|_| "--:|"));
        text.push('\n');
        for (target, record) in self.records() {
            let inputs = match target.input {
                Input::Bytes => "any bytes",
                Input::File => "files",
                Input::Choices => "choices",
                Input::Text => "text",
            };
            let _ = write!(text, "| {} | {inputs} |", target.name);
            if record.gates.are_all_valid() {
                text.extend(NAMES.iter().map(|_| " – |"));
            } else {
                text.extend(NAMES.iter().map(|name| format!(" {:.1} % |", record.gates.percent(name))));
            }
            text.push('\n');
        }
        text.push_str("\n![Shares of inputs past each gate](gates.svg)\n");
    }

    fn not_reached(&self, text: &mut String) {
        text.push_str("\n## What was not reached\n\n");
        let Some(reached) = self.coverage else {
            text.push_str(
                "Not measured. `cargo xtask campaign --time 1s --coverage` measures which lines the corpus reaches; it needs `llvm-cov` and \
                 `llvm-profdata` of rustc's LLVM (`rustup component add llvm-tools`, or Debian: apt-get install llvm-22).\n",
            );
            return;
        };
        text.push_str(
            "Lines of the library (`src/`) that the corpus of each target reaches:\n\n| target | lines |\n|---|--:|\n",
        );
        for reached in reached {
            let _ = writeln!(text, "| {} | {:.1} % |", reached.name, reached.percent());
        }
        let Some(all) = reached.last() else { return };
        text.push_str("\nFiles with lines that no target reaches, the least reached first:\n\n| file | not reached | lines |\n|---|--:|--:|\n");
        for file in all.least() {
            let _ = writeln!(text, "| {} | {} | {} |", file.path, file.lines.saturating_sub(file.reached), file.lines);
        }
    }

    fn json(&self) -> Value {
        let target = |(target, record): (&Target, &Record)| {
            let broken = |kinds: &[&str]| -> usize {
                let own = self.broken.iter().filter(|distinct| distinct.target == target.name);
                own.filter(|distinct| kinds.contains(&distinct.breakage.kind.name())).count()
            };
            let gates: serde_json::Map<String, Value> =
                NAMES.iter().map(|name| ((*name).to_owned(), record.gates.percent(name).into())).collect();
            let points = record.points.iter().map(|point| json!([point.cpu_seconds, point.executions, point.edges]));
            json!({
                "name": target.name,
                "oracle": target.oracle,
                "executions": record.executions,
                "executions_per_cpu_second": record.speed(),
                "cpu_seconds": record.cpu_seconds,
                "edges": record.edges,
                "features": record.features,
                "corpus": { "files": record.corpus_files, "bytes": record.corpus_bytes },
                "gates_percent": gates,
                "seconds_since_new_path": record.seconds_since_new,
                "panics": broken(&["panic", "abort"]),
                "timeouts": broken(&["timeout"]),
                "slow_once": record.slow_once,
                "out_of_memory": broken(&["out-of-memory"]),
                "points": points.collect::<Vec<_>>(),
            })
        };
        let reached = |reached: &Reached| json!({ "name": reached.name, "lines_percent": reached.percent() });
        json!({
            "format": 1,
            "date": today(),
            "sources": self.state.commit,
            "machine": machine(),
            "processes": self.jobs,
            "cpu_seconds": self.cpu_seconds(),
            "targets": self.records().into_iter().map(target).collect::<Vec<_>>(),
            "broken": self.broken,
            "coverage": self.coverage.map(|all| all.iter().map(reached).collect::<Vec<_>>()),
        })
    }
}
