//! What values are: numbers, addresses, and compared with each other.

use core::net::IpAddr;

use memchr::memmem;

use super::text::Folded;
use super::{number, two_way};
use crate::template::{Case, Comparison, FieldReference, IpNetwork, Value};
use crate::wire::count;

/// From the first to the second, both included.
pub(super) type Bounds<B> = (B, B);

/// An address as a number, and its family: no network has both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    is_ipv6: bool,
    bits: u128,
}

/// What the text of a value was found to be; found out once, for all patterns that ask.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    integer: Option<Option<i128>>,
    address: Option<Option<Address>>,
}

impl Parsed {
    /// The number that a value is, or whose text it is.
    pub(super) fn integer(&mut self, value: &Value<'_>, work: &mut u64) -> Option<i128> {
        *self.integer.get_or_insert_with(|| {
            *work = work.saturating_add(parsing_work(value));
            integer(value)
        })
    }

    /// The address that a value is, or whose text it is.
    pub(super) fn address(&mut self, value: &Value<'_>) -> Option<Address> {
        *self.address.get_or_insert_with(|| address(value))
    }
}

/// Leading zeros are allowed, as many as there are.
pub(super) fn parsing_work(value: &Value<'_>) -> u64 {
    match value {
        Value::Text(text) => count(text.len()),
        _ => 1,
    }
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self { is_ipv6: false, bits: u128::from(address.to_bits()) },
            IpAddr::V6(address) => Self { is_ipv6: true, bits: address.to_bits() },
        }
    }
}

impl Address {
    /// The first and the last address of a network.
    pub(super) fn bounds(network: &IpNetwork) -> Bounds<Self> {
        let low = Self::from(network.address());
        let length = if low.is_ipv6 { 128 } else { 32_u32 };
        let host_bits = length.saturating_sub(u32::from(network.prefix()));
        let hosts = 1_u128.checked_shl(host_bits).map_or(u128::MAX, |all| all.wrapping_sub(1));
        (low, Self { bits: low.bits | hosts, ..low })
    }
}

/// The number that a value is, or whose text it is.
pub(super) fn integer(value: &Value<'_>) -> Option<i128> {
    match value {
        Value::Unsigned(number) => Some(i128::from(*number)),
        Value::Signed(number) => Some(i128::from(*number)),
        Value::Text(text) => number::integer(text),
        _ => None,
    }
}

/// The address that a value is, or whose text it is.
pub(super) fn address(value: &Value<'_>) -> Option<Address> {
    match value {
        Value::IpAddress(address) => Some(Address::from(*address)),
        Value::Text(text) => number::address(text).map(Address::from),
        _ => None,
    }
}

pub(super) fn is_within<B: PartialOrd>(bounds: Option<Bounds<B>>, value: B) -> bool {
    bounds.is_some_and(|(low, high)| low <= value && value <= high)
}

/// Compares a value with that of another field; neither may be absent.
pub(super) fn compare(value: &Value<'_>, other: &Value<'_>, reference: &FieldReference, work: &mut u64) -> bool {
    match (value, other) {
        (Value::Text(one), Value::Text(two)) | (Value::Bytes(one), Value::Bytes(two)) => {
            let fits = match reference.comparison {
                Comparison::Equals => one.len() == two.len(),
                _ => one.len() >= two.len(),
            };
            if !fits {
                return false;
            }
            *work = work.saturating_add(count(one.len())).saturating_add(count(two.len()));
            match reference.case {
                Case::Sensitive => match reference.comparison {
                    Comparison::Equals => one == two,
                    Comparison::StartsWith => one.starts_with(two),
                    Comparison::EndsWith => one.ends_with(two),
                    Comparison::Contains => memmem::find(one, two).is_some(),
                },
                Case::Ignored => compare_folded(Folded { bytes: one }, Folded { bytes: two }, reference.comparison),
            }
        }
        (Value::Absent, _) | (_, Value::Absent) => false,
        (one, two) => one == two,
    }
}

fn compare_folded(one: Folded<'_>, two: Folded<'_>, comparison: Comparison) -> bool {
    let Some(further) = one.bytes.len().checked_sub(two.bytes.len()) else { return false };
    let agrees_from = |start: usize| (0..two.bytes.len()).all(|at| one.at(start.saturating_add(at)) == two.at(at));
    match comparison {
        Comparison::Equals => further == 0 && agrees_from(0),
        Comparison::StartsWith => agrees_from(0),
        Comparison::EndsWith => agrees_from(further),
        Comparison::Contains => two_way::occurs(two.text(), one.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_length_is_not_read() {
        let work = |one: &[u8], two: &[u8], comparison, case| {
            let (reference, mut work) = (FieldReference { field: 1, comparison, case }, 0);
            let _ = compare(&Value::Text(one), &Value::Text(two), &reference, &mut work);
            work
        };
        for case in [Case::Sensitive, Case::Ignored] {
            assert_eq!(work(b"abc", b"ab", Comparison::Equals, case), 0);
            assert_eq!(work(b"ab", b"ab", Comparison::Equals, case), 4);
            for comparison in [Comparison::StartsWith, Comparison::EndsWith, Comparison::Contains] {
                assert_eq!(work(b"ab", b"abc", comparison, case), 0);
                assert_eq!(work(b"abc", b"ab", comparison, case), 5);
            }
        }
    }
}
