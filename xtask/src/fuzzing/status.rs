//! What libFuzzer prints of itself.

/// A line like `#4096 NEW cov: 812 ft: 2412 corp: 211/34Kb lim: 4096 exec/s: 4096 rss: 60Mb`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) executions: u64,
    /// `NEW` where an input took a path that none had taken before.
    pub(crate) is_new: bool,
    pub(crate) edges: u64,
    pub(crate) features: u64,
    /// The input was made of two by the project's own function.
    pub(crate) is_crossed: bool,
}

impl Status {
    /// What a line says, if it is of this kind.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix('#')?.split_whitespace();
        let executions = words.next()?.parse().ok()?;
        let event = words.next()?;
        let mut status = Self { executions, is_new: event == "NEW", ..Self::default() };
        while let Some(word) = words.next() {
            match word {
                "cov:" => status.edges = words.next()?.parse().ok()?,
                "ft:" => status.features = words.next()?.parse().ok()?,
                word if word.contains("CustomCrossOver-") => status.is_crossed = true,
                _ => {}
            }
        }
        Some(status)
    }

    /// The number of executions that it gives at its end.
    pub(crate) fn final_executions(line: &str) -> Option<u64> {
        line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok()
    }
}

/// The file that a line says an input was written to, because a promise broke.
pub(crate) fn artifact(line: &str) -> Option<&str> {
    line.split_once("Test unit written to ").map(|(_, path)| path.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        let new = "#4096\tNEW    cov: 812 ft: 2412 corp: 211/34Kb lim: 4096 exec/s: 4096 rss: 60Mb L: 31/4096 MS: 2 CustomCrossOver-Custom-";
        let expected = Status { executions: 4096, is_new: true, edges: 812, features: 2412, is_crossed: true };
        assert_eq!(Status::parse(new), Some(expected));
        assert_eq!(
            Status::parse("#8\tpulse  exec/s: 4").map(|status| (status.executions, status.is_new)),
            Some((8, false))
        );
        assert_eq!(Status::parse("INFO: Seed: 1"), None);
        assert_eq!(Status::final_executions("stat::number_of_executed_units: 100000"), Some(100_000));
        let written = "artifact_prefix='/a/'; Test unit written to /a/crash-01";
        assert_eq!(artifact(written), Some("/a/crash-01"));
    }
}
