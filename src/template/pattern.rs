//! One pattern, borrowed: an operator and the value that it compares with.

use core::cmp::Ordering;
use core::net::IpAddr;

use super::field::coded;
use super::{IpNetwork, Operator, ValueKind};

/// Whether two texts that differ in case alone are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Case {
    /// They differ.
    Sensitive,
    /// They are the same.
    Ignored,
}

coded! {
    /// How a value is compared with that of another field.
    pub enum Comparison {
        /// The values are the same.
        Equals = 0 "equals",
        /// The value begins with that of the other field.
        StartsWith = 1 "starts-with",
        /// The value ends with that of the other field.
        EndsWith = 2 "ends-with",
        /// The value contains that of the other field.
        Contains = 3 "contains",
    }
}

/// Another field of the same event, and how to compare with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FieldReference {
    /// Index of the other field, which is of the same kind.
    pub field: u16,
    /// How the two values are compared; on kinds other than text and bytes only `Equals`.
    pub comparison: Comparison,
    /// Whether case counts; ignored on text alone.
    pub case: Case,
}

impl FieldReference {
    /// The word that a channel file holds.
    #[must_use]
    pub fn to_word(self) -> u64 {
        let case = match self.case {
            Case::Sensitive => 0,
            Case::Ignored => 1,
        };
        let [low, high] = self.field.to_le_bytes();
        u64::from_le_bytes([low, high, self.comparison.code(), case, 0, 0, 0, 0])
    }

    /// Reads a word of a channel file; `None` if it says nothing known.
    #[must_use]
    pub fn from_word(word: u64) -> Option<Self> {
        let [low, high, comparison, case, 0, 0, 0, 0] = word.to_le_bytes() else {
            return None;
        };
        Some(Self {
            field: u16::from_le_bytes([low, high]),
            comparison: Comparison::from_code(comparison)?,
            case: match case {
                0 => Case::Sensitive,
                1 => Case::Ignored,
                _ => return None,
            },
        })
    }
}

/// The value of a pattern, borrowed from a channel file or from an owned pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatternValue<'a> {
    /// The operator says it all (`absent`, `empty`).
    None,
    /// Text, a glob or a regular expression, never without a character.
    Text(&'a str, Case),
    /// Bytes, at least one.
    Bytes(&'a [u8]),
    /// A truth value.
    Boolean(bool),
    /// An integer without sign.
    Unsigned(u64),
    /// An integer with sign.
    Signed(i64),
    /// An address.
    Address(IpAddr),
    /// A network of more than one address.
    Network(IpNetwork),
    /// From the first to the second, both included; the first is the smaller.
    UnsignedRange(u64, u64),
    /// From the first to the second, both included; the first is the smaller.
    SignedRange(i64, i64),
    /// Another field of the same event.
    Field(FieldReference),
}

/// One pattern, borrowed.
///
/// Patterns order as a channel file holds them: by operator, then value kind, then value. Text and bytes order by
/// length first, then byte by byte; words as unsigned numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternRef<'a> {
    pub(crate) operator: Operator,
    pub(crate) value: PatternValue<'a>,
}

impl<'a> PatternRef<'a> {
    /// How the pattern looks at a value.
    #[must_use]
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// What it compares with.
    #[must_use]
    pub const fn value(&self) -> PatternValue<'a> {
        self.value
    }

    /// What the value is made of.
    #[must_use]
    #[inline]
    pub const fn value_kind(&self) -> ValueKind {
        match self.value {
            PatternValue::None => ValueKind::None,
            PatternValue::Text(_, Case::Sensitive) => ValueKind::Text,
            PatternValue::Text(_, Case::Ignored) => ValueKind::TextIgnoringCase,
            PatternValue::Bytes(_) => ValueKind::Bytes,
            PatternValue::Boolean(_) => ValueKind::Boolean,
            PatternValue::Unsigned(_) | PatternValue::UnsignedRange(..) => ValueKind::Unsigned,
            PatternValue::Signed(_) | PatternValue::SignedRange(..) => ValueKind::Signed,
            PatternValue::Address(IpAddr::V4(_)) => ValueKind::Ipv4,
            PatternValue::Address(IpAddr::V6(_)) => ValueKind::Ipv6,
            PatternValue::Network(network) => match network.address() {
                IpAddr::V4(_) => ValueKind::Ipv4,
                IpAddr::V6(_) => ValueKind::Ipv6,
            },
            PatternValue::Field(_) => ValueKind::Field,
        }
    }

    /// The words that a channel file holds for the value, and how many of them count: as many as [`ValueKind::words`] says.
    #[must_use]
    #[inline]
    pub fn words(&self) -> ([u64; 3], u32) {
        match self.value {
            PatternValue::None | PatternValue::Text(..) | PatternValue::Bytes(_) => ([0; 3], 0),
            PatternValue::Boolean(value) => ([u64::from(value), 0, 0], 1),
            PatternValue::Unsigned(value) => ([value, 0, 0], 1),
            PatternValue::Signed(value) => ([value.cast_unsigned(), 0, 0], 1),
            PatternValue::UnsignedRange(low, high) => ([low, high, 0], 2),
            PatternValue::SignedRange(low, high) => ([low.cast_unsigned(), high.cast_unsigned(), 0], 2),
            PatternValue::Address(IpAddr::V4(address)) => ([u64::from(address.to_bits()), 0, 0], 1),
            PatternValue::Address(IpAddr::V6(address)) => {
                let [high, low] = halves(address.to_bits());
                ([high, low, 0], 2)
            }
            PatternValue::Network(network) => match network.address() {
                IpAddr::V4(address) => ([u64::from(address.to_bits()), u64::from(network.prefix()), 0], 2),
                IpAddr::V6(address) => {
                    let [high, low] = halves(address.to_bits());
                    ([high, low, u64::from(network.prefix())], 3)
                }
            },
            PatternValue::Field(reference) => ([reference.to_word(), 0, 0], 1),
        }
    }
}

impl Ord for PatternRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.operator.cmp(&other.operator).then_with(|| self.value_kind().cmp(&other.value_kind())).then_with(
            || match (self.value, other.value) {
                (PatternValue::Text(one, _), PatternValue::Text(two, _)) => shortlex(one.as_bytes(), two.as_bytes()),
                (PatternValue::Bytes(one), PatternValue::Bytes(two)) => shortlex(one, two),
                _ => self.words().cmp(&other.words()),
            },
        )
    }
}

impl PartialOrd for PatternRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Orders by length, then byte by byte: lengths are known from the columns alone, so most pairs need no look at the text.
pub(crate) fn shortlex(one: &[u8], two: &[u8]) -> Ordering {
    one.len().cmp(&two.len()).then_with(|| one.cmp(two))
}

fn halves(bits: u128) -> [u64; 2] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bits.to_be_bytes();
    [u64::from_be_bytes([a, b, c, d, e, f, g, h]), u64::from_be_bytes([i, j, k, l, m, n, o, p])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_references_lead_back() {
        for comparison in Comparison::ALL {
            for case in [Case::Sensitive, Case::Ignored] {
                let reference = FieldReference { field: 513, comparison: *comparison, case };
                assert_eq!(FieldReference::from_word(reference.to_word()), Some(reference));
            }
        }
        assert_eq!(FieldReference::from_word(4 << 16), None);
        assert_eq!(FieldReference::from_word(2 << 24), None);
        assert_eq!(FieldReference::from_word(1 << 32), None);
    }

    #[test]
    fn as_many_words_count_as_the_value_kind_says() {
        let [v4, v6] = [IpAddr::from([10, 0, 0, 0]), IpAddr::from([0_u16; 8])];
        let network = |address| IpNetwork::new(address, 8).map_or(PatternValue::None, PatternValue::Network);
        let reference = FieldReference { field: 1, comparison: Comparison::Equals, case: Case::Sensitive };
        for (operator, value, count) in [
            (Operator::Absent, PatternValue::None, 0),
            (Operator::Equals, PatternValue::Text("a", Case::Ignored), 0),
            (Operator::Equals, PatternValue::Bytes(b"a"), 0),
            (Operator::Equals, PatternValue::Boolean(true), 1),
            (Operator::Equals, PatternValue::Unsigned(1), 1),
            (Operator::Equals, PatternValue::Signed(-1), 1),
            (Operator::Range, PatternValue::UnsignedRange(1, 2), 2),
            (Operator::Range, PatternValue::SignedRange(-1, 2), 2),
            (Operator::Equals, PatternValue::Address(v4), 1),
            (Operator::Equals, PatternValue::Address(v6), 2),
            (Operator::Cidr, network(v4), 2),
            (Operator::Cidr, network(v6), 3),
            (Operator::FieldReference, PatternValue::Field(reference), 1),
        ] {
            let pattern = PatternRef { operator, value };
            let (words, used) = pattern.words();
            assert_eq!((used, pattern.value_kind().words(operator)), (count, count), "{value:?}");
            assert!(words.iter().skip(crate::wire::index(used)).all(|word| *word == 0), "{value:?}");
        }
    }

    #[test]
    fn text_orders_by_length_first() {
        let text = |text| PatternRef { operator: Operator::Equals, value: PatternValue::Text(text, Case::Sensitive) };
        assert!(text("b") < text("aa"));
        assert!(text("aa") < text("ab"));
    }
}
