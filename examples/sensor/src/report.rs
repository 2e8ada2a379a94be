//! What there is to say at the end.

use std::fmt;

use crate::judging::Tally;

/// Displays what the threads did together.
pub(crate) struct Report {
    pub(crate) threads: usize,
    pub(crate) watched: u32,
    pub(crate) tally: Tally,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { threads, watched, tally } = self;
        writeln!(f, "{} events on {threads} threads, {} to prevent", tally.events, tally.prevented)?;
        for (version, events) in &tally.events_by_version {
            writeln!(f, "  channel {watched} version {version} judged {events} events")?;
        }
        match tally.mixed {
            0 => writeln!(f, "  no event saw a mix of both")?,
            mixed => writeln!(f, "  {mixed} events saw a mix")?,
        }
        let mean = tally.work.checked_div(tally.events).unwrap_or_default();
        writeln!(f, "  work of an event: {mean} on average, {} at the most", tally.most_work)?;
        writeln!(f, "matches")?;
        for ((channel, version), rules) in &tally.matches {
            for (rule, count) in rules {
                writeln!(f, "  channel {channel} version {version}: {rule}: {count}")?;
            }
        }
        Ok(())
    }
}
