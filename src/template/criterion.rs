//! One condition on one field.

use core::cmp::Ordering;

use super::fit::value_fault;
use super::{Pattern, PatternSet, Sense, Slot, SlotRole, TemplateType};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::runs::runs;

/// One condition on one field: any of a set of patterns, or none of it.
///
/// Criteria order by their slots, then by their patterns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::Criterion"))]
pub struct Criterion {
    pub(crate) field: u16,
    pub(crate) sense: Sense,
    pub(crate) patterns: PatternSet,
}

impl Criterion {
    /// A criterion on the field with this index. The patterns are a set: order and repetition do not count.
    ///
    /// # Errors
    ///
    /// [`CriterionWithoutPatterns`](ErrorCode::CriterionWithoutPatterns) if there is none.
    pub fn new(field: u16, sense: Sense, patterns: impl IntoIterator<Item = Pattern>) -> Result<Self> {
        match PatternSet::of(patterns) {
            Some(patterns) => Ok(Self { field, sense, patterns }),
            None => Err(Error::new(ErrorCode::CriterionWithoutPatterns, 1, 0)),
        }
    }

    /// Index of the field within the template type.
    #[must_use]
    pub const fn field(&self) -> u16 {
        self.field
    }

    /// How the patterns are read.
    #[must_use]
    pub const fn sense(&self) -> Sense {
        self.sense
    }

    /// The patterns, ascending.
    #[must_use]
    #[inline]
    pub fn patterns(&self) -> &[Pattern] {
        self.patterns.as_slice()
    }

    /// The slots: a run of patterns each, alike in operator and value kind.
    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot> + Clone {
        let alike = |one: &Pattern, two: &Pattern| {
            let (one, two) = (one.as_ref(), two.as_ref());
            one.operator() == two.operator() && one.value_kind() == two.value_kind()
        };
        let mut role = SlotRole::from(self.sense);
        runs(self.patterns(), alike).filter_map(move |run| {
            let first = run.first()?.as_ref();
            let slot = Slot {
                field: self.field,
                role,
                operator: first.operator(),
                value_kind: first.value_kind(),
                count: u32::try_from(run.len()).unwrap_or(u32::MAX),
            };
            role = SlotRole::Continues;
            Some(slot)
        })
    }

    /// Whether these begin with its slots, which are then taken.
    #[inline]
    pub(crate) fn has_slots(&self, slots: &mut core::slice::Iter<'_, Slot>) -> bool {
        if let [pattern] = self.patterns() {
            let pattern = pattern.as_ref();
            let (operator, value_kind) = (pattern.operator(), pattern.value_kind());
            let slot = Slot { field: self.field, role: self.sense.into(), operator, value_kind, count: 1 };
            return slots.next() == Some(&slot);
        }
        self.slots().all(|slot| slots.next() == Some(&slot))
    }

    /// Whether each pattern can be asked of its field; `path` is that of the instance.
    pub(crate) fn check(&self, template_type: &TemplateType, path: Path) -> Result<()> {
        let fields = template_type.fields();
        let Some(field) = fields.get(usize::from(self.field)) else {
            return Err(Error::new(
                ErrorCode::SlotField,
                u64::from(template_type.field_count()),
                u64::from(self.field),
            )
            .within(path.field(self.field)));
        };
        for (index, pattern) in counted(0_u32, self.patterns()) {
            let pattern = pattern.as_ref();
            let fault = if !field.kind().takes(pattern.operator(), pattern.value_kind()) {
                Some((ErrorCode::OperatorForKind, u64::from(field.kind().code()), u64::from(pattern.operator().code())))
            } else if !field.operators().contains(pattern.operator()) {
                Some((ErrorCode::OperatorNotAllowed, 0, u64::from(pattern.operator().code())))
            } else {
                let kind_of = |index: u16| fields.get(usize::from(index)).map(|other| other.kind());
                value_fault(pattern.value(), self.field, field.kind(), kind_of)
            };
            if let Some((code, expected, found)) = fault {
                return Err(Error::new(code, expected, found).within(path.field(self.field).pattern(index)));
            }
        }
        Ok(())
    }
}

impl Ord for Criterion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.slots().cmp(other.slots()).then_with(|| self.patterns.cmp(&other.patterns))
    }
}

impl PartialOrd for Criterion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
