//! What one sensor supplies, for content to be held against.

use super::{DeclaredType, Inputs};

/// A template type that a sensor has, and the number of inputs that its integration code really supplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensorType<'t> {
    pub(crate) declared: DeclaredType<'t>,
    pub(crate) inputs: usize,
}

impl<'t> SensorType<'t> {
    /// The type that these inputs belong to; the number of inputs is counted from the input struct itself.
    #[must_use]
    pub const fn of<'a, I: Inputs<'a>>() -> Self {
        Self { declared: I::TYPE, inputs: I::COUNT }
    }

    /// A type whose integration code is written by hand and supplies this many inputs.
    #[must_use]
    pub const fn supplying(declared: DeclaredType<'t>, inputs: usize) -> Self {
        Self { declared, inputs }
    }

    /// The declaration.
    #[must_use]
    pub const fn declared(&self) -> &DeclaredType<'t> {
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
pub struct SensorTypes<'t>(&'t [SensorType<'t>]);

impl<'t> SensorTypes<'t> {
    /// The registry of these types. Where two have the same id, the first counts.
    #[must_use]
    pub const fn new(types: &'t [SensorType<'t>]) -> Self {
        Self(types)
    }

    /// The types.
    #[must_use]
    pub const fn types(&self) -> &'t [SensorType<'t>] {
        self.0
    }

    /// The type with this id.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&'t SensorType<'t>> {
        self.0.iter().find(|sensor_type| sensor_type.declared.id == id)
    }
}
