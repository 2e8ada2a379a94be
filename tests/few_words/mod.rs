//! Content in few words.
#![allow(dead_code, reason = "each test takes what it needs")]

use channel_file::template::{
    Case, Content, ContentBuilder, Criterion, FieldKind, Operator, Pattern, Rule, RuleBuilder, Sense, TemplateInstance,
    TemplateType,
};

/// Type `id`, version 1, `t`, with fields `a`, `b`, … of these kinds.
pub(crate) fn template_type(id: u32, kinds: &[FieldKind]) -> TemplateType {
    let builder = TemplateType::builder(id, 1, "t");
    let names = ('a'..='z').map(String::from);
    kinds.iter().zip(names).fold(builder, |builder, (kind, name)| builder.field(name, *kind)).build().expect("a type")
}

pub(crate) fn equals(text: &str) -> Pattern {
    Pattern::text(Operator::Equals, text, Case::Sensitive).expect("a character")
}

pub(crate) fn any_of(field: u16, patterns: impl IntoIterator<Item = Pattern>) -> Criterion {
    Criterion::new(field, Sense::AnyOf, patterns).expect("a pattern")
}

pub(crate) fn instance(of: &TemplateType, criteria: impl IntoIterator<Item = Criterion>) -> TemplateInstance {
    TemplateInstance::builder(of).criteria(criteria).build().expect("the criteria fit")
}

pub(crate) fn rule(id: &str, instances: impl IntoIterator<Item = TemplateInstance>) -> RuleBuilder {
    instances.into_iter().fold(Rule::builder(id), RuleBuilder::instance)
}

pub(crate) fn content(
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = RuleBuilder>,
) -> Content {
    let builder = types.into_iter().fold(Content::builder(291, 1), ContentBuilder::template_type);
    let rules = rules.into_iter().map(|rule| rule.build().expect("a rule"));
    rules.fold(builder, ContentBuilder::rule).build().expect("content")
}
