//! The canonical form of glob patterns.
//!
//! In a glob `*` stands for any run of characters and `?` for exactly one; `\*`, `\?` and `\\` stand for the
//! character after the backslash.

use crate::counted::counted;

/// What a glob says, and whether an operator with less to it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobForm {
    /// No simpler operator says it.
    Glob,
    /// There is no wildcard: `equals`.
    Equals,
    /// One `*`, at the end: `starts-with`.
    StartsWith,
    /// One `*`, at the start: `ends-with`.
    EndsWith,
    /// One `*` at either end and none between: `contains`.
    Contains,
    /// Only a `*`: any value that is there.
    Present,
    /// No text at all: `empty`.
    Empty,
}

/// Why a text is no glob in canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobDefect {
    /// A backslash before something else than `*`, `?` or `\`.
    Escape,
    /// A `*` right before another wildcard: in a run of wildcards each `?` comes first, then at most one `*`.
    WildcardRun,
}

/// Finds the form of a glob in one pass.
///
/// # Errors
///
/// The byte position within the text, and what is wrong there.
pub fn glob_form(text: &str) -> Result<GlobForm, (usize, GlobDefect)> {
    let mut escaped = false;
    let mut starred = false; // the token before was a `*`
    let mut inner = false; // a wildcard that is not a `*` at one of the ends
    let mut leading = false;
    let mut literals = false;
    for (position, byte) in counted(0_usize, text.bytes()) {
        if escaped {
            if !matches!(byte, b'*' | b'?' | b'\\') {
                return Err((position, GlobDefect::Escape));
            }
            escaped = false;
            literals = true;
            continue;
        }
        match byte {
            b'*' | b'?' if starred => return Err((position, GlobDefect::WildcardRun)),
            b'*' => {
                starred = true;
                leading |= position == 0;
                continue;
            }
            b'?' => inner = true,
            b'\\' => escaped = true,
            _ => literals = true,
        }
        // Something follows the `*` before: unless that one led, it was no end.
        inner |= starred && !(leading && position == 1);
        starred = false;
    }
    if escaped {
        return Err((text.len(), GlobDefect::Escape));
    }
    Ok(match (inner, leading, starred, literals) {
        (true, ..) => GlobForm::Glob,
        (false, true, true, true) => GlobForm::Contains,
        (false, true, true, false) => GlobForm::Present,
        (false, true, false, _) => GlobForm::EndsWith,
        (false, false, true, _) => GlobForm::StartsWith,
        (false, false, false, true) => GlobForm::Equals,
        (false, false, false, false) => GlobForm::Empty,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, form) in [
            ("", GlobForm::Empty),
            ("*", GlobForm::Present),
            ("foo", GlobForm::Equals),
            (r"\*", GlobForm::Equals),
            (r"\\", GlobForm::Equals),
            ("foo*", GlobForm::StartsWith),
            (r"\**", GlobForm::StartsWith),
            ("*foo", GlobForm::EndsWith),
            (r"*\*", GlobForm::EndsWith),
            ("*foo*", GlobForm::Contains),
            (r"*\?*", GlobForm::Contains),
            ("f*o", GlobForm::Glob),
            ("*f*o", GlobForm::Glob),
            ("f*o*", GlobForm::Glob),
            ("*f*o*", GlobForm::Glob),
            ("?", GlobForm::Glob),
            ("?*", GlobForm::Glob),
            ("foo?", GlobForm::Glob),
            ("*a?", GlobForm::Glob),
        ] {
            assert_eq!(glob_form(text), Ok(form), "{text}");
        }
    }

    #[test]
    fn defects() {
        for (text, position, defect) in [
            ("a**", 2, GlobDefect::WildcardRun),
            ("**", 1, GlobDefect::WildcardRun),
            ("*?", 1, GlobDefect::WildcardRun),
            (r"a\b*c", 2, GlobDefect::Escape),
            (r"a*c\", 4, GlobDefect::Escape),
        ] {
            assert_eq!(glob_form(text), Err((position, defect)), "{text}");
        }
    }
}
