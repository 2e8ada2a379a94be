//! Patterns that a field takes, over the words of a content.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{
    Case, Comparison, DeclaredField, FieldKind, FieldReference, IpNetwork, Operator, Pattern,
};

use super::expressions::expression;
use super::random::Random;
use super::words::Words;

/// A pattern on a field of these; `None` where chance has chosen what cannot be said.
pub(crate) fn pattern(random: &mut Random, words: &Words, fields: &[DeclaredField<'_>], field: u16) -> Option<Pattern> {
    let DeclaredField { kind, operators, .. } = fields[usize::from(field)];
    let operators: Vec<_> = operators.iter().collect();
    let operator = random.pick(&operators);
    match operator {
        Operator::Absent => Some(Pattern::absent()).filter(|_| random.percent(30)),
        Operator::Empty => Some(Pattern::empty()).filter(|_| random.percent(30)),
        Operator::Equals if kind != FieldKind::Text || random.percent(20) => equals(random, words, kind),
        Operator::Glob => glob(random, words),
        Operator::Regex => Pattern::text(operator, expression(random, words), case(random)).ok(),
        Operator::Cidr => Pattern::network(network(random)).ok(),
        Operator::Range => range(random, kind),
        Operator::FieldReference => reference(random, fields, field),
        _ if kind == FieldKind::Bytes => Pattern::bytes(operator, bytes(random, words)).ok(),
        _ => Pattern::text(operator, words.pick(random), case(random)).ok(),
    }
}

pub(crate) fn case(random: &mut Random) -> Case {
    if random.percent(60) { Case::Ignored } else { Case::Sensitive }
}

fn equals(random: &mut Random, words: &Words, kind: FieldKind) -> Option<Pattern> {
    Some(match kind {
        FieldKind::Text => match random.below(3) {
            0 => Pattern::unsigned(unsigned(random)),
            1 => Pattern::signed(signed(random).min(-1)),
            _ => Pattern::address(address(random)),
        },
        FieldKind::Bytes => return Pattern::bytes(Operator::Equals, bytes(random, words)).ok(),
        FieldKind::Unsigned => Pattern::unsigned(unsigned(random)),
        FieldKind::Signed => Pattern::signed(signed(random)),
        FieldKind::Boolean => Pattern::boolean(random.percent(50)),
        FieldKind::IpAddress => Pattern::address(address(random)),
    })
}

fn bytes(random: &mut Random, words: &Words) -> Vec<u8> {
    let word = words.pick(random).as_bytes();
    if random.percent(30) { words.nearly(random, word) } else { word.to_vec() }
}

/// Words with wildcards between, in normal form as often as chance will have it.
fn glob(random: &mut Random, words: &Words) -> Option<Pattern> {
    let mut text = String::new();
    for _ in 0..random.within(1, 4) {
        text.push_str(random.pick(&["", "", "*", "?", "??", "?*"]));
        for character in words.pick(random).chars() {
            if matches!(character, '*' | '?' | '\\') {
                text.push('\\');
            }
            text.push(character);
        }
    }
    text.push_str(random.pick(&["", "*", "?"]));
    Pattern::text(Operator::Glob, text, case(random)).ok()
}

/// On fields of numbers a range may not hold all of them.
fn range(random: &mut Random, kind: FieldKind) -> Option<Pattern> {
    let (one, other) = (signed(random), signed(random));
    match kind {
        FieldKind::Signed if (one, other) == (i64::MIN, i64::MAX) => None,
        FieldKind::Signed => Pattern::signed_range(one, other).ok(),
        FieldKind::Text if random.percent(50) => Pattern::signed_range(one.min(-1), other).ok(),
        _ => {
            let (one, other) = (unsigned(random), unsigned(random));
            let is_all = kind == FieldKind::Unsigned && (one, other) == (0, u64::MAX);
            Pattern::unsigned_range(one, other).ok().filter(|_| !is_all)
        }
    }
}

fn reference(random: &mut Random, fields: &[DeclaredField<'_>], field: u16) -> Option<Pattern> {
    let other = random.below(fields.len());
    let kind = fields[usize::from(field)].kind;
    if other == usize::from(field) || fields[other].kind != kind {
        return None;
    }
    let comparison = match kind {
        FieldKind::Text | FieldKind::Bytes => random.pick(Comparison::ALL),
        _ => Comparison::Equals,
    };
    let case = if kind == FieldKind::Text { case(random) } else { Case::Sensitive };
    Some(Pattern::field(FieldReference { field: u16::try_from(other).unwrap(), comparison, case }))
}

/// Small numbers, and those around the ends of what 64 bits hold.
pub(crate) fn unsigned(random: &mut Random) -> u64 {
    match random.below(8) {
        0 => u64::MAX - u64::try_from(random.below(3)).unwrap(),
        1 => i64::MAX.unsigned_abs() - 1 + u64::try_from(random.below(3)).unwrap(),
        2 => random.next() >> random.below(64),
        _ => u64::try_from(random.below(20)).unwrap(),
    }
}

pub(crate) fn signed(random: &mut Random) -> i64 {
    match random.below(8) {
        0 => i64::MAX - i64::try_from(random.below(3)).unwrap(),
        1 => i64::MIN + i64::try_from(random.below(3)).unwrap(),
        2 => random.next().cast_signed() >> random.below(64),
        _ => i64::try_from(random.below(30)).unwrap() - 15,
    }
}

/// Addresses of a few networks, of both families, some with the same number in both.
pub(crate) fn address(random: &mut Random) -> IpAddr {
    let host = u32::try_from(random.below(4)).unwrap();
    let v4 = Ipv4Addr::from_bits(random.pick(&[0xC000_0200, 0xC000_0300, 0, 0xFFFF_FFFC]) | host);
    match random.below(4) {
        0 | 1 => v4.into(),
        2 => v4.to_ipv6_mapped().into(),
        _ => {
            let network = random.pick(&[0x2001_0db8_u128 << 96, 0, u128::MAX << 2, 0xFE80 << 112]);
            Ipv6Addr::from_bits(network | u128::from(host)).into()
        }
    }
}

fn network(random: &mut Random) -> IpNetwork {
    let address = address(random);
    let most = if address.is_ipv4() { 31 } else { 127 };
    let prefix = if random.percent(50) { most - random.below(4) } else { random.within(0, most) };
    IpNetwork::containing(address, u8::try_from(prefix).unwrap()).unwrap()
}
