//! Events that come with the content and say what it must do.

use alloc::vec::Vec;

use super::{Expectation, OwnedValue, TemplateType, TypeKey};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};

/// An event that a rule must match, or must not: a value, or none, for each field of a template type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Example {
    pub(crate) template_type: TypeKey,
    pub(crate) expectation: Expectation,
    pub(crate) values: Vec<OwnedValue>,
}

impl Example {
    /// An event of this type.
    ///
    /// # Errors
    ///
    /// [`ExampleValues`](ErrorCode::ExampleValues) if there are more or fewer values than the type has fields,
    /// [`ExampleValue`](ErrorCode::ExampleValue) for a value of another kind than its field's.
    pub fn new(
        template_type: &TemplateType,
        expectation: Expectation,
        values: impl IntoIterator<Item = OwnedValue>,
    ) -> Result<Self> {
        let example = Self { template_type: template_type.key(), expectation, values: values.into_iter().collect() };
        example.check(template_type)?;
        Ok(example)
    }

    /// The type of the event.
    #[must_use]
    pub const fn template_type(&self) -> TypeKey {
        self.template_type
    }

    /// What the rule must do with it.
    #[must_use]
    pub const fn expectation(&self) -> Expectation {
        self.expectation
    }

    /// The values, one a field.
    #[must_use]
    pub fn values(&self) -> &[OwnedValue] {
        &self.values
    }

    pub(crate) fn check(&self, template_type: &TemplateType) -> Result<()> {
        let fields = template_type.fields();
        if fields.len() != self.values.len() {
            let found = u64::try_from(self.values.len()).unwrap_or(u64::MAX);
            return Err(Error::new(ErrorCode::ExampleValues, u64::from(template_type.field_count()), found));
        }
        for ((index, field), value) in counted(0_u16, fields).zip(&self.values) {
            if !value.as_ref().fits(field.kind()) {
                let error = Error::new(ErrorCode::ExampleValue, 0, u64::from(field.kind().code()));
                return Err(error.within(Path::NOWHERE.field(index)));
            }
        }
        Ok(())
    }
}
