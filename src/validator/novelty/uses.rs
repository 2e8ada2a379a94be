//! What contents use of sensors.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::channel_file::ChannelFile;
use crate::channel_file::view::CriterionView;
use crate::interpreter::Interpreter;
use crate::template::{OperatorSet, PatternValue};
use crate::wire::count;

const NO_OPERATOR: OperatorSet = OperatorSet::of(&[]);

/// What one content, or several together, use of sensors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// By id of the type.
    types: BTreeMap<u32, TypeUse>,
    pub(super) most: Most,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypeUse {
    pub(super) versions: BTreeSet<u32>,
    /// The operators of criteria on each field that is read at all. A field that others are only compared with has none.
    pub(super) fields: BTreeMap<u16, OperatorSet>,
}

/// The most of what can be counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Most {
    pub(super) instances: u64,
    pub(super) criteria: u64,
    pub(super) patterns: u64,
    pub(super) pattern_bytes: u64,
    /// Bytes of loaded content; 0 where none was loaded.
    pub(super) memory: u64,
    /// Work of loaded content; 0 where none was loaded.
    pub(super) work: u64,
}

impl Uses {
    pub(super) fn of(file: &ChannelFile<'_>) -> Self {
        let mut uses = Self::default();
        uses.most.instances = count(file.instances().len());
        for instance in file.instances() {
            let key = instance.template_type().key();
            let own = uses.types.entry(key.id).or_default();
            own.versions.insert(key.version);
            uses.most.criteria = uses.most.criteria.max(count(instance.criteria().len()));
            for criterion in instance.criteria() {
                let operators = own.fields.entry(criterion.field()).or_insert(NO_OPERATOR);
                *operators = criterion.slots().fold(*operators, |all, slot| all.with(slot.operator));
                for field in referred(&criterion) {
                    own.fields.entry(field).or_insert(NO_OPERATOR);
                }
                uses.most.patterns = uses.most.patterns.max(count(criterion.patterns().len()));
                uses.most.pattern_bytes = uses.most.pattern_bytes.max(pattern_bytes(&criterion));
            }
        }
        uses
    }

    /// With what the content costs once it is loaded, if it is.
    pub(super) fn costing(mut self, loaded: Option<&Interpreter<'_>>) -> Self {
        (self.most.memory, self.most.work) = loaded.map_or((0, 0), |loaded| (loaded.memory(), loaded.work()));
        self
    }

    /// Adds what another content uses.
    pub(super) fn add(&mut self, other: &Self) {
        for (id, theirs) in &other.types {
            let own = self.types.entry(*id).or_default();
            own.versions.extend(&theirs.versions);
            for (field, theirs) in &theirs.fields {
                let operators = own.fields.entry(*field).or_insert(NO_OPERATOR);
                *operators = theirs.iter().fold(*operators, OperatorSet::with);
            }
        }
        self.most.add(&other.most);
    }

    pub(super) fn of_type(&self, id: u32) -> Option<&TypeUse> {
        self.types.get(&id)
    }
}

impl Most {
    fn add(&mut self, other: &Self) {
        self.instances = self.instances.max(other.instances);
        self.criteria = self.criteria.max(other.criteria);
        self.patterns = self.patterns.max(other.patterns);
        self.pattern_bytes = self.pattern_bytes.max(other.pattern_bytes);
        self.memory = self.memory.max(other.memory);
        self.work = self.work.max(other.work);
    }
}

/// The other fields that a criterion reads: those that its own is compared with.
pub(super) fn referred<'c>(criterion: &CriterionView<'c>) -> impl Iterator<Item = u16> + use<'c> {
    let has_any = criterion.slots().any(|slot| slot.operator == crate::template::Operator::FieldReference);
    let patterns = has_any.then(|| criterion.patterns()).into_iter().flatten();
    patterns.filter_map(|pattern| match pattern.value() {
        PatternValue::Field(reference) => Some(reference.field),
        _ => None,
    })
}

/// Bytes of the longest pattern of a criterion.
pub(super) fn pattern_bytes(criterion: &CriterionView<'_>) -> u64 {
    let bytes = criterion.patterns().map(|pattern| match pattern.value() {
        PatternValue::Text(text, _) => count(text.len()),
        PatternValue::Bytes(bytes) => count(bytes.len()),
        _ => 0,
    });
    bytes.max().unwrap_or_default()
}
