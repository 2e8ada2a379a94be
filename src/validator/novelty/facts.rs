//! What can be new, and the instances that make it so.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::users::Users;
use super::uses::{Uses, referred};
use crate::channel_file::ChannelFile;
use crate::counted::counted;
use crate::template::{Operator, TypeKey};

/// What can be new.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Fact {
    /// Something is asked of a field.
    Field {
        /// Id of the type.
        id: u32,
        /// Index of the field.
        field: u16,
    },
    /// An instance is on a type, in this version at the most.
    Type {
        /// Id of the type.
        id: u32,
    },
    /// An instance is on a version of a type that earlier content is on.
    Version(TypeKey),
    /// An operator is used on a field of which other things were asked.
    Operator {
        /// Id of the type.
        id: u32,
        /// Index of the field.
        field: u16,
        /// The operator.
        operator: Operator,
    },
    /// There is more of something.
    Maximum(Maximum, u64),
    /// The channel, or the content version.
    Succession,
}

/// Of what there can be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Maximum {
    Instances,
    Criteria,
    Patterns,
    PatternBytes,
    Memory,
    Work,
}

/// What is new in a content, with the instances that make it so.
#[derive(Default)]
pub(super) struct Facts(BTreeMap<Fact, Users>);

impl Facts {
    /// Holds each instance against what all earlier contents use. Of a new type neither fields nor operators are new, and of
    /// a new field no operator is: that goes without saying.
    pub(super) fn of(new: &ChannelFile<'_>, before: &Uses) -> Self {
        let mut facts: BTreeMap<Fact, Users> = BTreeMap::new();
        for instance in new.instances() {
            let key = instance.template_type().key();
            let id = key.id;
            let mut add = |fact, criterion| facts.entry(fact).or_default().add(&instance, criterion);
            let Some(known) = before.of_type(id) else {
                add(Fact::Type { id }, None);
                continue;
            };
            if !known.versions.contains(&key.version) {
                add(Fact::Version(key), None);
            }
            for (number, criterion) in counted(0_u16, instance.criteria()) {
                let field = criterion.field();
                match known.fields.get(&field) {
                    None => add(Fact::Field { id, field }, Some(number)),
                    Some(operators) => {
                        for slot in criterion.slots().filter(|slot| !operators.contains(slot.operator)) {
                            add(Fact::Operator { id, field, operator: slot.operator }, Some(number));
                        }
                    }
                }
                for field in referred(&criterion).filter(|field| !known.fields.contains_key(field)) {
                    add(Fact::Field { id, field }, Some(number));
                }
            }
        }
        Self(facts)
    }

    pub(super) fn into_list(self) -> Vec<(Fact, Users)> {
        self.0.into_iter().collect()
    }
}
