//! Authoring front ends for channel files: the own YAML source format and the import of Sigma rules.
//!
//! Each document of a text is of one of the two formats, whichever its keys say. Text goes in, a [`channel_file::template::Content`] or [`Diagnostic`]s come out:
//!
//! ```
//! use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};
//!
//! let text = r"
//! rule: odd-pipe
//! type: pipe_created
//! when:
//!   - field: PipeName
//!     any-of:
//!       - starts-with: '\odd-'
//! ";
//! let options = CompileOptions { channel: Some(291), ..CompileOptions::default() };
//! let compiled = compile(&[Source { name: "odd-pipe.yaml", text }], &TypeLibrary::windows(), &options);
//! let content = compiled.content.expect("nothing was refused");
//!
//! // The way back needs no type library: the types are in the text.
//! let text = decompile(&content);
//! let again = compile(&[Source { name: "all.yaml", text: &text }], &TypeLibrary::new(), &CompileOptions::default());
//! assert_eq!(again.content, Some(content));
//! ```
//!
//! # Untrusted input
//!
//! Any text may be compiled: nesting is bounded, and what is wrong comes back as diagnostics with a limited number a
//! document. Time and memory are linear in the length of the text (but for sorting), with one exception: the condition of
//! a short rule can come to many instances. [`sigma::Options`] bounds how many for one rule, [`CompileOptions::limits`]
//! for all that is kept; the defaults allow content of gigabytes, so who compiles for strangers lowers them.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod compile;
mod diagnostic;
mod document;
mod excerpt;
mod findings;
mod origins;
mod pattern;
pub mod sigma;
mod source;
mod suggestion;
mod types;
mod waiver;
mod yaml;

pub use self::compile::{CompileOptions, Compiled, compile, template_types};
pub use self::diagnostic::{Diagnostic, Refused};
pub use self::excerpt::is_hidden;
pub use self::origins::{Origins, RuleOrigin, SourcePlace};
pub use self::source::{PatternText, Source, bytes_of_hexadecimal, decompile, value_text};
pub use self::types::TypeLibrary;
pub use self::waiver::Waiver;
