//! Content in few words.

use channel_file::encode;
use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, TemplateInstance, TemplateType,
};

use crate::Result;

/// The channel of most files.
pub(crate) const CHANNEL: u32 = 291;

/// A type of these fields, each with every operator of its kind.
pub(crate) fn template_type(id: u32, version: u32, name: &str, fields: &[(&str, FieldKind)]) -> Result<TemplateType> {
    let builder = TemplateType::builder(id, version, name);
    Ok(fields.iter().fold(builder, |builder, (name, kind)| builder.field(*name, *kind)).build()?)
}

/// The type of the smallest file.
pub(crate) fn pipe() -> Result<TemplateType> {
    template_type(17, 1, "pipe", &[("name", FieldKind::Text)])
}

/// Text that is compared with regard to case.
pub(crate) fn text(operator: Operator, text: &str) -> Result<Pattern> {
    Ok(Pattern::text(operator, text, Case::Sensitive)?)
}

/// Text that is compared without regard to case.
pub(crate) fn text_ignoring_case(operator: Operator, text: &str) -> Result<Pattern> {
    Ok(Pattern::text(operator, text, Case::Ignored)?)
}

/// Any of these patterns.
pub(crate) fn any_of(field: u16, patterns: impl IntoIterator<Item = Pattern>) -> Result<Criterion> {
    Ok(Criterion::new(field, Sense::AnyOf, patterns)?)
}

/// None of these patterns.
pub(crate) fn none_of(field: u16, patterns: impl IntoIterator<Item = Pattern>) -> Result<Criterion> {
    Ok(Criterion::new(field, Sense::NoneOf, patterns)?)
}

/// An instance of these criteria.
pub(crate) fn instance(
    template_type: &TemplateType,
    criteria: impl IntoIterator<Item = Criterion>,
) -> Result<TemplateInstance> {
    Ok(TemplateInstance::builder(template_type).criteria(criteria).build()?)
}

/// A rule of these instances, without words for people.
pub(crate) fn rule(id: &str, instances: impl IntoIterator<Item = TemplateInstance>) -> Result<Rule> {
    let builder = Rule::builder(id);
    Ok(instances.into_iter().fold(builder, channel_file::template::RuleBuilder::instance).build()?)
}

/// The file of these types and rules.
pub(crate) fn file(
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = Rule>,
) -> Result<Vec<u8>> {
    let builder = types.into_iter().fold(Content::builder(CHANNEL, 1), |builder, one| builder.template_type(one));
    let content = rules.into_iter().fold(builder, |builder, rule| builder.rule(rule)).build()?;
    Ok(encode(&content)?)
}

/// The file of one type and one rule, `r`, with one instance of these criteria.
pub(crate) fn file_of(template_type: TemplateType, criteria: impl IntoIterator<Item = Criterion>) -> Result<Vec<u8>> {
    let rule = rule("r", [instance(&template_type, criteria)?])?;
    file([template_type], [rule])
}
