//! Content written against one template type.

use alloc::vec::Vec;

use super::{Criterion, Disposition, PatternSet, Sense, Severity, Slot, SlotRole, TemplateType, TypeKey};
use crate::error::{Error, ErrorCode, Path, Result};
use crate::runs::runs;

/// Content written against one template type: the criteria that an event must meet, all of them.
///
/// A field without a criterion is a wildcard. The instance carries the number of fields of the type that it was
/// written against; wherever it meets that type again the two numbers are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::TemplateInstance"))]
pub struct TemplateInstance {
    pub(crate) template_type: TypeKey,
    pub(crate) field_count: u16,
    pub(crate) severity: Severity,
    pub(crate) disposition: Disposition,
    /// Ascending, without repetition, never empty; at most one none-of criterion a field.
    pub(crate) criteria: Vec<Criterion>,
}

impl TemplateInstance {
    /// Begins an instance of this type: severity medium, disposition detect.
    #[must_use]
    pub fn builder(template_type: &TemplateType) -> TemplateInstanceBuilder<'_> {
        TemplateInstanceBuilder {
            template_type,
            severity: Severity::Medium,
            disposition: Disposition::Detect,
            criteria: Vec::new(),
        }
    }

    /// The type that it was written against.
    #[must_use]
    pub const fn template_type(&self) -> TypeKey {
        self.template_type
    }

    /// How many fields that type had.
    #[must_use]
    pub const fn field_count(&self) -> u16 {
        self.field_count
    }

    /// How bad a match is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What the sensor does about a match.
    #[must_use]
    pub const fn disposition(&self) -> Disposition {
        self.disposition
    }

    /// The criteria, ascending.
    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The slots of all criteria: the instance's shape.
    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot> + Clone {
        self.criteria.iter().flat_map(Criterion::slots)
    }

    /// Whether these are its slots: quicker than to make them.
    #[inline]
    pub(crate) fn has_slots(&self, slots: &[Slot]) -> bool {
        let mut rest = slots.iter();
        self.criteria.iter().all(|criterion| criterion.has_slots(&mut rest)) && rest.next().is_none()
    }

    /// What a channel file sorts instances by before it looks at their rules.
    pub(crate) fn shape(&self) -> (TypeKey, u16, Vec<Slot>) {
        (self.template_type, self.field_count, self.slots().collect())
    }

    /// Puts the criteria in canonical form.
    pub(crate) fn from_parts(
        template_type: TypeKey,
        field_count: u16,
        severity: Severity,
        disposition: Disposition,
        criteria: Vec<Criterion>,
    ) -> Result<Self> {
        if criteria.is_empty() {
            return Err(Error::new(ErrorCode::InstanceWithoutCriteria, 1, 0));
        }
        let criteria = canonical(criteria)?;
        Ok(Self { template_type, field_count, severity, disposition, criteria })
    }

    /// Compares the instance with the type that it is to live beside.
    pub(crate) fn check(&self, template_type: &TemplateType, path: Path) -> Result<()> {
        if self.field_count != template_type.field_count() {
            let (declared, carried) = (template_type.field_count(), self.field_count);
            return Err(Error::new(ErrorCode::FieldCount, u64::from(declared), u64::from(carried)).within(path));
        }
        self.criteria.iter().try_for_each(|criterion| criterion.check(template_type, path))
    }
}

/// Builds a [`TemplateInstance`].
#[derive(Clone, Debug)]
pub struct TemplateInstanceBuilder<'t> {
    template_type: &'t TemplateType,
    severity: Severity,
    disposition: Disposition,
    criteria: Vec<Criterion>,
}

impl TemplateInstanceBuilder<'_> {
    /// How bad a match is.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// What the sensor does about a match.
    #[must_use]
    pub const fn disposition(mut self, disposition: Disposition) -> Self {
        self.disposition = disposition;
        self
    }

    /// A further criterion, to be met with all the others.
    #[must_use]
    pub fn criterion(mut self, criterion: Criterion) -> Self {
        self.criteria.push(criterion);
        self
    }

    /// Further criteria, to be met with all the others.
    #[must_use]
    pub fn criteria(mut self, criteria: impl IntoIterator<Item = Criterion>) -> Self {
        self.criteria.extend(criteria);
        self
    }

    /// The instance. Criteria are a set: order and repetition do not count, and none-of criteria on one field become one.
    ///
    /// # Errors
    ///
    /// [`InstanceWithoutCriteria`](ErrorCode::InstanceWithoutCriteria), or the code of the first criterion that the
    /// type's fields do not take, with field and pattern in the path.
    pub fn build(self) -> Result<TemplateInstance> {
        let Self { template_type, severity, disposition, criteria } = self;
        criteria.iter().try_for_each(|criterion| criterion.check(template_type, Path::NOWHERE))?;
        TemplateInstance::from_parts(template_type.key(), template_type.field_count(), severity, disposition, criteria)
    }
}

/// Merges the none-of criteria of each field, sorts, and drops repetitions.
fn canonical(criteria: Vec<Criterion>) -> Result<Vec<Criterion>> {
    let (mut excluding, mut result): (Vec<_>, Vec<_>) =
        criteria.into_iter().partition(|criterion| criterion.sense == Sense::NoneOf);
    excluding.sort_by_key(|criterion| criterion.field);
    for run in runs(&excluding, |one, two| one.field == two.field) {
        if let Some(first) = run.first() {
            let patterns = run.iter().flat_map(|criterion| criterion.patterns().iter().cloned());
            result.push(Criterion::new(first.field, Sense::NoneOf, patterns)?);
        }
    }
    // The slots of a criterion are worked out once, not at each comparison; those of equal slots order by their patterns.
    let mut result: Vec<_> =
        result.into_iter().map(|criterion| (criterion.slots().collect::<Vec<_>>(), criterion.patterns)).collect();
    result.sort_unstable();
    result.dedup();
    let criterion = |(slots, patterns): (Vec<Slot>, PatternSet)| {
        let first = slots.first()?;
        let sense = if first.role == SlotRole::NoneOf { Sense::NoneOf } else { Sense::AnyOf };
        Some(Criterion { field: first.field, sense, patterns })
    };
    Ok(result.into_iter().filter_map(criterion).collect())
}
