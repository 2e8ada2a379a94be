//! Criteria, and whether anything meets them.

pub(crate) mod impossible;
pub(crate) mod met;
pub(crate) mod references;
pub(crate) mod sound;

use channel_file::template::{Criterion, FieldKind};

/// The kinds of the fields, and criteria on them.
pub(crate) type Case = (Vec<FieldKind>, Vec<Criterion>);

pub(crate) fn on_text(criteria: impl Into<Vec<Criterion>>) -> Case {
    (vec![FieldKind::Text; 3], criteria.into())
}
