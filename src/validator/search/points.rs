//! Numbers, addresses and truth values at the borders of what patterns ask for.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::template::{FieldKind, OwnedValue, PatternRef, PatternValue};

/// Values of a kind among which there is one of each sort that the patterns tell apart: every border of a range or network, and
/// its neighbours. On text they are written out, in several ways.
pub(super) fn values<'f>(kind: FieldKind, patterns: impl Iterator<Item = PatternRef<'f>>) -> Vec<OwnedValue> {
    let (mut integers, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for pattern in patterns {
        match pattern.value() {
            PatternValue::Unsigned(number) => around(&mut integers, number.into(), number.into()),
            PatternValue::Signed(number) => around(&mut integers, number.into(), number.into()),
            PatternValue::UnsignedRange(low, high) => around(&mut integers, low.into(), high.into()),
            PatternValue::SignedRange(low, high) => around(&mut integers, low.into(), high.into()),
            PatternValue::Address(address) => around_addresses(&mut addresses, address, address),
            PatternValue::Network(network) => {
                around_addresses(&mut addresses, network.address(), last_address(network.address(), network.prefix()));
            }
            _ => {}
        }
    }
    match kind {
        FieldKind::Unsigned => {
            integers.extend([0, 7, i128::from(u64::MAX)]);
            integers.into_iter().filter_map(|number| u64::try_from(number).ok()).map(OwnedValue::Unsigned).collect()
        }
        FieldKind::Signed => {
            integers.extend([0, 7, -7, i128::from(i64::MIN), i128::from(i64::MAX)]);
            integers.into_iter().filter_map(|number| i64::try_from(number).ok()).map(OwnedValue::Signed).collect()
        }
        FieldKind::Boolean => [true, false].map(OwnedValue::Boolean).into(),
        FieldKind::IpAddress => {
            addresses.extend(OF_DOCUMENTATION);
            addresses.into_iter().map(OwnedValue::IpAddress).collect()
        }
        FieldKind::Text => {
            let text = |text: String| OwnedValue::Text(text.into_bytes());
            let numbers = integers.iter().flat_map(|number| written_number(*number));
            numbers.chain(addresses.into_iter().flat_map(written_address)).map(text).collect()
        }
        FieldKind::Bytes => Vec::new(),
    }
}

/// The ways in which texts have a number: see "Numbers in text" in `docs/MATCHING.md`. There are more zeros than these.
fn written_number(number: i128) -> Vec<String> {
    let mut written = alloc::vec![number.to_string()];
    if number >= 0 {
        let ways = [
            format!("{number:#x}"),
            format!("0x{number:X}"),
            format!("0X{number:x}"),
            format!("0x0{number:x}"),
            format!("0x{number:016x}"),
            format!("0{number}"),
            format!("00{number}"),
            format!("000{number}"),
        ];
        written.extend(ways);
    }
    written
}

/// The ways in which texts have an address: short, and with all groups and zeros.
fn written_address(address: IpAddr) -> Vec<String> {
    let mut written = alloc::vec![address.to_string()];
    if let IpAddr::V6(address) = address {
        let groups = |group: fn(&u16) -> String| {
            let groups: Vec<String> = address.segments().iter().map(group).collect();
            groups.join(":")
        };
        written.extend([groups(|group| format!("{group:x}")), groups(|group| format!("{group:04x}"))]);
        let upper: Vec<String> = written.iter().map(|text| text.to_uppercase()).collect();
        written.extend(upper);
    }
    written
}

/// Whether a pattern asks for a number or an address.
pub(super) const fn is_point(pattern: &PatternRef<'_>) -> bool {
    matches!(
        pattern.value(),
        PatternValue::Unsigned(_)
            | PatternValue::Signed(_)
            | PatternValue::UnsignedRange(..)
            | PatternValue::SignedRange(..)
            | PatternValue::Address(_)
            | PatternValue::Network(_)
    )
}

/// Addresses that documents may name: RFC 5737 and RFC 3849.
const OF_DOCUMENTATION: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))];

fn around(integers: &mut BTreeSet<i128>, low: i128, high: i128) {
    integers.extend([low.saturating_sub(1), low, low.saturating_add(1)]);
    integers.extend([high.saturating_sub(1), high, high.saturating_add(1)]);
}

fn around_addresses(addresses: &mut BTreeSet<IpAddr>, low: IpAddr, high: IpAddr) {
    let beside = |address: IpAddr, down: bool| match address {
        IpAddr::V4(address) => {
            let bits = address.to_bits();
            let bits = if down { bits.checked_sub(1) } else { bits.checked_add(1) };
            bits.map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)))
        }
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            let bits = if down { bits.checked_sub(1) } else { bits.checked_add(1) };
            bits.map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits)))
        }
    };
    addresses.extend([low, high]);
    for address in [low, high] {
        addresses.extend([beside(address, true), beside(address, false)].into_iter().flatten());
    }
}

fn last_address(first: IpAddr, prefix: u8) -> IpAddr {
    match first {
        IpAddr::V4(first) => {
            let hosts = u32::MAX.checked_shr(u32::from(prefix)).unwrap_or_default();
            IpAddr::V4(Ipv4Addr::from_bits(first.to_bits() | hosts))
        }
        IpAddr::V6(first) => {
            let hosts = u128::MAX.checked_shr(u32::from(prefix)).unwrap_or_default();
            IpAddr::V6(Ipv6Addr::from_bits(first.to_bits() | hosts))
        }
    }
}
