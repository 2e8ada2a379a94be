//! Channel files: small binary files of detection content that a sensor loads many times a day, and that cannot crash it.
//!
//! A *channel file* bundles *template instances* (what to look for) with the *template types* that they were written
//! against (what the sensor supplies). This crate reads, writes and binds such files:
//!
//! - **Nothing panics.** Every public function is total; the reader is `no_std`, allocates nothing and has no `unsafe`.
//! - **One content, one encoding.** The reader refuses every byte sequence that the writer would not have made, so a
//!   digest of a file is the identity of its content.
//! - **Field counts agree or nothing loads.** The number of fields is compared where inputs are declared
//!   ([`template_type!`]), where content is built and encoded, where it is opened, and where it meets a sensor
//!   ([`ChannelFile::bind`]).
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "alloc")] fn main() -> Result<(), channel_file::Error> {
//! use channel_file::template::{Case, Content, Criterion, Operator, Pattern, Rule, Sense, TemplateInstance, TemplateType};
//! use channel_file::template::{SensorType, SensorTypes};
//! use channel_file::{ChannelFile, encode};
//!
//! // What the sensor supplies, declared once: a struct with exactly these inputs, and its schema.
//! channel_file::template_type! {
//!     struct PipeCreated = "pipe_created", id 17, version 1 {
//!         pipe_name: text = "PipeName",
//!         image: text = "Image",
//!     }
//! }
//!
//! // Content against that type: a pipe whose name starts with \evil, case ignored.
//! let pipe_created = TemplateType::from_declared(&PipeCreated::TYPE, 1).expect("version 1 exists")?;
//! let evil = Pattern::text(Operator::StartsWith, r"\evil", Case::Ignored)?;
//! let instance = TemplateInstance::builder(&pipe_created).criterion(Criterion::new(0, Sense::AnyOf, [evil])?).build()?;
//! let rule = Rule::builder("evil-pipe").title("Evil pipe").instance(instance).build()?;
//! let bytes = encode(&Content::builder(291, 1).template_type(pipe_created).rule(rule).build()?)?;
//!
//! // What the sensor does: check every byte once, hold the types against its own, then read without errors.
//! let file = ChannelFile::open(&bytes)?;
//! file.bind(&SensorTypes::new(&[SensorType::of::<PipeCreated<'_>>()]))?;
//! for instance in file.instances() {
//!     println!("{} {}: {}", instance.id(), instance.severity(), instance.rule().title());
//! }
//! # Ok(()) }
//! # #[cfg(not(feature = "alloc"))] fn main() {}
//! ```
//!
//! # Where to begin
//!
//! | to | use |
//! |---|---|
//! | check a file and read it in place | [`ChannelFile::open`], then the [views](view) |
//! | sort files by channel and version | [`ChannelFile::peek`] |
//! | keep a file and share it between threads | [`SharedChannelFile`] |
//! | declare what a sensor supplies | [`template_type!`], [`template::SensorTypes`] |
//! | hold a file against a sensor | [`ChannelFile::bind`] |
//! | match events against content | `interpreter::Interpreter` |
//! | hold several channels, and replace one | `interpreter::SharedChannels` |
//! | judge content before it is published | `validator::Validator` |
//! | state what a sensor release supplies | `validator::SensorManifest` |
//! | compare content with what came before | `validator::Difference` |
//! | build content and write it | [`template::Content`], [`encode`] |
//! | take a file apart into a model | [`decode`] |
//! | tell people why a file was refused | [`ChannelFile::explain`] |
//!
//! # Features
//!
//! Features only add. Without any there is the reader.
//!
//! | feature | adds |
//! |---|---|
//! | `std` (default) | CRC32C in hardware; implies `alloc` |
//! | `alloc` | the owned model, the writer, [`SharedChannelFile`] |
//! | `interpreter` | loading content and matching events against it; implies `alloc` |
//! | `validator` | judging content: layered checks, events made for each criterion, what is new; implies `interpreter` |
//! | `serde` | `Serialize` and `Deserialize` for the model, checked as the builders check; implies `alloc` |
//!
//! # Untrusted input
//!
//! Bytes may come from anyone. Opening takes time linear in their number and no memory; nothing is sized by a number that
//! the file declares. [`Limits`] bound what an honest but mistaken author can make a sensor carry. Regular expressions are
//! looked at when an interpreter loads the file, under its `Budget`. What is *not* checked: who made the file.
//!
//! # Format
//!
//! `docs/FORMAT.md` in the repository is normative, byte by byte.
//!
//! # Minimum supported Rust version
//!
//! The stable release that the project's CI runs, now 1.95. Raising it is a minor release.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod channel_file;
mod counted;
mod error;
#[cfg(feature = "interpreter")]
pub mod interpreter;
mod limits;
#[cfg(feature = "alloc")]
mod runs;
pub mod template;
#[cfg(feature = "validator")]
pub mod validator;
mod wire;

pub use self::channel_file::{ChannelFile, Explanation, view};
#[cfg(feature = "alloc")]
pub use self::channel_file::{OwnTypes, SharedChannelFile, decode, decode_with, encode, encode_into, encode_with};
pub use self::error::{Error, ErrorCode, ErrorKind, Path, Result};
pub use self::limits::Limits;
pub use self::wire::{Header, SectionKind};

#[cfg(all(doctest, feature = "interpreter"))]
#[doc = include_str!("../README.md")]
struct Readme;
