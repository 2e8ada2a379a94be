//! Values of JSON as values of fields.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use channel_file::template::{FieldKind, Value};
use channel_file_content::bytes_of_hexadecimal;
use serde_json::value::RawValue;

/// The value of a field, which may have a memory of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldValue<'l> {
    #[default]
    Absent,
    Text(Cow<'l, str>),
    Bytes(Vec<u8>),
    Unsigned(u64),
    Signed(i64),
    Boolean(bool),
    IpAddress(IpAddr),
}

impl<'l> FieldValue<'l> {
    /// What a value of JSON is on a field of this kind; otherwise what was expected.
    pub(crate) fn of(raw: &'l RawValue, kind: FieldKind) -> Result<Self, Unfit> {
        let Some(text) = text(raw)? else { return Ok(Self::Absent) };
        let value = match kind {
            FieldKind::Text => return Ok(Self::Text(text)),
            FieldKind::Bytes => bytes_of_hexadecimal(&text).map(Self::Bytes),
            FieldKind::Unsigned => integer(&text).and_then(|number| u64::try_from(number).ok()).map(Self::Unsigned),
            FieldKind::Signed => integer(&text).and_then(|number| i64::try_from(number).ok()).map(Self::Signed),
            FieldKind::Boolean => text.parse().ok().map(Self::Boolean),
            FieldKind::IpAddress => address(&text).map(Self::IpAddress),
        };
        value.ok_or(Unfit(match kind {
            FieldKind::Text => "a text",
            FieldKind::Bytes => "bytes, two hexadecimal digits each",
            FieldKind::Unsigned => "a whole number from 0 to 18446744073709551615",
            FieldKind::Signed => "a whole number from -9223372036854775808 to 9223372036854775807",
            FieldKind::Boolean => "true or false",
            FieldKind::IpAddress => "an IPv4 or IPv6 address",
        }))
    }

    pub(crate) fn as_value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::Text(text.as_bytes()),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Signed(number) => Value::Signed(*number),
            Self::Boolean(value) => Value::Boolean(*value),
            Self::IpAddress(address) => Value::IpAddress(*address),
        }
    }
}

/// What was expected of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfit(pub(crate) &'static str);

/// Whether a value holds others. Events are flat: what is further down would go unjudged in silence.
pub(crate) fn is_nested(raw: &RawValue) -> bool {
    raw.get().starts_with(['[', '{'])
}

/// The characters of a string, a number or a boolean; `None` for `null`.
pub(crate) fn text(raw: &RawValue) -> Result<Option<Cow<'_, str>>, Unfit> {
    let json = raw.get();
    if json == "null" {
        return Ok(None);
    }
    if is_nested(raw) {
        return Err(Unfit("a string, a number, a boolean or null"));
    }
    let Some(string) = json.strip_prefix('"') else { return Ok(Some(Cow::Borrowed(json))) };
    if !string.contains('\\') {
        return Ok(string.strip_suffix('"').map(Cow::Borrowed));
    }
    let unescaped = serde_json::from_str(json).map_err(|_| Unfit("a string of Unicode characters"))?;
    Ok(Some(Cow::Owned(unescaped)))
}

/// An integer in text, by the grammar of the format: decimal digits after an optional minus sign, or hexadecimal ones after `0x`.
fn integer(text: &str) -> Option<i128> {
    let (sign, digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (1, digits, 16),
        None => match text.strip_prefix('-') {
            Some(digits) => (-1, digits, 10),
            None => (1, text, 10),
        },
    };
    // The parser would take a further sign.
    let digits = Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    i128::from_str_radix(digits, radix).ok()?.checked_mul(sign)
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> &RawValue {
        serde_json::from_str(json).unwrap()
    }

    fn value(json: &str, kind: FieldKind) -> Result<FieldValue<'_>, Unfit> {
        FieldValue::of(raw(json), kind)
    }

    #[test]
    fn text_is_what_json_says() {
        for (json, text) in [
            (r#""a""#, "a"),
            (r#""""#, ""),
            (r#""a\\b\u00e9\ud83d\ude00""#, "a\\bé😀"),
            ("1.50", "1.50"),
            ("1e5", "1e5"),
            ("18446744073709551616", "18446744073709551616"),
            ("-0", "-0"),
            ("true", "true"),
        ] {
            assert_eq!(value(json, FieldKind::Text), Ok(FieldValue::Text(text.into())), "{json}");
        }
        for kind in FieldKind::ALL {
            assert_eq!(value("null", *kind), Ok(FieldValue::Absent));
            for json in ["[]", "{}", r#"["a"]"#, r#""\ud800""#] {
                assert!(value(json, *kind).is_err(), "{json}");
            }
        }
    }

    #[test]
    fn other_kinds_are_parsed() {
        use FieldKind::{Boolean, Bytes, IpAddress, Signed, Unsigned};
        assert_eq!(value(r#""00fF""#, Bytes), Ok(FieldValue::Bytes(vec![0, 255])));
        assert_eq!(value(r#""""#, Bytes), Ok(FieldValue::Bytes(vec![])));
        assert_eq!(value("18446744073709551615", Unsigned), Ok(FieldValue::Unsigned(u64::MAX)));
        assert_eq!(value(r#""0X1f""#, Unsigned), Ok(FieldValue::Unsigned(31)));
        assert_eq!(value(r#""-9223372036854775808""#, Signed), Ok(FieldValue::Signed(i64::MIN)));
        assert_eq!(value("-0", Unsigned), Ok(FieldValue::Unsigned(0)));
        assert_eq!(value("true", Boolean), Ok(FieldValue::Boolean(true)));
        assert_eq!(value(r#""false""#, Boolean), Ok(FieldValue::Boolean(false)));
        assert_eq!(value(r#""::1""#, IpAddress), Ok(FieldValue::IpAddress("::1".parse().unwrap())));
        for (json, kind) in [
            (r#""0""#, Bytes),
            (r#""0x""#, Unsigned),
            (r#""""#, Unsigned),
            (r#""+1""#, Unsigned),
            (r#""0x+1""#, Unsigned),
            (r#""--1""#, Signed),
            (r#""-0x1""#, Signed),
            (r#"" 1""#, Unsigned),
            ("1.0", Unsigned),
            ("1e3", Unsigned),
            ("-1", Unsigned),
            ("9223372036854775808", Signed),
            ("1", Boolean),
            (r#""True""#, Boolean),
            (r#""192.0.2.1/32""#, IpAddress),
            (r#""fe80::1%eth0""#, IpAddress),
        ] {
            assert!(value(json, kind).is_err(), "{json}");
        }
    }
}
