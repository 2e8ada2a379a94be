//! Why content was not loaded, or not all of it.

use alloc::vec::Vec;
use core::fmt;

use crate::error::{Error, ErrorCode};
use crate::template::TypeKey;

/// Why a file was not loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub(super) error: Error,
    pub(super) worst: Vec<InstanceCost>,
}

/// What one instance costs. What several instances ask for is counted with each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceCost {
    /// The instance's id.
    pub instance: u32,
    /// Bytes of memory.
    pub bytes: u64,
    /// Work that a byte of an event can make at the most, in bytes looked at.
    pub work: u64,
}

/// Instances that were left out because the sensor does not have their type in that version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The id of the instance.
    pub instance: u32,
    /// The type that it was written against.
    pub template_type: TypeKey,
    /// What the sensor lacks.
    pub error: Error,
}

impl Refusal {
    /// What is wrong: code, instance, field, numbers.
    #[must_use]
    pub const fn error(&self) -> Error {
        self.error
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.error.code()
    }

    /// Where the budget does not allow the content: the instances that cost most, the worst first. None where its expressions
    /// alone were too much, so that the rest was not looked at; the error then names the instance that went beyond.
    #[must_use]
    pub fn worst(&self) -> &[InstanceCost] {
        &self.worst
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, worst: Vec::new() }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refusal.error
    }
}

impl fmt::Display for Refusal {
    /// The error, then the worst instances.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)?;
        let mut separator = "; the worst instances are ";
        for cost in &self.worst {
            write!(f, "{separator}{} ({} bytes, work {})", cost.instance, cost.bytes, cost.work)?;
            separator = ", ";
        }
        Ok(())
    }
}

impl core::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}
