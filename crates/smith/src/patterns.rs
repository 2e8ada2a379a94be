//! Patterns that a field takes, over the words of a content.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{
    Case, Comparison, DeclaredField, FieldKind, FieldReference, IpNetwork, Operator, Pattern,
};

use crate::choices::Choices;
use crate::expressions::expression;
use crate::swarm::Swarm;
use crate::words::Words;

/// What patterns are made from.
pub(crate) struct Patterns<'w> {
    pub(crate) swarm: &'w Swarm,
    pub(crate) words: &'w Words,
    /// The fields of the type.
    pub(crate) fields: &'w [DeclaredField<'w>],
}

impl Patterns<'_> {
    /// A pattern on a field; `None` where chance has chosen what cannot be said.
    pub(crate) fn pattern(&self, choices: &mut Choices<'_>, field: u16) -> Option<Pattern> {
        let DeclaredField { kind, operators, .. } = *self.fields.get(usize::from(field))?;
        let operator = self.swarm.operator(choices, operators);
        match operator {
            Operator::Absent => Some(Pattern::absent()).filter(|_| choices.percent(30)),
            Operator::Empty => Some(Pattern::empty()).filter(|_| choices.percent(30)),
            Operator::Equals if kind != FieldKind::Text || choices.percent(20) => self.equals(choices, kind),
            Operator::Glob => self.glob(choices),
            Operator::Regex => Pattern::text(operator, expression(choices, self.words), self.case(choices)).ok(),
            Operator::Cidr => Pattern::network(network(choices)?).ok(),
            Operator::Range => range(choices, kind),
            Operator::FieldReference => self.reference(choices, field, kind),
            _ if kind == FieldKind::Bytes => Pattern::bytes(operator, self.bytes(choices)).ok(),
            _ => Pattern::text(operator, self.words.pick(choices), self.case(choices)).ok(),
        }
    }

    /// Some pattern that a field takes, always the same; `None` if it takes nothing but references, and there is nothing to
    /// refer to.
    pub(crate) fn simplest(&self, field: u16) -> Option<Pattern> {
        let own = self.fields.get(usize::from(field))?;
        own.operators.iter().find_map(|operator| match (operator, own.kind) {
            (Operator::Absent, _) => Some(Pattern::absent()),
            (Operator::Empty, _) => Some(Pattern::empty()),
            (Operator::Equals, FieldKind::Unsigned) => Some(Pattern::unsigned(7)),
            (Operator::Equals, FieldKind::Signed) => Some(Pattern::signed(7)),
            (Operator::Equals, FieldKind::Boolean) => Some(Pattern::boolean(true)),
            (Operator::Equals, FieldKind::IpAddress) => Some(Pattern::address(Ipv4Addr::LOCALHOST.into())),
            (Operator::Cidr, _) => Pattern::network(IpNetwork::containing(Ipv4Addr::LOCALHOST.into(), 8)?).ok(),
            (Operator::Range, FieldKind::Signed) => Pattern::signed_range(-7, 7).ok(),
            (Operator::Range, _) => Pattern::unsigned_range(0, 7).ok(),
            (Operator::Glob, _) => Pattern::text(operator, "a*b", Case::Sensitive).ok(),
            (Operator::FieldReference, kind) => {
                let mut others = (0_u16..).zip(self.fields).filter(|(index, _)| *index != field);
                let (other, _) = others.find(|(_, other)| other.kind == kind)?;
                let (comparison, case) = (Comparison::Equals, Case::Sensitive);
                Some(Pattern::field(FieldReference { field: other, comparison, case }))
            }
            (_, FieldKind::Bytes) => Pattern::bytes(operator, *b"a").ok(),
            _ => Pattern::text(operator, "a", Case::Sensitive).ok(),
        })
    }

    fn case(&self, choices: &mut Choices<'_>) -> Case {
        if self.swarm.ignored_case && choices.percent(60) { Case::Ignored } else { Case::Sensitive }
    }

    fn equals(&self, choices: &mut Choices<'_>, kind: FieldKind) -> Option<Pattern> {
        Some(match kind {
            FieldKind::Text => match choices.below(3) {
                0 => Pattern::unsigned(unsigned(choices)),
                1 => Pattern::signed(signed(choices).min(-1)),
                _ => Pattern::address(address(choices)),
            },
            FieldKind::Bytes => return Pattern::bytes(Operator::Equals, self.bytes(choices)).ok(),
            FieldKind::Unsigned => Pattern::unsigned(unsigned(choices)),
            FieldKind::Signed => Pattern::signed(signed(choices)),
            FieldKind::Boolean => Pattern::boolean(choices.percent(50)),
            FieldKind::IpAddress => Pattern::address(address(choices)),
        })
    }

    fn bytes(&self, choices: &mut Choices<'_>) -> Vec<u8> {
        let word = self.words.pick(choices).as_bytes();
        if choices.percent(30) { self.words.nearly(choices, word) } else { word.to_vec() }
    }

    /// Words with wildcards between, in normal form as often as chance will have it.
    fn glob(&self, choices: &mut Choices<'_>) -> Option<Pattern> {
        let mut text = String::new();
        for _ in 0..choices.within(1, 4) {
            text.push_str(choices.pick(&["", "", "*", "?", "??", "?*"]));
            for character in self.words.pick(choices).chars() {
                if matches!(character, '*' | '?' | '\\') {
                    text.push('\\');
                }
                text.push(character);
            }
        }
        text.push_str(choices.pick(&["", "*", "?"]));
        Pattern::text(Operator::Glob, text, self.case(choices)).ok()
    }

    fn reference(&self, choices: &mut Choices<'_>, field: u16, kind: FieldKind) -> Option<Pattern> {
        let other = choices.below(self.fields.len());
        let is_of_kind = self.fields.get(other).is_some_and(|other| other.kind == kind);
        if other == usize::from(field) || !is_of_kind {
            return None;
        }
        let comparison = match kind {
            FieldKind::Text | FieldKind::Bytes => *choices.one_of(Comparison::ALL)?,
            _ => Comparison::Equals,
        };
        let case = if kind == FieldKind::Text { self.case(choices) } else { Case::Sensitive };
        Some(Pattern::field(FieldReference { field: u16::try_from(other).ok()?, comparison, case }))
    }
}

/// On fields of numbers a range may not hold all of them.
fn range(choices: &mut Choices<'_>, kind: FieldKind) -> Option<Pattern> {
    let (one, other) = (signed(choices), signed(choices));
    match kind {
        FieldKind::Signed if (one, other) == (i64::MIN, i64::MAX) => None,
        FieldKind::Signed => Pattern::signed_range(one, other).ok(),
        FieldKind::Text if choices.percent(50) => Pattern::signed_range(one.min(-1), other).ok(),
        _ => {
            let (one, other) = (unsigned(choices), unsigned(choices));
            let is_all = kind == FieldKind::Unsigned && (one, other) == (0, u64::MAX);
            Pattern::unsigned_range(one, other).ok().filter(|_| !is_all)
        }
    }
}

/// Small numbers, and those around the ends of what 64 bits hold.
pub(crate) fn unsigned(choices: &mut Choices<'_>) -> u64 {
    match choices.below(8) {
        7 => u64::MAX.saturating_sub(small(choices, 3)),
        6 => i64::MAX.unsigned_abs().saturating_sub(1).saturating_add(small(choices, 3)),
        5 => shifted(choices),
        _ => small(choices, 20),
    }
}

pub(crate) fn signed(choices: &mut Choices<'_>) -> i64 {
    let small = |choices: &mut Choices<'_>, bound| i64::try_from(choices.below(bound)).unwrap_or_default();
    match choices.below(8) {
        7 => i64::MAX.saturating_sub(small(choices, 3)),
        6 => i64::MIN.saturating_add(small(choices, 3)),
        5 => shifted(choices).cast_signed(),
        _ => small(choices, 30).saturating_sub(15),
    }
}

fn small(choices: &mut Choices<'_>, bound: usize) -> u64 {
    u64::try_from(choices.below(bound)).unwrap_or_default()
}

/// A number of any length in bits.
fn shifted(choices: &mut Choices<'_>) -> u64 {
    let (number, bits) = (choices.number(), choices.below(64));
    number.checked_shr(u32::try_from(bits).unwrap_or_default()).unwrap_or_default()
}

/// Addresses of a few networks, of both families, some with the same number in both.
pub(crate) fn address(choices: &mut Choices<'_>) -> IpAddr {
    let host = u32::try_from(choices.below(4)).unwrap_or_default();
    let v4 = Ipv4Addr::from_bits(choices.pick(&[0xC000_0200, 0xC000_0300, 0, 0xFFFF_FFFC]) | host);
    match choices.below(4) {
        0 | 1 => v4.into(),
        2 => v4.to_ipv6_mapped().into(),
        _ => {
            let network = choices.pick(&[0x2001_0db8_u128 << 96, 0, u128::MAX << 2, 0xFE80 << 112]);
            Ipv6Addr::from_bits(network | u128::from(host)).into()
        }
    }
}

fn network(choices: &mut Choices<'_>) -> Option<IpNetwork> {
    let address = address(choices);
    let most: usize = if address.is_ipv4() { 31 } else { 127 };
    let prefix = if choices.percent(50) { most.saturating_sub(choices.below(4)) } else { choices.within(0, most) };
    IpNetwork::containing(address, u8::try_from(prefix).ok()?)
}
