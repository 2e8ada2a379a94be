//! Shapes: what instances have in common before any value is looked at.

use super::field::coded;
use super::{Operator, Sense, ValueKind};

coded! {
    /// Where in its criterion a slot stands.
    pub enum SlotRole {
        /// First slot of an any-of criterion.
        AnyOf = 0 "any-of",
        /// First slot of a none-of criterion.
        NoneOf = 1 "none-of",
        /// A further slot of the criterion before.
        Continues = 2 "continues",
    }
}

impl From<Sense> for SlotRole {
    fn from(sense: Sense) -> Self {
        match sense {
            Sense::AnyOf => Self::AnyOf,
            Sense::NoneOf => Self::NoneOf,
        }
    }
}

/// A run of patterns of one criterion that share operator and value kind. The slots of an instance, in order, are its
/// shape; shapes order slot by slot, a slot by its parts in the order given here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Index of the field.
    pub field: u16,
    /// Whether a criterion begins here.
    pub role: SlotRole,
    /// The patterns' operator.
    pub operator: Operator,
    /// What their values are made of.
    pub value_kind: ValueKind,
    /// How many there are; never zero.
    pub count: u32,
}
