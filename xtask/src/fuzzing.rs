//! What stage, campaign and crash share: the targets, their binaries, and running them.

pub(crate) mod broken;
pub(crate) mod compiler;
pub(crate) mod engine;
pub(crate) mod gates;
pub(crate) mod session;
pub(crate) mod status;
pub(crate) mod target;
