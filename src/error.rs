//! One error type for reader, model, writer and binding: small, `Copy`, made without an allocator.

use core::fmt;

mod code;
mod path;

pub use self::code::ErrorCode;
pub use self::path::Path;

/// What sort of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are no channel file, or not the ones that were written.
    Damaged,
    /// The file is of a version that this library does not know.
    Unsupported,
    /// Parts of the file, or of a model, contradict each other.
    Inconsistent,
    /// The content has a simpler or an earlier form, and only that one is accepted.
    NotCanonical,
    /// The sensor does not supply what the content was written against.
    Incompatible,
    /// A limit of [`Limits`](crate::Limits), or one of the format itself, is exceeded.
    Limit,
    /// The caller asked for something that cannot be done.
    Misuse,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::Inconsistent => "inconsistent",
            Self::NotCanonical => "not canonical",
            Self::Incompatible => "incompatible",
            Self::Limit => "limit exceeded",
            Self::Misuse => "misuse",
        })
    }
}

/// Why something was refused: a stable [code](ErrorCode), where in the file, where in the content, what was expected
/// and what was found.
///
/// The error holds numbers only. [`ChannelFile::explain`](crate::ChannelFile::explain) adds the names that the bytes give.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Error {
    code: ErrorCode,
    path: Path,
    offset: Option<u64>,
    expected: u64,
    found: u64,
}

/// What this library's fallible functions give.
pub type Result<T, E = Error> = core::result::Result<T, E>;

impl Error {
    #[cold]
    pub(crate) const fn new(code: ErrorCode, expected: u64, found: u64) -> Self {
        Self { code, path: Path::NOWHERE, offset: None, expected, found }
    }

    #[cold]
    pub(crate) const fn at(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    #[cold]
    pub(crate) const fn within(mut self, path: Path) -> Self {
        self.path = path;
        self
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// What sort of thing went wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.code.kind()
    }

    /// Byte offset from the start of the file; `None` for errors of the model and of binding, which know no file.
    #[must_use]
    pub const fn offset(&self) -> Option<u64> {
        self.offset
    }

    /// Where in the content.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// What was expected: a number whose meaning [the code](ErrorCode::message) gives; `None` where there is nothing to say.
    #[must_use]
    pub const fn expected(&self) -> Option<u64> {
        if self.code.has_expected() { Some(self.expected) } else { None }
    }

    /// What was found: a number whose meaning [the code](ErrorCode::message) gives; `None` where there is nothing to say.
    #[must_use]
    pub const fn found(&self) -> Option<u64> {
        if self.code.has_found() { Some(self.found) } else { None }
    }
}

impl fmt::Display for Error {
    /// `CF0303 field counts disagree: expected 21, found 20 (type 0 · instance 4417, at byte 0x1f4)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.code.message())?;
        self.code.write_numbers(f, self.expected, self.found)?;
        match (self.path.is_nowhere(), self.offset) {
            (true, None) => Ok(()),
            (true, Some(offset)) => write!(f, " (at byte {offset:#x})"),
            (false, None) => write!(f, " ({})", self.path),
            (false, Some(offset)) => write!(f, " ({}, at byte {offset:#x})", self.path),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_fits_a_cache_line() {
        assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
    }
}
