//! Bytes: primitives, header, sections, checksums. Knows no templates.

mod section;

pub use self::section::SectionKind;
