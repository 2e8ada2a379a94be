//! Errors, paths, codes, and limits.

use channel_file::{Error, ErrorCode, ErrorKind, Limits, Path};

super::roots! {
    fn root_error_parts(error: &Error) -> (ErrorCode, ErrorKind, Option<u64>, Path, Option<u64>, Option<u64>) {
        (error.code(), error.kind(), error.offset(), error.path(), error.expected(), error.found())
    }

    fn root_path_indices(path: &Path) -> [Option<u32>; 5] {
        [
            path.template_type_index(),
            path.instance_index(),
            path.rule_index(),
            path.example_index(),
            path.pattern_index(),
        ]
    }

    fn root_path_section_and_field(path: &Path) -> (Option<u8>, Option<u16>) {
        (path.section_code(), path.field_index())
    }

    fn root_error_code_words(code: ErrorCode) -> (&'static str, u16, &'static str, ErrorKind) {
        (code.as_str(), code.number(), code.message(), code.kind())
    }

    fn root_error_codes(of_kind: ErrorKind) -> Option<ErrorCode> {
        ErrorCode::ALL.iter().copied().find(|code| code.kind() == of_kind)
    }

    fn root_limits_default() -> [Limits; 4] {
        [Limits::default(), Limits::DEFAULT, Limits::EMBEDDED, Limits::FORMAT]
    }
}
