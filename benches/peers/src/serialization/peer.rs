//! What is asked of a format.

use serde::Serialize;

use super::documents::Sample;
use crate::Failure;

/// A format, as it writes and reads documents of one kind. Bytes are always aligned to 16.
pub(crate) trait Peer<D> {
    /// The owned model: what is written, and what bytes are made into.
    type Model: PartialEq;

    fn description(&self) -> Description;

    /// The model of a document. No figure includes this.
    fn model(&self, sample: &Sample<D>) -> Self::Model;

    /// The document that a model says. No figure includes this.
    fn document(&self, model: &Self::Model) -> Result<D, Failure>;

    fn serialize(&mut self, model: &Self::Model) -> Result<impl AsRef<[u8]>, Failure>;

    /// Untrusted bytes to a view, with every check that the format has; where it has no view, to a model that borrows.
    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure>;

    /// The same, then the weight of the document.
    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure>;

    /// Untrusted bytes to a model that owns all its texts.
    fn owned(&mut self, bytes: &[u8]) -> Result<Self::Model, Failure>;
}

/// Which format it is, and what its figures include.
#[derive(Clone, Serialize)]
pub(crate) struct Description {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// What `access` looks at.
    pub(crate) checks: &'static str,
    /// What `access` gives.
    pub(crate) gives: &'static str,
}
