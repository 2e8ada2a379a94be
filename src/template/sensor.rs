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
pub struct SensorTypes<'t> {
    types: &'t [SensorType<'t>],
    /// Whether their ids ascend, so that one need not look at each.
    ascend: bool,
}

impl<'t> SensorTypes<'t> {
    /// The registry of these types. Where two have the same id, the first counts. In ascending order of their ids they are found
    /// soonest.
    #[must_use]
    pub const fn new(types: &'t [SensorType<'t>]) -> Self {
        Self { types, ascend: ascend(types) }
    }

    /// The types.
    #[must_use]
    pub const fn types(&self) -> &'t [SensorType<'t>] {
        self.types
    }

    /// The type with this id.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&'t SensorType<'t>> {
        if self.ascend {
            let at = self.types.binary_search_by_key(&id, |sensor_type| sensor_type.declared.id).ok()?;
            return self.types.get(at);
        }
        self.types.iter().find(|sensor_type| sensor_type.declared.id == id)
    }
}

/// Whether each id is above the one before.
const fn ascend(mut types: &[SensorType<'_>]) -> bool {
    while let [first, rest @ ..] = types {
        if let [second, ..] = rest
            && first.declared.id >= second.declared.id
        {
            return false;
        }
        types = rest;
    }
    true
}
