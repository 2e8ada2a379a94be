//! Types, rules, instances and criteria that are different, with patterns as sources have them.

use channel_file::ChannelFile;
use channel_file::template::{Field, FieldKind, Pattern, PatternRef};
use channel_file::validator::{
    Change, CriterionChange, FieldChange, InstanceChange, InstanceName, Replaced, RuleChange, TypeChange,
};
use channel_file::view::{InstanceView, TypeView};
use channel_file_content::PatternText;
use serde::Serialize;

use super::report::Counts;
use crate::report::found::Type;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChangedType {
    pub(super) change: &'static str,
    #[serde(flatten)]
    pub(super) key: Type,
    pub(super) name: String,
    pub(super) field_count: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) renamed: Option<Was<String>>,
    pub(super) fields: Vec<ChangedField>,
}

/// Something that was replaced.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Was<T> {
    pub(super) old: T,
    pub(super) new: T,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ChangedField {
    pub(super) field: u16,
    /// The same, from 1.
    pub(super) field_number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) old: Option<OneField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<OneField>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OneField {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) operators: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChangedRule {
    pub(super) change: &'static str,
    pub(super) rule: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_title: Option<Was<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_author: Option<Was<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_references: Option<Was<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) examples: Option<Counts>,
    pub(super) reordered: bool,
    pub(super) unchanged_instances: u64,
    pub(super) instances: Vec<ChangedInstance>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ChangedInstance {
    pub(super) change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) old: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<Name>,
    pub(super) template_type: Type,
    pub(super) type_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<Was<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) severity: Option<Was<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) disposition: Option<Was<&'static str>>,
    pub(super) criteria: Vec<ChangedCriterion>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Name {
    pub(super) instance: u32,
    pub(super) ordinal: u32,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ChangedCriterion {
    pub(super) change: &'static str,
    pub(super) field: u16,
    /// The same, from 1.
    pub(super) field_number: u32,
    pub(super) field_name: String,
    pub(super) sense: &'static str,
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
}

impl<T> Was<T> {
    fn of<U>(replaced: &Replaced<U>, shown: impl Fn(&U) -> T) -> Self {
        Self { old: shown(&replaced.old), new: shown(&replaced.new) }
    }
}

impl ChangedType {
    pub(super) fn of(change: &TypeChange) -> Self {
        Self {
            change: change.change.name(),
            key: Type::of(change.key),
            name: change.name.clone(),
            field_count: change.field_count,
            renamed: change.renamed.as_ref().map(|renamed| Was::of(renamed, String::clone)),
            fields: change.fields.iter().map(ChangedField::of).collect(),
        }
    }
}

impl ChangedField {
    fn of(change: &FieldChange) -> Self {
        let one = |field: &Field| OneField {
            name: field.name().to_owned(),
            kind: field.kind().name(),
            operators: field.operators().iter().map(|operator| operator.name()).collect(),
        };
        Self {
            field: change.field,
            field_number: u32::from(change.field).saturating_add(1),
            old: change.old.as_ref().map(one),
            new: change.new.as_ref().map(one),
        }
    }
}

impl ChangedRule {
    /// The rule, with what the two files say of its instances.
    pub(super) fn of(change: &RuleChange, files: (&ChannelFile<'_>, &ChannelFile<'_>)) -> Self {
        let words = &change.words;
        Self {
            change: change.change.name(),
            rule: change.id.clone(),
            title: change.title.clone(),
            new_title: words.title.as_ref().map(|title| Was::of(title, String::clone)),
            new_author: words.author.as_ref().map(|author| Was::of(author, String::clone)),
            new_references: words.references.as_ref().map(|references| Was::of(references, Vec::clone)),
            examples: words.examples.map(Counts::from),
            reordered: change.is_reordered,
            unchanged_instances: change.unchanged,
            instances: change.instances.iter().map(|instance| ChangedInstance::of(instance, files)).collect(),
        }
    }
}

impl ChangedInstance {
    fn of(change: &InstanceChange, (old, new): (&ChannelFile<'_>, &ChannelFile<'_>)) -> Self {
        let old_view = change.old.and_then(|name| old.instance(name.id));
        let new_view = change.new.and_then(|name| new.instance(name.id));
        let criteria = match (change.change, &old_view, &new_view) {
            (Change::Added, _, Some(view)) => whole(view, change.change),
            (Change::Removed, Some(view), _) => whole(view, change.change),
            (_, Some(old), Some(new)) => {
                let types = (old.template_type(), new.template_type());
                change.criteria.iter().map(|criterion| ChangedCriterion::of(criterion, &types)).collect()
            }
            _ => Vec::new(),
        };
        let name = |name: InstanceName| Name { instance: name.id, ordinal: name.ordinal };
        Self {
            change: change.change.name(),
            old: change.old.map(name),
            new: change.new.map(name),
            template_type: Type::of(change.template_type),
            type_name: change.type_name.clone(),
            version: change.version.as_ref().map(|version| Was::of(version, |version| *version)),
            severity: change.severity.as_ref().map(|severity| Was::of(severity, |severity| severity.name())),
            disposition: change.disposition.as_ref().map(|own| Was::of(own, |own| own.name())),
            criteria,
        }
    }
}

/// All criteria of an instance that only one of the files has.
fn whole(instance: &InstanceView<'_>, change: Change) -> Vec<ChangedCriterion> {
    let template_type = instance.template_type();
    let criteria = instance.criteria().map(|criterion| {
        let text = |pattern| text(pattern, criterion.field(), &template_type);
        let patterns: Vec<String> = criterion.patterns().map(text).collect();
        let name = template_type.field(criterion.field()).map_or("", |field| field.name());
        let (added, removed) = if change == Change::Added { (patterns, Vec::new()) } else { (Vec::new(), patterns) };
        ChangedCriterion {
            change: change.name(),
            field: criterion.field(),
            field_number: u32::from(criterion.field()).saturating_add(1),
            field_name: name.to_owned(),
            sense: criterion.sense().name(),
            added,
            removed,
        }
    });
    criteria.collect()
}

impl ChangedCriterion {
    fn of(change: &CriterionChange, (old, new): &(TypeView<'_>, TypeView<'_>)) -> Self {
        let texts = |patterns: &[Pattern], template_type: &TypeView<'_>| -> Vec<String> {
            patterns.iter().map(|pattern| text(pattern.as_ref(), change.field, template_type)).collect()
        };
        Self {
            change: change.change.name(),
            field: change.field,
            field_number: u32::from(change.field).saturating_add(1),
            field_name: change.field_name.clone(),
            sense: change.sense.name(),
            added: texts(&change.added, new),
            removed: texts(&change.removed, old),
        }
    }
}

/// A pattern, as a source has it.
fn text(pattern: PatternRef<'_>, field: u16, template_type: &TypeView<'_>) -> String {
    let kind = template_type.field(field).map_or(FieldKind::Text, |field| field.kind());
    let name = |field| template_type.field(field).map_or("", |field| field.name());
    PatternText::of(pattern, kind, name).to_string()
}
