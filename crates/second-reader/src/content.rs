//! What a file says, in owned values.

use crate::codes::{Comparison, Disposition, Expectation, FieldKind, Operator, Severity};

/// All that a file says. Its `Display` is a text that is the same for the same content: see [`crate::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The numbered stream that the file belongs to.
    pub channel: u32,
    /// Ascends within a channel.
    pub version: u64,
    /// By id and version.
    pub types: Vec<TemplateType>,
    /// By id.
    pub instances: Vec<Instance>,
    /// By id.
    pub rules: Vec<Rule>,
    /// By rule and expectation.
    pub examples: Vec<Example>,
}

/// A list of typed fields that a sensor supplies for one kind of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateType {
    /// Shared by all versions of the type.
    pub id: u32,
    /// From 1.
    pub version: u32,
    /// Shared by all versions of the type.
    pub name: String,
    /// In the order of the sensor's inputs.
    pub fields: Vec<Field>,
}

/// A field of a template type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Unique within the type.
    pub name: String,
    /// Of its values.
    pub kind: FieldKind,
    /// Those that content may use, as bits.
    pub operators: u16,
}

/// Content against one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Among the types of the file.
    pub type_index: u32,
    /// How bad a match is.
    pub severity: Severity,
    /// What is to be done about a match.
    pub disposition: Disposition,
    /// Among the rules of the file.
    pub rule: u32,
    /// How many instances of the rule come before.
    pub ordinal: u32,
    /// All of them are to be met.
    pub criteria: Vec<Criterion>,
}

/// A condition on one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Among the fields of the type.
    pub field: u16,
    /// Whether none of the patterns may be met; else one of them has to be.
    pub none_of: bool,
    /// At least one.
    pub patterns: Vec<Pattern>,
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// How it is compared.
    pub operator: Operator,
    /// What it is compared with.
    pub value: Value,
}

/// What an event's value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the value kinds of the document")]
pub enum Value {
    None,
    Text(String),
    TextIgnoringCase(String),
    Bytes(Vec<u8>),
    Boolean(bool),
    Unsigned(u64),
    UnsignedRange { low: u64, high: u64 },
    Signed(i64),
    SignedRange { low: i64, high: i64 },
    Ipv4(u32),
    Ipv4Network { address: u32, prefix: u8 },
    Ipv6(u128),
    Ipv6Network { address: u128, prefix: u8 },
    Field { field: u16, comparison: Comparison, ignores_case: bool },
}

/// What an author writes and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Unique within the file.
    pub id: String,
    /// May be empty.
    pub title: String,
    /// May be empty.
    pub author: String,
    /// In the author's order.
    pub references: Vec<String>,
}

/// An event that a rule must match, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Among the rules of the file.
    pub rule: u32,
    /// Among the types of the file.
    pub type_index: u32,
    /// What the rule must do.
    pub expectation: Expectation,
    /// One for each field of the type.
    pub values: Vec<FieldValue>,
}

/// A value of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the field kinds of the document")]
pub enum FieldValue {
    Absent,
    Text(Vec<u8>),
    Bytes(Vec<u8>),
    Unsigned(u64),
    Signed(i64),
    Boolean(bool),
    Ipv4(u32),
    Ipv6(u128),
}
