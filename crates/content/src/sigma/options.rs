//! What the import may do.

use std::collections::BTreeMap;

use channel_file::Limits;
use channel_file::template::Disposition;

/// What the import may do, and how much of it.
///
/// ```
/// let options = channel_file_content::sigma::Options {
///     disposition: channel_file::template::Disposition::Observe,
///     ..Default::default()
/// };
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// What the sensor does when an instance of a rule matches. Sigma does not say; default [`Disposition::Detect`].
    pub disposition: Disposition,
    /// The products of log sources that the template types stand for. Default `windows`; a rule without a product is
    /// taken for one of them.
    pub products: Vec<String>,
    /// The values of placeholders (`%name%` under the modifier `expand`), by name without the percent signs. Wildcards
    /// in them count. Default none: rules with placeholders are refused.
    pub placeholders: BTreeMap<String, Vec<String>>,
    /// Alternatives of one rule, at any step of bringing its condition into alternatives; each becomes an instance.
    /// Default 4,096: 1,435 public rules become at most 56 instances each.
    pub max_alternatives: usize,
    /// Patterns of one rule, counted once for each criterion that has them. Default 262,144: of 1,435 public
    /// rules the largest has 1,093.
    pub max_patterns: usize,
    /// Bytes of the text, all documents together. Default 16 MiB: ten times all public rules.
    pub max_text_bytes: usize,
    /// Limits of the channel file that the rules are meant for: criteria, patterns, bytes of patterns and of names.
    /// Default [`Limits::DEFAULT`].
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            disposition: Disposition::Detect,
            products: vec!["windows".to_owned()],
            placeholders: BTreeMap::new(),
            max_alternatives: 4_096,
            max_patterns: 262_144,
            max_text_bytes: 16_777_216,
            limits: Limits::DEFAULT,
        }
    }
}
