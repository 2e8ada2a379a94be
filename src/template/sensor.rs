//! What one sensor supplies, for content to be held against.

use super::{DeclaredType, Inputs};

/// A template type that a sensor has, and the number of inputs that its integration code really supplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensorType {
    pub(crate) declared: DeclaredType,
    pub(crate) inputs: usize,
}

impl SensorType {
    /// The type that these inputs belong to; the number of inputs is counted from the input struct itself.
    #[must_use]
    pub const fn of<'a, I: Inputs<'a>>() -> Self {
        Self { declared: I::TYPE, inputs: I::COUNT }
    }

    /// A type whose integration code is written by hand and supplies this many inputs.
    #[must_use]
    pub const fn supplying(declared: DeclaredType, inputs: usize) -> Self {
        Self { declared, inputs }
    }

    /// The declaration.
    #[must_use]
    pub const fn declared(&self) -> &DeclaredType {
        &self.declared
    }

    /// How many inputs the integration code supplies.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        self.inputs
    }
}

/// The registry of a sensor's template types: each in its newest version, which supplies each earlier one as its prefix.
#[derive(Clone, Copy, Debug)]
pub struct SensorTypes<'s>(&'s [SensorType]);

impl<'s> SensorTypes<'s> {
    /// The registry of these types. Where two have the same id, the first counts.
    #[must_use]
    pub const fn new(types: &'s [SensorType]) -> Self {
        Self(types)
    }

    /// The types.
    #[must_use]
    pub const fn types(&self) -> &'s [SensorType] {
        self.0
    }

    /// The type with this id.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&'s SensorType> {
        self.0.iter().find(|sensor_type| sensor_type.declared.id == id)
    }
}
