//! What was exercised, by type and field.

use std::io::{self, Write};

use super::columns::Columns;
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, count};
use crate::output::{FAINT, Output, STRONG};
use crate::report::content::{Counted as Tally, Coverage, Exercise};

/// One of the counts.
type Of = fn(&Tally) -> u64;

/// As many fields are told whatever there is to say of them; of more, those alone of which not all was exercised.
const MOST: usize = 10;

/// What was exercised: all in one line, then a row for each field.
pub(super) fn tell(all: &[Coverage], exercise: Exercise, is_verbose: bool, output: &mut Output) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let (strong, faint) = (output.style(STRONG), output.style(FAINT));
    let (met, missed) = (Counted(exercise.witnesses, "event"), Grouped(exercise.near_misses));
    writeln!(
        output,
        "\n{strong}exercised{strong:#}: {}, by {met} that match and {missed} that just do not",
        total(all)
    )?;
    let is_whole = |row: &Coverage| [row.criteria, row.patterns].iter().all(|of| of.exercised == of.present);
    let told: Vec<&Coverage> = all.iter().filter(|row| is_verbose || all.len() <= MOST || !is_whole(row)).collect();
    let coverage = &*told;
    if !told.is_empty() {
        table(coverage, output)?;
    }
    let whole = count(all.len().saturating_sub(told.len()));
    if whole > 0 {
        let whole = Grouped(whole);
        writeln!(output, "  {faint}and {whole} more, exercised in full; `--verbose` shows them{faint:#}")?;
    }
    Ok(())
}

fn table(coverage: &[&Coverage], output: &mut Output) -> io::Result<()> {
    let share = |of: Tally| format!("{}/{}", Grouped(of.exercised), Grouped(of.present));
    let mut columns = Columns::default();
    columns.add("type", false, coverage, {
        let mut before = None;
        move |row: &&Coverage| {
            let is_first = before.replace(row.template_type) != Some(row.template_type);
            if is_first { type_name(row, coverage) } else { String::new() }
        }
    });
    columns.add("field", false, coverage, |row| format!("{:>2} {}", row.field_number, Escaped(&row.field_name)));
    columns.add("criteria", true, coverage, |row| share(row.criteria));
    columns.add("patterns", true, coverage, |row| share(row.patterns));
    // What did not happen needs no column.
    let rest: [(&str, Of); 3] = [("implied", |of| of.implied), ("waived", |of| of.waived), ("MISSED", |of| of.missed)];
    for (title, of) in rest {
        let both = |row: &&Coverage| of(&row.criteria).saturating_add(of(&row.patterns));
        if coverage.iter().any(|row| both(row) > 0) {
            columns.add(title, true, coverage, |row| match both(row) {
                0 => String::new(),
                some => Grouped(some).to_string(),
            });
        }
    }
    columns.write(output)
}

/// `criteria 8,896 of 8,978, patterns 30,491 of 32,510`
fn total(coverage: &[Coverage]) -> String {
    let sum =
        |part: fn(&Coverage) -> &Tally, of: Of| coverage.iter().map(|row| of(part(row))).fold(0, u64::saturating_add);
    let all = |part: fn(&Coverage) -> &Tally| {
        format!("{} of {}", Grouped(sum(part, |of| of.exercised)), Grouped(sum(part, |of| of.present)))
    };
    format!("criteria {}, patterns {}", all(|row| &row.criteria), all(|row| &row.patterns))
}

/// The name of the type, with the version where there are several.
fn type_name(row: &Coverage, coverage: &[&Coverage]) -> String {
    let name = Escaped(&row.type_name).to_string();
    let (own, mut others) = (row.template_type, coverage.iter().map(|row| row.template_type));
    let has_several = others.any(|other| other.id == own.id && other.version != own.version);
    if has_several { format!("{name} version {}", own.version) } else { name }
}
