//! Chapter 8: the normal form of globs.

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A character that stands for itself, or one after a backslash.
    Character,
    One,
    AnyRun,
}

pub(crate) fn is_in_normal_form(glob: &str) -> bool {
    let Some(parts) = parts(glob) else {
        return false;
    };
    let run_before_wildcard =
        parts.array_windows().any(|[before, after]| *before == Part::AnyRun && *after != Part::Character);
    !run_before_wildcard && !is_simpler(&parts)
}

/// `None` where a backslash stands before anything but a wildcard or a backslash.
fn parts(glob: &str) -> Option<Vec<Part>> {
    let mut characters = glob.chars();
    let mut parts = Vec::new();
    while let Some(character) = characters.next() {
        parts.push(match character {
            '*' => Part::AnyRun,
            '?' => Part::One,
            '\\' => {
                characters.next().filter(|escaped| matches!(escaped, '*' | '?' | '\\'))?;
                Part::Character
            }
            _ => Part::Character,
        });
    }
    Some(parts)
}

/// Whether no wildcard is left without a `*` at the start and one at the end.
fn is_simpler(mut parts: &[Part]) -> bool {
    if let [Part::AnyRun, rest @ ..] = parts {
        parts = rest;
    }
    if let [rest @ .., Part::AnyRun] = parts {
        parts = rest;
    }
    parts.iter().all(|part| *part == Part::Character)
}
