//! Rules: their instances, the criteria of those, and the patterns of those.

use channel_file::template::{self, Case, Content, PatternValue};

use super::{Document, Unescaped, Weigh, length, sum};
use crate::Failure;

pub(crate) type Rules = Vec<Rule<String>>;

/// What an author writes.
#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) struct Rule<T> {
    pub(crate) id: T,
    pub(crate) title: T,
    pub(crate) author: T,
    pub(crate) references: Vec<T>,
    pub(crate) instances: Vec<Instance<T>>,
}

#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) struct Instance<T> {
    /// The id of a template type, and which version of it.
    pub(crate) template_type: u32,
    pub(crate) version: u32,
    pub(crate) severity: Severity,
    pub(crate) disposition: Disposition,
    pub(crate) criteria: Vec<Criterion<T>>,
}

#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) struct Criterion<T> {
    pub(crate) field: u16,
    pub(crate) sense: Sense,
    pub(crate) patterns: Vec<Pattern<T>>,
}

#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) struct Pattern<T> {
    pub(crate) operator: Operator,
    pub(crate) value: Value<T>,
}

/// What a pattern compares with: only what the set has, which is not all that channel files can say.
#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) enum Value<T> {
    None,
    Text(T),
    TextIgnoringCase(T),
}

/// Enums of names alone, their numbers those of channel files.
macro_rules! named {
    ($($name:ident { $($variant:ident = $number:literal,)+ })+) => { $(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(bitcode::Encode, bitcode::Decode, serde::Serialize, serde::Deserialize, prost::Enumeration)]
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
        #[rkyv(derive(Clone, Copy))]
        #[repr(i32)]
        pub(crate) enum $name { $($variant = $number,)+ }
    )+ };
}

named! {
    Severity { Informational = 0, Low = 1, Medium = 2, High = 3, Critical = 4, }
    Disposition { Observe = 0, Detect = 1, Prevent = 2, }
    Sense { AnyOf = 0, NoneOf = 1, }
    Operator {
        Absent = 0, Empty = 1, Equals = 2, StartsWith = 3, EndsWith = 4, Contains = 5, Glob = 6, Regex = 7,
    }
}

impl Document for Rules {
    type Borrowed<'a> = Vec<Rule<&'a str>>;
    type Unescaped<'a> = Vec<Rule<Unescaped<'a>>>;

    fn of(content: &Content) -> Result<Self, Failure> {
        content.rules().iter().map(rule).collect()
    }

    fn records(&self) -> usize {
        self.iter().flat_map(|rule| &rule.instances).count()
    }
}

fn rule(rule: &template::Rule) -> Result<Rule<String>, Failure> {
    Ok(Rule {
        id: rule.id().to_owned(),
        title: rule.title().to_owned(),
        author: rule.author().to_owned(),
        references: rule.references().to_vec(),
        instances: rule.instances().iter().map(instance).collect::<Result<_, _>>()?,
    })
}

fn instance(instance: &template::TemplateInstance) -> Result<Instance<String>, Failure> {
    let criterion = |criterion: &template::Criterion| {
        Ok::<_, Failure>(Criterion {
            field: criterion.field(),
            sense: i32::from(criterion.sense().code()).try_into()?,
            patterns: criterion.patterns().iter().map(pattern).collect::<Result<_, _>>()?,
        })
    };
    let template_type = instance.template_type();
    Ok(Instance {
        template_type: template_type.id,
        version: template_type.version,
        severity: i32::from(instance.severity().code()).try_into()?,
        disposition: i32::from(instance.disposition().code()).try_into()?,
        criteria: instance.criteria().iter().map(criterion).collect::<Result<_, _>>()?,
    })
}

fn pattern(pattern: &template::Pattern) -> Result<Pattern<String>, Failure> {
    let pattern = pattern.as_ref();
    let value = match pattern.value() {
        PatternValue::None => Value::None,
        PatternValue::Text(text, Case::Sensitive) => Value::Text(text.to_owned()),
        PatternValue::Text(text, Case::Ignored) => Value::TextIgnoringCase(text.to_owned()),
        other => return Err(format!("the set has no such values: {other:?}").into()),
    };
    Ok(Pattern { operator: i32::from(pattern.operator().code()).try_into()?, value })
}

impl<T: AsRef<str>> Weigh for Rule<T> {
    fn weigh(&self) -> u64 {
        let texts = [&self.id, &self.title, &self.author].into_iter().chain(&self.references).map(length);
        sum(texts.chain(self.instances.iter().map(Instance::weigh)))
    }
}

impl<T: AsRef<str>> Instance<T> {
    fn weigh(&self) -> u64 {
        let numbers = [self.template_type.into(), self.version.into(), self.severity as u64, self.disposition as u64];
        sum(numbers.into_iter().chain(self.criteria.iter().map(Criterion::weigh)))
    }
}

impl<T: AsRef<str>> Criterion<T> {
    fn weigh(&self) -> u64 {
        let numbers = [self.field.into(), self.sense as u64];
        sum(numbers.into_iter().chain(self.patterns.iter().map(Pattern::weigh)))
    }
}

impl<T: AsRef<str>> Pattern<T> {
    fn weigh(&self) -> u64 {
        let value = match &self.value {
            Value::None => 0,
            Value::Text(text) => 1 + length(text),
            Value::TextIgnoringCase(text) => 2 + length(text),
        };
        self.operator as u64 + value
    }
}

impl Weigh for ArchivedRule<String> {
    fn weigh(&self) -> u64 {
        let texts = [&self.id, &self.title, &self.author].into_iter().chain(self.references.iter());
        let texts = texts.map(|text| length(text.as_str()));
        sum(texts.chain(self.instances.iter().map(ArchivedInstance::weigh)))
    }
}

impl ArchivedInstance<String> {
    fn weigh(&self) -> u64 {
        let numbers = [self.template_type.to_native().into(), self.version.to_native().into()];
        let codes = [self.severity as u64, self.disposition as u64];
        sum(numbers.into_iter().chain(codes).chain(self.criteria.iter().map(ArchivedCriterion::weigh)))
    }
}

impl ArchivedCriterion<String> {
    fn weigh(&self) -> u64 {
        let numbers = [self.field.to_native().into(), self.sense as u64];
        sum(numbers.into_iter().chain(self.patterns.iter().map(ArchivedPattern::weigh)))
    }
}

impl ArchivedPattern<String> {
    fn weigh(&self) -> u64 {
        let value = match &self.value {
            ArchivedValue::None => 0,
            ArchivedValue::Text(text) => 1 + length(text.as_str()),
            ArchivedValue::TextIgnoringCase(text) => 2 + length(text.as_str()),
        };
        self.operator as u64 + value
    }
}
