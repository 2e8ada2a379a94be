//! The canonical form of glob patterns.
//!
//! In a glob `*` stands for any run of characters and `?` for exactly one; `\*`, `\?` and `\\` stand for the
//! character after the backslash.

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
    let bytes = text.as_bytes();
    let mut starred = false; // the token before was a `*`
    let mut inner = false; // a wildcard that is not a `*` at one of the ends
    let mut leading = false;
    let mut literals = false;
    let mut position = 0_usize;
    while let Some(rest @ [first, ..]) = bytes.get(position..) {
        let taken = match first {
            b'*' | b'?' if starred => return Err((position, GlobDefect::WildcardRun)),
            b'*' => {
                leading |= position == 0;
                1
            }
            b'?' => {
                inner = true;
                1
            }
            b'\\' => {
                if !matches!(rest.get(1), Some(b'*' | b'?' | b'\\')) {
                    return Err((position.saturating_add(1), GlobDefect::Escape));
                }
                literals = true;
                2
            }
            _ => {
                literals = true;
                rest.iter().position(|byte| matches!(byte, b'*' | b'?' | b'\\')).unwrap_or(rest.len())
            }
        };
        // Something follows the `*` before: unless that one led, it was no end.
        inner |= starred && position > 1;
        starred = *first == b'*';
        position = position.saturating_add(taken);
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
