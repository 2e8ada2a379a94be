//! What is different between the rules of two contents.

use alloc::string::String;
use alloc::vec::Vec;

use super::changes::{Change, ChangeCounts, Replaced, RuleChange, WordsChange};
use super::merge::{Side, merge};
use super::pairing::{Paired, pair};
use crate::channel_file::ChannelFile;
use crate::channel_file::view::{ExampleView, InstanceView, RuleView};
use crate::template::{Expectation, OwnedValue, TypeKey};
use crate::wire::{count, index};

/// The instances of a file by rule: to ask each rule for its own would look at all of them each time.
struct ByRule<'a> {
    /// Those of one rule stand together, in the order of ordinals.
    instances: Vec<InstanceView<'a>>,
    /// Where those of each rule end.
    ends: Vec<usize>,
}

impl<'a> ByRule<'a> {
    fn of(file: &'a ChannelFile<'a>) -> Self {
        let mut instances: Vec<_> = file.instances().map(|instance| (instance.rule().index(), instance)).collect();
        instances.sort_by_key(|(rule, _)| *rule);
        let end = |rule: RuleView<'_>| instances.partition_point(|(of, _)| *of <= rule.index());
        let ends = file.rules().map(end).collect();
        Self { instances: instances.into_iter().map(|(_, instance)| instance).collect(), ends }
    }

    fn of_rule(&self, rule: &RuleView<'_>) -> &[InstanceView<'a>] {
        let end = |rule: u32| self.ends.get(index(rule)).copied().unwrap_or_default();
        let start = rule.index().checked_sub(1).map_or(0, end);
        self.instances.get(start..end(rule.index())).unwrap_or_default()
    }
}

/// The rules that are different, by id.
pub(super) fn rules(old: &ChannelFile<'_>, new: &ChannelFile<'_>) -> Vec<RuleChange> {
    let (old_instances, new_instances) = (ByRule::of(old), ByRule::of(new));
    let changes = merge(old.rules(), new.rules(), |one, two| one.id().cmp(two.id()));
    let changes = changes.filter_map(|side| match side {
        Side::Old(rule) => Some(alone(Change::Removed, &rule, old_instances.of_rule(&rule))),
        Side::New(rule) => Some(alone(Change::Added, &rule, new_instances.of_rule(&rule))),
        Side::Both(old, new) => {
            let paired = pair(old_instances.of_rule(&old), new_instances.of_rule(&new));
            between(&old, &new, paired)
        }
    });
    changes.collect()
}

fn alone(change: Change, rule: &RuleView<'_>, instances: &[InstanceView<'_>]) -> RuleChange {
    let instances = crate::counted::counted(0_u32, instances);
    let examples = count(rule.examples().len());
    let examples = match change {
        Change::Added => ChangeCounts { added: examples, ..ChangeCounts::default() },
        _ => ChangeCounts { removed: examples, ..ChangeCounts::default() },
    };
    RuleChange {
        change,
        id: rule.id().into(),
        title: rule.title().into(),
        words: WordsChange { examples: Some(examples).filter(|count| count.total() > 0), ..WordsChange::default() },
        is_reordered: false,
        instances: instances.map(|(ordinal, own)| super::criteria::alone(change, own, ordinal)).collect(),
        unchanged: 0,
    }
}

fn between(old: &RuleView<'_>, new: &RuleView<'_>, paired: Paired) -> Option<RuleChange> {
    let words = words(old, new);
    let Paired { changes: instances, unchanged, is_reordered } = paired;
    let is_changed = !words.is_empty() || is_reordered || !instances.is_empty();
    is_changed.then(|| RuleChange {
        change: Change::Changed,
        id: new.id().into(),
        title: new.title().into(),
        words,
        is_reordered,
        instances,
        unchanged,
    })
}

fn words(old: &RuleView<'_>, new: &RuleView<'_>) -> WordsChange {
    let text = |old: &str, new: &str| (old != new).then(|| Replaced { old: old.into(), new: new.into() });
    let references = |rule: &RuleView<'_>| rule.references().map(String::from).collect::<Vec<_>>();
    WordsChange {
        title: text(old.title(), new.title()),
        author: text(old.author(), new.author()),
        references: (!old.references().eq(new.references()))
            .then(|| Replaced { old: references(old), new: references(new) }),
        examples: examples(old, new),
    }
}

/// What an example says. Its bytes are compared, so that values order.
type Says = (Expectation, TypeKey, Vec<(bool, Vec<u8>)>);

fn examples(old: &RuleView<'_>, new: &RuleView<'_>) -> Option<ChangeCounts> {
    let says = |rule: &RuleView<'_>| rule.examples().map(|example| says(&example)).collect::<Vec<Says>>();
    let (mut old, mut new) = (says(old), says(new));
    if old == new {
        return None;
    }
    old.sort_unstable();
    new.sort_unstable();
    let mut counts = ChangeCounts::default();
    for side in merge(old, new, Says::cmp) {
        match side {
            Side::Old(_) => counts.count(Change::Removed),
            Side::New(_) => counts.count(Change::Added),
            Side::Both(..) => {}
        }
    }
    Some(counts)
}

fn says(example: &ExampleView<'_>) -> Says {
    let values = example.values().map(|value| match OwnedValue::from(value) {
        OwnedValue::Absent => (false, Vec::new()),
        OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => (true, bytes),
        OwnedValue::Unsigned(number) => (true, number.to_be_bytes().into()),
        OwnedValue::Signed(number) => (true, number.to_be_bytes().into()),
        OwnedValue::Boolean(value) => (true, [u8::from(value)].into()),
        OwnedValue::IpAddress(core::net::IpAddr::V4(address)) => (true, address.octets().into()),
        OwnedValue::IpAddress(core::net::IpAddr::V6(address)) => (true, address.octets().into()),
    });
    (example.expectation(), example.template_type().key(), values.collect())
}
