//! Examples.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{Example, Expectation, FieldKind, Operator, OwnedValue, Pattern, Rule};

use crate::Result;
use crate::sketch::{any_of, file, instance, template_type, text};

const FIELDS: &[(&str, FieldKind)] = &[
    ("text", FieldKind::Text),
    ("bytes", FieldKind::Bytes),
    ("unsigned", FieldKind::Unsigned),
    ("signed", FieldKind::Signed),
    ("boolean", FieldKind::Boolean),
    ("address", FieldKind::IpAddress),
];

pub(super) fn examples() -> Result<Vec<u8>> {
    let everything = template_type(12, 1, "everything", FIELDS)?;
    let example = |expectation, values: [OwnedValue; 6]| Example::new(&everything, expectation, values);
    let full = example(
        Expectation::Match,
        [
            OwnedValue::Text(b"sample \xFF\xC3".into()),
            OwnedValue::Bytes(vec![0, 0xFF, 0x80]),
            OwnedValue::Unsigned(u64::MAX),
            OwnedValue::Signed(i64::MIN),
            OwnedValue::Boolean(true),
            OwnedValue::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        ],
    )?;
    let empty = example(
        Expectation::NoMatch,
        [
            OwnedValue::Text(Vec::new()),
            OwnedValue::Bytes(Vec::new()),
            OwnedValue::Unsigned(0),
            OwnedValue::Signed(-1),
            OwnedValue::Boolean(false),
            OwnedValue::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        ],
    )?;
    let absent = example(Expectation::NoMatch, [const { OwnedValue::Absent }; 6])?;
    let containing = instance(&everything, [any_of(0, [text(Operator::StartsWith, "sample")?])?])?;
    let magic = instance(&everything, [any_of(1, [Pattern::bytes(Operator::StartsWith, [0])?])?])?;
    let one = Rule::builder("with examples").instance(containing.clone()).example(absent.clone()).example(full.clone());
    let two = Rule::builder("without").instance(containing);
    let three = Rule::builder("with others").instance(magic).example(empty).example(absent).example(full);
    file([everything.clone()], [one.build()?, two.build()?, three.build()?])
}

pub(super) fn without_bytes() -> Result<Vec<u8>> {
    let pair = template_type(5, 1, "pair", &[("one", FieldKind::Text), ("two", FieldKind::Text)])?;
    let values = [OwnedValue::Absent, OwnedValue::Text(Vec::new())];
    let example = Example::new(&pair, Expectation::Match, values)?;
    let empty = instance(&pair, [any_of(1, [Pattern::empty()])?])?;
    file([pair], [Rule::builder("r").instance(empty).example(example).build()?])
}
