//! The values that a sensor supplies.

use core::net::IpAddr;

use super::FieldKind;

/// One input of an event: the value of one field, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value<'a> {
    /// The sensor has no value for this field. Not the same as empty.
    Absent,
    /// Text as the sensor got it; it need not be valid UTF-8.
    Text(&'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
    /// An integer without sign.
    Unsigned(u64),
    /// An integer with sign.
    Signed(i64),
    /// A truth value.
    Boolean(bool),
    /// An address.
    IpAddress(IpAddr),
}

impl Value<'_> {
    /// The kind of field that this is a value of; `None` when absent, which fits every kind.
    #[must_use]
    pub const fn kind(&self) -> Option<FieldKind> {
        Some(match self {
            Self::Absent => return None,
            Self::Text(_) => FieldKind::Text,
            Self::Bytes(_) => FieldKind::Bytes,
            Self::Unsigned(_) => FieldKind::Unsigned,
            Self::Signed(_) => FieldKind::Signed,
            Self::Boolean(_) => FieldKind::Boolean,
            Self::IpAddress(_) => FieldKind::IpAddress,
        })
    }

    /// Whether a field of this kind can have the value.
    #[must_use]
    pub fn fits(&self, kind: FieldKind) -> bool {
        self.kind().is_none_or(|own| own == kind)
    }
}

/// One input of an event, owned.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum OwnedValue {
    /// No value.
    Absent,
    /// Text as the sensor got it; it need not be valid UTF-8.
    Text(alloc::vec::Vec<u8>),
    /// Bytes.
    Bytes(alloc::vec::Vec<u8>),
    /// An integer without sign.
    Unsigned(u64),
    /// An integer with sign.
    Signed(i64),
    /// A truth value.
    Boolean(bool),
    /// An address.
    IpAddress(IpAddr),
}

#[cfg(feature = "alloc")]
impl OwnedValue {
    /// The same value, borrowed.
    #[must_use]
    pub fn as_ref(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Unsigned(value) => Value::Unsigned(*value),
            Self::Signed(value) => Value::Signed(*value),
            Self::Boolean(value) => Value::Boolean(*value),
            Self::IpAddress(address) => Value::IpAddress(*address),
        }
    }
}

#[cfg(feature = "alloc")]
impl From<Value<'_>> for OwnedValue {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Absent => Self::Absent,
            Value::Text(text) => Self::Text(text.into()),
            Value::Bytes(bytes) => Self::Bytes(bytes.into()),
            Value::Unsigned(value) => Self::Unsigned(value),
            Value::Signed(value) => Self::Signed(value),
            Value::Boolean(value) => Self::Boolean(value),
            Value::IpAddress(address) => Self::IpAddress(address),
        }
    }
}
