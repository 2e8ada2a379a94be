//! Channel files: checked, canonical, panic-free binary detection content.
#![forbid(unsafe_code)]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod channel_file;
mod error;
mod limits;
pub mod template;
mod wire;

pub use self::channel_file::{ChannelFile, Explanation, view};
#[cfg(feature = "alloc")]
pub use self::channel_file::{SharedChannelFile, decode, decode_with, encode, encode_into, encode_with};
pub use self::error::{Error, ErrorCode, ErrorKind, Path, Result};
pub use self::limits::Limits;
pub use self::wire::{Header, SectionKind};
