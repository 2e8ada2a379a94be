//! Channel files: checked, canonical, panic-free binary detection content.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod error;
mod limits;
pub mod template;
mod wire;

pub use self::error::{Error, ErrorCode, ErrorKind, Path, Result};
pub use self::limits::Limits;
pub use self::wire::SectionKind;
