//! Numbers and lengths at their bounds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{Content, FieldKind, Operator, Pattern, Rule, TemplateType};
use channel_file::{Limits, encode};

use super::patterns::network;
use crate::Result;
use crate::sketch::{any_of, file_of, instance, none_of, pipe, rule, template_type, text};

const FIELDS: &[(&str, FieldKind)] = &[
    ("text", FieldKind::Text),
    ("unsigned", FieldKind::Unsigned),
    ("signed", FieldKind::Signed),
    ("address", FieldKind::IpAddress),
];

pub(super) fn highest() -> Result<Vec<u8>> {
    let extremes = template_type(u32::MAX, u32::MAX, "extremes", FIELDS)?;
    let (v4, v6) = (IpAddr::V4(Ipv4Addr::BROADCAST), IpAddr::V6(Ipv6Addr::from_bits(u128::MAX)));
    let text = [
        Pattern::unsigned(u64::MAX),
        Pattern::signed(-1),
        Pattern::unsigned_range(0, u64::MAX)?,
        Pattern::signed_range(-1, i64::MAX)?,
    ];
    let criteria = [
        any_of(0, text)?,
        any_of(1, [Pattern::unsigned(u64::MAX), Pattern::unsigned_range(1, u64::MAX)?])?,
        any_of(2, [Pattern::signed(i64::MAX), Pattern::signed_range(i64::MIN.saturating_add(1), i64::MAX)?])?,
        any_of(3, [Pattern::address(v4), Pattern::address(v6), network(v4, 31)?, network(v6, 127)?])?,
    ];
    let instance = instance(&extremes, criteria)?;
    let content = Content::builder(u32::MAX, u64::MAX).template_type(extremes).rule(rule("r", [instance])?).build()?;
    Ok(encode(&content)?)
}

pub(super) fn lowest() -> Result<Vec<u8>> {
    let extremes = template_type(0, 1, "extremes", FIELDS)?;
    let (v4, v6) = (IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    let text = [
        Pattern::unsigned(0),
        Pattern::signed(i64::MIN),
        Pattern::unsigned_range(0, 1)?,
        Pattern::signed_range(i64::MIN, i64::MAX)?,
    ];
    let criteria = [
        any_of(0, text)?,
        any_of(1, [Pattern::unsigned(0), Pattern::unsigned_range(0, 1)?])?,
        any_of(2, [Pattern::signed(i64::MIN), Pattern::signed_range(i64::MIN, i64::MIN.saturating_add(1))?])?,
        any_of(3, [Pattern::address(v4), Pattern::address(v6), network(v4, 0)?, network(v6, 0)?])?,
    ];
    let instance = instance(&extremes, criteria)?;
    let content = Content::builder(0, 1).template_type(extremes).rule(rule("r", [instance])?).build()?;
    Ok(encode(&content)?)
}

pub(super) fn embedded_fields() -> Result<Vec<u8>> {
    let last = Limits::EMBEDDED.fields.saturating_sub(1);
    let fields = (0..=last).map(|number| format!("f{number}"));
    let builder =
        fields.fold(TemplateType::builder(4, 1, "wide"), |builder, name| builder.field(name, FieldKind::Unsigned));
    let last = u16::try_from(last).unwrap_or(u16::MAX);
    file_of(builder.build()?, [any_of(0, [Pattern::unsigned(1)])?, any_of(last, [Pattern::unsigned(2)])?])
}

pub(super) fn embedded_criteria() -> Result<Vec<u8>> {
    let flags = template_type(4, 1, "flag", &[("flag", FieldKind::Unsigned), ("other", FieldKind::Unsigned)])?;
    let count = Limits::EMBEDDED.criteria.saturating_sub(1);
    let criteria: Result<Vec<_>> = (0..count).map(|number| any_of(0, [Pattern::unsigned(number)])).collect();
    file_of(flags, criteria?.into_iter().chain([none_of(1, [Pattern::absent()])?]))
}

pub(super) fn embedded_name() -> Result<Vec<u8>> {
    let length = usize::try_from(Limits::EMBEDDED.name_bytes).unwrap_or(usize::MAX);
    let pipe = pipe()?;
    let instance = instance(&pipe, [any_of(0, [Pattern::empty()])?])?;
    let rule = Rule::builder("i".repeat(length)).title("t".repeat(length)).instance(instance).build()?;
    Ok(encode(&Content::builder(crate::sketch::CHANNEL, 1).template_type(pipe).rule(rule).build()?)?)
}

pub(super) fn embedded_pattern() -> Result<Vec<u8>> {
    let length = usize::try_from(Limits::EMBEDDED.pattern_bytes).unwrap_or(usize::MAX);
    file_of(pipe()?, [any_of(0, [text(Operator::Contains, &"x".repeat(length))?])?])
}
