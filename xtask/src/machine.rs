//! Where and when something was measured, and of what.

use std::fs;

use crate::command::Command;
use crate::project::Project;

/// The commit, as git describes it.
pub(crate) fn sources(project: &Project) -> String {
    let commit = Command::new("git", project.root()).args(["describe", "--always", "--dirty"]).read();
    // A copy without its history has no name.
    commit.map_or_else(|_| "unknown".to_owned(), |commit| commit.trim().to_owned())
}

/// Processor and system, as far as the system says.
pub(crate) fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or(std::env::consts::ARCH, |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}

/// The date in UTC.
pub(crate) fn today() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    date(seconds / 86_400)
}

/// Year, month and day of a day after 1970-01-01.
fn date(mut days: u64) -> String {
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970_u64;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days = days.saturating_sub(length);
        year = year.saturating_add(1);
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days = days.saturating_sub(length);
        month = i32::saturating_add(month, 1);
    }
    format!("{year}-{month:02}-{:02}", days.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        let dates = [0, 58, 59, 11_016, 19_782, 20_653].map(date);
        assert_eq!(dates, ["1970-01-01", "1970-02-28", "1970-03-01", "2000-02-29", "2024-02-29", "2026-07-19"]);
    }
}
