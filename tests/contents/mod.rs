//! Small contents on an invented type, for the tests of what is new. Nothing of it is real content.
#![allow(dead_code, reason = "each test takes what it needs")]

use channel_file::interpreter::Budget;
use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, SensorTypes, TemplateInstance, TemplateType,
};
use channel_file::validator::{ManifestTypes, SensorManifest};
use channel_file::{ChannelFile, Limits, Result, encode};

pub(crate) const CHANNEL: u32 = 291;

/// The type, with this many fields: `Input1` and so on, the 21st of which is `PipeSession`.
pub(crate) fn ipc(version: u32, fields: u16) -> TemplateType {
    let mut builder = TemplateType::builder(17, version, "ipc");
    for number in 1..=fields {
        let name = if number == 21 { "PipeSession".to_owned() } else { format!("Input{number}") };
        builder = builder.field(name, FieldKind::Text);
    }
    builder.build().expect("the type is well formed")
}

/// Another type.
pub(crate) fn dns() -> TemplateType {
    TemplateType::builder(22, 1, "dns").field("Query", FieldKind::Text).build().expect("the type is well formed")
}

pub(crate) fn contains(text: &str) -> Pattern {
    Pattern::text(Operator::Contains, text, Case::Ignored).expect("a pattern")
}

pub(crate) fn any_of(field: u16, patterns: impl IntoIterator<Item = Pattern>) -> Criterion {
    Criterion::new(field, Sense::AnyOf, patterns).expect("a criterion")
}

/// The value of the field with this number, from 1, contains the text.
pub(crate) fn asks(number: u16, text: &str) -> Criterion {
    any_of(number - 1, [contains(text)])
}

pub(crate) fn instance(
    template_type: &TemplateType,
    criteria: impl IntoIterator<Item = Criterion>,
) -> TemplateInstance {
    TemplateInstance::builder(template_type).criteria(criteria).build().expect("an instance")
}

pub(crate) fn rule(id: &str, instances: impl IntoIterator<Item = TemplateInstance>) -> Rule {
    let builder = Rule::builder(id).title(format!("Rule {id}"));
    instances.into_iter().fold(builder, |builder, instance| builder.instance(instance)).build().expect("a rule")
}

/// The bytes of a content version of the channel.
pub(crate) fn version(
    number: u64,
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = Rule>,
) -> Vec<u8> {
    of_channel(CHANNEL, number, types, rules)
}

pub(crate) fn of_channel(
    channel: u32,
    number: u64,
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = Rule>,
) -> Vec<u8> {
    built(channel, number, types, rules).expect("content")
}

/// The bytes of content, if it can be: an example needs an instance on its type.
pub(crate) fn built(
    channel: u32,
    number: u64,
    types: impl IntoIterator<Item = TemplateType>,
    rules: impl IntoIterator<Item = Rule>,
) -> Result<Vec<u8>> {
    let builder = types.into_iter().fold(Content::builder(channel, number), |all, own| all.template_type(own));
    let content = rules.into_iter().fold(builder, |all, own| all.rule(own)).build()?;
    encode(&content)
}

pub(crate) fn open(bytes: &[u8]) -> ChannelFile<'_> {
    ChannelFile::open(bytes).expect("the writer's files open")
}

/// A release that has the types of a file, of `ipc` with this many inputs.
pub(crate) fn release(name: &str, file: &ChannelFile<'_>, inputs: u64) -> SensorManifest {
    let own = channel_file::OwnTypes::of(file);
    let types = own.sensor_types();
    let mut manifest = SensorManifest::new(name, &SensorTypes::new(&types), Limits::DEFAULT, Budget::DEFAULT);
    for own in manifest.types.iter_mut().filter(|own| own.name == "ipc") {
        own.inputs = inputs;
    }
    assert_eq!(ManifestTypes::of(&manifest).sensor_types().len(), types.len());
    manifest
}
