//! One pattern, owned.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::cmp::Ordering;
use core::net::IpAddr;

use super::glob::{GlobForm, glob_form};
use super::{Case, FieldReference, IpNetwork, Operator, PatternRef, PatternValue};
use crate::error::{Error, ErrorCode, Result};

/// One pattern: an operator and the value that it compares with. Ordered as [`PatternRef`] is.
///
/// Every pattern is in canonical form by itself; whether a field takes it is asked when an instance is built.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::Pattern", into = "super::unchecked::Pattern"))]
pub struct Pattern {
    operator: Operator,
    value: Owned,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Owned {
    None,
    Text(Box<str>, Case),
    Bytes(Box<[u8]>),
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Address(IpAddr),
    Network(IpNetwork),
    UnsignedRange(u64, u64),
    SignedRange(i64, i64),
    Field(FieldReference),
}

impl Pattern {
    /// Met by an absent value, and by nothing else.
    #[must_use]
    pub const fn absent() -> Self {
        Self { operator: Operator::Absent, value: Owned::None }
    }

    /// Met by a value that is there and has no bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self { operator: Operator::Empty, value: Owned::None }
    }

    /// Text under `equals`, `starts-with`, `ends-with`, `contains`, `glob` or `regex`.
    ///
    /// The syntax of a regular expression is not looked at here: the interpreter does, when it loads.
    ///
    /// # Errors
    ///
    /// [`PatternEmpty`](ErrorCode::PatternEmpty) without a character, [`GlobForm`](ErrorCode::GlobForm) and
    /// [`GlobSimpler`](ErrorCode::GlobSimpler) for a glob that is not in normal form or that another operator says,
    /// [`OperatorForKind`](ErrorCode::OperatorForKind) for another operator.
    pub fn text(operator: Operator, text: impl Into<String>, case: Case) -> Result<Self> {
        let text = text.into();
        match operator {
            Operator::Glob => check_glob(&text)?,
            Operator::Equals | Operator::StartsWith | Operator::EndsWith | Operator::Contains | Operator::Regex => {
                if text.is_empty() {
                    return Err(Error::new(ErrorCode::PatternEmpty, 1, 0));
                }
            }
            _ => return Err(not_for(operator)),
        }
        Ok(Self { operator, value: Owned::Text(text.into(), case) })
    }

    /// Bytes under `equals`, `starts-with`, `ends-with` or `contains`.
    ///
    /// # Errors
    ///
    /// [`PatternEmpty`](ErrorCode::PatternEmpty) without a byte, [`OperatorForKind`](ErrorCode::OperatorForKind) for
    /// another operator.
    pub fn bytes(operator: Operator, bytes: impl Into<Vec<u8>>) -> Result<Self> {
        let bytes = bytes.into();
        match operator {
            Operator::Equals | Operator::StartsWith | Operator::EndsWith | Operator::Contains if bytes.is_empty() => {
                Err(Error::new(ErrorCode::PatternEmpty, 1, 0))
            }
            Operator::Equals | Operator::StartsWith | Operator::EndsWith | Operator::Contains => {
                Ok(Self { operator, value: Owned::Bytes(bytes.into()) })
            }
            _ => Err(not_for(operator)),
        }
    }

    /// Met by this truth value.
    #[must_use]
    pub const fn boolean(value: bool) -> Self {
        Self { operator: Operator::Equals, value: Owned::Boolean(value) }
    }

    /// Met by this number; on text, by text that parses to it.
    #[must_use]
    pub const fn unsigned(value: u64) -> Self {
        Self { operator: Operator::Equals, value: Owned::Unsigned(value) }
    }

    /// Met by this number; on text, where it must be negative, by text that parses to it.
    #[must_use]
    pub const fn signed(value: i64) -> Self {
        Self { operator: Operator::Equals, value: Owned::Signed(value) }
    }

    /// Met by this address; on text, by text that parses to it.
    #[must_use]
    pub const fn address(address: IpAddr) -> Self {
        Self { operator: Operator::Equals, value: Owned::Address(address) }
    }

    /// Met by the addresses of this network; on text, by text that parses to one.
    ///
    /// # Errors
    ///
    /// [`NetworkPrefix`](ErrorCode::NetworkPrefix) for a single address, which [`address`](Self::address) says.
    pub fn network(network: IpNetwork) -> Result<Self> {
        if network.is_single_address() {
            let prefix = u64::from(network.prefix());
            return Err(Error::new(ErrorCode::NetworkPrefix, prefix.saturating_sub(1), prefix));
        }
        Ok(Self { operator: Operator::Cidr, value: Owned::Network(network) })
    }

    /// Met by the numbers from `low` to `high`, both included; on text, by text that parses to one.
    ///
    /// # Errors
    ///
    /// [`RangeOrder`](ErrorCode::RangeOrder) unless `low` is smaller.
    pub fn unsigned_range(low: u64, high: u64) -> Result<Self> {
        if low >= high {
            return Err(Error::new(ErrorCode::RangeOrder, low, high));
        }
        Ok(Self { operator: Operator::Range, value: Owned::UnsignedRange(low, high) })
    }

    /// Met by the numbers from `low` to `high`, both included; on text, where `low` must be negative, by text that
    /// parses to one.
    ///
    /// # Errors
    ///
    /// [`RangeOrder`](ErrorCode::RangeOrder) unless `low` is smaller.
    pub fn signed_range(low: i64, high: i64) -> Result<Self> {
        if low >= high {
            return Err(Error::new(ErrorCode::RangeOrder, low.cast_unsigned(), high.cast_unsigned()));
        }
        Ok(Self { operator: Operator::Range, value: Owned::SignedRange(low, high) })
    }

    /// Met when the value compares so with that of another field of the event.
    #[must_use]
    pub const fn field(reference: FieldReference) -> Self {
        Self { operator: Operator::FieldReference, value: Owned::Field(reference) }
    }

    /// The same pattern, borrowed.
    #[must_use]
    #[inline]
    pub fn as_ref(&self) -> PatternRef<'_> {
        let value = match &self.value {
            Owned::None => PatternValue::None,
            Owned::Text(text, case) => PatternValue::Text(text, *case),
            Owned::Bytes(bytes) => PatternValue::Bytes(bytes),
            Owned::Boolean(value) => PatternValue::Boolean(*value),
            Owned::Unsigned(value) => PatternValue::Unsigned(*value),
            Owned::Signed(value) => PatternValue::Signed(*value),
            Owned::Address(address) => PatternValue::Address(*address),
            Owned::Network(network) => PatternValue::Network(*network),
            Owned::UnsignedRange(low, high) => PatternValue::UnsignedRange(*low, *high),
            Owned::SignedRange(low, high) => PatternValue::SignedRange(*low, *high),
            Owned::Field(reference) => PatternValue::Field(*reference),
        };
        PatternRef { operator: self.operator, value }
    }
}

impl From<PatternRef<'_>> for Pattern {
    fn from(pattern: PatternRef<'_>) -> Self {
        let value = match pattern.value {
            PatternValue::None => Owned::None,
            PatternValue::Text(text, case) => Owned::Text(text.into(), case),
            PatternValue::Bytes(bytes) => Owned::Bytes(bytes.into()),
            PatternValue::Boolean(value) => Owned::Boolean(value),
            PatternValue::Unsigned(value) => Owned::Unsigned(value),
            PatternValue::Signed(value) => Owned::Signed(value),
            PatternValue::Address(address) => Owned::Address(address),
            PatternValue::Network(network) => Owned::Network(network),
            PatternValue::UnsignedRange(low, high) => Owned::UnsignedRange(low, high),
            PatternValue::SignedRange(low, high) => Owned::SignedRange(low, high),
            PatternValue::Field(reference) => Owned::Field(reference),
        };
        Self { operator: pattern.operator, value }
    }
}

impl Ord for Pattern {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ref().cmp(&other.as_ref())
    }
}

impl PartialOrd for Pattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl core::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&self.as_ref(), f)
    }
}

fn check_glob(text: &str) -> Result<()> {
    match glob_form(text) {
        Ok(GlobForm::Glob) => Ok(()),
        Ok(GlobForm::Empty) => Err(Error::new(ErrorCode::PatternEmpty, 1, 0)),
        Ok(_) => Err(Error::new(ErrorCode::GlobSimpler, 0, 0)),
        Err((position, _)) => Err(Error::new(ErrorCode::GlobForm, 0, u64::try_from(position).unwrap_or(u64::MAX))),
    }
}

fn not_for(operator: Operator) -> Error {
    Error::new(ErrorCode::OperatorForKind, 0, u64::from(operator.code()))
}
