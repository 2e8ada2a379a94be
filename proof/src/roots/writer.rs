//! What needs an allocator: the owned model, the writer, decoding, and files that own their bytes.
//!
//! Here the panic handler stays, since it is also where a failed allocation ends. So `cargo xtask no-panic` follows every
//! call that leads to it, and lets through those of failed allocations alone.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::hash::Hasher;
use core::net::IpAddr;

use bytes::{BufMut, Bytes};
use channel_file::template::{
    Case, Content, ContentBuilder, Criterion, DeclaredType, Disposition, Example, Expectation, Field, FieldKind,
    FieldReference, IpNetwork, Operator, OperatorSet, OwnedValue, Pattern, PatternRef, Rule, RuleBuilder, Sense,
    SensorType, Severity, TemplateInstance, TemplateInstanceBuilder, TemplateType, TemplateTypeBuilder, TypeKey, Value,
};
use channel_file::{
    ChannelFile, Error, Limits, OwnTypes, SharedChannelFile, decode, decode_with, encode, encode_into, encode_with,
};

use super::derived::{copy, copy_and_compare, hash, order};

// Writing and reading whole files.
super::roots! {
    fn root_encode(content: &Content) -> Result<Vec<u8>, Error> {
        encode(content)
    }

    fn root_encode_with(content: &Content, limits: &Limits) -> Result<Vec<u8>, Error> {
        encode_with(content, limits)
    }

    fn root_encode_into_any(content: &Content, limits: &Limits, buffer: &mut &mut dyn BufMut) -> Result<u64, Error> {
        encode_into(content, limits, buffer)
    }

    fn root_encode_into_slice(content: &Content, limits: &Limits, buffer: &mut &mut [u8]) -> Result<u64, Error> {
        encode_into(content, limits, buffer)
    }

    fn root_decode(bytes: &[u8]) -> Result<Content, Error> {
        decode(bytes)
    }

    fn root_decode_with(bytes: &[u8], limits: &Limits) -> Result<Content, Error> {
        decode_with(bytes, limits)
    }

    fn root_to_content(file: ChannelFile<'_>) -> Content {
        file.to_content()
    }

    fn root_shared_open(bytes: Vec<u8>) -> Result<SharedChannelFile, Error> {
        SharedChannelFile::open(bytes)
    }

    fn root_shared_open_with(bytes: Bytes, limits: &Limits) -> Result<SharedChannelFile, Error> {
        SharedChannelFile::open_with(bytes, limits)
    }

    fn root_shared<'a>(file: &'a SharedChannelFile) -> (ChannelFile<'a>, &'a Bytes) {
        (file.view(), file.bytes())
    }

    fn root_shared_copy(one: &SharedChannelFile, two: &SharedChannelFile) -> (SharedChannelFile, bool) {
        copy_and_compare(one, two)
    }

    fn root_own_types<'a>(file: &'a ChannelFile<'a>) -> OwnTypes<'a> {
        OwnTypes::of(file)
    }

    fn root_own_types_copy<'a>(types: &OwnTypes<'a>) -> OwnTypes<'a> {
        copy(types)
    }

    fn root_own_sensor_types<'a>(types: &'a OwnTypes<'a>) -> Vec<SensorType<'a>> {
        types.sensor_types()
    }
}

// Template types.
super::roots! {
    fn root_template_type_builder(id: u32, version: u32, name: String) -> TemplateTypeBuilder {
        TemplateType::builder(id, version, name)
    }

    fn root_template_type_builder_field(builder: TemplateTypeBuilder, name: String, kind: FieldKind) -> TemplateTypeBuilder {
        builder.field(name, kind)
    }

    fn root_template_type_builder_field_with(
        builder: TemplateTypeBuilder,
        name: &str,
        kind: FieldKind,
        operators: OperatorSet,
    ) -> TemplateTypeBuilder {
        builder.field_with(name, kind, operators)
    }

    fn root_template_type_builder_build(builder: TemplateTypeBuilder) -> Result<TemplateType, Error> {
        builder.build()
    }

    fn root_template_type_from_declared(declared: &DeclaredType<'_>, version: u32) -> Option<Result<TemplateType, Error>> {
        TemplateType::from_declared(declared, version)
    }

    fn root_template_type<'a>(template_type: &'a TemplateType) -> (TypeKey, &'a str, &'a [Field], u16) {
        (template_type.key(), template_type.name(), template_type.fields(), template_type.field_count())
    }

    fn root_template_type_field<'a>(template_type: &'a TemplateType, name: &str) -> Option<(u16, &'a Field)> {
        template_type.field(name)
    }

    fn root_owned_field<'a>(field: &'a Field) -> (&'a str, FieldKind, OperatorSet) {
        (field.name(), field.kind(), field.operators())
    }
}

// Patterns and criteria.
super::roots! {
    fn root_pattern_text(operator: Operator, text: String, case: Case) -> Result<Pattern, Error> {
        Pattern::text(operator, text, case)
    }

    fn root_pattern_bytes(operator: Operator, bytes: Vec<u8>) -> Result<Pattern, Error> {
        Pattern::bytes(operator, bytes)
    }

    fn root_pattern_network(network: IpNetwork) -> Result<Pattern, Error> {
        Pattern::network(network)
    }

    fn root_pattern_unsigned_range(low: u64, high: u64) -> Result<Pattern, Error> {
        Pattern::unsigned_range(low, high)
    }

    fn root_pattern_signed_range(low: i64, high: i64) -> Result<Pattern, Error> {
        Pattern::signed_range(low, high)
    }

    fn root_pattern_single(boolean: bool, unsigned: u64, signed: i64, address: IpAddr, field: FieldReference) -> [Pattern; 7] {
        [
            Pattern::absent(),
            Pattern::empty(),
            Pattern::boolean(boolean),
            Pattern::unsigned(unsigned),
            Pattern::signed(signed),
            Pattern::address(address),
            Pattern::field(field),
        ]
    }

    fn root_pattern_from(pattern: PatternRef<'_>) -> Pattern {
        pattern.into()
    }

    fn root_pattern_as_ref(pattern: &Pattern) -> PatternRef<'_> {
        pattern.as_ref()
    }

    fn root_criterion_new(field: u16, sense: Sense, patterns: Vec<Pattern>) -> Result<Criterion, Error> {
        Criterion::new(field, sense, patterns)
    }

    fn root_owned_criterion<'a>(criterion: &'a Criterion) -> (u16, Sense, &'a [Pattern]) {
        (criterion.field(), criterion.sense(), criterion.patterns())
    }

    fn root_owned_value(value: Value<'_>) -> OwnedValue {
        value.into()
    }

    fn root_owned_value_as_ref(value: &OwnedValue) -> Value<'_> {
        value.as_ref()
    }
}

// Instances, examples, rules, and content.
super::roots! {
    fn root_instance_builder(template_type: &TemplateType) -> TemplateInstanceBuilder<'_> {
        TemplateInstance::builder(template_type)
    }

    fn root_instance_builder_set<'a>(
        builder: TemplateInstanceBuilder<'a>,
        severity: Severity,
        disposition: Disposition,
    ) -> TemplateInstanceBuilder<'a> {
        builder.severity(severity).disposition(disposition)
    }

    fn root_instance_builder_criterion<'a>(
        builder: TemplateInstanceBuilder<'a>,
        criterion: Criterion,
    ) -> TemplateInstanceBuilder<'a> {
        builder.criterion(criterion)
    }

    fn root_instance_builder_criteria<'a>(
        builder: TemplateInstanceBuilder<'a>,
        criteria: Vec<Criterion>,
    ) -> TemplateInstanceBuilder<'a> {
        builder.criteria(criteria)
    }

    fn root_instance_builder_build(builder: TemplateInstanceBuilder<'_>) -> Result<TemplateInstance, Error> {
        builder.build()
    }

    fn root_owned_instance<'a>(instance: &'a TemplateInstance) -> (TypeKey, u16, Severity, Disposition, &'a [Criterion]) {
        (
            instance.template_type(),
            instance.field_count(),
            instance.severity(),
            instance.disposition(),
            instance.criteria(),
        )
    }

    fn root_example_new(
        template_type: &TemplateType,
        expectation: Expectation,
        values: Vec<OwnedValue>,
    ) -> Result<Example, Error> {
        Example::new(template_type, expectation, values)
    }

    fn root_owned_example<'a>(example: &'a Example) -> (TypeKey, Expectation, &'a [OwnedValue]) {
        (example.template_type(), example.expectation(), example.values())
    }

    fn root_rule_builder(id: String) -> RuleBuilder {
        Rule::builder(id)
    }

    fn root_rule_builder_texts(builder: RuleBuilder, title: String, author: &str, reference: String) -> RuleBuilder {
        builder.title(title).author(author).reference(reference)
    }

    fn root_rule_builder_instance(builder: RuleBuilder, instance: TemplateInstance) -> RuleBuilder {
        builder.instance(instance)
    }

    fn root_rule_builder_example(builder: RuleBuilder, example: Example) -> RuleBuilder {
        builder.example(example)
    }

    fn root_rule_builder_build(builder: RuleBuilder) -> Result<Rule, Error> {
        builder.build()
    }

    fn root_owned_rule_texts<'a>(rule: &'a Rule) -> ([&'a str; 3], &'a [String]) {
        ([rule.id(), rule.title(), rule.author()], rule.references())
    }

    fn root_owned_rule_parts<'a>(rule: &'a Rule) -> (&'a [TemplateInstance], &'a [Example]) {
        (rule.instances(), rule.examples())
    }

    fn root_content_builder(channel: u32, content_version: u64) -> ContentBuilder {
        Content::builder(channel, content_version)
    }

    fn root_content_builder_type(builder: ContentBuilder, template_type: TemplateType) -> ContentBuilder {
        builder.template_type(template_type)
    }

    fn root_content_builder_rule(builder: ContentBuilder, rule: Rule) -> ContentBuilder {
        builder.rule(rule)
    }

    fn root_content_builder_build(builder: ContentBuilder) -> Result<Content, Error> {
        builder.build()
    }

    fn root_content<'a>(content: &'a Content) -> (u32, u64, &'a [TemplateType], &'a [Rule]) {
        (content.channel(), content.content_version(), content.types(), content.rules())
    }

    fn root_content_type(content: &Content, key: TypeKey) -> Option<&TemplateType> {
        content.template_type(key)
    }

    fn root_content_rule<'a>(content: &'a Content, id: &str) -> Option<&'a Rule> {
        content.rule(id)
    }
}

/// The roots of what is copied, compared and hashed, and of its end.
macro_rules! owned_roots {
    ($( $type:ty: $copy:ident $hash:ident $drop:ident, )+) => {
        super::roots! {
            $(
                fn $copy(one: &$type, two: &$type) -> ($type, bool) {
                    copy_and_compare(one, two)
                }

                fn $hash(value: &$type, hasher: &mut dyn Hasher) {
                    hash(value, hasher)
                }

                fn $drop(value: $type) {
                    drop(value)
                }
            )+
        }
    };
}

owned_roots! {
    Content: root_content_copy root_content_hash root_content_drop,
    Criterion: root_owned_criterion_copy root_owned_criterion_hash root_owned_criterion_drop,
    Example: root_owned_example_copy root_owned_example_hash root_owned_example_drop,
    Field: root_owned_field_copy root_owned_field_hash root_owned_field_drop,
    OwnedValue: root_owned_value_copy root_owned_value_hash root_owned_value_drop,
    Pattern: root_owned_pattern_copy root_owned_pattern_hash root_owned_pattern_drop,
    Rule: root_owned_rule_copy root_owned_rule_hash root_owned_rule_drop,
    TemplateInstance: root_owned_instance_copy root_owned_instance_hash root_owned_instance_drop,
    TemplateType: root_template_type_copy root_template_type_hash root_template_type_drop,
}

super::roots! {
    fn root_owned_pattern_order(one: &Pattern, two: &Pattern) -> (Ordering, Option<Ordering>) {
        order(one, two)
    }

    fn root_owned_criterion_order(one: &Criterion, two: &Criterion) -> (Ordering, Option<Ordering>) {
        order(one, two)
    }

    fn root_content_builder_copy(builder: &ContentBuilder) -> ContentBuilder {
        copy(builder)
    }

    fn root_rule_builder_copy(builder: &RuleBuilder) -> RuleBuilder {
        copy(builder)
    }

    fn root_instance_builder_copy<'a>(builder: &TemplateInstanceBuilder<'a>) -> TemplateInstanceBuilder<'a> {
        copy(builder)
    }

    fn root_template_type_builder_copy(builder: &TemplateTypeBuilder) -> TemplateTypeBuilder {
        copy(builder)
    }

    fn root_shared_drop(file: SharedChannelFile) {
        drop(file)
    }

    fn root_own_types_drop(types: OwnTypes<'_>) {
        drop(types)
    }
}

super::debug_roots! {
    Content: root_content_debug,
    ContentBuilder: root_content_builder_debug,
    Criterion: root_owned_criterion_debug,
    Example: root_owned_example_debug,
    Field: root_owned_field_debug,
    OwnTypes<'_>: root_own_types_debug,
    OwnedValue: root_owned_value_debug,
    Pattern: root_owned_pattern_debug,
    Rule: root_owned_rule_debug,
    RuleBuilder: root_rule_builder_debug,
    SharedChannelFile: root_shared_debug,
    TemplateInstance: root_owned_instance_debug,
    TemplateInstanceBuilder<'_>: root_instance_builder_debug,
    TemplateType: root_template_type_debug,
    TemplateTypeBuilder: root_template_type_builder_debug,
}
