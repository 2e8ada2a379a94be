//! From bytes to the owned model.

use alloc::vec::Vec;

use super::ChannelFile;
use super::view::{CriterionView, ExampleView, InstanceView, RuleView, TypeView};
use crate::error::Result;
use crate::limits::Limits;
use crate::template::{
    Content, Criterion, Example, Field, OwnedValue, Pattern, PatternSet, Rule, TemplateInstance, TemplateType,
};

/// Checks the bytes of a channel file and makes the owned model of what they say. Takes at most 192
/// bytes of memory for each byte of the file, and 4 KiB.
///
/// # Errors
///
/// Those of [`ChannelFile::open`].
pub fn decode(bytes: &[u8]) -> Result<Content> {
    decode_with(bytes, &Limits::DEFAULT)
}

/// Checks the bytes of a channel file under limits of the caller's and makes the owned model of what they say. Takes at most 192
/// bytes of memory for each byte of the file, and 4 KiB.
///
/// # Errors
///
/// Those of [`ChannelFile::open_with`].
pub fn decode_with(bytes: &[u8], limits: &Limits) -> Result<Content> {
    ChannelFile::open_with(bytes, limits).map(|file| file.to_content())
}

impl ChannelFile<'_> {
    /// The owned model of what the file says.
    #[must_use]
    pub fn to_content(self) -> Content {
        let file = &self;
        let mut rules: Vec<_> = file.rules().map(rule).collect();
        for instance in file.instances() {
            if let Some(rule) = rules.get_mut(crate::wire::index(instance.rule().index())) {
                rule.instances.push(template_instance(&instance));
            }
        }
        Content {
            channel: file.channel(),
            content_version: file.content_version(),
            types: file.types().map(template_type).collect(),
            rules,
        }
    }
}

fn template_type(view: TypeView<'_>) -> TemplateType {
    let fields = view.fields().map(|field| Field {
        name: field.name().into(),
        kind: field.kind(),
        operators: field.operators(),
    });
    TemplateType { key: view.key(), name: view.name().into(), fields: fields.collect() }
}

/// The rule without its instances: those come in the order of the file, which within a rule is that of the model.
fn rule(view: RuleView<'_>) -> Rule {
    Rule {
        id: view.id().into(),
        title: view.title().into(),
        author: view.author().into(),
        references: view.references().map(Into::into).collect(),
        instances: Vec::new(),
        examples: view.examples().map(example).collect(),
    }
}

fn template_instance(view: &InstanceView<'_>) -> TemplateInstance {
    let views = view.criteria();
    let mut criteria = Vec::with_capacity(views.len());
    criteria.extend(views.filter_map(criterion));
    TemplateInstance {
        template_type: view.template_type().key(),
        field_count: view.field_count(),
        severity: view.severity(),
        disposition: view.disposition(),
        criteria,
    }
}

/// Without patterns there is no criterion: an open file has none such.
fn criterion(view: CriterionView<'_>) -> Option<Criterion> {
    let patterns = PatternSet::from_ascending(view.patterns().map(Pattern::from))?;
    Some(Criterion { field: view.field(), sense: view.sense(), patterns })
}

fn example(view: ExampleView<'_>) -> Example {
    Example {
        template_type: view.template_type().key(),
        expectation: view.expectation(),
        values: view.values().map(OwnedValue::from).collect(),
    }
}
