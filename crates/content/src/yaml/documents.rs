//! Where the documents of a source begin.
//!
//! A line that begins with `---` begins a document wherever it stands in YAML, so a source can be cut before it is parsed,
//! and an error in one document leaves the others readable.

/// One YAML document of a source, with its `---` line where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Document<'t> {
    /// The document's own text.
    pub(crate) text: &'t str,
    /// How many lines of the source stand before it.
    pub(crate) lines_before: usize,
}

/// Cuts a source into its documents, the part before the first `---` included.
pub(crate) fn documents(text: &str) -> impl Iterator<Item = Document<'_>> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines_before = 0_usize;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let mut length = 0_usize;
        let mut lines = 0_usize;
        for line in rest.split_inclusive('\n') {
            if lines > 0 && begins_document(line) {
                break;
            }
            length = length.saturating_add(line.len());
            lines = lines.saturating_add(1);
        }
        let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let document = Document { text, lines_before };
        (rest, lines_before, ended) = (after, lines_before.saturating_add(lines), after.is_empty());
        Some(document)
    })
}

fn begins_document(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_cut_at_their_marks() {
        let text = "\u{feff}a: 1\n--- # two\nb: '\n ---'\n---\n----: x\n--- {}";
        let found: Vec<_> = documents(text).map(|document| (document.text, document.lines_before)).collect();
        assert_eq!(found, [("a: 1\n", 0), ("--- # two\nb: '\n ---'\n", 1), ("---\n----: x\n", 4), ("--- {}", 6)]);
        assert_eq!(documents("").count(), 1);
        assert_eq!(documents("---\n---").count(), 2);
    }
}
