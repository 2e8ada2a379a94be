//! Changes of what a file says, not of its bytes: the result is valid again, so that the next change starts from there.

use std::collections::BTreeSet;

use channel_file::template::{
    Content, ContentBuilder, Criterion, Operator, Pattern, PatternValue, Rule, RuleBuilder, Sense, TemplateInstance,
    TemplateType, TypeKey,
};

use crate::choices::Choices;
use crate::mutate::EngineMutate;

/// Rules of both, on the types of both; where two types have the same key, those of the first count. `None` if the two do not
/// go together.
pub(crate) fn cross(one: &Content, other: &Content, choices: &mut Choices<'_>) -> Option<Content> {
    let known: BTreeSet<TypeKey> = one.types().iter().map(TemplateType::key).collect();
    let further = other.types().iter().filter(|own| !known.contains(&own.key()));
    let mut builder = Content::builder(one.channel(), other.content_version());
    for own in one.types().iter().chain(further) {
        builder = builder.template_type(own.clone());
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for rule in one.rules().iter().chain(other.rules()) {
        if !taken.contains(rule.id()) && (taken.is_empty() || choices.percent(60)) {
            taken.insert(rule.id());
            builder = builder.rule(rule.clone());
        }
    }
    builder.build().ok()
}

/// The same content with a small change; `None` if that cannot be said.
pub(crate) fn change(content: &Content, choices: &mut Choices<'_>, engine: &mut EngineMutate<'_>) -> Option<Content> {
    let changed = choices.below(content.rules().len());
    let types = content.types().iter().cloned();
    let mut builder =
        types.fold(Content::builder(content.channel(), content.content_version()), ContentBuilder::template_type);
    let leaves_out = content.rules().len() > 1 && choices.percent(10);
    for (index, rule) in content.rules().iter().enumerate() {
        if index != changed {
            builder = builder.rule(rule.clone());
        } else if !leaves_out {
            builder = builder.rule(change_rule(content, rule, choices, engine)?);
        }
    }
    builder.build().ok()
}

fn change_rule(
    content: &Content,
    rule: &Rule,
    choices: &mut Choices<'_>,
    engine: &mut EngineMutate<'_>,
) -> Option<Rule> {
    let changed = choices.below(rule.instances().len());
    let what = choices.below(8);
    let mut instances = rule.instances().to_vec();
    match what {
        0 => instances.extend(rule.instances().get(changed).cloned()),
        1 if instances.len() > 1 => drop(instances.remove(changed)),
        2 => {
            let from = choices.one_of(content.rules())?;
            instances.extend(choices.one_of(from.instances()).cloned());
        }
        _ => {
            let instance = instances.get_mut(changed)?;
            *instance = change_instance(content, instance, choices, engine)?;
        }
    }
    let builder = Rule::builder(rule.id()).title(rule.title()).author(rule.author());
    let builder = rule.references().iter().fold(builder, |builder, reference| builder.reference(reference));
    let builder = instances.into_iter().fold(builder, RuleBuilder::instance);
    rule.examples().iter().cloned().fold(builder, RuleBuilder::example).build().ok()
}

fn change_instance(
    content: &Content,
    instance: &TemplateInstance,
    choices: &mut Choices<'_>,
    engine: &mut EngineMutate<'_>,
) -> Option<TemplateInstance> {
    let own = content.template_type(instance.template_type())?;
    let changed = choices.below(instance.criteria().len());
    let mut criteria = instance.criteria().to_vec();
    match choices.below(6) {
        0 if criteria.len() > 1 => drop(criteria.remove(changed)),
        1 => {
            let field = u16::try_from(choices.below(own.fields().len())).ok()?;
            let from = criteria.get(changed)?;
            criteria.push(Criterion::new(field, from.sense(), from.patterns().to_vec()).ok()?);
        }
        2 => {
            let from = criteria.get_mut(changed)?;
            let sense = if from.sense() == Sense::AnyOf { Sense::NoneOf } else { Sense::AnyOf };
            *from = Criterion::new(from.field(), sense, from.patterns().to_vec()).ok()?;
        }
        _ => {
            let from = criteria.get_mut(changed)?;
            let mut patterns = from.patterns().to_vec();
            let index = choices.below(patterns.len());
            let pattern = patterns.get(index)?;
            let new = change_pattern(pattern, choices, engine)?;
            if choices.percent(30) {
                patterns.push(new);
            } else if let Some(old) = patterns.get_mut(index) {
                *old = new;
            }
            *from = Criterion::new(from.field(), from.sense(), patterns).ok()?;
        }
    }
    let builder = TemplateInstance::builder(own).severity(instance.severity()).disposition(instance.disposition());
    builder.criteria(criteria).build().ok()
}

fn change_pattern(pattern: &Pattern, choices: &mut Choices<'_>, engine: &mut EngineMutate<'_>) -> Option<Pattern> {
    let pattern = pattern.as_ref();
    match pattern.value() {
        PatternValue::Text(text, case) => {
            let others = [Operator::Equals, Operator::StartsWith, Operator::EndsWith, Operator::Contains];
            let other = if choices.percent(20) { choices.one_of(&others).copied() } else { None };
            let operator = other.unwrap_or(pattern.operator());
            let text = String::from_utf8_lossy(&by_engine(text.as_bytes(), engine)).into_owned();
            Pattern::text(operator, text, case).ok()
        }
        PatternValue::Bytes(bytes) => Pattern::bytes(pattern.operator(), by_engine(bytes, engine)).ok(),
        PatternValue::Unsigned(number) => Some(Pattern::unsigned(number.wrapping_add(choices.number() >> 56))),
        PatternValue::Signed(number) => Some(Pattern::signed(number.wrapping_sub(1))),
        PatternValue::UnsignedRange(low, high) => Pattern::unsigned_range(low, high.wrapping_add(1)).ok(),
        PatternValue::SignedRange(low, high) => Pattern::signed_range(low.wrapping_sub(1), high).ok(),
        _ => Some(if choices.percent(50) { Pattern::absent() } else { Pattern::empty() }),
    }
}

/// Bytes as an engine changes them, at most a few longer.
fn by_engine(bytes: &[u8], engine: &mut EngineMutate<'_>) -> Vec<u8> {
    let mut buffer = bytes.to_vec();
    buffer.resize(bytes.len().saturating_add(16), 0);
    let size = engine(&mut buffer, bytes.len());
    buffer.truncate(size);
    buffer
}
