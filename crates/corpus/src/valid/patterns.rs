//! Operators and values.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{Case, Comparison, Criterion, FieldKind, FieldReference, IpNetwork, Operator, Pattern};

use crate::sketch::{any_of, file_of, template_type, text, text_ignoring_case};
use crate::{NoSuchPlace, Result};

/// Two fields of every kind, so that each can be compared with another.
const PAIRS: &[(&str, FieldKind)] = &[
    ("text", FieldKind::Text),
    ("other text", FieldKind::Text),
    ("bytes", FieldKind::Bytes),
    ("other bytes", FieldKind::Bytes),
    ("unsigned", FieldKind::Unsigned),
    ("other unsigned", FieldKind::Unsigned),
    ("signed", FieldKind::Signed),
    ("other signed", FieldKind::Signed),
    ("boolean", FieldKind::Boolean),
    ("other boolean", FieldKind::Boolean),
    ("address", FieldKind::IpAddress),
    ("other address", FieldKind::IpAddress),
];

pub(super) fn every_pattern() -> Result<Vec<u8>> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for ((field, (_, kind)), other) in (0_u16..).zip(PAIRS).zip(1_u16..).step_by(2) {
        let mut patterns = Vec::new();
        for operator in kind.operators().iter() {
            patterns.extend(patterns_of(operator, *kind, other)?);
        }
        criteria.push(any_of(field, patterns)?);
    }
    file_of(template_type(12, 1, "everything", PAIRS)?, criteria)
}

/// A pattern of each value kind that goes with the operator.
fn patterns_of(operator: Operator, kind: FieldKind, other: u16) -> Result<Vec<Pattern>> {
    let (v4, v6) = addresses();
    let comparison = FieldReference { field: other, comparison: Comparison::Equals, case: Case::Sensitive };
    Ok(match (operator, kind) {
        (Operator::Absent, _) => vec![Pattern::absent()],
        (Operator::Empty, _) => vec![Pattern::empty()],
        (Operator::FieldReference, _) => vec![Pattern::field(comparison)],
        (Operator::Glob, _) => vec![text(operator, "a*b")?, text_ignoring_case(operator, "c?d")?],
        (Operator::Cidr, _) => vec![network(v4, 24)?, network(v6, 32)?],
        (Operator::Range, FieldKind::Text) => vec![Pattern::unsigned_range(1, 2)?, Pattern::signed_range(-1, 2)?],
        (Operator::Range, FieldKind::Signed) => vec![Pattern::signed_range(1, 2)?],
        (Operator::Range, _) => vec![Pattern::unsigned_range(1, 2)?],
        (Operator::Equals, FieldKind::Text) => vec![
            text(operator, "e")?,
            text_ignoring_case(operator, "f")?,
            Pattern::unsigned(3),
            Pattern::signed(-3),
            Pattern::address(v4),
            Pattern::address(v6),
        ],
        (Operator::Equals, FieldKind::Unsigned) => vec![Pattern::unsigned(4)],
        (Operator::Equals, FieldKind::Signed) => vec![Pattern::signed(-4), Pattern::signed(4)],
        (Operator::Equals, FieldKind::Boolean) => vec![Pattern::boolean(false), Pattern::boolean(true)],
        (Operator::Equals, FieldKind::IpAddress) => vec![Pattern::address(v4), Pattern::address(v6)],
        (_, FieldKind::Bytes) => vec![Pattern::bytes(operator, [0x00, 0xFF])?],
        _ => vec![text(operator, "g")?, text_ignoring_case(operator, "h")?],
    })
}

fn addresses() -> (IpAddr, IpAddr) {
    let v4 = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 0));
    let v6 = IpAddr::V6(Ipv6Addr::new(0x2001, 0xDB8, 0, 0, 0, 0, 0, 0));
    (v4, v6)
}

/// The network of this prefix that the address is in.
pub(super) fn network(address: IpAddr, prefix: u8) -> Result<Pattern> {
    let network = IpNetwork::containing(address, prefix);
    let network = network.ok_or_else(|| NoSuchPlace(format!("prefix of {prefix} bits")))?;
    Ok(Pattern::network(network)?)
}

pub(super) fn field_references() -> Result<Vec<u8>> {
    let mut criteria = Vec::new();
    for ((field, (_, kind)), other) in (0_u16..).zip(PAIRS).zip(1_u16..).step_by(2) {
        let cases: &[_] = if *kind == FieldKind::Text { &[Case::Sensitive, Case::Ignored] } else { &[Case::Sensitive] };
        let comparisons = match kind {
            FieldKind::Text | FieldKind::Bytes => Comparison::ALL,
            _ => &[Comparison::Equals],
        };
        let references = comparisons.iter().flat_map(|comparison| {
            cases.iter().map(|case| FieldReference { field: other, comparison: *comparison, case: *case })
        });
        criteria.push(any_of(field, references.map(Pattern::field))?);
    }
    let backwards = FieldReference { field: 0, comparison: Comparison::Equals, case: Case::Ignored };
    criteria.push(any_of(1, [Pattern::field(backwards)])?);
    file_of(template_type(12, 1, "everything", PAIRS)?, criteria)
}

pub(super) fn globs() -> Result<Vec<u8>> {
    let globs = ["?", "?*", "a*b", "*a*b*", "??*c", r"\**\*", r"a\\?*b", r"*\?x?*", "ä*ö", "*.tmp*.exe"];
    let fields = [("path", FieldKind::Text)];
    let patterns: Result<Vec<_>> = globs.into_iter().map(|glob| text(Operator::Glob, glob)).collect();
    file_of(template_type(11, 1, "file", &fields)?, [any_of(0, patterns?)?])
}

pub(super) fn shortlex() -> Result<Vec<u8>> {
    let fields = [("text", FieldKind::Text), ("bytes", FieldKind::Bytes)];
    let words = ["zz", "b", "aaa", "a", "ab", "aa", "ä", "B", "aab"];
    let texts: Result<Vec<_>> = words.into_iter().map(|word| text(Operator::Equals, word)).collect();
    let strings: [&[u8]; 6] = [b"\xFF", b"\x00", b"\x00\x00", b"\x00\xFF", b"\xFF\x00", b"\x00\x00\x00"];
    let bytes: Result<Vec<_>> = strings.into_iter().map(|bytes| Ok(Pattern::bytes(Operator::Equals, bytes)?)).collect();
    file_of(template_type(5, 1, "order", &fields)?, [any_of(0, texts?)?, any_of(1, bytes?)?])
}
