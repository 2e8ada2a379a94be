//! What `serde` reads before the model's own constructors have looked at it.

use alloc::{string::String, vec::Vec};
use core::net::IpAddr;

use super::{Case, Disposition, Example, FieldReference, IpNetwork, Operator, PatternValue, Sense, Severity, TypeKey};
use crate::error::{Error, ErrorCode};

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Value {
    None,
    Text(String),
    TextIgnoringCase(String),
    Bytes(Vec<u8>),
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Address(IpAddr),
    Network(IpNetwork),
    UnsignedRange(u64, u64),
    SignedRange(i64, i64),
    Field(FieldReference),
}

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Pattern {
    operator: Operator,
    value: Value,
}

impl From<super::Pattern> for Pattern {
    fn from(pattern: super::Pattern) -> Self {
        let pattern = pattern.as_ref();
        let value = match pattern.value() {
            PatternValue::None => Value::None,
            PatternValue::Text(text, Case::Sensitive) => Value::Text(text.into()),
            PatternValue::Text(text, Case::Ignored) => Value::TextIgnoringCase(text.into()),
            PatternValue::Bytes(bytes) => Value::Bytes(bytes.into()),
            PatternValue::Boolean(value) => Value::Boolean(value),
            PatternValue::Unsigned(value) => Value::Unsigned(value),
            PatternValue::Signed(value) => Value::Signed(value),
            PatternValue::Address(address) => Value::Address(address),
            PatternValue::Network(network) => Value::Network(network),
            PatternValue::UnsignedRange(low, high) => Value::UnsignedRange(low, high),
            PatternValue::SignedRange(low, high) => Value::SignedRange(low, high),
            PatternValue::Field(reference) => Value::Field(reference),
        };
        Self { operator: pattern.operator(), value }
    }
}

impl TryFrom<Pattern> for super::Pattern {
    type Error = Error;

    fn try_from(Pattern { operator, value }: Pattern) -> Result<Self, Error> {
        let pattern = match value {
            Value::None if operator == Operator::Absent => Self::absent(),
            Value::None => Self::empty(),
            Value::Text(text) => Self::text(operator, text, Case::Sensitive)?,
            Value::TextIgnoringCase(text) => Self::text(operator, text, Case::Ignored)?,
            Value::Bytes(bytes) => Self::bytes(operator, bytes)?,
            Value::Boolean(value) => Self::boolean(value),
            Value::Unsigned(value) => Self::unsigned(value),
            Value::Signed(value) => Self::signed(value),
            Value::Address(address) => Self::address(address),
            Value::Network(network) => Self::network(network)?,
            Value::UnsignedRange(low, high) => Self::unsigned_range(low, high)?,
            Value::SignedRange(low, high) => Self::signed_range(low, high)?,
            Value::Field(reference) => Self::field(reference),
        };
        if pattern.as_ref().operator() == operator {
            Ok(pattern)
        } else {
            Err(Error::new(ErrorCode::OperatorForKind, 0, u64::from(operator.code())))
        }
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Criterion {
    field: u16,
    sense: Sense,
    patterns: Vec<super::Pattern>,
}

impl TryFrom<Criterion> for super::Criterion {
    type Error = Error;

    fn try_from(criterion: Criterion) -> Result<Self, Error> {
        Self::new(criterion.field, criterion.sense, criterion.patterns)
    }
}

#[derive(serde::Deserialize)]
pub(super) struct TemplateInstance {
    template_type: TypeKey,
    field_count: u16,
    severity: Severity,
    disposition: Disposition,
    criteria: Vec<super::Criterion>,
}

impl TryFrom<TemplateInstance> for super::TemplateInstance {
    type Error = Error;

    fn try_from(instance: TemplateInstance) -> Result<Self, Error> {
        let TemplateInstance { template_type, field_count, severity, disposition, criteria } = instance;
        Self::from_parts(template_type, field_count, severity, disposition, criteria)
    }
}

#[derive(serde::Deserialize)]
pub(super) struct TemplateType {
    key: TypeKey,
    name: String,
    fields: Vec<super::Field>,
}

impl TryFrom<TemplateType> for super::TemplateType {
    type Error = Error;

    fn try_from(TemplateType { key, name, fields }: TemplateType) -> Result<Self, Error> {
        let builder = Self::builder(key.id, key.version, name);
        fields
            .into_iter()
            .fold(builder, |builder, field| builder.field_with(field.name, field.kind, field.operators))
            .build()
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Rule {
    id: String,
    title: String,
    author: String,
    references: Vec<String>,
    instances: Vec<super::TemplateInstance>,
    examples: Vec<Example>,
}

impl TryFrom<Rule> for super::Rule {
    type Error = Error;

    fn try_from(rule: Rule) -> Result<Self, Error> {
        let builder = Self::builder(rule.id).title(rule.title).author(rule.author);
        let builder = rule.references.into_iter().fold(builder, super::RuleBuilder::reference);
        let builder = rule.instances.into_iter().fold(builder, super::RuleBuilder::instance);
        rule.examples.into_iter().fold(builder, super::RuleBuilder::example).build()
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Content {
    channel: u32,
    content_version: u64,
    types: Vec<super::TemplateType>,
    rules: Vec<super::Rule>,
}

impl TryFrom<Content> for super::Content {
    type Error = Error;

    fn try_from(content: Content) -> Result<Self, Error> {
        let builder = Self::builder(content.channel, content.content_version);
        let builder = content.types.into_iter().fold(builder, super::ContentBuilder::template_type);
        content.rules.into_iter().fold(builder, super::ContentBuilder::rule).build()
    }
}
