//! Findings that authors accept.

/// A finding about a rule that its author, or whoever publishes it, accepts: by name, and with a reason.
///
/// Whether there is such a finding, and whether the rule has it, is for the validator to say. Waivers are no content: a
/// channel file does not hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The id of the rule.
    pub rule: String,
    /// What is waived: the code or the name of a finding, in ASCII letters, digits and hyphens.
    pub finding: String,
    /// The field that it is waived for; `None` for the rule as a whole.
    pub field: Option<String>,
    /// Why, on one line; never empty.
    pub reason: String,
    /// The name of the source.
    pub source: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}
