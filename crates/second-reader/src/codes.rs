//! Chapter 4: codes, and what goes together.

macro_rules! codes {
    ($(#[$doc:meta] $name:ident { $($code:literal $variant:ident $word:literal)* })*) => { $(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(
                #[doc = concat!("Code ", $code, ", ", $word, ".")]
                $variant = $code,
            )*
        }

        impl $name {
            pub(crate) fn from_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its name in the document.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    )* };
}

codes! {
    /// The kind of a field's values.
    FieldKind { 0 Text "text" 1 Bytes "bytes" 2 Unsigned "unsigned" 3 Signed "signed" 4 Boolean "boolean" 5 IpAddress "ip-address" }
    /// What a pattern asks of a value.
    Operator {
        0 Absent "absent" 1 Empty "empty" 2 Equals "equals" 3 StartsWith "starts-with" 4 EndsWith "ends-with" 5 Contains "contains"
        6 Glob "glob" 7 Regex "regex" 8 Cidr "cidr" 9 Range "range" 10 FieldReference "field-reference"
    }
    /// The kind of a pattern's value.
    ValueKind {
        0 None "none" 1 Text "text" 2 TextIgnoringCase "text-ignoring-case" 3 Bytes "bytes" 4 Boolean "boolean" 5 Unsigned "unsigned"
        6 Signed "signed" 7 Ipv4 "ipv4" 8 Ipv6 "ipv6" 9 Field "field"
    }
    /// How a slot stands to its criterion.
    Role { 0 AnyOf "any-of" 1 NoneOf "none-of" 2 Continues "continues" }
    /// How bad a match is.
    Severity { 0 Informational "informational" 1 Low "low" 2 Medium "medium" 3 High "high" 4 Critical "critical" }
    /// What is to be done about a match.
    Disposition { 0 Observe "observe" 1 Detect "detect" 2 Prevent "prevent" }
    /// What an example is to do.
    Expectation { 0 Match "match" 1 NoMatch "no-match" }
    /// How two fields are compared.
    Comparison { 0 Equals "equals" 1 StartsWith "starts-with" 2 EndsWith "ends-with" 3 Contains "contains" }
}

impl FieldKind {
    /// The operators that fields of the kind may allow, as bits.
    pub(crate) fn operators(self) -> u16 {
        match self {
            FieldKind::Text => 0x07ff,
            FieldKind::Bytes => 0x043f,
            FieldKind::Unsigned | FieldKind::Signed => 0x0605,
            FieldKind::Boolean => 0x0405,
            FieldKind::IpAddress => 0x0505,
        }
    }
}

impl Operator {
    /// Whether it is among some operators.
    pub(crate) fn is_in(self, operators: u16) -> bool {
        let bit = match self {
            Operator::Absent => 0x0001,
            Operator::Empty => 0x0002,
            Operator::Equals => 0x0004,
            Operator::StartsWith => 0x0008,
            Operator::EndsWith => 0x0010,
            Operator::Contains => 0x0020,
            Operator::Glob => 0x0040,
            Operator::Regex => 0x0080,
            Operator::Cidr => 0x0100,
            Operator::Range => 0x0200,
            Operator::FieldReference => 0x0400,
        };
        operators & bit != 0
    }
}

/// How many words a pattern's value takes; `None` where operator and value kind do not go together on fields of that kind.
pub(crate) fn words(operator: Operator, value: ValueKind, field: FieldKind) -> Option<u8> {
    use FieldKind as F;
    use Operator as O;
    use ValueKind as V;
    match (operator, value, field) {
        (O::Absent, V::None, _) => Some(0),
        (O::Empty, V::None, F::Text | F::Bytes) => Some(0),
        (O::Equals | O::StartsWith | O::EndsWith | O::Contains, V::Text | V::TextIgnoringCase, F::Text) => Some(0),
        (O::Equals | O::StartsWith | O::EndsWith | O::Contains, V::Bytes, F::Bytes) => Some(0),
        (O::Glob | O::Regex, V::Text | V::TextIgnoringCase, F::Text) => Some(0),
        (O::Equals, V::Boolean, F::Boolean) => Some(1),
        (O::Equals, V::Unsigned, F::Text | F::Unsigned) => Some(1),
        (O::Equals, V::Signed, F::Text | F::Signed) => Some(1),
        (O::Equals, V::Ipv4, F::Text | F::IpAddress) => Some(1),
        (O::Equals, V::Ipv6, F::Text | F::IpAddress) => Some(2),
        (O::Cidr, V::Ipv4, F::Text | F::IpAddress) => Some(2),
        (O::Cidr, V::Ipv6, F::Text | F::IpAddress) => Some(3),
        (O::Range, V::Unsigned, F::Text | F::Unsigned) => Some(2),
        (O::Range, V::Signed, F::Text | F::Signed) => Some(2),
        (O::FieldReference, V::Field, _) => Some(1),
        _ => None,
    }
}
