//! The kinds of section.

use channel_file::SectionKind;

super::roots! {
    fn root_section_kind(kind: SectionKind) -> (u8, &'static str, u64) {
        (kind.code(), kind.name(), kind.row_bytes())
    }

    fn root_section_kind_from_code(code: u8) -> Option<SectionKind> {
        SectionKind::from_code(code)
    }
}
