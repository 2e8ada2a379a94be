//! What is different between the template types of two contents.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::code::FindingCode;
use super::super::finding::{Finding, Place};
use super::super::wording::Listed;
use super::changes::{Change, FieldChange, Replaced, TypeChange};
use super::merge::{Side, merge};
use crate::channel_file::ChannelFile;
use crate::channel_file::view::{FieldView, TypeView};
use crate::template::Field;

/// The types that are different, by key.
pub(super) fn types(old: &ChannelFile<'_>, new: &ChannelFile<'_>) -> Vec<TypeChange> {
    let changes = merge(old.types(), new.types(), |one, two| one.key().cmp(&two.key()));
    let changes = changes.filter_map(|side| match side {
        Side::Old(own) => Some(alone(Change::Removed, &own, Vec::new())),
        Side::New(own) => {
            let earlier = old.types().filter(|earlier| earlier.key().id == own.key().id);
            let earlier = earlier.take_while(|earlier| earlier.key() < own.key()).last();
            let fields = earlier.map_or_else(Vec::new, |earlier| fields(&earlier, &own));
            Some(alone(Change::Added, &own, fields))
        }
        Side::Both(old, new) => {
            let renamed =
                (old.name() != new.name()).then(|| Replaced { old: old.name().into(), new: new.name().into() });
            let change = TypeChange { renamed, ..alone(Change::Changed, &new, fields(&old, &new)) };
            (change.renamed.is_some() || !change.fields.is_empty()).then_some(change)
        }
    });
    changes.collect()
}

/// A version is a list of fields for good: sensors that have it, and content on it, cannot tell that it was changed.
pub(super) fn changed_in_place(change: &TypeChange) -> Option<Finding> {
    let changed: Vec<&FieldChange> = match change.change {
        Change::Removed => return None,
        Change::Changed => change.fields.iter().collect(),
        // A further version appends fields to the one before.
        Change::Added => change.fields.iter().filter(|field| field.old.is_some()).collect(),
    };
    let first = changed.first()?;
    let fields: Vec<String> = changed
        .iter()
        .map(|own| {
            let number = u32::from(own.field).saturating_add(1);
            match (&own.old, &own.new) {
                (Some(old), Some(new)) if old.name != new.name => {
                    format!("field {number} was {} and is {}", old.name, new.name)
                }
                (Some(old), Some(new)) if old.kind != new.kind => {
                    format!("field {number} {} was {} and is {}", new.name, old.kind, new.kind)
                }
                (Some(_), Some(new)) => format!("field {number} {} allows other operators", new.name),
                (Some(old), None) => format!("field {number} {} is gone", old.name),
                (None, Some(new)) => format!("field {number} {} was added", new.name),
                (None, None) => format!("field {number}"),
            }
        })
        .collect();
    let what = if change.change == Change::Changed {
        "was changed without a further version"
    } else {
        "does not begin as the version before"
    };
    let message = format!("version {} of the type {} {what}: {}", change.key.version, change.name, Listed(&fields));
    let place = Place {
        template_type: Some(change.key),
        field: Some(first.field),
        field_name: first.new.as_ref().or(first.old.as_ref()).map(|field| field.name.clone()),
        ..Place::default()
    };
    Some(Finding::new(FindingCode::TypeChanged, place, message))
}

fn alone(change: Change, template_type: &TypeView<'_>, fields: Vec<FieldChange>) -> TypeChange {
    TypeChange {
        change,
        key: template_type.key(),
        name: template_type.name().into(),
        field_count: template_type.field_count(),
        renamed: None,
        fields,
    }
}

/// Fields at one place that are not the same.
fn fields(old: &TypeView<'_>, new: &TypeView<'_>) -> Vec<FieldChange> {
    let places = 0..old.field_count().max(new.field_count());
    let changes = places.filter_map(|field| {
        let (old, new) = (old.field(field).map(owned), new.field(field).map(owned));
        (old != new).then_some(FieldChange { field, old, new })
    });
    changes.collect()
}

fn owned(field: FieldView<'_>) -> Field {
    Field { name: field.name().into(), kind: field.kind(), operators: field.operators() }
}
