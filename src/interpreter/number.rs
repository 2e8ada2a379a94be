//! Integers and addresses in text, by the grammar of `docs/FORMAT.md`.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The integer that all of the text is: decimal digits after an optional minus sign, or hexadecimal digits after `0x`. Those that
/// no pattern can hold, of more than 64 bits, are none.
pub(super) fn integer(text: &[u8]) -> Option<i128> {
    match text {
        [b'0', b'x' | b'X', digits @ ..] => magnitude(digits, 16).map(i128::from),
        [b'-', digits @ ..] => magnitude(digits, 10).map(|number| i128::from(number).wrapping_neg()),
        digits => magnitude(digits, 10).map(i128::from),
    }
}

fn magnitude(digits: &[u8], radix: u32) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = char::from(*digit).to_digit(radix)?;
        number.checked_mul(u64::from(radix))?.checked_add(u64::from(digit))
    })
}

/// The address that all of the text is.
pub(super) fn address(text: &[u8]) -> Option<IpAddr> {
    // No address is longer; `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255` has 45 bytes.
    const LONGEST: usize = 45;
    if text.len() > LONGEST {
        return None;
    }
    let text = core::str::from_utf8(text).ok()?;
    // By family: an address with a zone or a port is of neither.
    text.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for (text, number) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("007", Some(7)),
            ("0x1F", Some(31)),
            ("0Xff", Some(255)),
            ("-9223372036854775808", Some(i128::from(i64::MIN))),
            ("18446744073709551615", Some(i128::from(u64::MAX))),
            ("18446744073709551616", None),
            ("0xffffffffffffffff", Some(i128::from(u64::MAX))),
            ("", None),
            ("-", None),
            ("0x", None),
            ("-0x1", None),
            ("+1", None),
            (" 1", None),
            ("1 ", None),
            ("1_000", None),
            ("٣", None),
        ] {
            assert_eq!(integer(text.as_bytes()), number, "{text}");
        }
        assert_eq!(integer(b"1\xFF"), None);
    }

    #[test]
    fn addresses() {
        let longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
        for text in ["192.0.2.1", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1", "2001:DB8::A", longest] {
            assert_eq!(address(text.as_bytes()), text.parse().ok(), "{text}");
            assert!(address(text.as_bytes()).is_some());
        }
        for text in ["", "192.0.2.01", "192.0.2", "192.0.2.1/32", "[::1]", "fe80::1%eth0", "192.0.2.1:80", " ::1", "1"]
        {
            assert_eq!(address(text.as_bytes()), None, "{text}");
        }
    }
}
