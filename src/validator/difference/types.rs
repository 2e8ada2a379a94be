//! What is different between the template types of two contents.

use alloc::vec::Vec;

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
