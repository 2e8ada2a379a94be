//! Values that patterns and examples have in common.

use std::net::IpAddr;

use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Node, Style, Value, under};

/// An address in either notation.
pub(crate) fn address(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<IpAddr> {
    let text = findings.text(node, "an address")?;
    let address = text.parse().ok();
    if address.is_none() {
        findings.report(node.place, format!("expected an IPv4 or IPv6 address, found {}", quoted(text)));
    }
    address
}

/// `true` or `false`.
pub(crate) fn boolean(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<bool> {
    findings.named(node, "`true` or `false`", &[true, false], |value| if value { "true" } else { "false" })
}

/// The bytes of a text, or those of `{ hex: 'ff00' }`.
pub(crate) fn bytes(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Vec<u8>> {
    let Value::Mapping(entries) = &node.value else {
        return findings.text(node, "a text or `{ hex: '…' }`").map(|text| text.as_bytes().to_vec());
    };
    findings.only_known_keys(entries, &["hex"], "a value");
    let digits = under(entries, "hex")?;
    let bytes = match &digits.value {
        Value::Scalar(scalar) if scalar.style != Style::Block => bytes_of_hexadecimal(&scalar.text),
        _ => None,
    };
    if bytes.is_none() {
        findings.report(digits.place, format!("expected two hexadecimal digits a byte, found {}", digits.describe()));
    }
    bytes
}

/// Bytes from hexadecimal digits of either case, two a byte; `None` for any other text.
#[must_use]
pub fn bytes_of_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)?.wrapping_shl(4) | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits() {
        assert_eq!(bytes_of_hexadecimal("00fF"), Some(vec![0, 255]));
        assert_eq!(bytes_of_hexadecimal(""), Some(vec![]));
        for text in ["0", "0g", "é", "0x"] {
            assert_eq!(bytes_of_hexadecimal(text), None, "{text}");
        }
    }
}
