//! The figures of README.md, from the report.

use std::fs;
use std::path::Path;

use super::peers::FIGURES;
use super::report::Report;
use super::text::set_table;
use crate::outcome::Failure;

const BEGIN: &str = "<!-- generated: figures -->";
const END: &str = "<!-- end of what is generated -->";

pub(crate) fn rewrite(path: &Path, report: &Report) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| Failure::unjudged(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(cannot)?;
    let text = between_marks(&text, &figures(report)?).ok_or_else(|| {
        Failure::unjudged(format!("{} lacks the lines `{BEGIN}` and `{END}`, between which figures go", path.display()))
    })?;
    fs::write(path, text).map_err(cannot)
}

pub(crate) fn figures(report: &Report) -> Result<String, Failure> {
    let lacking = || Failure::unjudged("the report does not compare formats: nothing to write");
    let formats = report.formats()?.ok_or_else(lacking)?;
    let Report { date, machine, compiler, sources, .. } = report;
    // All but the owned model.
    let [shown @ .., _] = &FIGURES;
    let mut text = String::new();
    for set in &formats.sets {
        text.push_str(&format!(
            "{}, {} records; the ratio to channel-file in brackets:\n\n{}\n",
            set.name,
            set.records,
            set_table(set, shown)
        ));
    }
    text.push_str(&format!(
        "{date}, sources {sources}, {machine}, {compiler}. Written by `cargo xtask bench --readme`.\n"
    ));
    Ok(text)
}

/// The text with this between the marks, which stay.
fn between_marks(text: &str, generated: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{generated}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_between_the_marks_is_replaced() {
        let text = format!("# a\n\n{BEGIN}\nold\n{END}\nb\n");
        let once = between_marks(&text, "new\n");
        assert_eq!(once, Some(format!("# a\n\n{BEGIN}\nnew\n{END}\nb\n")));
        assert_eq!(once.as_deref().and_then(|text| between_marks(text, "new\n")), once, "twice is once");
        assert_eq!(between_marks("# a\n", "new\n"), None);
        assert_eq!(between_marks(&format!("{END}{BEGIN}"), "new\n"), None);
    }
}
