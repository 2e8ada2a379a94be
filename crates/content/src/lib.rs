//! Authoring front ends for channel files: the own YAML source format and the import of Sigma rules.
//!
//! Text goes in, a [`channel_file::template::Content`] or [`Diagnostic`]s come out.
#![forbid(unsafe_code)]

mod diagnostic;
mod types;

pub use self::diagnostic::Diagnostic;
pub use self::types::TypeLibrary;
