//! What the library finds in a channel file, as the text that second readers write too.
//!
//! The text is described where the second reader writes it: `crates/second-reader/src/text.rs`. Two readers that give the same
//! text for a file have found the same in it.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

use core::fmt::{self, Write};
use core::net::IpAddr;

use channel_file::ChannelFile;
use channel_file::template::{Case, PatternRef, PatternValue, Sense, TypeKey, Value};
use channel_file::view::{ExampleView, InstanceView, RuleView, TypeView};

/// All that a file says, a line a thing. The text is at most in proportion to the file.
#[must_use]
pub fn text(file: &ChannelFile<'_>) -> String {
    let mut out = String::new();
    // Writing to a `String` does not fail.
    let _ = write_file(&mut out, file);
    out
}

fn write_file(out: &mut String, file: &ChannelFile<'_>) -> fmt::Result {
    writeln!(out, "channel {} content-version {}", file.channel(), file.content_version())?;
    file.types().try_for_each(|template| write_type(out, &template))?;
    file.instances().try_for_each(|instance| write_instance(out, &instance))?;
    file.rules().try_for_each(|rule| write_rule(out, &rule))?;
    file.examples().try_for_each(|example| write_example(out, &example))
}

fn write_type(out: &mut String, template: &TypeView<'_>) -> fmt::Result {
    writeln!(out, "type {} {}", key(template.key()), quoted(template.name()))?;
    for field in template.fields() {
        let (kind, operators) = (field.kind(), field.operators().bits());
        writeln!(out, "  field {kind} operators {operators:#06x} {}", quoted(field.name()))?;
    }
    Ok(())
}

fn write_instance(out: &mut String, instance: &InstanceView<'_>) -> fmt::Result {
    let template = key(instance.template_type().key());
    let (severity, disposition) = (instance.severity(), instance.disposition());
    writeln!(out, "instance {} type {template} severity {severity} disposition {disposition}", instance.id())?;
    writeln!(out, "  rule {} ordinal {}", quoted(instance.rule().id()), instance.ordinal())?;
    for criterion in instance.criteria() {
        let sense = if criterion.sense() == Sense::NoneOf { "none-of" } else { "any-of" };
        writeln!(out, "  {sense} field {}", criterion.field())?;
        criterion.patterns().try_for_each(|pattern| write_pattern(out, &pattern))?;
    }
    Ok(())
}

fn write_rule(out: &mut String, rule: &RuleView<'_>) -> fmt::Result {
    let (id, title, author) = (quoted(rule.id()), quoted(rule.title()), quoted(rule.author()));
    writeln!(out, "rule {id} title {title} author {author}")?;
    rule.references().try_for_each(|reference| writeln!(out, "  reference {}", quoted(reference)))
}

fn write_example(out: &mut String, example: &ExampleView<'_>) -> fmt::Result {
    let (rule, template) = (quoted(example.rule().id()), key(example.template_type().key()));
    writeln!(out, "example rule {rule} type {template} {}", example.expectation())?;
    example.values().try_for_each(|value| write_value(out, &value))
}

fn write_pattern(out: &mut String, pattern: &PatternRef<'_>) -> fmt::Result {
    write!(out, "    {}", pattern.operator())?;
    match pattern.value() {
        PatternValue::None => writeln!(out),
        PatternValue::Text(text, Case::Sensitive) => writeln!(out, " text {}", quoted(text)),
        PatternValue::Text(text, Case::Ignored) => writeln!(out, " text-ignoring-case {}", quoted(text)),
        PatternValue::Bytes(bytes) => writeln!(out, " bytes {}", hexadecimal(bytes)),
        PatternValue::Boolean(value) => writeln!(out, " boolean {value}"),
        PatternValue::Unsigned(value) => writeln!(out, " unsigned {value}"),
        PatternValue::UnsignedRange(low, high) => writeln!(out, " unsigned {low} {high}"),
        PatternValue::Signed(value) => writeln!(out, " signed {value}"),
        PatternValue::SignedRange(low, high) => writeln!(out, " signed {low} {high}"),
        PatternValue::Address(address) => writeln!(out, " {}", number(address)),
        PatternValue::Network(network) => writeln!(out, " {} {}", number(network.address()), network.prefix()),
        PatternValue::Field(other) => {
            let ignores_case = other.case == Case::Ignored;
            writeln!(out, " field {} {} ignores-case {ignores_case}", other.field, other.comparison)
        }
    }
}

fn write_value(out: &mut String, value: &Value<'_>) -> fmt::Result {
    match value {
        Value::Absent => writeln!(out, "  value absent"),
        Value::Text(bytes) => writeln!(out, "  value text {}", hexadecimal(bytes)),
        Value::Bytes(bytes) => writeln!(out, "  value bytes {}", hexadecimal(bytes)),
        Value::Unsigned(value) => writeln!(out, "  value unsigned {value}"),
        Value::Signed(value) => writeln!(out, "  value signed {value}"),
        Value::Boolean(value) => writeln!(out, "  value boolean {value}"),
        Value::IpAddress(address) => writeln!(out, "  value {}", number(*address)),
    }
}

fn key(key: TypeKey) -> String {
    format!("{}.{}", key.id, key.version)
}

fn number(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("ipv4 {:08x}", address.to_bits()),
        IpAddr::V6(address) => format!("ipv6 {:032x}", address.to_bits()),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ => quoted.extend(character.escape_unicode()),
        }
    }
    quoted.push('"');
    quoted
}
