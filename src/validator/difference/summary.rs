//! How much is different.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::changes::{ChangeSummary, Changes, RuleChange, TypeChange};
use super::{rules, types};
use crate::channel_file::ChannelFile;
use crate::template::TypeKey;

impl Changes {
    /// Compares two contents by what they say. Takes time in proportion to both, but for sorting.
    #[must_use]
    pub fn between(old: &ChannelFile<'_>, new: &ChannelFile<'_>) -> Self {
        // Equal bytes say the same, and to know it early spares the time.
        let is_same = old.bytes() == new.bytes();
        let (types, rules) =
            if is_same { (Vec::new(), Vec::new()) } else { (types::types(old, new), rules::rules(old, new)) };
        let (summary, touched) = (summary(&types, &rules), touched(&rules));
        Self { types, rules, summary, touched }
    }
}

fn summary(types: &[TypeChange], rules: &[RuleChange]) -> ChangeSummary {
    let mut summary = ChangeSummary::default();
    types.iter().for_each(|own| summary.types.count(own.change));
    for rule in rules {
        summary.rules.count(rule.change);
        summary.examples.add(rule.words.examples.unwrap_or_default());
        for instance in &rule.instances {
            summary.instances.count(instance.change);
            instance.criteria.iter().for_each(|criterion| summary.criteria.count(criterion.change));
        }
    }
    summary
}

fn touched(rules: &[RuleChange]) -> Vec<TypeKey> {
    let mut touched = BTreeSet::new();
    for instance in rules.iter().flat_map(|rule| &rule.instances) {
        touched.insert(instance.template_type);
        if let Some(version) = &instance.version {
            touched.insert(TypeKey { version: version.old, ..instance.template_type });
        }
    }
    touched.into_iter().collect()
}
