//! Which rules keep to the limits, each alone and all together.

use channel_file::Limits;
use channel_file::template::{Example, OwnedValue, PatternValue, Rule};

use crate::findings::Findings;
use crate::yaml::{Node, Place};

/// What the rules accepted so far come to.
#[derive(Debug, Default)]
pub(super) struct Totals {
    rules: u64,
    instances: u64,
    patterns: u64,
    examples: u64,
}

impl Totals {
    /// Adds a rule, unless the content would then exceed a limit, which is reported.
    pub(super) fn add(
        &mut self,
        rule: &Rule,
        place: Place,
        limits: &Limits,
        findings: &mut Findings<'_>,
    ) -> Option<()> {
        let criteria = rule.instances().iter().flat_map(|instance| instance.criteria());
        let patterns = criteria.map(|criterion| count(criterion.patterns().len())).fold(0, u64::saturating_add);
        let with = Self {
            rules: self.rules.saturating_add(1),
            instances: self.instances.saturating_add(count(rule.instances().len())),
            patterns: self.patterns.saturating_add(patterns),
            examples: self.examples.saturating_add(count(rule.examples().len())),
        };
        let mut is_within = true;
        for (found, most, what) in [
            (with.rules, limits.rules, "rules"),
            (with.instances, limits.instances, "instances"),
            (with.patterns, limits.total_patterns, "patterns"),
            (with.examples, limits.examples, "examples"),
        ] {
            if found > most {
                is_within = false;
                let message = format!("with this rule the content would have {found} {what}; the limit is {most}");
                findings.report_with_help(
                    place,
                    message,
                    "split the content over several channels, or raise the limit",
                );
            }
        }
        if !is_within {
            return None;
        }
        *self = with;
        Some(())
    }
}

/// Reports what of a rule exceeds a limit, once for each limit.
pub(super) fn check(rule: &Rule, root: &Node<'_>, limits: &Limits, findings: &mut Findings<'_>) -> Option<()> {
    let at = |keys: &[&str]| keys.iter().find_map(|key| root.under(key)).map_or(root.place, |node| node.place);
    let mut is_within = true;
    let mut check = |found: u64, most: u64, keys: &[&str], what: &str, of: &str| {
        if found > most {
            is_within = false;
            findings.report(at(keys), format!("{what} has {found} {of}; the limit is {most}"));
        }
    };
    check(count(rule.id().len()), limits.name_bytes, &["rule", "id"], "the id of the rule", "bytes");
    check(count(rule.title().len()), limits.name_bytes, &["title"], "the title", "bytes");
    check(count(rule.author().len()), limits.name_bytes, &["author"], "the author", "bytes");
    let longest = most(rule.references().iter().map(String::len));
    check(longest, limits.name_bytes, &["references"], "a reference", "bytes");
    check(count(rule.references().len()), limits.references, &["references"], "the rule", "references");

    let conditions = ["when", "instances", "detection"];
    let instances = rule.instances().iter();
    let criteria = || instances.clone().flat_map(|instance| instance.criteria());
    let most_criteria = most(instances.clone().map(|instance| instance.criteria().len()));
    check(most_criteria, limits.criteria, &conditions, "an instance", "criteria");
    let most_patterns = most(criteria().map(|criterion| criterion.patterns().len()));
    check(most_patterns, limits.patterns, &conditions, "a criterion", "patterns");
    let values = criteria().flat_map(|criterion| criterion.patterns()).map(|pattern| match pattern.as_ref().value() {
        PatternValue::Text(text, _) => text.len(),
        PatternValue::Bytes(bytes) => bytes.len(),
        _ => 0,
    });
    check(most(values), limits.pattern_bytes, &conditions, "a pattern", "bytes");

    let values = rule.examples().iter().flat_map(Example::values).map(|value| match value {
        OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => bytes.len(),
        _ => 0,
    });
    check(most(values), limits.example_bytes, &["examples"], "a value of an example", "bytes");
    is_within.then_some(())
}

fn most(counts: impl Iterator<Item = usize>) -> u64 {
    count(counts.max().unwrap_or_default())
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
