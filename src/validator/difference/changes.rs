//! What is different between two contents: the words for it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::template::{Disposition, Field, Pattern, Sense, Severity, TypeKey};

/// What became of something from the old content to the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The new content alone has it.
    Added,
    /// The old content alone has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

/// Something that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced<T> {
    /// In the old content.
    pub old: T,
    /// In the new content.
    pub new: T,
}

/// All that is different between two contents, their channels and content versions apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Template types, by key.
    pub types: Vec<TypeChange>,
    /// Rules, by id. What is the same is not listed.
    pub rules: Vec<RuleChange>,
    /// How many there are.
    pub summary: ChangeSummary,
    /// Keys of the types that instances were added to, removed from or changed on, ascending.
    pub touched: Vec<TypeKey>,
}

/// How much is different.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeSummary {
    /// Template types.
    pub types: ChangeCounts,
    /// Rules. A rule of which only words for people changed is among the changed ones.
    pub rules: ChangeCounts,
    /// Instances, those of rules that were added or removed included.
    pub instances: ChangeCounts,
    /// Criteria of changed instances.
    pub criteria: ChangeCounts,
    /// Examples: none is ever changed, for they have no names.
    pub examples: ChangeCounts,
}

/// How many were added, removed and changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// Only in the new content.
    pub added: u64,
    /// Only in the old content.
    pub removed: u64,
    /// In both, and not the same.
    pub changed: u64,
}

/// A template type that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeChange {
    /// What became of it. A type may only change by a further version, which is added.
    pub change: Change,
    /// Id and version.
    pub key: TypeKey,
    /// Its name, in the new content where that has it.
    pub name: String,
    /// How many fields it has, in the new content where that has it.
    pub field_count: u16,
    /// Whether it has another name.
    pub renamed: Option<Replaced<String>>,
    /// The fields that are different; of a further version of a type that the old content has, those that it appends.
    pub fields: Vec<FieldChange>,
}

/// A field that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// Index of the field within the type.
    pub field: u16,
    /// What the old content has.
    pub old: Option<Field>,
    /// What the new content has.
    pub new: Option<Field>,
}

/// A rule that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleChange {
    /// What became of it.
    pub change: Change,
    /// The id.
    pub id: String,
    /// The title, in the new content where that has it.
    pub title: String,
    /// Words for people, and examples: nothing of it is read when events are matched.
    pub words: WordsChange,
    /// Whether instances that are the same in both come in another order.
    pub is_reordered: bool,
    /// The instances that are different, by ordinal.
    pub instances: Vec<InstanceChange>,
    /// How many of the new rule's instances are the same in the old one.
    pub unchanged: u64,
}

/// What is different of a rule that matching never reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WordsChange {
    /// Another title.
    pub title: Option<Replaced<String>>,
    /// Another author.
    pub author: Option<Replaced<String>>,
    /// Other references.
    pub references: Option<Replaced<Vec<String>>>,
    /// Other examples, or the same in another order.
    pub examples: Option<ChangeCounts>,
}

/// An instance that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InstanceChange {
    /// What became of it.
    pub change: Change,
    /// Which it is in the old content.
    pub old: Option<InstanceName>,
    /// Which it is in the new content.
    pub new: Option<InstanceName>,
    /// The type, in the new content where that has the instance.
    pub template_type: TypeKey,
    /// Name of the type.
    pub type_name: String,
    /// Another version of the type.
    pub version: Option<Replaced<u32>>,
    /// Another severity.
    pub severity: Option<Replaced<Severity>>,
    /// Another disposition.
    pub disposition: Option<Replaced<Disposition>>,
    /// The criteria that are different. Those of an instance that was added or removed, the files themselves tell.
    pub criteria: Vec<CriterionChange>,
}

/// Which instance one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstanceName {
    /// Id: the index within its file.
    pub id: u32,
    /// The place among the instances of its rule, from 0.
    pub ordinal: u32,
}

/// A criterion that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CriterionChange {
    /// What became of it.
    pub change: Change,
    /// Index of the field within the type.
    pub field: u16,
    /// Name of the field.
    pub field_name: String,
    /// How the patterns are read.
    pub sense: Sense,
    /// Patterns that the new content alone has: all of an added criterion.
    pub added: Vec<Pattern>,
    /// Patterns that the old content alone has: all of a removed criterion.
    pub removed: Vec<Pattern>,
}

impl Changes {
    /// Whether nothing is different: at most the channel and the content version are.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.rules.is_empty()
    }
}

impl RuleChange {
    /// Whether only words for people, examples or the order of instances changed: the rule matches what it matched.
    #[must_use]
    pub fn is_of_words(&self) -> bool {
        self.instances.is_empty()
    }
}

impl WordsChange {
    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ChangeCounts {
    /// All of them.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.added.saturating_add(self.removed).saturating_add(self.changed)
    }

    pub(super) const fn count(&mut self, change: Change) {
        let counter = match change {
            Change::Added => &mut self.added,
            Change::Removed => &mut self.removed,
            Change::Changed => &mut self.changed,
        };
        *counter = counter.saturating_add(1);
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.added = self.added.saturating_add(other.added);
        self.removed = self.removed.saturating_add(other.removed);
        self.changed = self.changed.saturating_add(other.changed);
    }
}

impl Change {
    /// `added`, `removed`, `changed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

impl<T: PartialEq> Replaced<T> {
    /// What was replaced, if it was.
    pub(super) fn of(old: T, new: T) -> Option<Self> {
        (old != new).then_some(Self { old, new })
    }
}
