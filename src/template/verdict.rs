//! What an instance means for an event that matches it, and how a criterion reads its patterns.

use super::field::coded;

coded! {
    /// How bad it is when an instance matches.
    pub enum Severity {
        /// Worth a record, no more.
        Informational = 0 "informational",
        /// Seldom an incident.
        Low = 1 "low",
        /// To be looked at.
        Medium = 2 "medium",
        /// To be looked at now.
        High = 3 "high",
        /// Almost surely an attack.
        Critical = 4 "critical",
    }
}

coded! {
    /// What the sensor does when an instance matches.
    pub enum Disposition {
        /// Count it; nobody is told.
        Observe = 0 "observe",
        /// Report it.
        Detect = 1 "detect",
        /// Report it, and stop what was going on.
        Prevent = 2 "prevent",
    }
}

coded! {
    /// How a criterion reads its set of patterns.
    pub enum Sense {
        /// Met when at least one pattern is.
        AnyOf = 0 "any-of",
        /// Met when no pattern is.
        NoneOf = 1 "none-of",
    }
}

coded! {
    /// What a rule says of one of its examples.
    pub enum Expectation {
        /// At least one instance of the rule matches.
        Match = 0 "match",
        /// No instance of the rule matches.
        NoMatch = 1 "no-match",
    }
}
