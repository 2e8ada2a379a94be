//! The list of targets: all that engines, the campaign, replay and continuous integration need to know of them.

use channel_file_smith::Gate;

use crate::bodies;

/// What the bytes of an input are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Any bytes: the engine mutates them as it will.
    Bytes,
    /// A channel file: mutated where records end, with lengths and checksums repaired.
    File,
    /// Decisions of a generator.
    Choices,
    /// Text of an author.
    Text,
}

impl Input {
    /// The name that tools use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::File => "file",
            Self::Choices => "choices",
            Self::Text => "text",
        }
    }
}

/// One fuzz target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and that of its binary, seeds and dictionary.
    pub name: &'static str,
    /// What must hold, in a line.
    pub oracle: &'static str,
    /// What the bytes are.
    pub input: Input,
    /// Longer inputs are not looked at.
    pub most_bytes: usize,
    /// An input that takes longer has failed.
    pub timeout_seconds: u32,
    /// Panics where a promise is broken. Gives how far into the reader the file of the input got.
    pub body: fn(&[u8]) -> Gate,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target {
        name: "open",
        oracle: "any bytes are refused with an error that explains itself, or can be walked through; nothing is allocated",
        input: Input::Bytes,
        most_bytes: 1 << 16,
        timeout_seconds: 5,
        body: bodies::open::body,
    },
    Target {
        name: "open_repaired",
        oracle: "the same behind right lengths and checksums",
        input: Input::File,
        most_bytes: 1 << 17,
        timeout_seconds: 5,
        body: bodies::open::body,
    },
    Target {
        name: "canonical",
        oracle: "what is accepted is what the writer writes: bytes -> model -> the same bytes, however it is opened and written",
        input: Input::File,
        most_bytes: 1 << 16,
        timeout_seconds: 5,
        body: bodies::canonical::body,
    },
    Target {
        name: "roundtrip",
        oracle: "model -> bytes -> the same model; JSON of the model as well",
        input: Input::Choices,
        most_bytes: 1 << 13,
        timeout_seconds: 5,
        body: bodies::roundtrip::body,
    },
    Target {
        name: "differential",
        oracle: "a second reader, written from the specification alone, gives the same verdict and reads the same",
        input: Input::File,
        most_bytes: 1 << 15,
        timeout_seconds: 10,
        body: bodies::differential::body,
    },
    Target {
        name: "faults",
        oracle: "a file with faults that are known is refused with the code of one of them",
        input: Input::Choices,
        most_bytes: 1 << 12,
        timeout_seconds: 5,
        body: bodies::faults::body,
    },
    Target {
        name: "limits",
        oracle: "memory and work stay within what is documented, whatever limits and budget; reading and evaluating allocate nothing",
        input: Input::File,
        most_bytes: 1 << 15,
        timeout_seconds: 10,
        body: bodies::limits::body,
    },
    Target {
        name: "evaluate",
        oracle: "the interpreter finds what the slow reference finds, in any order, with any scratch, and explains it so",
        input: Input::Choices,
        most_bytes: 1 << 12,
        timeout_seconds: 10,
        body: bodies::evaluate::body,
    },
    Target {
        name: "accepts",
        oracle: "what the validator accepts for a release, that release loads and evaluates; what it refuses, the validator refuses",
        input: Input::Choices,
        most_bytes: 1 << 11,
        timeout_seconds: 60,
        body: bodies::accepts::body,
    },
    Target {
        name: "content",
        oracle: "any text compiles or is refused with lines; what compiles is written or too large, and its decompiled text compiles to the same",
        input: Input::Text,
        most_bytes: 1 << 13,
        timeout_seconds: 10,
        body: bodies::content::body,
    },
    Target {
        name: "decompile",
        oracle: "the text of any accepted file builds to the same file",
        input: Input::File,
        most_bytes: 1 << 14,
        timeout_seconds: 10,
        body: bodies::decompile::body,
    },
    Target {
        name: "dump",
        oracle: "each byte is shown once, in order; nothing hidden reaches the output; the verdict is the reader's",
        input: Input::File,
        most_bytes: 1 << 14,
        timeout_seconds: 10,
        body: bodies::dump::body,
    },
    Target {
        name: "inspect",
        oracle: "counts are those of the reader; JSON parses; nothing hidden reaches the output",
        input: Input::File,
        most_bytes: 1 << 14,
        timeout_seconds: 10,
        body: bodies::inspect::body,
    },
    Target {
        name: "operations",
        oracle: "any sequence of calls on builders, views, interpreters and channels does what a simple model of them does",
        input: Input::Choices,
        most_bytes: 1 << 12,
        timeout_seconds: 10,
        body: bodies::operations::body,
    },
];

impl Target {
    /// The target with this name. Constant, so that the binary of a target holds its body alone: an engine looks at the counters
    /// of all that is linked after each input.
    #[must_use]
    pub const fn named(name: &str) -> Option<&'static Self> {
        let mut index = 0;
        while index < TARGETS.len() {
            if is_same(TARGETS[index].name.as_bytes(), name.as_bytes()) {
                return Some(&TARGETS[index]);
            }
            index += 1;
        }
        None
    }

    /// Runs the body, unless the input is too long: engines differ in what they let through. Panics where a promise is broken.
    pub fn run(&self, input: &[u8]) {
        if input.len() <= self.most_bytes {
            crate::gates::count((self.body)(input));
        }
    }
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, rest @ ..], [same, others @ ..]) = (one, other) {
        if *first != *same {
            return false;
        }
        (one, other) = (rest, others);
    }
    one.is_empty() && other.is_empty()
}
