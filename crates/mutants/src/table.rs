//! Outcomes as docs/MUTATION.md shows them.

use std::collections::BTreeMap;

use crate::listed::is_of;
use crate::outcome::{Outcome, Outcomes, Record};

/// A line for each module, and for each function with survivors.
pub(crate) fn show(outcomes: &Outcomes) -> String {
    let mut text = String::from(
        "| module | mutants | do not compile | never chosen | viable | caught | of these by time | missed | not reached | caught of viable |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for module in &outcomes.modules {
        let own: Vec<&Record> = outcomes.records.iter().filter(|record| is_of(&record.file, module)).collect();
        text.push_str(&line(module, &own));
    }
    for module in &outcomes.modules {
        text.push_str(&survivors(module, &outcomes.records));
    }
    text
}

/// What no test noticed of a module, by function; why, somebody has to find out.
fn survivors(module: &str, records: &[Record]) -> String {
    let mut by_function: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for record in records.iter().filter(|record| is_of(&record.file, module)) {
        let how = match record.outcome {
            Outcome::Missed => "",
            Outcome::Unreached => " (not reached)",
            Outcome::NotChosen => " (never chosen)",
            Outcome::Waiting => " (not run)",
            Outcome::Caught | Outcome::Late | Outcome::DoesNotCompile => continue,
        };
        let what = record.what.replace('|', "\\|");
        let what = what.strip_suffix(&format!(" in {}", record.function)).unwrap_or(&what);
        by_function.entry((&record.file, &record.function)).or_default().push(format!("{what}{how}"));
    }
    let mut text = format!("\n### `{module}`\n\n| function | mutation | why |\n|---|---|---|\n");
    for ((file, function), mutations) in by_function {
        let file = file.strip_prefix(module).map_or(file, |rest| rest.trim_start_matches('/'));
        text.push_str(&format!("| `{file}` `{function}` | {} | open |\n", mutations.join("; ")));
    }
    text
}

fn line(module: &str, records: &[&Record]) -> String {
    let count = |outcome| records.iter().filter(|record| record.outcome == outcome).count();
    let (broken, unchosen) = (count(Outcome::DoesNotCompile), count(Outcome::NotChosen));
    let (late, missed, unreached) = (count(Outcome::Late), count(Outcome::Missed), count(Outcome::Unreached));
    let caught = count(Outcome::Caught).saturating_add(late);
    let viable = records.len().saturating_sub(broken);
    let waiting = count(Outcome::Waiting);
    let waiting = if waiting > 0 { format!(" ({waiting} not run)") } else { String::new() };
    let share = share(caught, viable);
    format!(
        "| `{module}` | {}{waiting} | {broken} | {unchosen} | {viable} | {caught} | {late} | {missed} | {unreached} | {share} |\n",
        records.len(),
    )
}

/// In percent, to a tenth, never rounded up.
fn share(part: usize, whole: usize) -> String {
    match part.saturating_mul(1000).checked_div(whole) {
        Some(tenths) => format!("{}.{} %", tenths.div_euclid(10), tenths.rem_euclid(10)),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_counts_outcomes_and_shares_are_not_rounded_up() {
        let record = |outcome| Record {
            name: "src/wire.rs:1:1: replace".to_owned(),
            function: "f".to_owned(),
            what: "replace".to_owned(),
            file: "src/wire.rs".to_owned(),
            outcome,
            by: None,
        };
        let records =
            [Outcome::Caught, Outcome::Late, Outcome::Missed, Outcome::Unreached, Outcome::DoesNotCompile].map(record);
        let line = line("src/wire", &records.iter().collect::<Vec<_>>());
        assert_eq!(line, "| `src/wire` | 5 | 1 | 0 | 4 | 2 | 1 | 1 | 1 | 50.0 % |\n");
        assert_eq!(share(1999, 2000), "99.9 %");
        let told = survivors("src/wire", &records);
        assert!(told.ends_with("| `.rs` `f` | replace; replace (not reached) | open |\n"), "{told}");
    }
}
