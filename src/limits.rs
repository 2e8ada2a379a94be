//! What a reader or writer accepts at most.

use crate::error::{Error, ErrorCode, Result};

macro_rules! limits {
    ($( $(#[$doc:meta])* $name:ident: $code:ident = $default:literal, embedded $embedded:literal, )+) => {
        /// Limits on what is accepted. The reader and the writer keep the same ones.
        ///
        /// Memory and time are bounded by the file's length whatever the limits are; the limits bound what an honest but
        /// mistaken author can make a sensor carry. Start from a preset and change what you need:
        ///
        /// ```
        /// let limits = channel_file::Limits { instances: 500, ..channel_file::Limits::DEFAULT };
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
        pub struct Limits {
            $( $(#[$doc])* pub $name: u64, )+
        }

        impl Limits {
            /// For servers and desktop sensors. Reasons are with each field.
            pub const DEFAULT: Self = Self { $( $name: $default, )+ };

            /// For small devices: a file of at most 1 MiB.
            pub const EMBEDDED: Self = Self { $( $name: $embedded, )+ };

            /// What the format itself can say, and no less.
            pub const FORMAT: Self = Self { $( $name: u64::MAX, )+ };

            $(
                #[inline]
                pub(crate) const fn $name(&self, found: u64) -> Result<()> {
                    if found <= self.$name { Ok(()) } else { Err(Error::new(ErrorCode::$code, self.$name, found)) }
                }
            )+
        }
    };
}

limits! {
    /// Bytes of a whole file. Default 256 MiB: two hundred times the content of 1,400 public process rules.
    file_bytes: LimitFileBytes = 268_435_456, embedded 1_048_576,
    /// Template types in a file. Default 1,024: the Windows event schemas with a dozen versions each.
    types: LimitTypes = 1_024, embedded 32,
    /// Fields of a template type. Default 256: the widest public Windows event schema has fewer than 64.
    fields: LimitFields = 256, embedded 64,
    /// Instances in a file. Default 1,048,576: 200 times the public process rules.
    instances: LimitInstances = 1_048_576, embedded 8_192,
    /// Criteria of an instance. Default 128: real rules reach 9, `all`-lists of keywords some dozens.
    criteria: LimitCriteria = 128, embedded 64,
    /// Patterns of a criterion. Default 16,384: real lists of hashes reach 4,432.
    patterns: LimitPatterns = 16_384, embedded 8_192,
    /// Patterns in a file. Default 16,777,216: 16 to an instance.
    total_patterns: LimitTotalPatterns = 16_777_216, embedded 65_536,
    /// Bytes of the text or bytes of one pattern. Default 8,192: the longest command line of Windows has 8,191 characters.
    pattern_bytes: LimitPatternBytes = 8_192, embedded 1_024,
    /// Bytes of a name, title, author or reference. Default 2,048: the longest URL that browsers agree on.
    name_bytes: LimitNameBytes = 2_048, embedded 512,
    /// Rules in a file. Default 1,048,576: as many as instances.
    rules: LimitRules = 1_048_576, embedded 8_192,
    /// References of a rule. Default 256.
    references: LimitReferences = 256, embedded 32,
    /// Examples in a file. Default 1,048,576: as many as rules.
    examples: LimitExamples = 1_048_576, embedded 1_024,
    /// Bytes of one value of an example. Default 65,536: the longest value of a Windows event.
    example_bytes: LimitExampleBytes = 65_536, embedded 8_192,
}

impl Limits {
    /// Not the caller's to set. Patterns without a value take no byte of their own; this keeps what is made of a file in
    /// proportion to it.
    pub(crate) const fn patterns_per_byte(patterns: u64, file_bytes: u64) -> Result<()> {
        if patterns > file_bytes {
            return Err(Error::new(ErrorCode::LimitPatternsPerByte, file_bytes, patterns));
        }
        Ok(())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
