//! What loaded content may cost.

/// Bounds on what an interpreter made from a file may take: content that would take more is refused when it is loaded.
///
/// Start from a preset and change what you need:
///
/// ```
/// let budget = channel_file::interpreter::Budget { bytes: 16 << 20, ..channel_file::interpreter::Budget::DEFAULT };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Budget {
    /// Bytes of memory of the loaded interpreter. Default 256 MiB: a hundred thousand invented instances without
    /// expressions take a ninth of it, 1,415 public rules a hundredth.
    pub bytes: u64,
    /// Bytes of the states of one regular expression; a class of characters counts as one to eight thousand, for the time it takes.
    /// Default 1 MiB: the largest of those in 1,415 public rules takes a
    /// thirteenth of it.
    pub regex_bytes: u64,
    /// Bytes of the states of all regular expressions of a file together; more is refused. Default 64 MiB:
    /// sixty-four that are as large as one may be.
    pub regexes_bytes: u64,
    /// Bytes of the dense automaton of one regular expression, which looks at each byte once. An expression that has none as
    /// small as this is not refused: it is run by sets of states, which takes less memory and more work. Default 128 KiB: room
    /// for 57 of the 69 different ones in 1,415 public rules that are more than a count of characters.
    pub automaton_bytes: u64,
    /// Bytes of all dense automata together, those included that turn out too large: they took as long to try. Expressions
    /// beyond it are run by sets of states. Default 8 MiB: sixty-four that are as large as one may be.
    pub automata_bytes: u64,
    /// Work that one byte of an event can make at the most, in bytes looked at. Default 65,536: 1,415 public rules make a
    /// seventh of it.
    pub work: u64,
}

impl Budget {
    /// For servers and desktop sensors. Reasons are with each field.
    pub const DEFAULT: Self = Self {
        bytes: 268_435_456,
        regex_bytes: 1_048_576,
        regexes_bytes: 67_108_864,
        automaton_bytes: 131_072,
        automata_bytes: 8_388_608,
        work: 65_536,
    };

    /// For small devices.
    pub const EMBEDDED: Self = Self {
        bytes: 4_194_304,
        regex_bytes: 65_536,
        regexes_bytes: 1_048_576,
        automaton_bytes: 16_384,
        automata_bytes: 262_144,
        work: 4_096,
    };
}

impl Default for Budget {
    fn default() -> Self {
        Self::DEFAULT
    }
}
