//! Text for people.
//!
//! Addresses are not among it: the standard library's own code for them keeps panics that nothing reaches, both where it
//! writes and where it parses. So `IpNetwork` as text is tested, not proved.

use core::fmt::{self, Display, Write};

use channel_file::template::{DeclaredType, Operator, OperatorSet, TypeKey};
use channel_file::{ChannelFile, Error, ErrorCode, ErrorKind, Explanation, Path};

super::roots! {
    fn root_error_display(error: &Error, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{error}")
    }

    fn root_path_display(path: &Path, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{path}")
    }

    fn root_error_code_display(code: ErrorCode, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{code}")
    }

    fn root_error_kind_display(kind: ErrorKind, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{kind}")
    }

    fn root_operator_display(operator: Operator, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        operator.fmt(f)
    }

    fn root_operator_set_debug(set: OperatorSet, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{set:?}")
    }

    fn root_type_key_display(key: TypeKey, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{key}")
    }

    fn root_declared_source(declared: &DeclaredType<'_>, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{}", declared.source())
    }

    fn root_explanation_display(explanation: &Explanation<'_>, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{explanation}")
    }

    fn root_file_debug(file: &ChannelFile<'_>, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{file:?}")
    }
}
