//! Field kinds, operators, and which of them go together.

/// Gives an enum of the format its code on the wire, its name in text, and both ways back.
macro_rules! coded {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $code:literal $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
        pub enum $name {
            $( $(#[$doc])* $variant, )+
        }

        impl $name {
            /// Every value, in the order of the codes.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The code that a channel file holds.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $( Self::$variant => $code, )+ }
            }

            /// The value with this code, if there is one.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $( $code => Some(Self::$variant), )+ _ => None }
            }

            /// The name that source files, reports and the command line use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }

            /// The value with this name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use coded;

coded! {
    /// What the values of a field are.
    pub enum FieldKind {
        /// Text as the sensor got it: bytes that need not be valid UTF-8.
        Text = 0 "text",
        /// Bytes without a reading as text.
        Bytes = 1 "bytes",
        /// An integer from 0 to 2^64 - 1.
        Unsigned = 2 "unsigned",
        /// An integer from -2^63 to 2^63 - 1.
        Signed = 3 "signed",
        /// True or false.
        Boolean = 4 "boolean",
        /// An IPv4 or IPv6 address.
        IpAddress = 5 "ip-address",
    }
}

coded! {
    /// How a pattern looks at a value. The order of the codes is the canonical order of a criterion's patterns.
    pub enum Operator {
        /// There is no value.
        Absent = 0 "absent",
        /// There is a value, and it has no bytes.
        Empty = 1 "empty",
        /// The value is the pattern.
        Equals = 2 "equals",
        /// The value begins with the pattern.
        StartsWith = 3 "starts-with",
        /// The value ends with the pattern.
        EndsWith = 4 "ends-with",
        /// The pattern occurs in the value.
        Contains = 5 "contains",
        /// The whole value fits a text in which `*` stands for any run of characters and `?` for one.
        Glob = 6 "glob",
        /// The regular expression is found somewhere in the value.
        Regex = 7 "regex",
        /// The value is an address in the network.
        Cidr = 8 "cidr",
        /// The value is an integer between two bounds, both included.
        Range = 9 "range",
        /// The value is compared with that of another field of the same event.
        FieldReference = 10 "field-reference",
    }
}

coded! {
    /// What a pattern's value is made of.
    pub enum ValueKind {
        /// The operator says it all.
        None = 0 "none",
        /// Text, compared exactly.
        Text = 1 "text",
        /// Text, compared without regard to case.
        TextIgnoringCase = 2 "text-ignoring-case",
        /// Bytes.
        Bytes = 3 "bytes",
        /// One word: 0 or 1.
        Boolean = 4 "boolean",
        /// One word; two for a range.
        Unsigned = 5 "unsigned",
        /// One word in two's complement; two for a range.
        Signed = 6 "signed",
        /// One word; two for a network: the address, then the length of the prefix.
        Ipv4 = 7 "ipv4",
        /// Two words; three for a network: the address, high half first, then the length of the prefix.
        Ipv6 = 8 "ipv6",
        /// One word: the other field, the comparison and the case.
        Field = 9 "field",
    }
}

impl FieldKind {
    /// The operators that make sense on this kind.
    #[must_use]
    pub const fn operators(self) -> OperatorSet {
        use Operator as O;
        match self {
            Self::Text => OperatorSet::of(Operator::ALL),
            Self::Bytes => OperatorSet::of(&[
                O::Absent,
                O::Empty,
                O::Equals,
                O::StartsWith,
                O::EndsWith,
                O::Contains,
                O::FieldReference,
            ]),
            Self::Unsigned | Self::Signed => OperatorSet::of(&[O::Absent, O::Equals, O::Range, O::FieldReference]),
            Self::Boolean => OperatorSet::of(&[O::Absent, O::Equals, O::FieldReference]),
            Self::IpAddress => OperatorSet::of(&[O::Absent, O::Equals, O::Cidr, O::FieldReference]),
        }
    }

    /// Whether a pattern of this operator and value kind can be asked of a field of this kind.
    ///
    /// Text fields take integers and addresses too: the value is then parsed.
    #[must_use]
    pub const fn takes(self, operator: Operator, value: ValueKind) -> bool {
        use {Operator as O, ValueKind as V};
        if !self.operators().contains(operator) {
            return false;
        }
        match operator {
            O::Absent | O::Empty => matches!(value, V::None),
            O::FieldReference => matches!(value, V::Field),
            O::Glob | O::Regex => matches!(value, V::Text | V::TextIgnoringCase),
            O::StartsWith | O::EndsWith | O::Contains => match self {
                Self::Text => matches!(value, V::Text | V::TextIgnoringCase),
                _ => matches!(value, V::Bytes),
            },
            O::Cidr => matches!(value, V::Ipv4 | V::Ipv6),
            O::Range => match self {
                Self::Text => matches!(value, V::Unsigned | V::Signed),
                Self::Signed => matches!(value, V::Signed),
                _ => matches!(value, V::Unsigned),
            },
            O::Equals => match self {
                Self::Text => {
                    matches!(value, V::Text | V::TextIgnoringCase | V::Unsigned | V::Signed | V::Ipv4 | V::Ipv6)
                }
                Self::Bytes => matches!(value, V::Bytes),
                Self::Unsigned => matches!(value, V::Unsigned),
                Self::Signed => matches!(value, V::Signed),
                Self::Boolean => matches!(value, V::Boolean),
                Self::IpAddress => matches!(value, V::Ipv4 | V::Ipv6),
            },
        }
    }
}

impl ValueKind {
    /// How many 8-byte words a value takes under this operator; none for text, bytes and `None`.
    #[must_use]
    pub const fn words(self, operator: Operator) -> u32 {
        let single: u32 = match self {
            Self::None | Self::Text | Self::TextIgnoringCase | Self::Bytes => return 0,
            Self::Boolean | Self::Unsigned | Self::Signed | Self::Ipv4 | Self::Field => 1,
            Self::Ipv6 => 2,
        };
        match operator {
            Operator::Range | Operator::Cidr => single.saturating_add(1_u32),
            _ => single,
        }
    }

    /// Whether a value of this kind is an entry of the text heap.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::TextIgnoringCase)
    }
}

/// A set of operators.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "alloc::vec::Vec<Operator>", into = "alloc::vec::Vec<Operator>"))]
pub struct OperatorSet(u16);

impl OperatorSet {
    /// The set of these operators.
    #[must_use]
    pub const fn of(operators: &[Operator]) -> Self {
        let mut bits = 0_u16;
        let mut rest = operators;
        while let [first, others @ ..] = rest {
            bits |= Self::bit(*first);
            rest = others;
        }
        Self(bits)
    }

    /// The set whose operator with code `n` is in it where bit `n` is set; `None` where a bit stands for no operator.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits & !Self::of(Operator::ALL).0 == 0 { Some(Self(bits)) } else { None }
    }

    /// The bits that a channel file holds.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Whether the operator is in the set.
    #[must_use]
    pub const fn contains(self, operator: Operator) -> bool {
        self.0 & Self::bit(operator) != 0
    }

    /// The set with this operator too.
    #[must_use]
    pub const fn with(self, operator: Operator) -> Self {
        Self(self.0 | Self::bit(operator))
    }

    /// Whether each operator of this set is in the other.
    #[must_use]
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is no operator in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The operators of the set, in the order of their codes.
    pub fn iter(self) -> impl Iterator<Item = Operator> + Clone {
        Operator::ALL.iter().copied().filter(move |operator| self.contains(*operator))
    }

    const fn bit(operator: Operator) -> u16 {
        1_u16.wrapping_shl(match operator {
            Operator::Absent => 0,
            Operator::Empty => 1,
            Operator::Equals => 2,
            Operator::StartsWith => 3,
            Operator::EndsWith => 4,
            Operator::Contains => 5,
            Operator::Glob => 6,
            Operator::Regex => 7,
            Operator::Cidr => 8,
            Operator::Range => 9,
            Operator::FieldReference => 10,
        })
    }
}

impl core::fmt::Debug for OperatorSet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl From<OperatorSet> for alloc::vec::Vec<Operator> {
    fn from(set: OperatorSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(feature = "serde")]
impl From<alloc::vec::Vec<Operator>> for OperatorSet {
    fn from(operators: alloc::vec::Vec<Operator>) -> Self {
        Self::of(&operators)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_lead_back() {
        for operator in Operator::ALL {
            assert_eq!(Operator::from_code(operator.code()), Some(*operator));
            assert_eq!(Operator::from_name(operator.name()), Some(*operator));
            assert_eq!(OperatorSet::of(&[*operator]).bits(), 1 << operator.code());
        }
        assert_eq!(Operator::from_code(11), None);
        assert_eq!(OperatorSet::from_bits(1 << 11), None);
    }

    #[test]
    fn every_operator_of_a_kind_takes_some_value() {
        for kind in FieldKind::ALL {
            for operator in Operator::ALL {
                let taken = ValueKind::ALL.iter().any(|value| kind.takes(*operator, *value));
                assert_eq!(taken, kind.operators().contains(*operator), "{kind} {operator}");
            }
        }
    }
}
