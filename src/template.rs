//! The model: template types, their fields, and what instances ask of them.
//!
//! This floor knows no bytes. Vocabulary that the checked view needs ([`FieldKind`], [`Operator`], [`PatternRef`], …)
//! is available without an allocator; the owned model ([`TemplateType`], [`TemplateInstance`], [`Content`], …) needs the
//! feature `alloc`.

#[cfg(feature = "alloc")]
mod content;
#[cfg(feature = "alloc")]
mod criterion;
mod declare;
#[cfg(feature = "alloc")]
mod example;
mod field;
mod fit;
mod glob;
#[cfg(feature = "alloc")]
mod instance;
mod name;
mod network;
mod pattern;
#[cfg(feature = "alloc")]
mod pattern_owned;
#[cfg(feature = "alloc")]
mod pattern_set;
#[cfg(feature = "alloc")]
mod rule;
mod sensor;
mod shape;
#[cfg(feature = "alloc")]
mod template_type;
#[cfg(feature = "serde")]
mod unchecked;
mod value;
mod verdict;

pub(crate) use self::fit::value_fault;
pub(crate) use self::pattern::shortlex;
#[cfg(feature = "alloc")]
pub(crate) use self::pattern_set::PatternSet;

#[cfg(feature = "alloc")]
pub use self::{
    content::{Content, ContentBuilder},
    criterion::Criterion,
    example::Example,
    instance::{TemplateInstance, TemplateInstanceBuilder},
    pattern_owned::Pattern,
    rule::{Rule, RuleBuilder},
    template_type::{Field, TemplateType, TemplateTypeBuilder},
    value::OwnedValue,
};
pub use self::{
    declare::{DeclaredField, DeclaredType, Inputs, PlainInput, TypeSource},
    field::{FieldKind, Operator, OperatorSet, ValueKind},
    glob::{GlobDefect, GlobForm, glob_form},
    name::is_name,
    network::IpNetwork,
    pattern::{Case, Comparison, FieldReference, PatternRef, PatternValue},
    sensor::{SensorType, SensorTypes},
    shape::{Slot, SlotRole},
    value::Value,
    verdict::{Disposition, Expectation, Sense, Severity},
};

/// What names a template type: its id, and the version of its field list.
///
/// Types order by id, then version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeKey {
    /// Names the capability in the sensor.
    pub id: u32,
    /// Counts up from 1; each version appends fields to the one before.
    pub version: u32,
}

impl core::fmt::Display for TypeKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} version {}", self.id, self.version)
    }
}
