//! Authoring front ends for channel files: the own YAML source format and the import of Sigma rules.
//!
//! Text goes in, a [`channel_file::template::Content`] or [`Diagnostic`]s come out.

mod diagnostic;
mod pattern;
pub mod sigma;
mod types;

pub use self::diagnostic::Diagnostic;
pub use self::types::TypeLibrary;
