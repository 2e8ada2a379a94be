//! Content in few words.

use channel_file::Result;
use channel_file::template::{
    Case, Comparison, Content, ContentBuilder, Criterion, FieldKind, FieldReference, Operator, Pattern, Rule,
    RuleBuilder, Sense, Severity, TemplateInstance, TemplateType,
};

/// A type with fields `00000`, `00001`, … of these kinds.
pub(crate) fn template_type(id: u32, kinds: &[FieldKind]) -> Result<TemplateType> {
    let builder = TemplateType::builder(id, 1, "type");
    let names = (0_u32..).map(|number| format!("{number:05}"));
    kinds.iter().zip(names).fold(builder, |builder, (kind, name)| builder.field(name, *kind)).build()
}

/// Text under an operator, where case counts.
pub(crate) fn exact(operator: Operator, text: impl Into<String>) -> Result<Pattern> {
    Pattern::text(operator, text, Case::Sensitive)
}

/// Text under an operator, case ignored.
pub(crate) fn ignoring(operator: Operator, text: impl Into<String>) -> Result<Pattern> {
    Pattern::text(operator, text, Case::Ignored)
}

/// Met by a value that compares so with that of another field.
pub(crate) fn refers(field: u16, comparison: Comparison) -> Pattern {
    Pattern::field(FieldReference { field, comparison, case: Case::Ignored })
}

/// One condition on a field.
pub(crate) fn any_of(field: u16, patterns: impl IntoIterator<Item = Result<Pattern>>) -> Result<Criterion> {
    Criterion::new(field, Sense::AnyOf, patterns.into_iter().collect::<Result<Vec<_>>>()?)
}

/// One condition that none of these patterns is met.
pub(crate) fn none_of(field: u16, patterns: impl IntoIterator<Item = Result<Pattern>>) -> Result<Criterion> {
    Criterion::new(field, Sense::NoneOf, patterns.into_iter().collect::<Result<Vec<_>>>()?)
}

/// An instance of all these conditions.
pub(crate) fn instance(
    of: &TemplateType,
    criteria: impl IntoIterator<Item = Result<Criterion>>,
) -> Result<TemplateInstance> {
    let criteria = criteria.into_iter().collect::<Result<Vec<_>>>()?;
    TemplateInstance::builder(of).criteria(criteria).build()
}

/// A rule with these instances.
pub(crate) fn rule(id: &str, instances: impl IntoIterator<Item = Result<TemplateInstance>>) -> Result<RuleBuilder> {
    let instances = instances.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(instances.into_iter().fold(Rule::builder(id), RuleBuilder::instance))
}

/// Content of these types and rules.
pub(crate) fn content(
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = Result<RuleBuilder>>,
) -> Result<Content> {
    let builder = types.into_iter().fold(Content::builder(291, 1), ContentBuilder::template_type);
    let rules = rules.into_iter().map(|rule| rule?.build()).collect::<Result<Vec<_>>>()?;
    rules.into_iter().fold(builder, ContentBuilder::rule).build()
}

/// Content of one rule with one instance on these fields.
pub(crate) fn one_instance(
    kinds: &[FieldKind],
    criteria: impl IntoIterator<Item = Result<Criterion>>,
) -> Result<Content> {
    let of = template_type(1, kinds)?;
    let instance = instance(&of, criteria);
    content([of], [rule("rule", [instance])])
}

/// Content of one rule with an instance for each of these criteria, on one field of text.
pub(crate) fn instances_of(criteria: impl IntoIterator<Item = Result<Criterion>>) -> Result<Content> {
    let of = template_type(1, &[FieldKind::Text])?;
    let instances: Vec<_> = criteria.into_iter().map(|criterion| instance(&of, [criterion])).collect();
    content([of], [rule("rule", instances)])
}

/// The same content later: every instance is worse.
pub(crate) fn later(content: &Content) -> Result<Content> {
    let version = content.content_version().saturating_add(1);
    let builder = Content::builder(content.channel(), version);
    let builder = content.types().iter().cloned().fold(builder, ContentBuilder::template_type);
    let worse = |instance: &TemplateInstance| {
        let of = content.template_type(instance.template_type());
        let builder = of.map(|of| TemplateInstance::builder(of).criteria(instance.criteria().iter().cloned()));
        builder.map(|builder| builder.severity(Severity::Critical).build())
    };
    let rule = |rule: &Rule| {
        let builder = Rule::builder(rule.id()).title(rule.title()).author(rule.author());
        let builder = rule.references().iter().fold(builder, |builder, reference| builder.reference(reference));
        let builder = rule.examples().iter().cloned().fold(builder, RuleBuilder::example);
        let instances = rule.instances().iter().filter_map(worse).collect::<Result<Vec<_>>>()?;
        instances.into_iter().fold(builder, RuleBuilder::instance).build()
    };
    let rules = content.rules().iter().map(rule).collect::<Result<Vec<_>>>()?;
    rules.into_iter().fold(builder, ContentBuilder::rule).build()
}
