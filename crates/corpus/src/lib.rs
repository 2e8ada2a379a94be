//! Makes the files of `corpus/`: small channel files, each named for what it shows, the same on every run.
//!
//! [`valid`] makes them through the library's model and writer. [`invalid`] cuts valid files into their sections, makes
//! one thing wrong, and repairs lengths and checksums, so that a reader meets the defect that is meant and nothing before it.
#![forbid(unsafe_code)]

mod invalid;
mod readme;
mod sketch;
mod valid;

use std::fmt;

use channel_file::ErrorCode;

pub use channel_file_smith::frame::{Frame, NoSuchPlace, Place, Section, put, seal_header, seal_table};

pub use self::invalid::invalid;
pub use self::readme::readme;
pub use self::valid::valid;

/// A file that every reader accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// What it is called, without `.chan`.
    pub name: &'static str,
    /// What it is there for.
    pub shows: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A file that every reader refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// What it is called, without `.chan`: its defect.
    pub name: &'static str,
    /// What is wrong with it.
    pub shows: &'static str,
    /// What the library says.
    pub code: ErrorCode,
    /// The offset that the library names.
    pub offset: u64,
    /// The file.
    pub bytes: Vec<u8>,
}

/// One file of the folder `corpus`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusFile {
    /// Where it lies within the folder, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// All files of the folder `corpus`, the list of them included.
///
/// # Errors
///
/// Never, unless the library refuses content that this crate takes for valid.
pub fn files() -> Result<Vec<CorpusFile>> {
    let (valid, invalid) = (valid()?, invalid()?);
    let list = CorpusFile { path: "README.md".to_owned(), bytes: readme(&valid, &invalid).into_bytes() };
    let valid = valid.into_iter().map(|file| ("valid", file.name, file.bytes));
    let invalid = invalid.into_iter().map(|file| ("invalid", file.name, file.bytes));
    let files = valid.chain(invalid);
    let files = files.map(|(folder, name, bytes)| CorpusFile { path: format!("{folder}/{name}.chan"), bytes });
    Ok(files.chain([list]).collect())
}

/// Why a file could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The library refuses the content.
    Refused(channel_file::Error),
    /// An edit names a place that the file does not have.
    NoSuchPlace(NoSuchPlace),
}

/// What this crate's functions give.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<channel_file::Error> for Error {
    fn from(error: channel_file::Error) -> Self {
        Self::Refused(error)
    }
}

impl From<NoSuchPlace> for Error {
    fn from(place: NoSuchPlace) -> Self {
        Self::NoSuchPlace(place)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "the library refuses the content: {error}"),
            Self::NoSuchPlace(place) => place.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
