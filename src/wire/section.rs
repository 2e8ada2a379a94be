//! The kinds of section and the table that lists them.

macro_rules! sections {
    ($( $(#[$doc:meta])* $variant:ident = $code:literal $name:literal row $row:literal, )+) => {
        /// What a section holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SectionKind {
            $( $(#[$doc])* $variant, )+
        }

        impl SectionKind {
            /// Every kind, in the order of the file.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The code that the section table holds.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $( Self::$variant => $code, )+ }
            }

            /// The kind with this code, if there is one.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $( $code => Some(Self::$variant), )+ _ => None }
            }

            /// The name that reports use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// Bytes of one row.
            #[must_use]
            pub const fn row_bytes(self) -> u64 {
                match self { $( Self::$variant => $row, )+ }
            }
        }
    };
}

sections! {
    /// Template types: id `u32`, version `u32`, end of its fields `u32`.
    Types = 1 "types" row 12,
    /// Fields of the types: kind `u8`, operators `u16`, alphabetical index `u16`.
    Fields = 2 "fields" row 5,
    /// Shapes: type `u32`, field count `u16`, then the ends of slots, instances, texts, byte strings and words, `u32` each.
    Shapes = 3 "shapes" row 26,
    /// Slots of the shapes: field `u16`, role, operator, value kind `u8` each, count `u32`.
    Slots = 4 "slots" row 9,
    /// Severity of each instance.
    Severities = 5 "severities" row 1,
    /// Disposition of each instance.
    Dispositions = 6 "dispositions" row 1,
    /// Rule of each instance: `u32`.
    InstanceRules = 7 "instance-rules" row 4,
    /// Rules: first instance `u32`, end of its texts `u32`.
    Rules = 8 "rules" row 8,
    /// Examples: rule `u32`, type `u32`, expectation `u8`, end of its values `u32`.
    Examples = 9 "examples" row 13,
    /// Presence of each value of the examples.
    Presences = 10 "presences" row 1,
    /// Values that are numbers, addresses or references.
    Words = 11 "words" row 8,
    /// Ends of the byte strings in the byte heap: `u32`.
    ByteEnds = 12 "byte-ends" row 4,
    /// Byte strings, one after the other.
    ByteHeap = 13 "byte-heap" row 1,
    /// Ends of the texts in the text heap: `u32`.
    TextEnds = 14 "text-ends" row 4,
    /// Texts, one after the other, UTF-8.
    TextHeap = 15 "text-heap" row 1,
}
