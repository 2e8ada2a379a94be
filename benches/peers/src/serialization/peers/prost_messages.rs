//! The documents as messages of Protocol Buffers.

use prost::{Message, Oneof};

use crate::Failure;
use crate::serialization::documents::{
    Criterion, Disposition, Instance, Log, Operator, Pattern, Record, Rule, Rules, Sense, Severity, Value, Weigh,
    length, sum,
};

/// A document that has a message.
pub(crate) trait Messages: Sized {
    type Message: Message + Default + PartialEq + Weigh;

    fn to_message(&self) -> Self::Message;

    fn of_message(message: &Self::Message) -> Result<Self, Failure>;
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct LogMessage {
    #[prost(message, repeated, tag = "1")]
    records: Vec<RecordMessage>,
}

#[derive(Clone, PartialEq, Message)]
struct RecordMessage {
    #[prost(fixed32, tag = "1")]
    address: u32,
    #[prost(string, tag = "2")]
    identity: String,
    #[prost(string, tag = "3")]
    user: String,
    #[prost(string, tag = "4")]
    date: String,
    #[prost(string, tag = "5")]
    request: String,
    #[prost(uint32, tag = "6")]
    code: u32,
    #[prost(uint64, tag = "7")]
    size: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct RulesMessage {
    #[prost(message, repeated, tag = "1")]
    rules: Vec<RuleMessage>,
}

#[derive(Clone, PartialEq, Message)]
struct RuleMessage {
    #[prost(string, tag = "1")]
    id: String,
    #[prost(string, tag = "2")]
    title: String,
    #[prost(string, tag = "3")]
    author: String,
    #[prost(string, repeated, tag = "4")]
    references: Vec<String>,
    #[prost(message, repeated, tag = "5")]
    instances: Vec<InstanceMessage>,
}

#[derive(Clone, PartialEq, Message)]
struct InstanceMessage {
    #[prost(uint32, tag = "1")]
    template_type: u32,
    #[prost(uint32, tag = "2")]
    version: u32,
    #[prost(enumeration = "Severity", tag = "3")]
    severity: i32,
    #[prost(enumeration = "Disposition", tag = "4")]
    disposition: i32,
    #[prost(message, repeated, tag = "5")]
    criteria: Vec<CriterionMessage>,
}

#[derive(Clone, PartialEq, Message)]
struct CriterionMessage {
    #[prost(uint32, tag = "1")]
    field: u32,
    #[prost(enumeration = "Sense", tag = "2")]
    sense: i32,
    #[prost(message, repeated, tag = "3")]
    patterns: Vec<PatternMessage>,
}

#[derive(Clone, PartialEq, Message)]
struct PatternMessage {
    #[prost(enumeration = "Operator", tag = "1")]
    operator: i32,
    #[prost(oneof = "ValueMessage", tags = "2, 3")]
    value: Option<ValueMessage>,
}

#[derive(Clone, PartialEq, Oneof)]
enum ValueMessage {
    #[prost(string, tag = "2")]
    Text(String),
    #[prost(string, tag = "3")]
    TextIgnoringCase(String),
}

impl Messages for Log {
    type Message = LogMessage;

    fn to_message(&self) -> LogMessage {
        let record = |of: &Record<String>| {
            let Record { address, identity, user, date, request, code, size } = of.clone();
            let (address, code) = (u32::from_be_bytes(address), code.into());
            RecordMessage { address, identity, user, date, request, code, size }
        };
        LogMessage { records: self.iter().map(record).collect() }
    }

    fn of_message(message: &LogMessage) -> Result<Self, Failure> {
        let record = |of: &RecordMessage| {
            let RecordMessage { address, identity, user, date, request, code, size } = of.clone();
            let (address, code) = (address.to_be_bytes(), code.try_into()?);
            Ok(Record { address, identity, user, date, request, code, size })
        };
        message.records.iter().map(record).collect()
    }
}

impl Messages for Rules {
    type Message = RulesMessage;

    fn to_message(&self) -> RulesMessage {
        let rule = |rule: &Rule<String>| {
            let Rule { id, title, author, references, instances } = rule.clone();
            let instances = instances.into_iter().map(InstanceMessage::from).collect();
            RuleMessage { id, title, author, references, instances }
        };
        RulesMessage { rules: self.iter().map(rule).collect() }
    }

    fn of_message(message: &RulesMessage) -> Result<Self, Failure> {
        let rule = |rule: &RuleMessage| {
            let RuleMessage { id, title, author, references, instances } = rule.clone();
            let instances = instances.into_iter().map(Instance::try_from).collect::<Result<_, _>>()?;
            Ok(Rule { id, title, author, references, instances })
        };
        message.rules.iter().map(rule).collect()
    }
}

impl From<Instance<String>> for InstanceMessage {
    fn from(instance: Instance<String>) -> Self {
        let Instance { template_type, version, severity, disposition, criteria } = instance;
        let pattern = |Pattern { operator, value }| PatternMessage {
            operator: operator.into(),
            value: match value {
                Value::None => None,
                Value::Text(text) => Some(ValueMessage::Text(text)),
                Value::TextIgnoringCase(text) => Some(ValueMessage::TextIgnoringCase(text)),
            },
        };
        let criterion = |Criterion { field, sense, patterns }: Criterion<String>| CriterionMessage {
            field: field.into(),
            sense: sense.into(),
            patterns: patterns.into_iter().map(pattern).collect(),
        };
        let criteria = criteria.into_iter().map(criterion).collect();
        Self { template_type, version, severity: severity.into(), disposition: disposition.into(), criteria }
    }
}

impl TryFrom<InstanceMessage> for Instance<String> {
    type Error = Failure;

    fn try_from(message: InstanceMessage) -> Result<Self, Failure> {
        let InstanceMessage { template_type, version, severity, disposition, criteria } = message;
        let pattern = |PatternMessage { operator, value }| {
            let value = match value {
                None => Value::None,
                Some(ValueMessage::Text(text)) => Value::Text(text),
                Some(ValueMessage::TextIgnoringCase(text)) => Value::TextIgnoringCase(text),
            };
            Ok::<_, Failure>(Pattern { operator: operator.try_into()?, value })
        };
        let criterion = |CriterionMessage { field, sense, patterns }| {
            let patterns = patterns.into_iter().map(pattern).collect::<Result<_, _>>()?;
            Ok::<_, Failure>(Criterion { field: field.try_into()?, sense: sense.try_into()?, patterns })
        };
        let criteria = criteria.into_iter().map(criterion).collect::<Result<_, _>>()?;
        Ok(Self {
            template_type,
            version,
            severity: severity.try_into()?,
            disposition: disposition.try_into()?,
            criteria,
        })
    }
}

impl Weigh for LogMessage {
    fn weigh(&self) -> u64 {
        sum(self.records.iter().map(|record| {
            let texts = [&record.identity, &record.user, &record.date, &record.request].map(length);
            sum(texts.into_iter().chain([record.address.into(), record.code.into(), record.size]))
        }))
    }
}

impl Weigh for RulesMessage {
    fn weigh(&self) -> u64 {
        sum(self.rules.iter().map(|rule| {
            let texts = [&rule.id, &rule.title, &rule.author].into_iter().chain(&rule.references).map(length);
            sum(texts.chain(rule.instances.iter().map(InstanceMessage::weigh)))
        }))
    }
}

impl InstanceMessage {
    fn weigh(&self) -> u64 {
        let numbers = [self.template_type.into(), self.version.into(), self.severity as u64, self.disposition as u64];
        sum(numbers.into_iter().chain(self.criteria.iter().map(CriterionMessage::weigh)))
    }
}

impl CriterionMessage {
    fn weigh(&self) -> u64 {
        let numbers = [self.field.into(), self.sense as u64];
        sum(numbers.into_iter().chain(self.patterns.iter().map(PatternMessage::weigh)))
    }
}

impl PatternMessage {
    fn weigh(&self) -> u64 {
        let value = match &self.value {
            None => 0,
            Some(ValueMessage::Text(text)) => 1 + length(text),
            Some(ValueMessage::TextIgnoringCase(text)) => 2 + length(text),
        };
        (self.operator as u64).wrapping_add(value)
    }
}
