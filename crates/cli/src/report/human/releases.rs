//! What each release would do.

use std::io::{self, Write};

use super::columns::width as columns_of;
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, Size, count};
use crate::output::{BAD, GOOD, Output};
use crate::report::Judged;

/// A line for each release.
pub(super) fn tell(judged: &Judged, output: &mut Output) -> io::Result<()> {
    let releases = &judged.releases;
    let (good, bad) = (output.style(GOOD), output.style(BAD));
    let width =
        releases.iter().map(|release| columns_of(&Escaped(&release.release).to_string())).max().unwrap_or_default();
    let is_one_refusing = (0..releases.len()).any(|at| judged.is_refused_by(at));
    let indent = if is_one_refusing { "  " } else { "" };
    for (at, release) in releases.iter().enumerate() {
        let name = Escaped(&release.release).to_string();
        let gap = " ".repeat(width.saturating_sub(columns_of(&name)));
        if judged.is_refused_by(at) {
            write!(output, "  release {name}{gap}  {bad}REFUSES{bad:#}")?;
        } else {
            write!(output, "  release {name}{gap}  {good}loads{good:#}{indent}")?;
        }
        let mut separator = "  ";
        let reasons = reasons(judged, count(at));
        if !reasons.is_empty() {
            write!(output, "{separator}{}", reasons.join(", "))?;
            separator = "; ";
        }
        if let (Some(memory), Some(work)) = (release.memory, release.work) {
            write!(output, "{separator}{} of memory, work {} a byte", Size(memory), Grouped(work))?;
            separator = "; ";
        }
        if release.evaluated > 0 {
            write!(output, "{separator}{} evaluated", Counted(release.evaluated, "event"))?;
            separator = "; ";
        }
        if release.unsupported > 0 {
            write!(
                output,
                "{separator}{} on types that it does not supply so",
                Counted(release.unsupported, "instance")
            )?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// The names of what is found for the release that refuses content, each once.
fn reasons(judged: &Judged, release: u64) -> Vec<&'static str> {
    let refusing = judged.findings.iter().filter(|finding| finding.release == Some(release) && finding.refuses());
    let mut names: Vec<_> = refusing.map(|finding| finding.name).collect();
    names.dedup();
    names
}
