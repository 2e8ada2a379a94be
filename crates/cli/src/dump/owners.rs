//! Whom texts, byte strings and words belong to, in the order of the file.

use std::fmt;

use channel_file::ChannelFile;
use channel_file::template::{Case, PatternRef, PatternValue, Sense, Value};
use channel_file::view::InstanceView;

/// Whom an entry belongs to.
pub(super) enum Owner<'a> {
    TypeName(u32),
    FieldName { template_type: u32, field: usize },
    Pattern(Place<'a>),
    RuleText { rule: u32, text: usize },
    ExampleValue { example: u32, field: usize, name: &'a str, value: Value<'a> },
}

/// Where in the content a pattern is, and the pattern.
pub(super) struct Place<'a> {
    instance: u32,
    criterion: usize,
    field: u16,
    name: &'a str,
    sense: Sense,
    pattern: usize,
    value: PatternRef<'a>,
}

/// The owners of the texts.
pub(super) fn texts<'a>(file: &'a ChannelFile<'a>) -> impl Iterator<Item = Owner<'a>> {
    let names = file.types().flat_map(|template_type| {
        let index = template_type.index();
        let fields = 0..usize::from(template_type.field_count());
        let fields = fields.map(move |field| Owner::FieldName { template_type: index, field });
        std::iter::once(Owner::TypeName(index)).chain(fields)
    });
    let patterns = patterns(file).filter(|place| place.value.value_kind().is_text()).map(Owner::Pattern);
    let rules = file.rules().flat_map(|rule| {
        let texts = 0..rule.references().len().saturating_add(3);
        texts.map(move |text| Owner::RuleText { rule: rule.index(), text })
    });
    names.chain(patterns).chain(rules)
}

/// The owners of the byte strings.
pub(super) fn byte_strings<'a>(file: &'a ChannelFile<'a>) -> impl Iterator<Item = Owner<'a>> {
    let patterns =
        patterns(file).filter(|place| matches!(place.value.value(), PatternValue::Bytes(_))).map(Owner::Pattern);
    patterns.chain(example_values(file))
}

/// The owners of the words, each with the word's place among those of the pattern.
pub(super) fn words<'a>(file: &'a ChannelFile<'a>) -> impl Iterator<Item = (u32, Place<'a>)> {
    patterns(file).flat_map(|place| {
        let (_, words) = place.value.words();
        (0..words).map(move |word| (word, Place { ..place }))
    })
}

/// The values of the examples.
pub(super) fn example_values<'a>(file: &'a ChannelFile<'a>) -> impl Iterator<Item = Owner<'a>> {
    file.examples().flat_map(|example| {
        let values = example.template_type().fields().zip(example.values());
        values.enumerate().map(move |(field, (view, value))| Owner::ExampleValue {
            example: example.index(),
            field,
            name: view.name(),
            value,
        })
    })
}

fn patterns<'a>(file: &'a ChannelFile<'a>) -> impl Iterator<Item = Place<'a>> {
    file.instances().flat_map(patterns_of)
}

fn patterns_of(instance: InstanceView<'_>) -> impl Iterator<Item = Place<'_>> {
    let template_type = instance.template_type();
    instance.criteria().enumerate().flat_map(move |(index, criterion)| {
        let field = criterion.field();
        let name = template_type.field(field).map_or("", |field| field.name());
        criterion.patterns().enumerate().map(move |(pattern, value)| Place {
            instance: instance.id(),
            criterion: index,
            field,
            name,
            sense: criterion.sense(),
            pattern,
            value,
        })
    })
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TypeName(template_type) => write!(f, "name of type {template_type}"),
            Self::FieldName { template_type, field } => write!(f, "name of type {template_type} · field {field}"),
            Self::Pattern(place) => place.fmt(f),
            Self::RuleText { rule, text } => match text {
                0 => write!(f, "id of rule {rule}"),
                1 => write!(f, "title of rule {rule}"),
                2 => write!(f, "author of rule {rule}"),
                further => write!(f, "reference {} of rule {rule}", further.saturating_sub(3)),
            },
            Self::ExampleValue { example, field, name, value } => {
                write!(f, "example {example} · field {field} {name}: ")?;
                match value {
                    Value::Absent => f.write_str("absent"),
                    Value::Text(_) => f.write_str("text"),
                    Value::Bytes(_) => f.write_str("bytes"),
                    Value::Unsigned(value) => write!(f, "{value}"),
                    Value::Signed(value) => write!(f, "{value}"),
                    Value::Boolean(value) => write!(f, "{value}"),
                    Value::IpAddress(value) => write!(f, "{value}"),
                }
            }
        }
    }
}

impl fmt::Display for Place<'_> {
    /// `instance 17 · criterion 2 none-of field 5 Image · pattern 0 ends-with, ignoring case`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { instance, criterion, field, name, sense, pattern, value } = self;
        write!(f, "instance {instance} · criterion {criterion} {sense} field {field} {name}")?;
        write!(f, " · pattern {pattern} {}", value.operator())?;
        match value.value() {
            PatternValue::Text(_, Case::Ignored) => f.write_str(", ignoring case"),
            _ => Ok(()),
        }
    }
}

/// Displays what one word of a pattern says.
pub(super) struct Word<'p, 'a>(pub(super) u32, pub(super) &'p Place<'a>);

impl fmt::Display for Word<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(word, place) = self;
        let end = if *word == 0 { "from" } else { "to" };
        let half = if *word == 0 { "high half" } else { "low half" };
        write!(f, "{place}: ")?;
        match place.value.value() {
            PatternValue::Boolean(value) => write!(f, "{value}"),
            PatternValue::Unsigned(value) => write!(f, "{value}"),
            PatternValue::Signed(value) => write!(f, "{value}"),
            PatternValue::UnsignedRange(low, high) => write!(f, "{end} {}", if *word == 0 { low } else { high }),
            PatternValue::SignedRange(low, high) => write!(f, "{end} {}", if *word == 0 { low } else { high }),
            PatternValue::Address(address) if address.is_ipv4() => write!(f, "{address}"),
            PatternValue::Address(address) => write!(f, "{half} of {address}"),
            PatternValue::Network(network) => {
                let (address, prefix) = (network.address(), network.prefix());
                match (word, address.is_ipv4()) {
                    (0, true) => write!(f, "{address}"),
                    (1, true) | (2, false) => write!(f, "prefix of {prefix} bits"),
                    _ => write!(f, "{half} of {address}"),
                }
            }
            PatternValue::Field(reference) => {
                let case = if reference.case == Case::Ignored { ", ignoring case" } else { "" };
                write!(f, "{} field {}{case}", reference.comparison, reference.field)
            }
            PatternValue::None | PatternValue::Text(..) | PatternValue::Bytes(_) => Ok(()),
        }
    }
}
